import { type DeskPage, expect, openDesk, test } from '../support/office-fixture';

const form = ({ page }: DeskPage) => page.getByRole('dialog', { name: 'Edycja danych kontaktowych' });
const field = (desk: DeskPage, name: string) => form(desk).getByRole('textbox', { name, exact: true });

async function openCard({ page }: DeskPage, customerNo: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(customerNo);
  await page.getByRole('option').filter({ hasText: customerNo }).click();
  await expect(page.getByText(`Nr klienta ${customerNo}`)).toBeVisible();
}

/** Opens the card of a customer of this test's own, so that the journeys do not meet each other. */
async function openForm(desk: DeskPage, customerNo: string): Promise<void> {
  await openCard(desk, customerNo);
  await desk.page.getByRole('button', { name: 'Edytuj dane' }).click();
  await expect(form(desk)).toBeVisible();
}

test('a clerk changes a phone number by keyboard alone and sees it in the history', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  await page.keyboard.press('e');
  await expect(field(desk, 'Telefon')).toBeFocused();
  await desk.expectAccessible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('58');
  await page.keyboard.press('Control+s');
  await expect(form(desk).getByText('Numer telefonu ma niepoprawną postać.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('58 681 02 46');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Zapisano dane kontaktowe')).toBeVisible();
  await expect(form(desk)).toHaveCount(0);
  await expect(page.getByText('58 681 02 46')).toBeVisible();
  await desk.showTab('Historia');
  const newest = page.getByRole('list', { name: 'Historia zmian' }).getByRole('listitem').first();
  await expect(newest).toContainText('Anna Okoniewska');
  await expect(newest).toContainText('Telefon');
  await expect(newest).toContainText('58 681 02 46');
  await desk.expectAccessible();
});

test('Esc never destroys: it asks, and what was typed is still there', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await openForm(desk, '000011');
  await field(desk, 'Ulica').fill('Dworcowa');
  await field(desk, 'Miejscowość').focus();
  await page.keyboard.press('Escape');
  const question = page.getByRole('alertdialog', { name: 'Masz niezapisane zmiany.' });
  await expect(question).toBeVisible();
  // The question must not cover where the person was, here the last row of the form.
  const last = await field(desk, 'Miejscowość').boundingBox();
  expect((last?.y ?? Number.NaN) + (last?.height ?? 0)).toBeLessThan((await question.boundingBox())?.y ?? 0);
  await desk.expectAccessible();
  await page.getByRole('button', { name: 'Wróć do edycji' }).click();
  await expect(field(desk, 'Miejscowość')).toBeFocused();
  await expect(field(desk, 'Ulica')).toHaveValue('Dworcowa');
  // Leaving by the browser's own button is asked about as well.
  await page.goBack();
  await expect(page.getByRole('dialog', { name: 'Masz niezapisane zmiany.' })).toBeVisible();
  await page.getByRole('button', { name: 'Wróć do edycji' }).click();
  await expect(field(desk, 'Ulica')).toHaveValue('Dworcowa');
  await form(desk).getByRole('button', { name: 'Odrzuć zmiany' }).click();
  await expect(form(desk)).toHaveCount(0);
  await openForm(desk, '000011');
  await expect(field(desk, 'Ulica')).not.toHaveValue('Dworcowa');
});

test('two clerks: different fields merge by themselves', async ({ desk, anotherDesk }) => {
  const other = await anotherDesk();
  await desk.signIn('s_anna');
  await other.signIn('s_barbara');
  await openForm(desk, '000012');
  await openForm(other, '000012');
  await field(desk, 'Telefon dodatkowy').fill('600 100 200');
  await field(other, 'E-mail dodatkowy').fill('nowy@example.com');
  await other.page.keyboard.press('Control+s');
  await expect(other.page.getByText('Zapisano dane kontaktowe')).toBeVisible();
  await expect(field(desk, 'E-mail dodatkowy')).toHaveValue('nowy@example.com');
  await expect(form(desk).getByRole('status')).toContainText('E-mail dodatkowy');
  await expect(field(desk, 'Telefon dodatkowy')).toHaveValue('600 100 200');
  await desk.page.keyboard.press('Control+s');
  await expect(desk.page.getByText('Zapisano dane kontaktowe')).toBeVisible();
  await expect(other.page.getByText('600 100 200')).toBeVisible();
});

