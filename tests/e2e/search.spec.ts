import { expect, test } from '../support/office-fixture';

test('a clerk finds Żuk of Kartuzy by "zuk kart", without a mouse', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zuk kart');
  const hit = page.getByRole('option', { name: 'Żuk Jan' });
  await expect(hit).toBeVisible();
  await expect(hit).toContainText('nazwa i adres');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Żuk Jan' })).toBeVisible();
  await expect(page).toHaveURL(/#\/customers\/[0-9]+$/);
});

test('Enter pressed before any answer opens the first hit of exactly the typed words', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zuk kart');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('Żuk Jan');

  // Of several hits the first as well.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('kartuzy');
  await page.keyboard.press('Enter');
  await expect(heading).not.toHaveText('Żuk Jan');
  const opened = await heading.innerText();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('kartuzy');
  await expect(page.getByRole('option').nth(1)).toBeVisible();
  await expect(page.getByRole('option').first()).toContainText(opened);

  // The answers to the first letters must not be taken for the answer to all of them.
  await page.keyboard.press('Control+a');
  await page.keyboard.type('zuk');
  await expect(page.getByRole('option', { name: 'Żuk' }).first()).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('000002');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nr klienta 000002')).toBeVisible();
});

test('the first hit is marked, the arrows move the mark, and Enter opens what is marked', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('kartuzy');
  const box = page.getByRole('combobox', { name: 'Szukaj' });
  const hits = page.getByRole('option');
  await expect(hits.nth(1)).toBeVisible();
  const marked = (index: number) => async () =>
    (await box.getAttribute('aria-activedescendant')) === (await hits.nth(index).getAttribute('id'));
  await expect.poll(marked(0)).toBe(true);
  await page.keyboard.press('ArrowDown');
  await expect.poll(marked(1)).toBe(true);
  const second = await hits.nth(1).locator('p').first().innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(second);
});

test('a typing error and a phone number find the customer too', async ({ desk, office }) => {
  const { page } = desk;
  const root = await office.connect();
  const { rows } = await root.query<{ phone: string }>(
    `select phone from ibok.customers where last_name = 'Żuk' and phone is not null order by id limit 1`,
  );
  await root.end();
  await desk.signIn('s_anna');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zzuk');
  await expect(page.getByRole('option', { name: 'Żuk' }).first()).toContainText('podobna nazwa');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(rows[0]?.phone ?? '');
  await page.getByRole('option', { name: /Szukaj jako telefon/ }).click();
  await expect(page.getByRole('option', { name: 'Żuk Jan' })).toContainText('telefon');
});
