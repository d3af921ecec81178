import type { Client } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { type LoadedRows, loadDemoOffice } from '../../main/demo/office-data';
import { testDatabase } from '../support/postgres';

const OFFICE = { customers: 600, today: '2026-11-22' };
const database = testDatabase();
let root: Client;
/** Loaded once, for the first test. */
let loaded: LoadedRows | undefined;
let before: { indexes: string; triggers: string };

const one = async (sql: string) => (await root.query({ text: sql, rowMode: 'array' })).rows[0]?.[0];
const shape = async () => ({
  indexes: await one(
    `select string_agg(indexdef, e'\\n' order by indexname) from pg_indexes where schemaname = 'ibok'`,
  ),
  triggers:
    await one(`select string_agg(concat(tgrelid::regclass, tgname, tgenabled), ' ' order by tgrelid::regclass::text, tgname)
    from pg_trigger where not tgisinternal`),
});

beforeEach(async () => {
  root = await database().asSuperuser();
  if (loaded) return;
  before = await shape();
  loaded = await loadDemoOffice(root, OFFICE);
});

it('stores what it says it stored', async () => {
  expect(loaded).toMatchObject({ customers: 600, customer_search: 600, meter_types: 16 });
  for (const [table, rows] of Object.entries(loaded ?? {})) {
    expect(Number(await one(`select count(*) from ibok.${table}`)), table).toBe(rows);
  }
});

it('does nothing in an office that has customers', async () => {
  expect(await loadDemoOffice(root, OFFICE)).toEqual({});
  expect(Number(await one('select count(*) from ibok.customers'))).toBe(600);
});

it('leaves indexes and triggers as they were', async () => {
  expect(await shape()).toEqual(before);
  expect(await one('show session_replication_role')).toBe('origin');
});

it('breaks no foreign key, which were off while it loaded', async () => {
  const { rows } = await root.query<{ name: string; broken: string }>(`
    select k.conname as name, (xpath('/row/c/text()', query_to_xml(format(
             'select count(*) as c from %s x where x.%I is not null and not exists (select from %s y where y.%I = x.%I)',
             k.conrelid::regclass, a.attname, k.confrelid::regclass, b.attname, a.attname), false, true, '')))[1]::text as broken
      from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
     where k.contype = 'f' and k.connamespace = 'ibok'::regnamespace and k.conparentid = 0`);
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.filter((row) => row.broken !== '0')).toEqual([]);
});

it('lets the next row take the next key, with its trigger and its place in the search', async () => {
  await root.query('begin');
  const id = await one(
    `insert into ibok.customers (customer_no, kind, last_name) values ('N-1', 'person', 'Nowy') returning id`,
  );
  expect(id).toBe('601');
  expect(await one(`select display_name from ibok.customer_search where customer_id = 601`)).toBe('Nowy');
  await root.query('rollback');
});

it('can be searched: Żuk of Kartuzy by zuk kart, and a premise by its street', async () => {
  expect(
    await one(`select display_name || ': ' || address from ibok.customer_search
      where search_text like '% zuk%' and search_text like '% kart%' order by customer_id limit 1`),
  ).toMatch(/^Żuk Jan: .*Kartuzy$/);
  expect(Number(await one(`select count(*) from ibok.premises where search_text = ''`))).toBe(0);
});

it('says in the trail what was loaded, one event a table', async () => {
  const { rows } =
    await root.query(`select table_name, v.changes from audit.events e join audit.event_values v on v.event_id = e.id
    where op = 'bulk' order by e.id`);
  expect(rows).toHaveLength(Object.keys(loaded ?? {}).length - 1);
  expect(rows).toContainEqual({ table_name: 'customers', changes: { rows: [null, 600], source: [null, 'demo'] } });
});

it('gives each rule as a number of today', async () => {
  expect(await one(`select ibok.rule_number('alarm.cards_per_day', 0)`)).toBe('300');
  expect(await one(`select ibok.rule_number('complaint.days', 0)`)).toBe('14');
});

it('has accounts of every standing kind, each active one as invariant 4 wants it, none the worker would block', async () => {
  const { rows } = await root.query<{ status: string; count: number }>(
    'select status, count(*)::int from ibok.accounts group by 1 order by 1',
  );
  expect(rows.map(({ status }) => status)).toEqual(expect.arrayContaining(['active', 'blocked', 'pending']));
  expect(
    Number(
      await one(`select count(*) from ibok.accounts where status = 'active' and ibok.account_obstacles(id) <> '{}'`),
    ),
  ).toBe(0);
  expect(Number(await one('select count(*) from ibok.accounts where ibok.account_end(id) is not null'))).toBe(0);
  expect(
    Number(
      await one(`select count(*) from ibok.accounts a where (a.status = 'blocked') <> exists (
    select from ibok.account_blocks b where b.account_id = a.id and b.unblocked_at is null)`),
    ),
  ).toBe(0);
  expect(Number(await one(`select count(*) from ibok.data_change_requests where status = 'open'`))).toBeGreaterThan(0);
});

it('has applications of every channel that lack every kind of thing', async () => {
  const { rows } = await root.query<{ channel: string; missing: string[] }>(
    `select channel, ibok.registration_missing(id) as missing from ibok.registrations where status in ('new', 'incomplete')`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(20);
  expect(new Set(rows.map(({ channel }) => channel))).toEqual(new Set(['web', 'paper', 'post', 'email']));
  expect([...new Set(rows.flatMap(({ missing }) => missing))].sort()).toEqual([
    'clause:regulations',
    'customer',
    'email',
    'identity',
    'original',
    'proxy_document',
    'regulations',
  ]);
});