test('two clerks: the same field asks mine, theirs or original, and saves the choice', async ({
  desk,
  anotherDesk,
  office,
}) => {
  const other = await anotherDesk();
  await desk.signIn('s_anna');
  await other.signIn('s_barbara');
  await openForm(desk, '000013');
  await openForm(other, '000013');
  await field(desk, 'Telefon').fill('600 111 111');
  await field(other, 'Telefon').fill('600 222 222');
  await other.page.keyboard.press('Control+s');
  await expect(other.page.getByText('Zapisano dane kontaktowe')).toBeVisible();
  await desk.page.keyboard.press('Control+s');
  const dialog = desk.page.getByRole('dialog', { name: 'Ktoś inny zmienił te same pola' });
  await expect(dialog).toBeVisible();
  await desk.expectAccessible();
  await expect(dialog.getByRole('radio', { name: /inną osobę: 600 222 222/ })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Zapisz wybrane' })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'Moja wartość: 600 111 111' }).click();
  await dialog.getByRole('button', { name: 'Zapisz wybrane' }).click();
  await expect(desk.page.getByText('Zapisano dane kontaktowe')).toBeVisible();

  const root = await office.connect();
  const { rows } = await root.query(`select phone from ibok.customers where customer_no = '000013'`);
  await root.end();
  expect(rows).toEqual([{ phone: '600 111 111' }]);
});

test('a page that dies in the middle of a form loses nothing: after sign-in the text is back', async ({
  desk,
  office,
}) => {
  await desk.signIn('s_anna');
  await openForm(desk, '000014');
  await field(desk, 'Miejscowość').fill('Kościerzyna');
  await expect(form(desk).getByText(/^Szkic zapisany o/)).toBeVisible();
  // The tab is killed: no event reaches the page, and the new one knows nothing of its session.
  const { context } = desk;
  const crashed = desk.page.waitForEvent('crash');
  const debug = await context.newCDPSession(desk.page);
  // A page that crashes does not answer any more.
  void debug.send('Page.crash').catch(() => undefined);
  await crashed;
  const again = await openDesk(context, office);
  await again.signIn('s_anna');
  await openCard(again, '000014');
  await expect(again.page.getByText(/Czekają niezapisane zmiany z/)).toBeVisible();
  await again.page.getByRole('button', { name: 'Wróć do nich' }).click();
  await expect(form(again).getByText(/Przywrócono niezapisane zmiany z/)).toBeVisible();
  await expect(field(again, 'Miejscowość')).toHaveValue('Kościerzyna');
  await again.expectAccessible();
});

test('a save whose answer is lost is stored once, however often it is repeated', async ({ desk, office }) => {
  const { page } = desk;
  const root = await office.connect();
  const counted = async (sql: string) => (await root.query<{ count: number }>(sql)).rows[0]?.count ?? -1;
  const acts = () => counted(`select count(*)::int as count from ibok.acts where action = 'customers.editContact'`);
  const actsBefore = await acts();
  await desk.signIn('s_anna');
  await openForm(desk, '000015');
  await field(desk, 'Telefon').fill('600 333 444');
  // The request reaches the core, the answer never reaches the page.
  await page.route('**/trpc/customers.editContact**', async (route) => {
    // What the browser adds by itself behind this point, and the gate asks for.
    const added = { origin: new URL(office.url).origin, 'sec-fetch-site': 'same-origin' };
    await route.fetch({ headers: { ...(await route.request().allHeaders()), ...added } });
    await route.abort();
  });
  await page.keyboard.press('Control+s');
  await expect(form(desk).getByRole('alert')).toContainText('Brak połączenia z serwerem');
  expect(await acts()).toBe(actsBefore + 1);
  await expect(field(desk, 'Telefon')).toHaveValue('600 333 444');
  await page.unroute('**/trpc/customers.editContact**');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Zapisano dane kontaktowe')).toBeVisible();

  expect(
    await counted(
      `select count(*)::int as count from audit.events where table_name = 'customers' and login = 's_anna'
          and row_id = (select id::text from ibok.customers where customer_no = '000015')`,
    ),
  ).toBe(1);
  // One act: the repetition carried the same request id.
  expect(await acts()).toBe(actsBefore + 1);
  await root.end();
});
