import type { BrowserContext } from '@playwright/test';
import type { Office } from '../support/office';
import { type DeskPage, expect, openDesk, test } from '../support/office-fixture';

/**
 * The browser is killed: no event reaches the page, and what opens after it knows the workstation's storage and nothing
 * else. Answers with the new window, signed in again.
 */
async function killed(desk: DeskPage, login: string, office: Office): Promise<DeskPage> {
  const { context } = desk;
  const crashed = desk.page.waitForEvent('crash');
  const debug = await context.newCDPSession(desk.page);
  // A page that crashes does not answer any more.
  void debug.send('Page.crash').catch(() => undefined);
  await crashed;
  return signedIn(context, login, office);
}

async function signedIn(context: BrowserContext, login: string, office: Office): Promise<DeskPage> {
  const again = await openDesk(context, office);
  await again.signIn(login);
  return again;
}

const drawer = ({ page }: DeskPage, name: string) => page.getByRole('dialog', { name });
const text = (desk: DeskPage, form: string, name: string) =>
  drawer(desk, form).getByRole('textbox', { name, exact: true });
const kept = (desk: DeskPage, form: string) => drawer(desk, form).getByText(/^Szkic zapisany o/);
const restored = (desk: DeskPage, form: string) => drawer(desk, form).getByText(/Przywrócono niezapisane zmiany z/);

async function openContact({ page }: DeskPage, customerNo: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(customerNo);
  await page.getByRole('option').filter({ hasText: customerNo }).click();
  await expect(page.getByText(`Nr klienta ${customerNo}`)).toBeVisible();
  await page.keyboard.press('e');
}

async function openCreateStaff({ page }: DeskPage): Promise<void> {
  await page.getByRole('navigation', { name: 'Nawigacja główna' }).getByRole('link', { name: 'Ustawienia' }).click();
  await page.getByRole('link', { name: 'Pracownicy' }).click();
  await page.getByRole('button', { name: 'Dodaj pracownika' }).click();
}

test.describe('killed in the middle of a form, the text is back after sign-in:', () => {
  test('contact data', async ({ desk, office }) => {
    const form = 'Edycja danych kontaktowych';
    await desk.signIn('s_anna');
    await openContact(desk, '000021');
    await text(desk, form, 'Miejscowość').fill('Kościerzyna');
    await expect(kept(desk, form)).toBeVisible();
    const again = await killed(desk, 's_anna', office);
    await openContact(again, '000021');
    await expect(restored(again, form)).toBeVisible();
    await expect(text(again, form, 'Miejscowość')).toHaveValue('Kościerzyna');
  });

  test('a new task', async ({ desk, office }) => {
    const form = 'Nowe zadanie';
    await desk.signIn('s_anna');
    await desk.goTo('Moje zadania');
    await desk.page.keyboard.press('n');
    await text(desk, form, 'Zadanie').fill('Umówić wymianę wodomierza');
    await text(desk, form, 'Uwagi').fill('Klient prosi o godziny poranne');
    await expect(kept(desk, form)).toBeVisible();
    const again = await killed(desk, 's_anna', office);
    await again.goTo('Moje zadania');
    await again.page.keyboard.press('n');
    await expect(restored(again, form)).toBeVisible();
    await expect(text(again, form, 'Zadanie')).toHaveValue('Umówić wymianę wodomierza');
    await expect(text(again, form, 'Uwagi')).toHaveValue('Klient prosi o godziny poranne');
    // Stored, it does not come back.
    await again.page.keyboard.press('Control+s');
    await expect(again.page.getByText('Zadanie zapisane.')).toBeVisible();
    await again.page.keyboard.press('n');
    await expect(text(again, form, 'Zadanie')).toHaveValue('');
  });

  test('a new member of staff', async ({ desk, office }) => {
    const form = 'Nowy pracownik';
    await desk.signIn('s_admin');
    await openCreateStaff(desk);
    await text(desk, form, 'Imię i nazwisko').fill('Dorota Nowa');
    await expect(kept(desk, form)).toBeVisible();
    const again = await killed(desk, 's_admin', office);
    await openCreateStaff(again);
    await expect(restored(again, form)).toBeVisible();
    await expect(text(again, form, 'Imię i nazwisko')).toHaveValue('Dorota Nowa');
  });
});

test('while the server is away forms stay usable, and once it is back each is stored exactly once', async ({
  desk,
  anotherDesk,
  office,
}) => {
  test.setTimeout(150_000);
  const other = await anotherDesk();
  await desk.signIn('s_anna');
  await other.signIn('s_barbara');
  await desk.goTo('Moje zadania');
  await desk.page.keyboard.press('n');
  await text(desk, 'Nowe zadanie', 'Zadanie').fill('Sprawdzić');
  await openContact(other, '000023');

  await office.stopDatabase();
  const stopped = Date.now();
  await text(desk, 'Nowe zadanie', 'Zadanie').fill('Sprawdzić zasuwę');
  await text(other, 'Edycja danych kontaktowych', 'Miejscowość').fill('Żukowo');
  for (const one of [desk, other]) {
    await one.page.keyboard.press('Control+s');
    await expect(
      one.page
        .getByRole('alert')
        .filter({ hasText: /połączenia|serwer/i })
        .first(),
    ).toBeVisible();
    await expect(one.page.getByRole('dialog').getByText(/^Szkic zapisany o/)).toBeVisible();
  }
  await desk.expectAccessible();
  // The outage of the journey: half a minute, in which the drafts must not be given up.
  await desk.page.waitForTimeout(Math.max(0, 30_000 - (Date.now() - stopped)));
  await office.startDatabase();

  for (const one of [desk, other]) {
    await expect(one.page.getByRole('status', { name: 'Na żywo' })).toBeVisible({ timeout: 30_000 });
    await expect(one.page.getByRole('dialog')).toBeVisible();
    await one.page.keyboard.press('Control+s');
    await expect(one.page.getByRole('dialog')).toHaveCount(0);
  }
  const root = await office.connect();
  const counted = async (sql: string) => (await root.query<{ count: number }>(sql)).rows[0]?.count;
  expect(await counted(`select count(*)::int as count from ibok.follow_ups where title = 'Sprawdzić zasuwę'`)).toBe(1);
  expect(
    await counted(
      `select count(*)::int as count from audit.events where table_name = 'customers' and login = 's_barbara'
          and row_id = (select id::text from ibok.customers where customer_no = '000023')`,
    ),
  ).toBe(1);
  await root.end();
});

test('a cell whose row leaves the list under the hand says so and offers its text; a lock takes that away', async ({
  desk,
  office,
}) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.goTo('Klienci');
  await page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill('000024');
  await expect(page.getByText('1 klient', { exact: true })).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('Tab');
  const cell = page.getByRole('textbox', { name: /Notatka biura: 000024/ });
  await expect(cell).toBeFocused();
  await cell.fill('dzwonić tylko po południu');
  const root = await office.connect();
  await root.query(`update ibok.customers set customer_no = '990024' where customer_no = '000024'`);
  const said = page.getByRole('alert').filter({ hasText: 'Nie zapisano: wiersza nie ma już na liście' });
  await expect(said).toContainText('dzwonić tylko po południu');
  await desk.expectAccessible();
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('button', { name: 'Odblokuj' })).toBeVisible();
  await expect(said).toHaveCount(0);
  await root.query(`update ibok.customers set customer_no = '000024' where customer_no = '990024'`);
  await root.end();
});
