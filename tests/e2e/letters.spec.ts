import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { drawLetter } from '../../main/pdf/draw';
import { loadFaces } from '../../main/pdf/fonts';
import type { Letter } from '../../main/pdf/letter';
import { plantAccount } from '../support/accounts';
import { SIGNS } from '../support/letters';
import { expect, test } from '../support/office-fixture';
import { pdfFile } from '../support/sample-files';

const packages = createRequire(import.meta.url);
const PDFJS = dirname(packages.resolve('pdfjs-dist/package.json'));
const FONTS = dirname(packages.resolve('@expo-google-fonts/noto-sans/package.json'));

/** As typed into the address bar. */
const openAt = (page: Page, place: string) => page.evaluate((hash) => window.location.assign(`#${hash}`), place);

const letter: Letter = {
  letterhead: {
    name: 'Wodociągi Próbne Sp. z o.o.',
    lines: ['ul. Źródlana 4', '83-300 Kartuzy'],
    phone: '58 600 00 00',
    email: 'biuro@example.com',
    website: 'www.example.com',
    registerLine: 'Sąd Rejonowy, KRS 0000000000',
    privacyEmail: 'iod@example.com',
  },
  recipient: ['Zażółcisława Gęś-Jaźń', 'Świętojańska 4', '83-300 Kartuzy'],
  placeAndDate: 'Kartuzy, 22 listopada 2026 r.',
  reference: 'IBOK/1',
  subject: `Pismo: ${SIGNS}`,
  blocks: [
    ...[1, 2, 3, 4].map((at) => ({ is: 'text' as const, text: `${at}. ${SIGNS} ${SIGNS.toUpperCase()}` })),
    { is: 'pairs', rows: [['Znaki', SIGNS]] },
  ],
  madeAt: '2026-11-22T12:00:00Z',
};

/** Dark dots of a PDF's first page as the browser paints it, at 144 dpi. */
async function darkDots(page: Page, bytes: Uint8Array): Promise<number> {
  return page.evaluate(async (base64) => {
    const pdfjs = await import(/* @vite-ignore */ `${location.origin}/pdf.mjs`);
    pdfjs.GlobalWorkerOptions.workerSrc = '/pdf.worker.mjs';
    const data = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const sheet = await (await pdfjs.getDocument({ data, useSystemFonts: false }).promise).getPage(1);
    const viewport = sheet.getViewport({ scale: 2 });
    const canvas = document.createElement('canvas');
    canvas.width = viewport.width;
    canvas.height = viewport.height;
    await sheet.render({ canvas, viewport }).promise;
    const { data: dots } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let dark = 0;
    for (let at = 0; at < dots.length; at += 4) if ((dots[at] ?? 255) < 128) dark += 1;
    return dark;
  }, Buffer.from(bytes).toString('base64'));
}

// A subset of a font may lack glyphs although every search finds the text: pictures of both embeddings are compared.
test('every letter stands on the paper, not only in the text', async ({ page }) => {
  await page.route('http://pictures.example/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
    const body = await readFile(join(PDFJS, 'build', pathname.slice(1)));
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto('http://pictures.example/');
  const faces = loadFaces(FONTS);
  const subset = await darkDots(page, await drawLetter(letter, faces));
  const whole = await darkDots(page, await drawLetter(letter, faces, 'whole'));
  expect(whole).toBeGreaterThan(20_000);
  expect(Math.abs(subset - whole) / whole).toBeLessThan(0.01);
  // One letter in fifty missing would be seen.
  const less = { ...letter, blocks: letter.blocks.slice(1) };
  expect(await darkDots(page, await drawLetter(less, faces))).toBeLessThan(whole * 0.99);
});

test('a letter of an account is made, looked at and noted as sent', async ({ desk, office }) => {
  const { page } = desk;
  const superuser = await office.connect();
  const { rows } = await superuser.query<{ id: string }>('select id from ibok.customers order by id limit 1');
  const account = await plantAccount(superuser, rows[0]?.id ?? '');
  await superuser.end();
  await desk.signIn('s_anna');
  await openAt(page, `/accounts/${account.id}`);
  await desk.showTab('Pisma i dokumenty');
  await page.getByRole('button', { name: 'Utwórz pismo' }).click();
  await page.getByRole('menuitem', { name: 'Pismo o założeniu konta' }).click();
  const preview = page.getByRole('dialog', { name: 'Pismo: założenie konta' });
  await expect(preview.getByText(`Login: ${account.login}`)).toBeVisible();
  await expect(preview.getByRole('button', { name: 'Drukuj' })).toBeEnabled();
  await desk.expectAccessible();
  await page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  await page.getByRole('button', { name: 'Oznacz jako wysłane' }).click();
  await expect(page.getByRole('row', { name: /Pismo o założeniu konta .* Wysłane/ })).toBeVisible();
  await desk.expectAccessible();
});

test('a new version of the regulations is added with its PDF and told to the accounts', async ({ desk, office }) => {
  const { page } = desk;
  const superuser = await office.connect();
  const { rows } = await superuser.query<{ id: string }>('select id from ibok.customers order by id limit 1');
  await plantAccount(superuser, rows[0]?.id ?? '');
  await desk.signIn('s_barbara');
  await openAt(page, '/settings/regulations');
  await page.getByRole('button', { name: 'Dodaj wersję' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Nazwa wersji' }).fill('Regulamin z 1 lutego 2031 r.');
  await form.getByRole('textbox', { name: 'Obowiązuje od' }).fill('01.02.2031');
  await form.getByRole('textbox', { name: 'Najważniejsze zmiany' }).fill('Nowy adres biura.');
  await form.locator('input[type=file]').setInputFiles({
    name: 'regulamin.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(pdfFile({ pages: ['nowy regulamin'] })),
  });
  await expect(form.getByText('regulamin.pdf')).toBeVisible();
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await page.getByRole('row', { name: /Regulamin z 1 lutego 2031/ }).click();
  const version = page.getByRole('dialog', { name: 'Regulamin z 1 lutego 2031 r.' });
  await version.getByRole('button', { name: 'Otwórz PDF' }).click();
  await expect(page.getByRole('toolbar')).toBeVisible();
  await expect(page.getByRole('toolbar').getByText(/z 1$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await version.getByRole('button', { name: /^Zawiadom/ }).click();
  await expect(page.getByText(/w kolejce poczty\./)).toBeVisible();
  await expect(version.getByText('Ogłoszona')).toBeVisible();
  await expect(version.getByRole('button', { name: /^Zawiadom/ })).toBeHidden();
  await desk.expectAccessible();
  const { rows: told } = await superuser.query(
    `select count(*) filter (where n.account_id is null)::int as left, count(n.account_id)::int as told
       from ibok.accounts a left join ibok.regulation_notices n on n.account_id = a.id
      where a.status in ('active', 'pending')`,
  );
  await superuser.end();
  expect(told[0].left).toBe(0);
  expect(told[0].told).toBeGreaterThan(0);
});
