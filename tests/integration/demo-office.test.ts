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

it('says in the trail what was loaded, one event a table, and one for each row made under triggers', async () => {
  const { rows } = await root.query<{ table_name: string; changes: { rows: [null, number] } }>(
    `select table_name, v.changes from audit.events e join audit.event_values v on v.event_id = e.id
      where op = 'bulk' order by e.id`,
  );
  const single = await root.query<{ table_name: string; rows: number }>(
    `select table_name, count(*)::int as rows from audit.events e where op = 'insert'
        and id > (select max(id) from audit.events where op = 'bulk') group by 1`,
  );
  const told = new Map<string, number>();
  for (const { table_name, changes } of rows) told.set(table_name, changes.rows[1]);
  for (const { table_name, rows } of single.rows) told.set(table_name, (told.get(table_name) ?? 0) + rows);
  const { customer_search: _, ...tables } = loaded ?? {};
  expect(Object.fromEntries(told)).toEqual(tables);
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

it('gives every meter a mark, and until when it counts as the rules say', async () => {
  expect(
    Number(
      await one(`select count(*) from ibok.meters m
        where not exists (select from ibok.legalizations l where l.meter_id = m.id)`),
    ),
  ).toBe(0);
  const { rows } = await root.query(`
    select l.* from ibok.legalizations l cross join lateral ibok.legalization_until(l.mark_kind, l.raw_mark, l.read_on) as r
     where (l.rule_id, l.computed_until) is distinct from (r.rule_id, r.until)
        or l.valid_until <> least(coalesce(l.override_until, least(r.until, l.stated_until)), l.lost_on - 1)`);
  expect(rows).toEqual([]);
});

it('has marks of every kind, conflicts, losses, and ends spread over five years with the peak of November', async () => {
  const { rows } = await root.query<{ kind: string }>(
    'select distinct mark_kind as kind from ibok.legalizations order by 1',
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['date', 'done_year', 'm_year', 'until_month', 'until_year']);
  for (const found of [
    'conflict',
    'override_until is not null',
    'lost_on is not null',
    `valid_until < '${OFFICE.today}'`,
  ]) {
    expect(Number(await one(`select count(*) from ibok.legalizations where ${found}`)), found).toBeGreaterThan(0);
  }
  const { rows: months } = await root.query<{ month: string; meters: number }>(`
    select to_char(l.valid_until, 'YYYY-MM') as month, count(*)::int as meters
      from ibok.legalizations l join ibok.meters m on m.id = l.meter_id and m.status = 'installed'
     where l.valid_until between '2026-11-01' and '2031-10-31' group by 1 order by 2 desc`);
  expect(months[0]?.month).toBe('2026-11');
  expect(months.length).toBeGreaterThan(45);
});

it('has an act and seals behind every exchanged point', async () => {
  expect(
    Number(
      await one(`select count(*) from ibok.meter_installations i where i.removed_on is not null and i.reversed_at is null and not exists (
        select from ibok.exchanges x left join ibok.meter_installations n on n.id = x.new_installation_id
         where x.old_installation_id = i.id and x.done_on = i.removed_on and x.supply_point_id = i.supply_point_id
           and (x.kind = 'removal' or n.installed_on = i.removed_on))`),
    ),
  ).toBe(0);
  expect(
    Number(
      await one(`select count(*) from ibok.meter_installations i where (i.removed_on is null) <> exists (
        select from ibok.seals s where s.installation_id = i.id and s.meter_id = i.meter_id and s.removed_on is null)`),
    ),
  ).toBe(0);
});

it('has the registry and its counts as the database would make them anew', async () => {
  const registry = () =>
    one(`select md5(string_agg(r::text, e'\\n' order by meter_id)) || count(*) from ibok.meter_registry r`);
  const counts = () =>
    one(`select string_agg(concat(month, role, owner_kind, route, count), ' ' order by month, role, owner_kind, route) from (
      select month, role, owner_kind, route, sum(count) as count from ibok.legalization_counts
       group by 1, 2, 3, 4 having sum(count) <> 0) as c`);
  const [rows, sums] = [await registry(), await counts()];
  await root.query('begin');
  await root.query('select ibok.refill_meter_registry()');
  expect(await registry()).toBe(rows);
  expect(await counts()).toBe(sums);
  await root.query('rollback');
  expect(Number(await one('select count(*) from ibok.meters'))).toBe(
    Number(await one('select count(*) from ibok.meter_registry')),
  );
  expect(
    Number(await one(`select count(*) from ibok.meters m where m.status = 'installed' and m.accepted_on is not null`)),
  ).toBe(Number(await one('select sum(count) from ibok.legalization_counts')));
});

it('has a week of the technician: done, taken back, in vain, and rounds of today and tomorrow', async () => {
  const { rows } = await root.query<{ state: string; count: number }>(
    'select state, count(*)::int from ibok.service_orders group by 1 order by 1',
  );
  expect(rows).toEqual([
    { state: 'done', count: 6 },
    { state: 'failed', count: 5 },
    { state: 'open', count: 32 },
  ]);
  for (const day of ['ibok.today()', 'ibok.today() + 1']) {
    const round = await one(
      `select count(*) from ibok.service_orders where state = 'open' and assignee = 's_tomasz' and day = ${day}`,
    );
    expect(Number(round), day).toBeGreaterThanOrEqual(8);
  }
  expect(Number(await one(`select count(*) from ibok.exchanges where done_on = ibok.today()`))).toBeGreaterThan(0);
  expect(Number(await one('select count(*) from ibok.exchanges where reversed_at is not null'))).toBe(1);
});

it('has cases of meters at every step and of every end', async () => {
  const { rows } = await root.query<{ stage: string }>(
    `select distinct kind || ' ' || ibok.meter_case_stage(c) as stage from ibok.meter_cases c order by 1`,
  );
  expect(rows.map(({ stage }) => stage)).toEqual([
    'expertise answer',
    'expertise done',
    'expertise removal',
    'sub_meter acceptance',
    'sub_meter annex',
    'sub_meter cancelled',
    'sub_meter done',
    'sub_meter place',
  ]);
});

it('has one run of letters that is done: messages and posted pages, each about a meter that ends soon', async () => {
  const { rows } = await root.query(
    `select r.state, r.sent_on is not null as sent, v.mime,
            (select count(*)::int from ibok.letter_run_items n where n.run_id = r.id and n.outcome in ('made', 'mailed')) as told,
            (select count(*)::int from ibok.letter_run_items n where n.run_id = r.id and n.page is not null) as pages,
            (length(convert_from(b.bytes, 'LATIN1')) - length(replace(convert_from(b.bytes, 'LATIN1'), '/Type /Page ', ''))) / 12 as drawn
       from ibok.letter_runs r join ibok.document_versions v using (document_id) join ibok.blobs b using (sha256)`,
  );
  expect(rows).toEqual([
    {
      state: 'done',
      sent: true,
      mime: 'application/pdf',
      told: expect.any(Number),
      pages: rows[0]?.drawn,
      drawn: rows[0]?.drawn,
    },
  ]);
  expect(rows[0]?.told).toBeGreaterThan(3);
  expect(Number(await one('select count(*) from ibok.meter_registry where letter_on is not null'))).toBe(rows[0]?.told);
  expect(Number(await one(`select count(*) from ibok.outbox where key like 'letter_run:%' and state <> 'sent'`))).toBe(
    0,
  );
});
