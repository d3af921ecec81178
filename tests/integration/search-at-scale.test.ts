import type { Client as Superuser } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCustomer, insertSupply } from '../support/customers';
import { type Client, type Desk, openDesk } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

// The search takes short cuts by place, address and surname. Whoever is found without them must be found with them.

const database = testDatabase();
let desk: Desk;
let anna: Client;

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  const root: Superuser = await database().asSuperuser();
  const customer = (last_name: string, first_name = 'Ewa') => insertCustomer(root, { last_name, first_name });
  for (let n = 1; n <= 14; n++) {
    await insertSupply(root, await customer(`Mieszkaniec${n}`), {
      city: 'Sulęczyno',
      street: 'Leśna',
      houseNo: `${n}`,
    });
  }
  await customer('Sulęcka');
  const moved = await customer('Dwudomna');
  await insertSupply(root, moved, { city: 'Egiertowo', houseNo: '1' });
  await insertSupply(root, moved, { city: 'Sulęczyno', street: 'ul. Cicha', houseNo: '77', flatNo: '3' });
  await insertSupply(root, await customer('Dawna'), {
    city: 'Sulęczyno',
    street: 'ul. Cicha',
    houseNo: '78',
    to: '2021-01-01',
  });
  await insertSupply(root, await customer('Klonowski'), { city: 'Egiertowo', houseNo: '4' });
  await insertSupply(root, await customer('Obca'), { city: 'Egiertowo', street: 'Klonowskiego', houseNo: '4' });
  await insertSupply(root, await customer('Szeroka', 'Lena'), { city: 'Sulęczyno', houseNo: '91' });
  await insertSupply(root, await customer('Wąska', 'Lena'), { city: 'Skrzeszewo Żukowskie', houseNo: '1234567' });
  for (const company_name of ['Piekarnia „Bochenek”', 'Bochenek Transport']) {
    await insertCustomer(root, { kind: 'company', company_name, first_name: '', last_name: '' });
  }
});
afterAll(() => desk.close());

const found = async (text: string) =>
  (await anna.customers.search.query({ text })).hits.map(({ kind, title, reason }) => `${kind}: ${title} (${reason})`);

test('a place is full of its people, and a surname that begins so comes before them', async () => {
  const hits = await found('sulecz');
  expect(hits.filter((hit) => hit.startsWith('customer')).length).toBe(12);
  expect(hits).toContain('customer: Mieszkaniec1 Ewa (address)');
  expect((await found('sulec'))[0]).toBe('customer: Sulęcka Ewa (name)');
});

test('an address finds who is supplied there, at a second place too, with and without "ul."', async () => {
  const there = ['customer: Dwudomna Ewa (address)', 'premise: ul. Cicha 77/3, Sulęczyno (address)'];
  expect(await found('ul. Cicha 77/3, Sulęczyno')).toEqual(there);
  expect(await found('cicha 77')).toEqual(there);
  expect((await found('sulęczyno cicha 77'))[0]).toBe('customer: Dwudomna Ewa (nameAddress)');
});

test('who moved out is not found at the address, the premise is', async () => {
  expect(await found('cicha 78')).toEqual(['premise: ul. Cicha 78, Sulęczyno (address)']);
});

test('a typed surname is not hidden by a street that begins with it', async () => {
  const hits = await found('klonowski 4');
  expect(hits[0]).toBe('customer: Klonowski Ewa (nameAddress)');
  expect(hits).toContain('premise: Klonowskiego 4, Egiertowo (address)');
});

test('surname, first name and place are found in any order', async () => {
  for (const text of ['szeroka lena sul', 'lena szeroka', 'sul szer le']) {
    expect((await found(text))[0]).toMatch(/^customer: Szeroka Lena/);
  }
});

test('rows stored by one statement leave one event each, with digests of their own', async () => {
  const pesel = ['44051401359', '02070803628'];
  const superuser = await database().asSuperuser();
  const { rows: stored } = await superuser.query<{ id: string }>(
    `insert into ibok.customers (customer_no, kind, last_name, pesel)
     select 'D' || n, 'person', 'Dwoje', p from unnest($1::text[]) with ordinality as given (p, n) returning id`,
    [pesel],
  );
  const { rows } = await superuser.query<{ row_id: string; subject: string; pesel: string[]; whole: boolean }>(
    `select e.row_id, v.subject, v.changes -> 'pesel' as pesel,
            e.digest = sha256(k.key || convert_to(v.changes::text, 'UTF8')) as whole
       from audit.events e join audit.event_values v on v.event_id = e.id join audit.subject_keys k using (subject)
      where e.table_name = 'customers' and e.row_id = any ($1) order by e.id`,
    [stored.map(({ id }) => id)],
  );
  expect(rows.map(({ row_id, subject, whole }) => ({ row_id, subject, whole }))).toEqual(
    stored.map(({ id }) => ({ row_id: id, subject: `customer:${id}`, whole: true })),
  );
  const digests = rows.map((row) => row.pesel[1]);
  expect(digests.every((digest) => /^sha256:[0-9a-f]{64}$/.test(digest ?? ''))).toBe(true);
  expect(new Set(digests).size).toBe(2);
  expect(rows.map((row) => row.pesel[0])).toEqual([null, null]);
});

test('search rows are refreshed by index even where an import, which forbids nested loops, made the plan', async () => {
  const root = await database().asSuperuser();
  await root.query('begin; set local enable_nestloop = off; set local enable_seqscan = off');
  const { rows } = await root.query<{ ids: string[] }>(
    'select array_agg(customer_id) as ids from ibok.customer_search',
  );
  const ids = rows[0]?.ids ?? [];
  const premisesRead = async () => {
    const { rows: counted } = await root.query<{ tuples: number }>(
      `select (seq_tup_read + idx_tup_fetch)::int as tuples from pg_stat_xact_user_tables
        where schemaname = 'ibok' and relname = 'premises'`,
    );
    return counted[0]?.tuples ?? 0;
  };
  const before = await premisesRead();
  await root.query('select ibok.refresh_customer_search($1::bigint[])', [ids]);
  const after = await premisesRead();
  await root.query('rollback');
  // One premise for each supply; read whole for each customer it would be hundreds.
  expect(after - before).toBeGreaterThan(0);
  expect(after - before).toBeLessThan(2 * ids.length);
});

test('a first name finds its people, a later word of a company its company', async () => {
  expect(await found('lena')).toEqual(['customer: Szeroka Lena (name)', 'customer: Wąska Lena (name)']);
  expect(await found('bochen')).toEqual([
    'customer: Bochenek Transport (name)',
    'customer: Piekarnia „Bochenek” (name)',
  ]);
});

test('a surname in a place of several words, and such a place alone', async () => {
  for (const text of ['wąska skrzeszewo żuk', 'skrzeszewo żukowskie wąska']) {
    expect((await found(text))[0]).toBe('customer: Wąska Lena (nameAddress)');
  }
  expect(await found('skrzeszewo żukowskie')).toEqual([
    'customer: Wąska Lena (address)',
    'premise: Skrzeszewo Żukowskie 1234567 (address)',
  ]);
});

test('a house number as long as a meter id is found where no meter and no customer has it', async () => {
  expect(await found('1234567')).toEqual(['premise: Skrzeszewo Żukowskie 1234567 (address)']);
});
