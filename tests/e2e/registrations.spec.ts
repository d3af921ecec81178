import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Client } from 'pg';
import { expect, test } from '../support/office-fixture';

/** A customer of the demo office, with a last invoice: what an applicant states about themselves. */
interface Applicant {
  customerNo: string;
  firstName: string;
  lastName: string;
  invoiceNo: string;
  gross: string;
}

async function applicant(root: Client, place: number): Promise<Applicant> {
  const { rows } = await root.query(
    `select c.id, c.customer_no as "customerNo", c.first_name as "firstName", c.last_name as "lastName"
       from ibok.customers c where c.kind = 'person' and c.deceased_on is null
        and exists (select from ibok.contracts n where n.customer_id = c.id and n.status = 'active')
        and not exists (select from ibok.account_access x where x.customer_id = c.id)
        and not exists (select from ibok.registrations r where r.customer_id = c.id)
      order by c.id offset $1 limit 1`,
    [place],
  );
  const { id, ...person } = rows[0];
  const invoice = await root.query(
    `insert into ibok.invoices (invoice_no, customer_id, issued_on, due_on, net_grosze, vat_grosze, gross_grosze)
     values ('E2E/' || $1::bigint, $1::bigint, ibok.today(), ibok.today() + 14, 11000, 1345, 12345) returning invoice_no as "invoiceNo"`,
    [id],
  );
  return { ...person, ...invoice.rows[0], gross: '123,45' };
}

async function applyThrough(portal: Page, url: string, who: Applicant, email: string): Promise<string> {
  await portal.goto(`${url}/wniosek`);
  const fill = (label: string, value: string) => portal.getByLabel(label).fill(value);
  await fill('Imię', who.firstName);
  await fill('Nazwisko', who.lastName);
  await portal.getByLabel('E-mail').fill(email);
  await fill('Numer klienta', who.customerNo);
  await fill('Numer faktury', who.invoiceNo);
  await fill('Kwota brutto', who.gross);
  for (const clause of ['Akceptacja Regulaminu', 'Informacja o danych', 'Prawdziwość danych']) {
    await portal.getByRole('checkbox', { name: new RegExp(clause) }).check();
  }
  await portal.getByRole('button', { name: 'Wyślij wniosek' }).click();
  await expect(portal.getByRole('heading', { name: 'Wniosek przyjęty' })).toBeVisible();
  return (await portal.locator('main strong').first().textContent()) ?? '';
}

/** The link of the activation mail to an address, as soon as the worker has sent it. */
async function activationLink(folder: string, email: string): Promise<string> {
  let link = '';
  await expect
    .poll(
      async () => {
        for (const name of await readdir(folder)) {
          const text = (await readFile(join(folder, name), 'utf8')).replace(/=\r?\n/g, '').replace(/=3D/g, '=');
          if (!text.includes(email)) continue;
          link = /\/aktywacja#[0-9a-f]{64}/.exec(text)?.[0] ?? link;
        }
        return link;
      },
      { timeout: 40_000 },
    )
    .not.toBe('');
  return link;
}

