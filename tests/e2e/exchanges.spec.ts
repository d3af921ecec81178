import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { plantExchangeStreet } from '../support/exchange-street';
import { expect, test } from '../support/office-fixture';

test.setTimeout(120_000);
// A technician's notebook.
test.use({ viewport: { width: 1280, height: 720 } });

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** From the empty form to everything filled in by keyboard, as a scanner and ten fingers do it. */
async function fillExchange(page: Page, old: string, fresh: string, final: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Wymień wodomierz' })).toBeVisible();
  const finder = page.getByRole('textbox', { name: 'Wodomierz, punkt albo adres' });
  await finder.fill(old);
  await finder.press('Enter');
  const going = page.getByRole('region', { name: 'Wodomierz zdejmowany' });
  await expect(going.getByText('350 m³ z 01.06.2026')).toBeVisible();
  await going.getByRole('textbox', { name: 'Odczyt końcowy' }).fill(final);
  const coming = page.getByRole('region', { name: 'Wodomierz zakładany' });
  const scan = coming.getByRole('textbox', { name: 'Numer nowego wodomierza' });
  await scan.fill(fresh);
  await scan.press('Enter');
  await expect(coming.getByText('Legalizacja do 30.11.2028')).toBeVisible();
  await expect(coming.getByRole('textbox', { name: 'Odczyt początkowy' })).toHaveValue('0');
  const seal = coming.getByRole('textbox', { name: 'Numer plomby 1' });
  await seal.fill('KP-500');
  await seal.press('Enter');
  await expect(coming.getByRole('textbox', { name: 'Numer plomby 2' })).toBeFocused();
  await page.keyboard.type('KP-501');
}

test('a technician exchanges a meter, takes it back, exchanges it again and prints the protocol', async ({
  desk,
  office,
}) => {
  const superuser = await office.connect();
  const street = await plantExchangeStreet(superuser, 1, 2);
  const [place] = street.places;
  const numbers = await superuser.query<{ id: string; no: string }>(
    'select id, factory_no as no from ibok.meters where id = any ($1)',
    [[place?.meter, ...street.shelf]],
  );
  const numberOf = (id: string | undefined) => numbers.rows.find((row) => row.id === id)?.no ?? '';
  const [first, second] = street.shelf;
  const old = numberOf(place?.meter);

  const { page } = desk;
  await desk.signIn('s_tomasz');
  await desk.goTo('Wymiany');
  await desk.expectAccessible();
  await page.keyboard.press('n');
  await fillExchange(page, old, numberOf(first), '340');
  await expect(page.getByText(/Odczyt końcowy jest niższy niż poprzedni odczyt/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Odczyt końcowy' }).fill('398');
  await expect(page.getByText('Zużycie: 48 m³ · zwykle ok.')).toBeVisible();
  await page.locator('input[type=file]').setInputFiles([
    { name: 'licznik.png', mimeType: 'image/png', buffer: PNG },
    { name: 'program.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([Buffer.from('MZ'), randomBytes(200)]) },
  ]);
  await expect(page.getByText('licznik.png')).toBeVisible();
  await expect(page.getByText(/^program\.jpg: /)).toBeVisible();
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Zapisano wymianę.')).toBeVisible();
  const title = page.getByRole('heading', { level: 1, name: /^Wymiana nr/ });
  await expect(title).toBeVisible();
  await expect(page.getByRole('row', { name: /założona KP-501/ })).toBeVisible();
  await desk.expectAccessible();
  await desk.showTab('Zdjęcia i dokumenty');
  await expect(page.getByRole('button', { name: 'Zdjęcie: wymiana', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Cofnij', exact: true }).click();
  await page.getByRole('textbox', { name: 'Powód' }).fill('pomylony wodomierz');
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Czynność cofnięto.')).toBeVisible();
  await expect(page.getByText(/^Cofnięto .* Powód: pomylony wodomierz/)).toBeVisible();

  await desk.goTo('Wymiany');
  await page.getByRole('button', { name: 'Wymień wodomierz' }).click();
  await fillExchange(page, old, numberOf(second), '399');
  await page.keyboard.press('Control+S');
  await expect(page.getByText('49 m³', { exact: true })).toBeVisible();
  await desk.showTab('Protokół');
  await page.getByRole('button', { name: 'Utwórz protokół' }).click();
  const preview = page.getByRole('dialog', { name: 'Protokół wymiany wodomierza' });
  await expect(preview.locator('canvas').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(
    page.getByRole('table', { name: 'Lista pism' }).getByRole('row', { name: /Protokół wymiany/ }),
  ).toBeVisible();

  const { rows } = await superuser.query(
    `select status from ibok.meters where id = any ($1) order by array_position($1, id)`,
    [[place?.meter, first, second]],
  );
  expect(rows.map(({ status }) => status)).toEqual(['removed', 'in_stock', 'installed']);
  await superuser.end();
});
