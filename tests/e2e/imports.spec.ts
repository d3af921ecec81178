import { readFile } from 'node:fs/promises';
import { exportText, person } from '../support/export-files';
import { type DeskPage, expect, test } from '../support/office-fixture';

/** Chooses a file as a person does: by the button and the system's dialog. */
async function choose({ page }: DeskPage, name: string, bytes: Buffer): Promise<void> {
  const dialog = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Wybierz plik' }).click();
  await (await dialog).setFiles({ name, mimeType: 'text/csv', buffer: bytes });
}

async function openImports({ page }: DeskPage): Promise<void> {
  await page.getByRole('link', { name: 'Import danych' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import danych' })).toBeVisible();
}

test('a clerk checks an export, sees its faults, imports the good rows, and finds the new customer', async ({
  desk,
}) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await openImports(desk);
  await desk.expectAccessible();

  const rows = [person(1, { nazwisko: 'Brzęczyszczykiewicz' }), person(2), person(3, { nip: '123', vip: '?' })];
  await choose(desk, 'klienci.csv', Buffer.from(exportText('customers', rows)));
  const counts = page.getByRole('definition');
  await expect(counts).toHaveText(['2', '0', '0', '1']);
  const faults = page.getByRole('grid', { name: 'Lista błędów' });
  await expect(faults.getByRole('row', { name: /nip.*cyfra kontrolna/ })).toBeVisible();
  await expect(page.getByRole('radio', { name: /Wszystko albo nic/ })).toBeDisabled();
  await desk.expectAccessible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Pobierz błędne wiersze' }).click();
  const file = await (await download).path();
  expect(await readFile(file, 'utf8')).toMatch(/;4;nip, vip;/);

  await page.getByRole('button', { name: 'Importuj…' }).click();
  const question = page.getByRole('dialog', { name: 'Rozpocząć import?' });
  await expect(question).toContainText('Nowe: 2, zmienione: 0, bez zmian: 0, pominięte: 1.');
  await expect(question.getByRole('button', { name: 'Anuluj' })).toBeFocused();
  await desk.expectAccessible();
  await question.getByRole('button', { name: 'Zapisz 2 wiersze' }).click();
  await expect(page.getByText(/Import nr \d+ zakończony/)).toBeVisible();
  await expect(
    page.getByRole('grid', { name: 'Lista poprzednich importów' }).getByText('klienci.csv').first(),
  ).toBeVisible();
  await desk.expectAccessible();
  await desk.openCustomer('brzeczyszcz', 'Brzęczyszczykiewicz Łucja');
});

test('a wrong header is told in place, by the names of the columns', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await openImports(desk);
  await choose(desk, 'klienci.csv', Buffer.from(exportText('customers', []).replace('pesel;', '')));
  await expect(page.getByRole('alert')).toContainText('Brakuje kolumn: pesel');
  await desk.expectAccessible();
});

test('a technician may not import customers', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_tomasz');
  await openImports(desk);
  await expect(page.getByText('Jako technik wczytujesz pliki wodomierzy.')).toBeVisible();
  await expect(page.getByText('Nie było jeszcze importu')).toBeVisible();
  await choose(desk, 'klienci.csv', Buffer.from(exportText('customers', [person(9)])));
  await expect(page.getByText('Twoja rola nie pozwala na tę czynność.')).toBeVisible();
});

test('a file can be dropped, and its first rows are shown', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await openImports(desk);
  const bytes = Buffer.from(exportText('customers', [person(70)])).toString('base64');
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    const file = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    data.items.add(new File([file], 'klienci.csv', { type: 'text/csv' }));
    return data;
  }, bytes);
  const area = page.getByText('Wybierz plik albo upuść go tutaj');
  for (const type of ['dragenter', 'dragover', 'drop']) await area.dispatchEvent(type, { dataTransfer: transfer });
  await expect(page.getByRole('table', { name: 'Pierwsze wiersze pliku' })).toContainText('Źdźbło70');
});
