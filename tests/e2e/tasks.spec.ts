import { expect, test } from '../support/office-fixture';

test('a task about a customer is made from the card, completed by key, and taken back', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  await page.getByRole('button', { name: 'Nowe zadanie' }).click();
  const form = page.getByRole('dialog', { name: 'Nowe zadanie' });
  await expect(form.getByText('Żuk Jan')).toBeVisible();
  await form.getByRole('textbox', { name: 'Zadanie' }).fill('Oddzwonić w sprawie faktury');
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Zadanie zapisane.')).toBeVisible();

  await page.getByRole('link', { name: /^Moje zadania: \d+ zada/ }).click();
  const list = page.getByRole('grid', { name: 'Moje zadania' });
  // Other journeys at the same office leave tasks of their own.
  await page.getByPlaceholder('treść zadania').fill('w sprawie faktury');
  await expect(list.getByRole('row', { name: /Oddzwonić w sprawie faktury.*Żuk Jan/ })).toBeVisible();
  await desk.expectAccessible();
  await list.focus();
  await page.keyboard.press('z');
  await expect(page.getByText('Wykonane: Oddzwonić w sprawie faktury')).toBeVisible();
  await expect(page.getByText('Żadne zadanie nie pasuje do filtrów')).toBeVisible();
  await page.getByRole('button', { name: 'Cofnij', exact: true }).click();
  await expect(list.getByText('Oddzwonić w sprawie faktury')).toBeVisible();
});

test('a colleague takes a task over, and its history says from whom', async ({ desk, anotherDesk }) => {
  await desk.signIn('s_barbara');
  const { page } = desk;
  await desk.goTo('Moje zadania');
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: 'Nowe zadanie' });
  await form.getByRole('textbox', { name: 'Zadanie' }).fill('Sprawdzić plomby');
  await page.keyboard.press('Control+S');
  await expect(page.getByRole('grid').getByText('Sprawdzić plomby')).toBeVisible();

  const other = await anotherDesk();
  await other.signIn('s_celina');
  await other.goTo('Moje zadania');
  await other.page.getByText('Zespołu').click();
  await other.page.getByRole('row', { name: /Sprawdzić plomby/ }).click();
  await expect(other.page.getByRole('dialog')).toBeVisible();
  await other.page.keyboard.press('Escape');
  await expect(other.page.getByRole('dialog')).toBeHidden();
  await other.page.keyboard.press('p');
  await expect(other.page.getByText('Przejęte: Sprawdzić plomby')).toBeVisible();
  // On the first desk the task leaves by itself.
  await expect(page.getByRole('grid').getByText('Sprawdzić plomby')).toBeHidden();

  await other.page.getByRole('row', { name: /Sprawdzić plomby/ }).click();
  await other.page.getByRole('tab', { name: 'Historia' }).click();
  await expect(other.page.getByRole('dialog').getByText('s_barbara').first()).toBeVisible();
  await other.expectAccessible();
});
