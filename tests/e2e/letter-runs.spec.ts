import type { Client } from 'pg';
import { expect, test } from '../support/office-fixture';
import { plantMeter } from '../support/sub-meters';

/** Sub-meters of a street of its own that end next month: two with a customer on paper, one by mail, one without anybody. */
async function plantStreet(root: Client, street: string): Promise<void> {
  const one = async (sql: string, bind: unknown[] = []) => (await root.query(sql, bind)).rows[0]?.value as string;
  const mark = await one(`select to_char(ibok.today() + interval '1 month', 'MM/YYYY') as value`);
  const customer = (no: string, last: string, email: string | null) =>
    one(
      `insert into ibok.customers (customer_no, kind, first_name, last_name, email)
       values ($1, 'person', 'Łucja', $2, $3) returning id as value`,
      [`${street}-${no}`, last, email],
    );
  const paper = await customer('1', 'Papierowa', null);
  const mail = await customer('2', 'Listowska', 'lucja@example.com');
  for (const [houseNo, to] of [
    ['12', paper],
    ['3', paper],
    ['5', mail],
    ['7', null],
  ] as const) {
    await plantMeter(root, { premise: { street, houseNo, route: 'L' }, customer: to, mark, place: 'ogród' });
  }
}

test('letters of a month are made as one PDF, mailed where there is an address, printed and noted as posted', async ({
  desk,
  office,
}) => {
  const root = await office.connect();
  await plantStreet(root, 'Listowa');
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.goTo('Legalizacja');
  const list = page.getByRole('grid', { name: 'Wodomierze wybranego okresu' });
  await page.getByRole('combobox', { name: 'Ulica' }).fill('Listowa');
  await page.getByRole('option', { name: 'Listowa, Kartuzy' }).click();
  await expect(list.getByRole('row').filter({ hasText: 'Listowa' })).toHaveCount(4);
  await list.focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Wyślij pisma' }).click();
  const drawer = page.getByRole('dialog', { name: 'Pisma o końcu legalizacji' });
  await expect(drawer.getByRole('row', { name: 'Listy do wydruku 3' })).toBeVisible();
  await expect(drawer.getByText('punkt nie ma teraz odbiorcy: 1')).toBeVisible();
  await drawer.getByRole('radio', { name: 'E-mailem, a kto go nie ma – listem' }).check();
  await expect(drawer.getByRole('row', { name: 'Wiadomości e-mail 1' })).toBeVisible();
  await desk.expectAccessible();
  await drawer.getByRole('button', { name: 'Dalej' }).click();
  await expect(drawer.getByText('Powstaną listy: 2 i wiadomości e-mail: 1. Pominięte wodomierze: 1.')).toBeVisible();
  await drawer.getByRole('button', { name: 'Przygotuj pisma' }).click();

  await expect(page.getByRole('heading', { level: 1, name: /^Pisma nr \d+$/ })).toBeVisible();
  await expect(page.getByText('2 listy w jednym pliku')).toBeVisible();
  const receipt = page.getByRole('table', { name: 'Wynik dla każdego wodomierza' });
  await expect(receipt.getByRole('row', { name: /Listowa 3, .*list, strona 1/ })).toBeVisible();
  await expect(receipt.getByRole('row', { name: /Listowa 5, .*e-mail/ })).toBeVisible();
  await expect(receipt.getByRole('row', { name: /Listowa 7, .*punkt nie ma teraz odbiorcy/ })).toBeVisible();
  await expect(receipt.getByRole('row', { name: /Listowa 12, .*list, strona 2/ })).toBeVisible();
  await desk.expectAccessible();

  await page.getByRole('button', { name: 'Podgląd i druk' }).click();
  const preview = page.getByRole('dialog', { name: /^Pisma nr \d+$/ });
  await expect(preview.getByText('Łucja Papierowa').first()).toBeVisible();
  await expect(preview.getByText(/Listowa 3, 83-300 Kartuzy, ogród/)).toBeVisible();
  await expect(preview.getByRole('button', { name: 'Drukuj' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  await page.getByRole('button', { name: 'Oznacz jako wysłane' }).click();
  await expect(page.getByText(/^Wysłano \d{2}\.\d{2}\.\d{4}, /)).toBeVisible();

  const { rows } = await root.query(
    `select to_address, fields ->> 'place' as place from ibok.outbox where key like 'letter_run:%' and to_address = 'lucja@example.com'`,
  );
  await root.end();
  expect(rows).toEqual([{ to_address: 'lucja@example.com', place: 'Listowa 5, 83-300 Kartuzy, ogród' }]);

  // The meter tells when its customer was told, and the list of runs knows the run.
  await receipt
    .getByRole('row', { name: /Listowa 3, / })
    .getByRole('link')
    .first()
    .click();
  await desk.showTab('Legalizacja');
  await expect(page.getByRole('table', { name: 'Zawiadomienia wysłane w sprawie tego wodomierza' })).toContainText(
    'Łucja',
  );
  await desk.goTo('Pisma zbiorcze');
  await expect(
    page
      .getByRole('grid', { name: 'Pisma zbiorcze' })
      .getByRole('row', { name: /Gotowe/ })
      .first(),
  ).toBeVisible();
  await desk.expectAccessible();
});

test('labels for chosen meters are shown as a PDF from the first free sticker on', async ({ desk, office }) => {
  const root = await office.connect();
  const meter = await plantMeter(root, {
    premise: { street: 'Etykietowa', houseNo: '1' },
    customer: null,
    factoryNo: 'ETYKIETA-77',
  });
  await root.end();
  const { page } = desk;
  await desk.signIn('s_tomasz');
  await desk.goTo('Rejestr');
  const list = page.getByRole('grid', { name: 'Rejestr wodomierzy' });
  await page.getByPlaceholder('Numer, plomba lub adres').fill('ETYKIETA-77');
  await expect(list.getByRole('row').filter({ hasText: 'ETYKIETA-77' })).toHaveCount(1);
  await list.focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Etykiety' }).click();
  const drawer = page.getByRole('dialog', { name: 'Etykiety wodomierzy' });
  await drawer.getByRole('textbox', { name: 'Pierwsza wolna etykieta' }).fill('24');
  await desk.expectAccessible();
  await drawer.getByRole('button', { name: 'Przygotuj' }).click();
  const preview = page.getByRole('dialog', { name: 'Etykiety wodomierzy' });
  await expect(preview.getByText(meter.id, { exact: true })).toBeVisible();
  await expect(preview.getByText('Nr fabr. ETYKIETA-77')).toBeVisible();
  await expect(preview.getByRole('button', { name: 'Drukuj' })).toBeEnabled();
});
