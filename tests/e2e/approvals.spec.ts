import { expect, test } from '../support/office-fixture';

const LOGIN = 's_nowy_admin';
const NEW_PASSWORD = 'kaczka nad jeziorem klodno';

test('a new administrator takes two persons, and decides nothing on the first day', async ({
  desk,
  anotherDesk,
  office,
}) => {
  const admin = desk.page;
  await desk.signIn('s_admin');
  await desk.goTo('Ustawienia');
  await admin.getByRole('link', { name: 'Pracownicy' }).click();
  await admin.getByRole('button', { name: 'Dodaj pracownika' }).click();
  const form = admin.getByRole('dialog', { name: 'Nowy pracownik' });
  await form.getByRole('textbox', { name: 'Imię i nazwisko' }).fill('Nowy Administrator');
  await form.getByRole('textbox', { name: 'Login' }).fill(LOGIN);
  await form.getByRole('combobox', { name: 'Rola' }).click();
  await admin.getByRole('option', { name: 'Administrator' }).click();
  await form.getByRole('button', { name: 'Wyślij do zatwierdzenia' }).click();
  await expect(form.getByText('Podaj powód (co najmniej 5 znaków).')).toBeVisible();
  await form.getByRole('textbox', { name: 'Powód' }).fill('drugi administrator na czas urlopu');
  await form.getByRole('button', { name: 'Wyślij do zatwierdzenia' }).click();
  const issued = admin.getByRole('dialog', { name: 'Hasło tymczasowe' });
  await expect(issued.getByText('zadziała dopiero po zatwierdzeniu')).toBeVisible();
  const first = (await issued.getByRole('code').innerText()).trim();
  await issued.getByRole('button', { name: 'Hasło zanotowane' }).click();

  // The own request: the screen says why not, and psql says the same.
  await desk.goTo('Zatwierdzenia');
  await admin.getByText('Moje otwarte').click();
  await admin.getByRole('row', { name: /Nowy Administrator/ }).click();
  const own = admin.getByRole('dialog', { name: 'Nowe konto pracownika' });
  await expect(own.getByText('To Twój wniosek')).toBeVisible();
  await expect(own.getByRole('button', { name: 'Zatwierdź' })).toHaveCount(0);
  await desk.expectAccessible();
  const psql = await office.connect('s_admin');
  const { rows } = await psql.query<{ id: string }>(`select id from ibok.approvals where state = 'open'`);
  await expect(psql.query('select api.decide_approval($1, true, null, null)', [rows[0]?.id])).rejects.toMatchObject({
    code: 'IB007',
  });
  await psql.end();

  const officer = await anotherDesk();
  await officer.signIn('s_iod');
  await expect(officer.page.getByRole('link', { name: 'Wnioski do mojej decyzji: 1' })).toBeVisible();
  await officer.goTo('Zatwierdzenia');
  await officer.expectAccessible();
  await officer.page.getByRole('row', { name: /Nowy Administrator/ }).click();
  const request = officer.page.getByRole('dialog', { name: 'Nowe konto pracownika' });
  await expect(request.getByText('drugi administrator na czas urlopu')).toBeVisible();
  await officer.expectAccessible();
  await request.getByRole('button', { name: 'Zatwierdź' }).click();
  await expect(officer.page.getByText('Zatwierdzono i wykonano.')).toBeVisible();
  await expect(officer.page.getByRole('heading', { name: 'Nic nie czeka na Twoją decyzję' })).toBeVisible();

  // The administrator asks for something else, which the new one may not decide yet.
  await own.getByRole('button', { name: 'Zamknij' }).click();
  await desk.goTo('Ustawienia');
  await admin.getByRole('link', { name: 'Pracownicy' }).click();
  await admin.getByRole('button', { name: 'Czynności: Barbara Formela' }).click();
  await admin.getByRole('menuitem', { name: 'Zmień rolę' }).click();
  const regroup = admin.getByRole('dialog', { name: /^Zmiana roli/ });
  await regroup.getByRole('textbox', { name: 'Powód' }).fill('zmiana stanowiska od grudnia');
  await regroup.getByRole('button', { name: 'Wyślij do zatwierdzenia' }).click();
  await expect(admin.getByText('Wysłano do zatwierdzenia.')).toBeVisible();

  const newcomer = await anotherDesk();
  const { page } = newcomer;
  await page.getByRole('textbox', { name: 'Login' }).fill(LOGIN);
  await page.getByRole('textbox', { name: 'Hasło' }).fill(first);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Hasło tymczasowe' }).fill(first);
  await page.getByRole('textbox', { name: 'Nowe hasło', exact: true }).fill(NEW_PASSWORD);
  await page.getByRole('textbox', { name: 'Powtórz nowe hasło' }).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Zmień hasło' }).click();
  await newcomer.goTo('Zatwierdzenia');
  await page.getByRole('row', { name: /Zmiana roli pracownika/ }).click();
  const fresh = page.getByRole('dialog', { name: 'Zmiana roli pracownika' });
  await expect(fresh.getByText('Twoje konto jest nowe albo ma nowe hasło')).toBeVisible();
  await expect(fresh.getByRole('button', { name: 'Zatwierdź' })).toHaveCount(0);
});
