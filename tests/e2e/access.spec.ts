import { type DeskPage, expect, test } from '../support/office-fixture';

test('a technician sees a card without editing or revealing, and the reason why', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_tomasz');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  const edit = page.getByRole('button', { name: 'Edytuj dane' });
  await expect(edit).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('Twoja rola ich nie zmienia')).toBeVisible();
  await edit.click({ force: true });
  await page.keyboard.press('e');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Pokaż: PESEL' }).click({ force: true });
  await expect(page.getByRole('combobox', { name: 'Powód odsłonięcia' })).toHaveCount(0);
  await expect(page.getByText(/mogą odsłonić pracownicy biura/)).toBeVisible();
  await desk.expectAccessible();
});

test('an administrator sees no customers, by navigation, search or address', async ({ desk, anotherDesk }) => {
  const { page } = desk;
  const search = (on: DeskPage) => on.page.getByRole('combobox', { name: 'Szukaj' });
  const clerk = await anotherDesk();
  await clerk.signIn('s_anna');
  await expect(search(clerk)).toBeVisible();
  await desk.signIn('s_admin');
  await expect(page.getByRole('link', { name: 'Pulpit' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Klienci' })).toHaveCount(0);
  await expect(search(desk)).toHaveCount(0);
  for (const address of ['#/customers', '#/customers/1']) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, address);
    await expect(
      page.getByRole('main').getByText(/nie pozwala na tę czynność|nie należy do Twojej roli/),
    ).toBeVisible();
    await expect(page.getByText('Żuk')).toHaveCount(0);
  }
});

test('with a plain client the clerk may read no log and no PESEL, and decide nothing', async ({ office }) => {
  const clerk = await office.connect('s_anna');
  const refused = async (sql: string) => {
    await expect(clerk.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  };
  await refused('select from audit.events');
  await refused('select from audit.event_values');
  await refused('select from audit.reads');
  await refused(`update audit.events set login = 's_barbara'`);
  await refused('delete from audit.event_values');
  await refused('select pesel from ibok.customers');
  await refused(`update ibok.customers set phone = '600 000 000'`);
  await refused(`update ibok.approvals set state = 'approved'`);
  // There is no function that decides: the clerk cannot approve anything.
  await expect(clerk.query(`select api.decide_approval(1, 'approved')`)).rejects.toMatchObject({ code: '42883' });

  // What the log says of a record comes by the one function that logs who asked.
  const root = await office.connect();
  const known = await root.query<{ id: string; phone: string | null }>(
    `select id::text, phone_alt as phone from ibok.customers where customer_no = '000021'`,
  );
  await root.end();
  const [{ id, phone } = { id: '', phone: null }] = known.rows;
  await clerk.query('select api.edit_contact($1, $2)', [id, { phone_alt: [phone, '600 210 021'] }]);
  const { rows } = await clerk.query(`select * from api.history('customers', $1) order by event_id desc limit 1`, [id]);
  expect(rows).toMatchObject([{ login: 's_anna', op: 'update', table_name: 'customers' }]);
  expect(JSON.stringify(rows[0].changes)).toContain('600 210 021');
  await clerk.end();
});
