import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BulkAct, BulkRecord, Selection } from '../../shared/contract/lists';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
vi.setConfig({ testTimeout: 120_000 });
let desk: Desk;
let anna: Client;
let barbara: Client;

const CUSTOMERS = 2_300;

beforeAll(async () => {
  const { host, port, name } = database();
  const root = await database().asSuperuser();
  await root.query(
    `insert into ibok.customers (customer_no, kind, last_name)
     select 'B' || lpad(n::text, 6, '0'), 'person', case when n % 2 = 0 then 'Parzysty' else 'Nieparzysty' end || n
       from generate_series(1, $1::int) as n`,
    [CUSTOMERS],
  );
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
});
afterAll(() => desk.close());

const matching = (words: string, except: string[] = []): Selection => ({
  is: 'matching',
  question: { words, filters: {} },
  except,
});
const note = (to: string | null): BulkAct => ({ is: 'setField', list: 'customers', field: 'officeNote', to });

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const superuser = await database().asSuperuser();
  return (await superuser.query<Row>(sql, values)).rows;
}
const noted = async (text: string) =>
  (await rows<{ id: string }>('select id from ibok.customers where office_note = $1 order by id', [text])).map(
    ({ id }) => id,
  );
const idsLike = async (name: string) =>
  (await rows<{ id: string }>('select id from ibok.customers where last_name like $1 order by id', [`${name}%`])).map(
    ({ id }) => id,
  );

async function start(
  api: Client,
  selection: Selection,
  act: BulkAct,
  confirmed: number,
  requestId: string = randomUUID(),
) {
  return api.bulk.start.mutate({ requestId, selection, act, confirmed });
}

