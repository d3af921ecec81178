import type { Client } from 'pg';

/** A small synthetic street: what the tests of search, cards and readings look for. Returns the customers' ids. */
export async function plantPeople(
  superuser: Client,
): Promise<{ zuk: string; firm: string; village: string; bare: string }> {
  const id = async (sql: string, values: unknown[] = []) => String((await superuser.query(sql, values)).rows[0].id);
  const customer = (no: string, last: string, first: string, more: Record<string, unknown> = {}) => {
    const row = { customer_no: no, kind: 'person', last_name: last, first_name: first, ...more };
    const columns = Object.keys(row);
    return id(
      `insert into ibok.customers (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
      Object.values(row),
    );
  };
  const premise = (city: string, street: string | null, house: string, flat: string | null) =>
    id(
      `insert into ibok.premises (city, street, house_no, flat_no, postal_code) values ($1, $2, $3, $4, '83-300') returning id`,
      [city, street, house, flat],
    );
  const point = (code: string, premiseId: string) =>
    id(`insert into ibok.supply_points (code, premise_id) values ($1, $2) returning id`, [code, premiseId]);
  const supply = (pointId: string, customerId: string, from: string, to: string | null = null) =>
    id(
      `insert into ibok.supplies (supply_point_id, customer_id, valid_from, valid_to) values ($1, $2, $3, $4) returning id`,
      [pointId, customerId, from, to],
    );

  const zuk = await customer('000123', 'Żuk', 'Zofia', {
    phone: '+48 601 000 123',
    email: 'zofia.zuk@example.com',
    pesel: '44051401359',
  });
  const firm = await customer('000124', '', '', {
    kind: 'company',
    company_name: 'Wspólnota „Pod Lipami”',
    nip: '5891435089',
  });
  const village = await customer('000125', 'Nowak-Łoś', 'Jan', { deceased_on: '2026-01-05' });
  const bare = await customer('000126', 'Kowalski', 'Adam');

  const main = await point('PP-1', await premise('Kartuzy', 'Mściwoja II', '4', '7'));
  await supply(main, firm, '2020-01-01', '2024-05-01');
  await supply(main, zuk, '2024-05-01');
  await supply(await point('PP-2', await premise('Kartuzy', 'Gdańska', '12', null)), firm, '2020-01-01');
  await supply(await point('PP-3', await premise('Sitno', null, '8', null)), village, '2020-01-01');

  const type = await id(
    `insert into ibok.meter_types (maker, model, dn, q3, r) values ('Apator', 'Smart+', 15, 2.5, 160) returning id`,
  );
  const meter = (factory: string, status: string, radio: string | null = null) =>
    id(
      `insert into ibok.meters (factory_no, type_id, owner_kind, status, radio_id) values ($1, $2, 'utility', $3, $4) returning id`,
      [factory, type, status, radio],
    );
  const installed = (meterId: string, from: string, opening: number, to: string | null, final: number | null) =>
    id(
      `insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value, removed_on, final_value)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [meterId, main, from, opening, to, final],
    );
  const old = await installed(await meter('A-0484 3787', 'removed'), '2024-05-01', 900, '2026-03-01', 1000);
  const present = await installed(await meter('0077123', 'installed', '4A5B6C7D'), '2026-03-01', 0, null, null);
  const reading = (installation: string, day: string, value: number, kind = 'actual') =>
    superuser.query(
      `insert into ibok.readings (installation_id, read_on, value, kind, source, state) values ($1, $2, $3, $4, 'import', 'acknowledged')`,
      [installation, day, value, kind],
    );
  await reading(old, '2026-01-01', 980);
  await reading(old, '2026-03-01', 1000, 'final');
  await reading(present, '2026-03-01', 0, 'opening');
  await reading(present, '2026-04-01', 12);
  return { zuk, firm, village, bare };
}
