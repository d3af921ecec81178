import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { type DeskPage, expect, test } from '../support/office-fixture';
import { pdfFile, pngFile, scannedPdf, tiffFile, zipFile } from '../support/sample-files';

interface Dropped {
  name: string;
  bytes: Buffer;
}

/** Lets files go over the place for them, as from a folder of the system. */
async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, content: bytes.toString('base64') }));
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const { name, content } of all) {
      data.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name));
    }
    return data;
  }, given);
  const area = page.getByText('Upuść pliki tutaj albo');
  for (const type of ['dragenter', 'dragover', 'drop']) await area.dispatchEvent(type, { dataTransfer: transfer });
}

/** Opens the documents of a customer nobody else in this file uses. */
async function openDocuments(desk: DeskPage, place: number, login = 's_anna'): Promise<void> {
  await desk.signIn(login);
  await desk.goTo('Klienci');
  // One click opens; the second of a double click must neither press nor mark anything on the record.
  await desk.page.getByRole('row').nth(place).dblclick();
  expect(await desk.page.evaluate(() => String(window.getSelection()))).toBe('');
  await expect(desk.page.getByRole('tab', { name: 'Dokumenty' })).toBeVisible();
  await desk.showTab('Dokumenty');
}

const uploads = (page: Page) => page.getByRole('list', { name: 'Dodawane pliki' });
const uploaded = (page: Page, name: string) => uploads(page).getByRole('listitem').filter({ hasText: name });
const table = (page: Page) => page.getByRole('table', { name: 'Lista dokumentów' });

async function choose(page: Page, document: string, act: string): Promise<void> {
  await page.getByRole('button', { name: `Czynności: ${document}` }).click();
  await page.getByRole('menuitem', { name: act }).click();
}

/** Share of the canvas's pixels that are neither white nor transparent, and whether the bar of the sample is among them. */
function paintOf(canvas: Locator): Promise<{ dark: number; bar: boolean }> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const data = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    let dark = 0;
    let bar = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 255, green = 255, blue = 255, alpha = 0] = data.slice(at, at + 4);
      if (alpha > 0 && red + green + blue < 600) dark++;
      if (Math.abs(red - 13) < 4 && Math.abs(green - 89) < 4 && Math.abs(blue - 89) < 4) bar++;
    }
    const all = data.length / 4;
    // 300 × 60 of 595 × 842 points.
    return { dark: dark / all, bar: Math.abs(bar / all - 18_000 / (595 * 842)) < 0.002 };
  });
}

