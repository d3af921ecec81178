import { exportText, person } from '../support/export-files';
import { type DeskPage, expect, test } from '../support/office-fixture';

async function choose({ page }: DeskPage, name: string, text: string): Promise<void> {
  const dialog = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Wybierz plik' }).click();
  await (await dialog).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

async function openImports({ page }: DeskPage): Promise<void> {
  await page.getByRole('link', { name: 'Import danych' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import danych' })).toBeVisible();
}

async function importNow({ page }: DeskPage): Promise<void> {
  await page.getByRole('button', { name: 'Importuj…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Zapisz/ })
    .click();
  await expect(page.getByText(/Import nr \d+ zakończony/)).toBeVisible();
}

const FOREIGN = ['Numer klienta;Typ;Nazwisko;Imię;E-mail;Uwagi', '00170001;osoba;Obcoplikowy;Ewa;ewa@example.org;x'];

// Several imports each, with the accessibility of every stage.
test.setTimeout(120_000);

test('columns with other names are assigned with a preview of their values, and remembered', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await openImports(desk);
  await choose(desk, 'obcy.csv', FOREIGN.join('\n'));
  await page.getByRole('button', { name: 'Przypisz kolumny…' }).click();
  const table = page.getByRole('table', { name: 'Kolumny pliku i ich znaczenie' });
  await expect(table.getByRole('row', { name: /E-mail/ })).toContainText('ewa@example.org');
  await expect(table.getByRole('combobox', { name: 'Pole dla kolumny „Numer klienta”' })).toHaveValue(/nr_klienta/);
  await expect(page.getByText('Pola, których w pliku nie ma')).toBeVisible();
  await desk.expectAccessible();

  // Without a required field there is nothing to check.
  const type = table.getByRole('combobox', { name: 'Pole dla kolumny „Typ”' });
  await type.click();
  await page.getByRole('option', { name: 'pomijana' }).click();
  await expect(page.getByText('Bez kolumny w pliku pozostają pola wymagane: rodzaj.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sprawdź plik' })).toBeDisabled();
  await type.click();
  await page.getByRole('option', { name: 'rodzaj (wymagane)' }).click();
  await page.getByRole('button', { name: 'Sprawdź plik' }).click();
  await expect(page.getByRole('definition')).toHaveText(['1', '0', '0', '0']);
  await importNow(desk);

  // The next file with the same header is read at once.
  await page.getByRole('button', { name: 'Wczytaj następny plik' }).click();
  await choose(desk, 'obcy2.csv', FOREIGN.join('\n').replace('00170001', '00170002'));
  await expect(page.getByRole('definition')).toHaveText(['1', '0', '0', '0']);
});

test('an import is taken back whole, and what stands in the way is named', async ({ desk, office }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await openImports(desk);
  await choose(desk, 'klienci.csv', exportText('customers', [person(801, { nazwisko: 'Cofany' }), person(802)]));
  await importNow(desk);
  await page
    .getByRole('button', { name: /^Cofnij import nr/ })
    .first()
    .click();
  const question = page.getByRole('dialog', { name: /Cofnąć import nr \d+\?/ });
  await expect(question.getByRole('button', { name: 'Anuluj' })).toBeFocused();
  await desk.expectAccessible();
  await question.getByRole('button', { name: 'Cofnij import' }).click();
  await expect(page.getByText(/Cofnięto import nr \d+\. Usunięto: 2, przywrócono: 0\./)).toBeVisible();
  const former = page.getByRole('grid', { name: 'Lista poprzednich importów' });
  await expect(former.getByRole('row', { name: /klienci\.csv/ }).first()).toContainText('cofnięty');

  await choose(desk, 'klienci.csv', exportText('customers', [person(803, { nazwisko: 'Zmieniany' })]));
  await importNow(desk);
  const barbara = await office.connect('s_barbara');
  await barbara.query(
    `select api.edit_contact(customer_id, '{"phone": ["58 681 02 46", "600 100 200"]}')
       from ibok.customer_search where customer_no = '00100803'`,
  );
  await barbara.end();
  await page
    .getByRole('button', { name: /^Cofnij import nr/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cofnij import' }).click();
  const obstacles = page.getByRole('dialog', { name: /nie można cofnąć/ });
  await expect(obstacles.getByRole('row', { name: /Zmieniany/ })).toContainText('zmieniono: Telefon');
  await desk.expectAccessible();
});
