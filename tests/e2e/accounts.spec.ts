import { expect, test } from '../support/office-fixture';

test('an account is found by its login, blocked with a reason, and its timeline says so; then it is given back', async ({
  desk,
}) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await page
    .getByRole('navigation', { name: 'Nawigacja główna' })
    .getByRole('link', { name: 'Konta', exact: true })
    .click();
  const list = page.getByRole('grid', { name: 'Konta IBOK' });
  await expect(list.getByRole('row', { name: /aktywne/ }).first()).toBeVisible();
  await desk.expectAccessible();
  const login = (
    await list
      .getByRole('row', { name: /aktywne/ })
      .first()
      .getByRole('gridcell')
      .first()
      .innerText()
  ).trim();

  // One and the same search box, by the whole login.
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Szukaj' }).fill(login);
  await expect(page.getByRole('group', { name: 'Konta IBOK' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`login: ${login}`)).toBeVisible();
  await desk.expectAccessible();

  await page.getByRole('button', { name: 'Zablokuj', exact: true }).click();
  const form = page.getByRole('dialog', { name: /^Zablokuj konto/ });
  await page.keyboard.press('Control+S');
  await expect(form.getByText('To pole jest wymagane.')).toBeVisible();
  await form.getByRole('radio', { name: 'naruszenie regulaminu' }).check();
  await form.getByRole('textbox', { name: 'Uwagi' }).fill('cudze dane w zgłoszeniu');
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Konto zablokowano.')).toBeVisible();
  await expect(page.getByText(/^Zablokowane .*naruszenie regulaminu$/)).toBeVisible();

  await page.getByRole('tab', { name: 'Historia' }).click();
  const blocks = page.getByRole('list', { name: 'Blokady' });
  await expect(blocks.getByText('Zablokowano: naruszenie regulaminu')).toBeVisible();
  await expect(blocks.getByText('cudze dane w zgłoszeniu')).toBeVisible();
  await desk.expectAccessible();

  await page.getByRole('button', { name: 'Odblokuj', exact: true }).click();
  await page.getByRole('textbox', { name: 'Dlaczego' }).fill('wyjaśnione');
  await page.keyboard.press('Control+S');
  await expect(blocks.getByText('wyjaśnione')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Zablokuj', exact: true })).toBeVisible();
});

test('a change of data from the portal is decided beside what the record holds, also when that changes meanwhile', async ({
  desk,
  office,
}) => {
  const root = await office.connect();
  const { rows } = await root.query<{ customer: string; name: string }>(
    `insert into ibok.data_change_requests (account_id, customer_id, requested_at, changes)
     select a.id, c.id, now() - interval '30 days',
            jsonb_build_object('phone', jsonb_build_array(c.phone, '601 222 333'), 'email', jsonb_build_array(c.email, 'nowy@example.com'))
       from ibok.accounts a join ibok.account_access x on x.account_id = a.id and x.relation = 'holder'
       join ibok.customers c on c.id = x.customer_id where a.status = 'active' order by a.id limit 1
     returning customer_id as customer, (select display_name from ibok.customer_search s where s.customer_id = data_change_requests.customer_id) as name`,
  );
  const { customer = '', name = '' } = rows[0] ?? {};
  const { page } = desk;
  await desk.signIn('s_barbara');
  await page.getByRole('link', { name: /^Zmiany danych do rozpatrzenia/ }).click();
  const list = page.getByRole('grid', { name: 'Zmiany danych z portalu' });
  await list
    .getByRole('row', { name: new RegExp(name) })
    .first()
    .click();
  const form = page.getByRole('dialog', { name: 'Zmiana danych klienta' });
  const phone = form.getByRole('region', { name: 'Telefon' });
  await expect(phone.getByText('601 222 333')).toBeVisible();
  await desk.expectAccessible();

  await form.getByRole('region', { name: 'E-mail' }).getByText('Odrzuć').click();
  await form.getByRole('textbox', { name: 'Odpowiedź dla klienta' }).fill('adres należy do innej osoby');
  await root.query(`update ibok.customers set phone = '604 444 555' where id = $1`, [customer]);
  await page.keyboard.press('Control+S');
  await expect(form.getByRole('alert').getByText(/Niczego nie zapisano/)).toBeVisible();
  await expect(phone.getByText('604 444 555')).toBeVisible();
  await page.keyboard.press('Control+S');
  await expect(form.getByText('Wybierz, co zrobić z tym polem.')).toBeVisible();
  await phone.getByText('Przyjmij').click();
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Przyjęte pola wpisano do kartoteki.')).toBeVisible();

  const stored = await root.query('select phone from ibok.customers where id = $1', [customer]);
  expect(stored.rows).toEqual([{ phone: '601 222 333' }]);
  await root.end();
});