test('a clerk drops a PDF and a picture, and looks at both by keyboard', async ({ desk }) => {
  const { page } = desk;
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await openDocuments(desk, 1);
  await expect(page.getByRole('heading', { name: 'Nie ma jeszcze dokumentów' })).toBeVisible();
  await desk.expectAccessible();

  await drop(page, [
    { name: 'umowa.pdf', bytes: pdfFile({ pages: ['Umowa', 'Druga strona'] }) },
    { name: 'wodomierz.png', bytes: pngFile(320, 200) },
  ]);
  await expect(uploads(page).getByText('Dodano')).toHaveCount(2);
  await expect(table(page).getByRole('row')).toHaveCount(3);
  await desk.expectAccessible();

  await table(page).getByRole('button', { name: 'umowa', exact: true }).press('Enter');
  const preview = page.getByRole('dialog', { name: 'umowa' });
  const sheet = preview.getByRole('img', { name: 'Strona 1 z 2' });
  await expect(sheet).toBeVisible();
  await expect(preview.locator('[aria-busy="false"]')).toBeVisible();
  const first = await paintOf(sheet);
  expect(first.bar).toBe(true);
  // More than the bar: the letters are there, in a font the file does not bring.
  expect(first.dark).toBeGreaterThan(0.037);
  await expect(preview.getByText('Umowa', { exact: true })).toBeAttached();
  await desk.expectAccessible();

  // Through the first page, then on to the second.
  const second = preview.getByRole('img', { name: 'Strona 2 z 2' });
  await expect(async () => {
    await page.keyboard.press('PageDown');
    await expect(second).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(preview.getByText('Druga strona')).toBeAttached();
  await expect(preview.getByRole('button', { name: 'Następna strona' })).toBeDisabled();
  const before = await second.boundingBox();
  await page.keyboard.press('=');
  await expect(preview.getByText('125%')).toBeVisible();
  await expect.poll(async () => (await second.boundingBox())?.width ?? 0).toBeGreaterThan((before?.width ?? 0) * 1.2);
  await page.keyboard.press('0');
  await expect(preview.getByText('100%')).toBeVisible();

  // The picture came last and stands first.
  await page.keyboard.press('k');
  const picture = page.getByRole('dialog', { name: 'wodomierz' });
  const image = picture.getByRole('img', { name: 'wodomierz.png' });
  await expect(image).toBeVisible();
  expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(320);
  await desk.expectAccessible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a new version comes beside the old one, the same file is warned about, and an old version comes back', async ({
  desk,
  office,
}) => {
  const { page } = desk;
  await openDocuments(desk, 2);
  const first = pdfFile({ pages: ['Pierwsza'] });
  await drop(page, [{ name: 'aneks.pdf', bytes: first }]);
  await expect(uploaded(page, 'aneks.pdf').getByText('Dodano')).toBeVisible();

  const dialog = page.waitForEvent('filechooser');
  await choose(page, 'aneks', 'Dodaj nową wersję…');
  await (await dialog).setFiles({
    name: 'aneks-2.pdf',
    mimeType: 'application/pdf',
    buffer: pdfFile({ pages: ['Po zmianie'] }),
  });
  await expect(uploaded(page, 'aneks-2.pdf').getByText('Dodano jako wersję 2')).toBeVisible();

  await drop(page, [{ name: 'kopia.pdf', bytes: first }]);
  const duplicate = uploaded(page, 'kopia.pdf');
  await expect(duplicate).toContainText('Ten sam plik już jest w bazie„aneks” (wersja 1)');
  await expect(duplicate.getByRole('link')).toHaveAttribute('href', /customers\/\d+\?tab=/);
  await desk.expectAccessible();
  await duplicate.getByRole('button', { name: 'Pomiń' }).click();
  await expect(duplicate.getByText('Pominięto')).toBeVisible();
  await expect(table(page).getByRole('row')).toHaveCount(2);

  await choose(page, 'aneks', 'Wersje…');
  const versions = page.getByRole('table', { name: 'Lista wersji: aneks' });
  await expect(versions.getByRole('row')).toHaveCount(3);
  await desk.expectAccessible();
  const download = page.waitForEvent('download');
  await versions.getByRole('button', { name: 'Zapisz wersję 1 na dysku' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('aneks.pdf');
  expect(Buffer.compare(await readFile(await saved.path()), first)).toBe(0);
  await versions.getByRole('button', { name: 'Przywróć wersję 1' }).click();
  await expect(versions.getByRole('row', { name: /^3/ })).toContainText('aktualna');
  await versions.getByRole('button', { name: 'Podgląd wersji 3' }).click();
  await expect(
    page.getByRole('dialog', { name: 'aneks, wersja 3' }).getByText('Pierwsza', { exact: true }),
  ).toBeAttached();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const superuser = await office.connect();
  const { rows } = await superuser.query(
    `select login, purpose from audit.reads where fields = 'document' order by id desc limit 2`,
  );
  await superuser.end();
  expect(rows).toEqual([
    { login: 's_anna', purpose: expect.stringMatching(/ version 3$/) },
    { login: 's_anna', purpose: expect.stringMatching(/ version 1$/) },
  ]);
});

test('a hostile file is refused in plain words and the good ones beside it are taken', async ({ desk }) => {
  const { page } = desk;
  await openDocuments(desk, 3);
  await drop(page, [
    { name: 'strona.html', bytes: Buffer.from('<html><script>alert(1)</script>') },
    { name: 'umowa.pdf', bytes: Buffer.concat([pdfFile(), zipFile('a.jar')]) },
    { name: 'zdjecie.pdf', bytes: pngFile() },
    { name: 'pusty.txt', bytes: Buffer.alloc(0) },
    { name: 'notatka.txt', bytes: Buffer.from('Zażółć gęślą jaźń') },
    { name: 'skan.tif', bytes: tiffFile() },
  ]);
  await expect(uploaded(page, 'strona.html')).toContainText('Takiego pliku nie można dodać');
  await expect(uploaded(page, 'umowa.pdf')).toContainText('ukryty jest drugi');
  await expect(uploaded(page, 'zdjecie.pdf')).toContainText('to jest plik PNG');
  await expect(uploaded(page, 'pusty.txt')).toContainText('Ten plik jest pusty');
  await expect(uploads(page).getByText('Dodano', { exact: true })).toHaveCount(2);
  await expect(table(page).getByRole('row')).toHaveCount(3);
  await desk.expectAccessible();

  await table(page).getByRole('button', { name: 'notatka', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'notatka' }).getByText('Zażółć gęślą jaźń')).toBeVisible();
  await desk.expectAccessible();
  await page.keyboard.press('k');
  const scan = page.getByRole('dialog', { name: 'skan' });
  await expect(scan.getByRole('heading', { name: 'Podgląd plików TIFF nie jest możliwy' })).toBeVisible();
  await desk.expectAccessible();
});

test('a PDF that wants to run, start or call something is only a picture', async ({ desk, context }) => {
  const { page } = desk;
  const asked: string[] = [];
  await openDocuments(desk, 4);
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => asked.push(dialog.message()));
  context.on('page', (opened) => asked.push(opened.url()));
  const actions =
    '<< /S /JavaScript /JS (app.alert\\(1\\); this.submitForm\\("https://example.org"\\)) /Next [<< /S /Launch /F (calc.exe) >> << /S /URI /URI (https://example.org/) >>] >>';
  await drop(page, [{ name: 'zaproszenie.pdf', bytes: pdfFile({ catalogue: `/OpenAction ${actions}` }) }]);
  await table(page).getByRole('button', { name: 'zaproszenie', exact: true }).click();
  const preview = page.getByRole('dialog', { name: 'zaproszenie' });
  await expect(preview.locator('[aria-busy="false"]')).toBeVisible();
  expect((await paintOf(preview.locator('canvas'))).bar).toBe(true);

  const transfer = await page.evaluateHandle(() => new DataTransfer());
  await preview.locator('[data-drag-out]').dispatchEvent('dragstart', { dataTransfer: transfer });
  const dragged = await transfer.evaluate((data) => data.getData('DownloadURL'));
  expect(dragged).toMatch(/^application\/pdf:zaproszenie\.pdf:blob:http/);
  expect(asked.filter((url) => !url.startsWith(new URL(page.url()).origin) && !url.startsWith('blob:'))).toEqual([]);
});

test('a scan in fax coding is painted, with no WebAssembly', async ({ desk }) => {
  const { page } = desk;
  await openDocuments(desk, 9);
  await drop(page, [{ name: 'skan.pdf', bytes: scannedPdf() }]);
  await table(page).getByRole('button', { name: 'skan', exact: true }).click();
  const preview = page.getByRole('dialog', { name: 'skan' });
  await expect(preview.locator('[aria-busy="false"]')).toBeVisible();
  // A black square of 300 × 300 points on A4.
  const { dark } = await paintOf(preview.locator('canvas'));
  expect(dark).toBeGreaterThan(0.17);
  expect(dark).toBeLessThan(0.19);
});

test('a PDF that takes too long is ended after ten seconds, and can be saved', async ({ desk }) => {
  const { page } = desk;
  test.slow();
  // Its worker never answers, as one that is lost in a loop.
  await page.route('**/pdf.worker*', () => undefined);
  await openDocuments(desk, 10);
  await drop(page, [{ name: 'powolny.pdf', bytes: pdfFile({ pages: ['Powolny'] }) }]);
  await table(page).getByRole('button', { name: 'powolny', exact: true }).click();
  const preview = page.getByRole('dialog', { name: 'powolny' });
  await expect(preview.getByRole('heading', { name: 'Podgląd trwa zbyt długo' })).toBeVisible({ timeout: 20_000 });
});

test('a broken PDF is said to be broken, and can be saved', async ({ desk }) => {
  const { page } = desk;
  await openDocuments(desk, 5);
  await drop(page, [{ name: 'zepsuty.pdf', bytes: Buffer.from('%PDF-1.7\nnothing of a document\n%%EOF\n') }]);
  await table(page).getByRole('button', { name: 'zepsuty', exact: true }).click();
  const preview = page.getByRole('dialog', { name: 'zepsuty' });
  await expect(preview.getByRole('heading', { name: 'Nie można pokazać podglądu' })).toBeVisible();
  const download = page.waitForEvent('download');
  await preview.getByRole('button', { name: 'Zapisz na dysku…' }).last().click();
  expect((await download).suggestedFilename()).toBe('zepsuty.pdf');
});

test('a document is renamed and moved to another kind', async ({ desk }) => {
  const { page } = desk;
  await openDocuments(desk, 6);
  await drop(page, [{ name: 'skan0001.pdf', bytes: pdfFile({ pages: ['Pismo'] }) }]);
  await expect(table(page).getByRole('button', { name: 'skan0001', exact: true })).toBeVisible();

  await choose(page, 'skan0001', 'Zmień nazwę lub rodzaj…');
  const form = page.getByRole('dialog', { name: 'Nazwa i rodzaj dokumentu' });
  await form.getByRole('textbox', { name: 'Nazwa' }).fill('Pismo z 3 listopada');
  await form.getByRole('combobox', { name: 'Rodzaj' }).click();
  await page.getByRole('option', { name: 'Pismo' }).click();
  await desk.expectAccessible();
  await page.keyboard.press('Control+s');
  await expect(table(page).getByRole('row', { name: /Pismo z 3 listopada Pismo/ })).toBeVisible();
});

test('a document is withdrawn with a reason, and brought back', async ({ desk }) => {
  const { page } = desk;
  await openDocuments(desk, 8);
  await drop(page, [{ name: 'pismo.pdf', bytes: pdfFile({ pages: ['Obce pismo'] }) }]);
  await choose(page, 'pismo', 'Wycofaj…');
  const withdraw = page.getByRole('dialog', { name: 'Wycofaj dokument' });
  await withdraw.getByRole('button', { name: 'Wycofaj' }).click();
  await expect(withdraw.getByText('Podaj powód, co najmniej 5 znaków.')).toBeVisible();
  await withdraw.getByRole('textbox', { name: 'Powód' }).fill('Dodane do niewłaściwego klienta');
  await withdraw.getByRole('button', { name: 'Wycofaj' }).click();
  await expect(page.getByRole('heading', { name: 'Nie ma jeszcze dokumentów' })).toBeVisible();
  await page.getByRole('button', { name: 'Pokaż 1 wycofany' }).click();
  await expect(table(page).getByText('Wycofany')).toBeVisible();
  await choose(page, 'pismo', 'Przywróć');
  await expect(page.getByRole('button', { name: /wycofan/ })).toHaveCount(0);
  await expect(table(page).getByText('pismo', { exact: true })).toBeVisible();
});

test('a technician reads and adds nothing; what a clerk adds appears on both screens', async ({
  desk,
  anotherDesk,
}) => {
  const reader = await anotherDesk();
  await openDocuments(desk, 7);
  await openDocuments(reader, 7, 's_tomasz');
  await expect(reader.page.getByText('Dodają je pracownicy biura.')).toBeVisible();
  await expect(reader.page.getByRole('button', { name: 'Wybierz pliki…' })).toHaveCount(0);
  await drop(desk.page, [{ name: 'protokol.pdf', bytes: pdfFile({ pages: ['Protokol'] }) }]);
  await expect(table(reader.page).getByRole('button', { name: 'protokol', exact: true })).toBeVisible();
  await reader.page.getByRole('button', { name: 'Czynności: protokol' }).click();
  await expect(reader.page.getByRole('menuitem')).toHaveText(['Podgląd', 'Zapisz na dysku…', 'Wersje…']);
});