test('an application from the portal is on the clerk’s screen at once, approved, and its account activated by the mail', async ({
  desk,
  office,
  browser,
}) => {
  const root = await office.connect();
  const url = await office.startPortal();
  await office.startWorker();
  const who = await applicant(root, 0);
  const email = 'wniosek.e2e@example.com';
  await desk.signIn('s_anna');
  await desk.goTo('Wnioski');
  await desk.expectAccessible();

  const portal = await (await browser.newContext()).newPage();
  // The newest are due last: where more wait than the screen has rows, it would stand below them.
  await desk.page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill(who.lastName);
  const number = await applyThrough(portal, url, who, email);
  const row = desk.page.getByRole('row').filter({ hasText: number });
  await expect(row).toBeVisible();
  await expect(row).toContainText('Kompletny');

  await row.getByRole('gridcell', { name: `${who.lastName} ${who.firstName}`, exact: true }).click();
  await expect(desk.page.getByRole('heading', { level: 1, name: `${who.firstName} ${who.lastName}` })).toBeVisible();
  await expect(desk.page.getByRole('listitem').filter({ hasText: 'Tożsamość' })).toContainText('faktura; Portal');
  await desk.expectAccessible();
  await desk.page.getByRole('button', { name: 'Zatwierdź' }).click();
  const form = desk.page.getByRole('dialog', { name: 'Zatwierdzenie wniosku' });
  const login = await form.getByRole('textbox', { name: 'Login' }).inputValue();
  await form.getByRole('button', { name: 'Zatwierdź i wyślij' }).click();
  await expect(desk.page.getByText(/Wniosek zatwierdzono/)).toBeVisible();

  const link = await activationLink(office.mail, email);
  await portal.goto(`${url}/aktywacja`);
  await portal.getByLabel('Odnośnik z wiadomości').fill(`https://ibok.example.org${link}`);
  await portal.getByLabel('Nowe hasło').fill('dlugie haslo klienta');
  await portal.getByLabel('Powtórz hasło').fill('dlugie haslo klienta');
  await portal.getByRole('button', { name: 'Aktywuj' }).click();
  await expect(portal.getByText('Konto zostało aktywowane.')).toBeVisible();
  await portal.getByRole('link', { name: 'Zaloguj się' }).click();
  await portal.getByLabel('Login').fill(login);
  await portal.getByLabel('Hasło').fill('dlugie haslo klienta');
  await portal.getByRole('button', { name: 'Zaloguj', exact: true }).click();
  await expect(portal.getByRole('heading', { name: 'Moje konto' })).toBeVisible();
  await expect(portal.locator('main')).toContainText(who.customerNo);
  const { rows } = await root.query('select status from ibok.accounts where login = $1', [login]);
  expect(rows).toEqual([{ status: 'active' }]);
  await root.end();
});

test('an application on paper is completed, its identity checked, approved, and copied for the customer as PDF', async ({
  desk,
  office,
}) => {
  const root = await office.connect();
  const who = await applicant(root, 1);
  const { page } = desk;
  await desk.signIn('s_anna');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nowy wniosek');
  await page.getByRole('option', { name: 'Nowy wniosek o konto IBOK' }).click();
  const form = page.getByRole('dialog', { name: 'Nowy wniosek' });
  await form.getByRole('textbox', { name: 'Imię' }).fill(who.firstName);
  await form.getByRole('textbox', { name: 'Nazwisko' }).fill(who.lastName);
  await form.getByRole('textbox', { name: 'E-mail' }).fill('papier.e2e@example.com');
  await form.getByRole('textbox', { name: 'Numer klienta' }).fill(who.customerNo);
  for (const clause of ['Akceptacja Regulaminu IBOK', 'Informacja o danych osobowych', 'Prawdziwość danych']) {
    await form.getByRole('checkbox', { name: clause }).check();
  }
  await form.getByRole('textbox', { name: 'Miejsce oryginału' }).fill('Segregator 3, teczka 12');
  await form.getByRole('button', { name: 'Zapisz' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${who.firstName} ${who.lastName}` })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Zatwierdź' })).toHaveAttribute('aria-disabled', 'true');

  await page.getByRole('button', { name: 'Sprawdź' }).click();
  const check = page.getByRole('dialog', { name: 'Sprawdzenie tożsamości' });
  await check.getByRole('textbox', { name: 'Numer faktury' }).fill(who.invoiceNo);
  await check.getByRole('textbox', { name: 'Kwota brutto' }).fill('123,44');
  await check.getByRole('button', { name: 'Porównaj' }).click();
  await expect(check.getByRole('alert')).toContainText('Dane nie zgadzają się z bazą');
  await check.getByRole('textbox', { name: 'Kwota brutto' }).fill(who.gross);
  await check.getByRole('button', { name: 'Porównaj' }).click();
  await expect(check).toBeHidden();

  await page.getByRole('button', { name: 'Zatwierdź' }).click();
  await page.getByRole('button', { name: 'Zatwierdź i wyślij' }).click();
  await expect(page.getByText(/Wniosek zatwierdzono/)).toBeVisible();
  await desk.showTab('Pisma');
  await page.getByRole('button', { name: 'Utwórz kopię wniosku' }).click();
  await expect(page.getByRole('dialog')).toContainText(/Kopia wniosku/);
  const { rows } = await root.query(
    `select l.kind from ibok.letters l join ibok.registrations r on l.record = 'registrations:' || r.id
      where r.customer_no_given = $1`,
    [who.customerNo],
  );
  expect(rows).toEqual([{ kind: 'application_copy' }]);
  await root.end();
});
