import { findCanaries, plantCanaryAccount } from '../support/canary-account';
import { expect, test } from '../support/office-fixture';

const DONE_MS = 30_000;

// Two windows, a worker and a mail server on one machine.
test.setTimeout(120_000);

test('a deletion asked for by one is approved by another, carried out, and leaves nothing of the person', async ({
  desk,
  anotherDesk,
  office,
}) => {
  const superuser = await office.connect();
  await superuser.query(`update ibok.staff_members set created_at = now() - interval '3 days',
    password_reset_at = now() - interval '3 days'`);
  const customer = String((await superuser.query('select min(id) as id from ibok.customers')).rows[0].id);
  const { account } = await plantCanaryAccount(superuser, customer, 'podroz');
  await office.startWorker();

  // A supervisor takes the request herself, so that she may not be the one who approves it.
  const { page } = desk;
  await desk.signIn('s_barbara');
  await desk.goTo('Usunięcia');
  await desk.expectAccessible();
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: 'Wniosek o usunięcie konta' });
  await form.getByRole('combobox', { name: 'Konto' }).fill('kanarek-podroz');
  await form.getByRole('option', { name: /kanarek-podroz-login/ }).click();
  await form.getByRole('radio', { name: 'Podpis na piśmie' }).check();
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Konto zablokowane. Wniosek czeka na zatwierdzenie.')).toBeVisible();
  const title = page.getByRole('heading', { level: 1, name: /^Wniosek U-/ });
  await expect(title).toBeVisible();
  const number = (await title.innerText()).replace('Wniosek ', '');
  await expect(
    page.getByRole('table', { name: 'Zniknie' }).getByRole('row', { name: /Historia logowań/ }),
  ).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Zostaje z mocy prawa' }).getByRole('row', { name: /Faktury/ }),
  ).toBeVisible();
  await desk.expectAccessible();

  await page.getByRole('link', { name: 'Czeka na drugą osobę' }).click();
  await expect(page.getByText(/To Twój wniosek/)).toBeVisible();
  const psql = await office.connect('s_barbara');
  const approve = `select api.decide_approval(approval_id, true, null, null) from ibok.deletion_requests where account_id = $1`;
  await expect(psql.query(approve, [account])).rejects.toMatchObject({ code: 'IB007' });
  await psql.end();

  const other = await anotherDesk();
  await other.signIn('s_celina');
  await other.goTo('Zatwierdzenia');
  await other.page.getByRole('row', { name: /Usunięcie konta IBOK kanarek-podroz/ }).click();
  await other.page.getByRole('button', { name: 'Zatwierdź' }).click();
  await expect(other.page.getByText('Zatwierdzono. Czynność wykona usługa w tle.')).toBeVisible();

  // On the first desk it is carried out by itself, seen live.
  await page.keyboard.press('Escape');
  await desk.goTo('Usunięcia');
  await page.getByText('Zamknięte', { exact: true }).click();
  await page.getByRole('row', { name: new RegExp(`${number}.*Wykonany`) }).click({ timeout: DONE_MS });
  await expect(page.getByRole('heading', { level: 2, name: 'Wykonane usunięcie' })).toBeVisible();
  await page.getByRole('tab', { name: 'Pisma i dokumenty' }).click();
  await expect(page.getByText(/Protokół usunięcia konta/).first()).toBeVisible({ timeout: DONE_MS });

  await expect.poll(async () => findCanaries(superuser, 'podroz'), { timeout: DONE_MS, intervals: [500] }).toEqual({});
  await superuser.end();
});
