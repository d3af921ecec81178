import type { Client } from 'pg';
import { TEXTS } from '../support/hostile-texts';
import { expect, test } from '../support/office-fixture';

/** Where in the database text can stand that a clerk sees: one customer for each hostile text, and all it is shown with. */
async function plant(owner: Client): Promise<void> {
  await owner.query('set session_replication_role = origin');
  for (const [index, text] of TEXTS.entries()) {
    const no = `X${String(index + 1).padStart(5, '0')}`;
    await owner.query('insert into ibok.customers (customer_no, kind, last_name, first_name) values ($1, $2, $3, $4)', [
      no,
      'person',
      text,
      'Xsantypa',
    ]);
  }
  const first = `(select id from ibok.customers where customer_no = 'X00001')`;
  const text = TEXTS[3] ?? '';
  await owner.query(
    `with premise as (insert into ibok.premises (city, street, house_no, postal_code) values ($1, $1, '1', '83-300') returning id),
          point as (insert into ibok.supply_points (code, premise_id) select 'XP-1', id from premise returning id),
          supply as (insert into ibok.supplies (supply_point_id, customer_id, valid_from) select id, ${first}, '2020-01-01' from point),
          type as (insert into ibok.meter_types (maker, model, dn, q3, r) values ($1, $1, 15, 2.5, 160) returning id),
          meter as (insert into ibok.meters (factory_no, type_id, owner_kind, status) select 'XM-1', id, 'utility', 'installed' from type returning id)
     insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value, reason)
     select meter.id, point.id, '2020-01-01', 0, $1 from meter, point`,
    [text],
  );
  // Twice: the history shows the text as the value before and as the value after.
  for (const value of [text, `${text}!`]) {
    await owner.query(
      `update ibok.customers set postal_street = $1, postal_city = $1, postal_house_no = '1', email = $2 where customer_no = 'X00001'`,
      [value, `'x=x'/onerror=x@example.org`],
    );
  }
}

test('two hundred hostile texts in names, addresses, meters and history are text, and nothing of them runs', async ({
  desk,
  office,
}) => {
  test.setTimeout(180_000);
  expect(TEXTS.length).toBeGreaterThanOrEqual(200);
  const owner = await office.connect();
  await plant(owner);
  await owner.end();

  const { page } = desk;
  const heard: string[] = [];
  const origin = new URL(office.url).origin;
  page.on('dialog', (dialog) => {
    heard.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== origin) heard.push(request.url());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  await page.exposeFunction('hear', (what: string) => heard.push(what));
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { hear(what: string): void }).hear(`policy ${event.violatedDirective}`);
    });
  });

  await desk.signIn('s_anna');
  await desk.goTo('Klienci');
  const grid = page.getByRole('grid', { name: 'Lista klientów' });
  await page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill('xsantypa');
  await expect(page.getByText(new RegExp(`^${TEXTS.length} klient`))).toBeVisible();
  // All of them pass the screen.
  await grid.focus();
  for (let pages = 0; pages < TEXTS.length / 10; pages++) await page.keyboard.press('PageDown');
  await page.keyboard.press('End');

  // Cards one after the other: the heading is the text, letter by letter.
  await desk.openCustomer('X00001', `${TEXTS[0]} Xsantypa`);
  const seen = new Set<string>();
  for (const index of [4, 10, 17, 30, 45, 60, 90, 120, 150, TEXTS.length - 1]) {
    await desk.openCustomer(`X${String(index + 1).padStart(5, '0')}`, `${TEXTS[index]} Xsantypa`);
    seen.add(await page.title());
  }
  await desk.openCustomer('X00001', `${TEXTS[0]} Xsantypa`);
  for (const tab of ['Punkty i wodomierze', 'Odczyty', 'Historia']) {
    await desk.showTab(tab);
    await expect(page.getByRole('status', { name: 'Wczytywanie…' })).toHaveCount(0);
  }
  await expect(page.getByText(TEXTS[3] ?? '').first()).toBeVisible();

  // Searching: typed by a person, and found in another's name.
  for (const text of TEXTS.filter((_, index) => index % 12 === 0)) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').first().fill(text.slice(0, 100));
    await page.keyboard.press('Escape');
  }
  expect(heard).toEqual([]);
  expect(
    [...seen].filter((title) => title.includes('<')),
    'titles of windows',
  ).toEqual([]);
});
