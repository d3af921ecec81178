import { expect, test } from '../support/office-fixture';

test('what another client writes is on the screen within a second', async ({ desk, office }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  const root = await office.connect();
  const written = Date.now();
  await root.query(`update ibok.customers set phone = '600 999 888' where customer_no = '000001'`);
  await root.end();
  await expect(page.getByText('600 999 888')).toBeVisible({ timeout: 1_000 });
  test.info().annotations.push({ type: 'from commit to screen', description: `${Date.now() - written} ms` });
});

test('a restart of the database is said, and the screen catches up afterwards', async ({ desk, office }) => {
  test.setTimeout(120_000);
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  await expect(page.getByRole('status', { name: 'Na żywo' })).toBeVisible();
  await office.stopDatabase();
  await expect(page.getByRole('status', { name: 'Utracono połączenie' })).toBeVisible({ timeout: 5_000 });
  await desk.expectAccessible();
  await office.startDatabase();
  const root = await office.connect();
  await root.query(`update ibok.customers set phone = '600 777 666' where customer_no = '000001'`);
  await root.end();
  await expect(page.getByRole('status', { name: 'Na żywo' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('600 777 666')).toBeVisible();
});
