import type { Client } from 'pg';
import { expect, test } from '../support/office-fixture';

/** Some meters of one street, with what the desk shows of them. */
async function metersOfAStreet(client: Client, most: number) {
  const { rows } = await client.query<{ id: string; factory: string; street: string; previous: string }>(
    `with street as (
       select h.street from ibok.premises h
         join ibok.supply_points p on p.premise_id = h.id
         join ibok.meter_installations i on i.supply_point_id = p.id and i.removed_on is null and i.role = 'main'
         join ibok.meters m on m.id = i.meter_id and m.owner_kind = 'utility'
        where h.street is not null
          and not exists (select from ibok.service_orders o where o.meter_id = i.meter_id and o.state = 'open')
        group by h.street having count(*) >= $1 order by h.street limit 1)
     select m.id, m.factory_no as factory, h.street,
            (ibok.register_on(i.id, ibok.today())).value::text as previous
       from street join ibok.premises h on h.street = street.street
       join ibok.supply_points p on p.premise_id = h.id
       join ibok.meter_installations i on i.supply_point_id = p.id and i.removed_on is null and i.role = 'main'
       join ibok.meters m on m.id = i.meter_id and m.owner_kind = 'utility'
      where not exists (select from ibok.service_orders o where o.meter_id = i.meter_id and o.state = 'open')
      order by m.id limit $1`,
    [most],
  );
  return rows;
}

test('a technician works the orders of a day by keyboard and scanner', async ({ desk, office }) => {
  const { page } = desk;
  const superuser = await office.connect();
  const barbara = await office.connect('s_barbara');
  const meters = await metersOfAStreet(superuser, 4);
  expect(meters).toHaveLength(4);
  // A day that no other journey looks at.
  const { rows } = await superuser.query<{ day: string }>(`select (ibok.today() + 40)::text as day`);
  const day = rows[0]?.day ?? '';
  for (const { id } of meters) {
    await barbara.query('select api.make_order($1::jsonb)', [
      JSON.stringify({ kind: 'control_reading', meterId: id, assignee: 's_tomasz', day }),
    ]);
  }
  await desk.signIn('s_tomasz');
  await page.getByRole('link', { name: 'Moje zlecenia' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Moje zlecenia' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Dzień' }).fill(day.split('-').reverse().join('.'));
  await page.keyboard.press('Enter');
  // The calendar closes.
  await page.keyboard.press('Escape');
  const list = page.getByRole('listbox', { name: 'Zlecenia na ten dzień' });
  await expect(list.getByRole('option')).toHaveCount(4);
  await desk.expectAccessible();

  // The scanner ends with Enter: the reading is typed at once, and Enter goes on to the next scan.
  const scanned = meters[2] as (typeof meters)[number];
  // A radio reads litres, a person the whole cubic metres.
  const value = String(Math.ceil(Number(scanned.previous)) + 7);
  const used = (Number(value) - Number(scanned.previous)).toLocaleString('pl', { maximumFractionDigits: 3 });
  const scan = page.getByRole('textbox', { name: 'Skanuj lub wpisz numer' });
  await scan.fill(scanned.factory);
  await page.keyboard.press('Enter');
  const reading = page.getByRole('textbox', { name: 'Stan wodomierza [m³]' });
  await expect(reading).toBeFocused();
  await page.keyboard.type(value);
  await expect(page.getByText(`Zużycie: ${used} m³`)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Zapisano: .*, Wykonane\.$/)).toBeVisible();
  await expect(list.getByRole('option', { name: /Wykonane/ })).toHaveCount(1);
  await expect(scan).toBeFocused();

  // By keys alone: nobody was there.
  await list.focus();
  await page.keyboard.press('Home');
  const first = list.getByRole('option').first();
  if ((await first.textContent())?.includes('Wykonane')) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(reading).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Brak dostępu' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Zapisano: .*, Brak dostępu\.$/)).toBeVisible();
  // The next open one waits for its reading.
  await expect(reading).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();
  await expect(page.getByText('Otwarte: 2 z 4')).toBeVisible();

  // What was entered by mistake is put right.
  await list.getByRole('option', { name: /Brak dostępu/ }).click();
  await page.getByRole('button', { name: 'Popraw wynik' }).click();
  await expect(page.getByText('Otwarte: 3 z 4')).toBeVisible();

  await page.getByRole('button', { name: 'Lista do druku' }).click();
  const preview = page.getByRole('dialog', { name: /^Lista zleceń/ });
  await expect(preview.getByRole('img', { name: /Strona 1 z 1/ })).toBeVisible();
  await page.keyboard.press('Escape');

  const stored = await superuser.query<{ result_value: string; closed_by: string }>(
    `select trim_scale(result_value)::text as result_value, closed_by from ibok.service_orders
      where meter_id = $1 and state = 'done'`,
    [scanned.id],
  );
  expect(stored.rows).toEqual([{ result_value: value, closed_by: 's_tomasz' }]);
  await superuser.end();
  await barbara.end();
});

test('the office makes an order, gives several to a technician at once, and takes that back', async ({
  desk,
  office,
}) => {
  const { page } = desk;
  const superuser = await office.connect();
  const [meter] = await metersOfAStreet(superuser, 1);
  await superuser.end();
  await desk.signIn('s_barbara');
  await page.getByRole('link', { name: 'Zlecenia', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Zlecenia' })).toBeVisible();
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: 'Nowe zlecenie' });
  await form.getByRole('combobox', { name: 'Wodomierz' }).fill(meter?.factory ?? '');
  await form.getByRole('option', { name: new RegExp(meter?.factory ?? '') }).click();
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Utworzono zlecenie.')).toBeVisible();

  const grid = page.getByRole('grid', { name: 'Zlecenia' });
  await page.getByPlaceholder('Adres albo numer wodomierza').fill(meter?.factory ?? '');
  await expect(grid.getByRole('row', { name: /Odczyt kontrolny/ })).toHaveCount(1);
  await desk.expectAccessible();
  await page.getByRole('checkbox', { name: /Zaznacz wszystkie/ }).click();
  await page.getByRole('button', { name: 'Przydziel zlecenia' }).click();
  const bulk = page.getByRole('dialog', { name: 'Przydziel zlecenia' });
  await bulk.getByRole('combobox', { name: 'Wykonuje' }).click();
  await bulk.getByRole('option', { name: 'Tomasz Kreft' }).click();
  await bulk.getByRole('button', { name: 'Dalej' }).click();
  await bulk.getByRole('button', { name: /^Przydziel 1 zlecenie$/ }).click();
  await expect(bulk.getByText('Gotowe')).toBeVisible();
  await expect(grid.getByText('Tomasz Kreft')).toBeVisible();
  await bulk.getByRole('button', { name: 'Cofnij całość' }).click();
  await expect(bulk.getByText('Cofnięto 1 zmianę.')).toBeVisible();
  await bulk.getByRole('button', { name: 'Zamknij' }).last().click();
  await expect(grid.getByText('Jeszcze nikt')).toBeVisible();
});