async function ended(api: Client, bulkId: string): Promise<BulkRecord> {
  for (;;) {
    const record = await api.bulk.progress.query({ bulkId });
    if (record.state !== 'running') return record;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

describe('a bulk act', () => {
  test('on all that match minus three touches exactly those, with history on each', async () => {
    const all = await idsLike('Parzysty');
    const except = [all[0], all[7], all.at(-1)] as string[];
    const wanted = all.filter((id) => !except.includes(id));
    const selection = matching('parzysty', except);
    expect(await anna.bulk.count.query({ list: 'customers', selection })).toEqual({ count: wanted.length });
    const { id, undoId } = await ended(anna, (await start(anna, selection, note('obchód'), wanted.length)).id);
    expect(await noted('obchód')).toEqual(wanted);
    const trail = await rows<{ row_id: string; login: string }>(
      `select e.row_id, e.login from audit.events e join audit.event_values v on v.event_id = e.id
        where e.table_name = 'customers' and e.reason = $1 and v.changes = '{"office_note": [null, "obchód"]}'
        order by e.row_id::bigint`,
      [`bulk ${id}`],
    );
    expect(trail.map(({ row_id }) => row_id)).toEqual(wanted);
    expect(new Set(trail.map(({ login }) => login))).toEqual(new Set(['s_anna']));

    expect(await anna.undo.run.mutate({ id: undoId ?? '', requestId: randomUUID() })).toEqual({
      status: 'undone',
      count: wanted.length,
    });
    expect(await noted('obchód')).toEqual([]);
    expect(await anna.bulk.progress.query({ bulkId: id })).toMatchObject({ state: 'undone', undoId: null });
  });

  test('is refused where the selection is no longer what was confirmed, and then nothing is begun', async () => {
    const refused = await refusalOf(start(anna, matching('parzysty'), note('x'), 7));
    expect(refused).toMatchObject({ code: 'SELECTION_CHANGED', details: { count: CUSTOMERS / 2 } });
    expect(await noted('x')).toEqual([]);
  });

  test('is done once by one request, although it changes what its own filter finds', async () => {
    const [id = ''] = await idsLike('Nieparzysty');
    const selection: Selection = {
      is: 'matching',
      question: { words: 'nieparzysty1', filters: { officeNote: { is: 'empty' } } },
      except: [],
    };
    const { count } = await anna.bulk.count.query({ list: 'customers', selection });
    const requestId = randomUUID();
    const first = await start(anna, selection, note('raz'), count, requestId);
    await ended(anna, first.id);
    expect((await start(anna, selection, note('raz'), count, requestId)).id).toBe(first.id);
    expect(await refusalOf(start(anna, selection, note('dwa'), count, requestId))).toMatchObject({
      code: 'REQUEST_ID_REUSED',
    });
    expect(await noted('raz')).toHaveLength(count);
    expect(id).not.toBe('');
  });

  test('tells per row what became of it: changed, the same already, or in somebody’s hands', async () => {
    const chosen = (await idsLike('Parzysty')).slice(0, 40);
    await rows(`update ibok.customers set office_note = 'kratka' where id = any ($1)`, [chosen.slice(0, 10)]);
    const other = await database().asSuperuser();
    await other.query('begin');
    await other.query('select from ibok.customers where id = any ($1) for update', [chosen.slice(38)]);
    const begun = await start(anna, { is: 'rows', ids: chosen }, note('kratka'), 40);
    const record = await ended(anna, begun.id);
    await other.query('rollback');
    expect(record).toMatchObject({ state: 'done', total: 40, counts: { changed: 28, same: 10, refused: 2 } });
    const receipt = await anna.bulk.receipt.query({ bulkId: begun.id, outcome: 'refused' });
    expect(receipt.rows.map(({ id, error }) => [id, error])).toEqual(chosen.slice(38).map((id) => [id, 'SERVER_BUSY']));
    expect(receipt.rows[0]?.label).toMatch(/^B\d{6} Parzysty/);
  });

  test('a row that the database refuses stops no other', async () => {
    const chosen = (await idsLike('Parzysty')).slice(100, 140);
    await rows(
      `alter table ibok.customers add constraint planted check (id <> ${chosen[5]} or office_note is distinct from 'zator')`,
    );
    const { id } = await start(anna, { is: 'rows', ids: chosen }, note('zator'), 40);
    expect((await ended(anna, id)).counts).toEqual({ changed: 39, same: 0, refused: 1 });
    await rows('alter table ibok.customers drop constraint planted');
    const { rows: refused } = await anna.bulk.receipt.query({ bulkId: id, outcome: 'refused' });
    expect(refused).toMatchObject([{ id: chosen[5], error: 'INVALID_INPUT' }]);
    expect(await noted('zator')).toHaveLength(39);
  });

  test('goes on after the last stored chunk when the desk died in the middle, and nothing is done twice', async () => {
    const { host, port, name } = database();
    const other = openDesk({ host, port, database: name, embedded: true });
    const api = await other.window('celina').signIn('s_celina', TEST_PASSWORD);
    const count = CUSTOMERS / 2;
    const { id } = await start(api, matching('nieparzysty'), note('awaria'), count);
    await expect.poll(async () => (await noted('awaria')).length, { interval: 5, timeout: 30_000 }).toBeGreaterThan(0);
    await rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 's_celina' and datname = current_database()`,
    );
    await other.close();
    const done = (await noted('awaria')).length;
    expect(done).toBeLessThan(count);

    await rows(`update ibok.bulk_acts set seen_at = now() - interval '1 minute' where id = $1`, [id]);
    const again = openDesk({ host, port, database: name, embedded: true });
    const back = await again.window('celina').signIn('s_celina', TEST_PASSWORD);
    expect(await back.bulk.progress.query({ bulkId: id })).toMatchObject({
      state: 'interrupted',
      total: count,
      counts: { changed: done },
    });
    expect(await back.bulk.resume.mutate({ bulkId: id })).toMatchObject({ state: 'running' });
    expect(await ended(back, id)).toMatchObject({ state: 'done', counts: { changed: count, same: 0, refused: 0 } });
    const [events] = await rows<{ n: number }>(
      `select count(*)::int as n from audit.events where table_name = 'customers' and reason = $1`,
      [`bulk ${id}`],
    );
    expect(events?.n).toBe(count);
    await again.close();
  });

  test('cancelled, keeps what it did, and that can be taken back', async () => {
    const count = CUSTOMERS;
    const { id } = await start(
      barbara,
      { is: 'matching', question: { filters: {} }, except: [] },
      note('przerwa'),
      count,
    );
    await barbara.bulk.cancel.mutate({ bulkId: id });
    const record = await ended(barbara, id);
    expect(record.state).toBe('cancelled');
    const done = await noted('przerwa');
    expect(done.length).toBeLessThan(count);
    expect(done).toHaveLength(record.counts.changed);
    if (record.undoId) await barbara.undo.run.mutate({ id: record.undoId, requestId: randomUUID() });
    expect(await noted('przerwa')).toEqual([]);
  });

  test('is taken back whole or not at all: a colleague’s change of one row refuses it by name', async () => {
    const chosen = (await idsLike('Parzysty')).slice(200, 260);
    const record = await ended(anna, (await start(anna, { is: 'rows', ids: chosen }, note('brama'), 60)).id);
    await barbara.customers.editContact.mutate({
      id: chosen[3] ?? '',
      requestId: randomUUID(),
      changes: { officeNote: { from: 'brama', to: 'furtka' } },
    });
    const requestId = randomUUID();
    expect(await anna.undo.run.mutate({ id: record.undoId ?? '', requestId })).toMatchObject({
      status: 'refused',
      count: 1,
      changedSince: [{ subject: `customer:${chosen[3]}`, login: 's_barbara', field: 'officeNote' }],
    });
    expect(await noted('brama')).toHaveLength(59);
  });

  test('two clerks at once: each row ends as one of them wanted, and both receipts are whole', async () => {
    const chosen = (await idsLike('Nieparzysty')).slice(0, 800);
    const ids = { is: 'rows', ids: chosen } as const;
    const [one, two] = await Promise.all([start(anna, ids, note('ona'), 800), start(barbara, ids, note('tamta'), 800)]);
    for (const record of [await ended(anna, one.id), await ended(barbara, two.id)]) {
      const { changed, same, refused } = record.counts;
      expect([record.state, changed + same + refused]).toEqual(['done', 800]);
    }
    expect((await noted('ona')).length + (await noted('tamta')).length).toBe(800);
  });

  test('makes a task for each customer, and takes them back', async () => {
    const chosen = (await idsLike('Parzysty')).slice(300, 320);
    const act: BulkAct = {
      is: 'addTask',
      list: 'customers',
      title: 'Zadzwonić w sprawie wymiany',
      dueOn: '2026-12-01',
      assignee: null,
    };
    const record = await ended(anna, (await start(anna, { is: 'rows', ids: chosen }, act, 20)).id);
    expect(record.counts).toEqual({ changed: 20, same: 0, refused: 0 });
    const open = () =>
      rows(`select from ibok.follow_ups where title = $1 and state = 'open' and assignee = 's_anna'`, [act.title]);
    expect(await open()).toHaveLength(20);
    expect(await anna.undo.run.mutate({ id: record.undoId ?? '', requestId: randomUUID() })).toMatchObject({
      status: 'undone',
    });
    expect(await open()).toHaveLength(0);
  });

  test('is for clerks, shown to its person and to supervisors, and bounded', async () => {
    const tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
    const chosen = { is: 'rows' as const, ids: ['1'] };
    expect(await refusalOf(start(tomasz, chosen, note('x'), 1))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await tomasz.bulk.list.query()).toEqual({ acts: [] });
    const { acts } = await barbara.bulk.list.query();
    expect(new Set(acts.map(({ login }) => login))).toEqual(new Set(['s_anna', 's_barbara', 's_celina']));
    expect(new Set((await anna.bulk.list.query()).acts.map(({ login }) => login))).toEqual(new Set(['s_anna']));
    const foreign = acts.find(({ login }) => login === 's_anna');
    expect(await refusalOf(barbara.bulk.cancel.mutate({ bulkId: foreign?.id ?? '' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    const client = await database().asLogin('s_anna');
    await expect(client.query('select before_value from ibok.bulk_rows')).rejects.toMatchObject({ code: '42501' });
    await expect(
      client.query(`select api.begin_bulk(null, $1, '{}', array(select generate_series(1, 50001)))`, [
        JSON.stringify(note('x')),
      ]),
    ).rejects.toMatchObject({ code: '23514' });
  });
});
