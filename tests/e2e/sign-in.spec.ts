import { expect, test } from '../support/office-fixture';

test('a wrong password is said in a sentence and the typed login stays', async ({ desk, office }) => {
  const { page } = desk;
  await desk.expectAccessible();
  await page.getByRole('textbox', { name: 'Login' }).fill('s_anna');
  await page.getByRole('textbox', { name: 'Hasło' }).fill('to nie jest to haslo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Login lub hasło jest nieprawidłowe');
  await expect(page.getByRole('textbox', { name: 'Login' })).toHaveValue('s_anna');
  await desk.expectAccessible();
  await desk.signIn('s_anna');
  await expect(page).not.toHaveURL(new RegExp(office.logins.s_anna ?? 'never'));
});

test('lock hides everything, unlock returns to the same place', async ({ desk, office }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  await desk.showTab('Punkty i wodomierze');
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Stanowisko zablokowane' })).toBeVisible();
  await expect(page.getByText('Żuk')).toHaveCount(0);
  await desk.expectAccessible();
  await page.getByRole('textbox', { name: 'Hasło' }).fill(office.logins.s_anna ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Żuk Jan' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Punkty i wodomierze', selected: true })).toBeVisible();
});

test('a new member of staff must change the first password before anything else', async ({ desk, anotherDesk }) => {
  const admin = desk.page;
  await desk.signIn('s_admin');
  await desk.goTo('Ustawienia');
  await desk.page.getByRole('link', { name: 'Pracownicy' }).click();
  await admin.getByRole('button', { name: 'Dodaj pracownika' }).click();
  const form = admin.getByRole('dialog', { name: 'Nowy pracownik' });
  await form.getByRole('textbox', { name: 'Imię i nazwisko' }).fill('Nowa Osoba');
  await form.getByRole('textbox', { name: 'Login' }).fill('s_nowa');
  await form.getByRole('button', { name: 'Utwórz konto' }).click();
  const issued = admin.getByRole('dialog', { name: 'Hasło tymczasowe' });
  const first = (await issued.getByRole('code').innerText()).trim();

  const colleague = await anotherDesk();
  const { page } = colleague;
  await page.getByRole('textbox', { name: 'Login' }).fill('s_nowa');
  await page.getByRole('textbox', { name: 'Hasło' }).fill(first);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ustaw własne hasło' })).toBeVisible();
  await colleague.expectAccessible();
  // The address of a screen does not lead past the change.
  await page.evaluate(() => {
    location.hash = '#/customers';
  });
  await expect(page.getByRole('heading', { name: 'Ustaw własne hasło' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Hasło tymczasowe' }).fill(first);
  await page.getByRole('textbox', { name: 'Nowe hasło', exact: true }).fill('kaczka nad jeziorem klodno');
  await page.getByRole('textbox', { name: 'Powtórz nowe hasło' }).fill('kaczka nad jeziorem klodno');
  await page.getByRole('button', { name: 'Zmień hasło' }).click();
  await expect(page.getByRole('navigation', { name: 'Nawigacja główna' })).toBeVisible();
});
