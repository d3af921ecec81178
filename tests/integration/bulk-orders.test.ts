import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BulkAct, BulkRecord } from '../../shared/contract/lists';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantStreet } from '../support/orders';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Client;
let tomasz: Client;
let iod: Client;
let today: string;

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
  iod = await desk.window('iod').signIn('s_iod', TEST_PASSWORD);
  [{ today } = { today: '' }] = await rows<{ today: string }>('select ibok.today()::text as today');
});
afterAll(() => desk.close());

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const superuser = await database().asSuperuser();
  return (await superuser.query<Row>(sql, values)).rows;
}
const street = async (name: string, houses: string[], more: { owner?: string } = {}) =>
  plantStreet(await database().asSuperuser(), { street: name, houses, ...more });

async function run(api: Client, ids: string[], act: BulkAct): Promise<BulkRecord> {
  const selection = { is: 'rows' as const, ids };
  const { id } = await api.bulk.start.mutate({ requestId: randomUUID(), selection, act, confirmed: ids.length });
  for (;;) {
    const record = await api.bulk.progress.query({ bulkId: id });
    if (record.state !== 'running') return record;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const undo = (api: Client, { undoId }: BulkRecord) =>
  api.undo.run.mutate({ id: undoId ?? '0', requestId: randomUUID() });
const plan = (more: Partial<Extract<BulkAct, { is: 'planOrders' }>> = {}): BulkAct => ({
  is: 'planOrders',
  list: 'meters',
  kind: 'exchange',
  dueOn: null,
  assignee: null,
  day: null,
  note: null,
  ...more,
});
const ordersOf = (meters: string[]) =>
  rows<{ id: string; meterId: string; state: string; assignee: string | null; day: string | null; due: string | null }>(
    `select id, meter_id as "meterId", state, assignee, day::text as day, due_on::text as due
       from ibok.service_orders where meter_id = any ($1::bigint[]) order by meter_id, id`,
    [meters],
  );

describe('orders planned for many meters', () => {
  test('are made where a meter is built in and has none; each of the others says why not', async () => {
    const { meters } = await street('Planowana', ['1', '2', '3', '4']);
    const [ready = '', busy = '', gone = '', legal = ''] = meters;
    const own = await street('Własna', ['5'], { owner: 'customer' });
    const wish = { requestId: randomUUID(), pointId: null, dueOn: null, day: null, assignee: null, note: null };
    await anna.orders.make.mutate({ ...wish, kind: 'exchange', meterId: busy });
    await rows(`update ibok.meter_installations set removed_on = ibok.today(), final_value = 130 where meter_id = $1`, [
      gone,
    ]);
    await rows(
      `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on) values ($1, 'm_year', 'M23', '2024-01-01')`,
      [legal],
    );
    const record = await run(tomasz, [...meters, ...own.meters], plan({ assignee: 's_tomasz', day: today }));
    expect(record).toMatchObject({ state: 'done', counts: { changed: 2, same: 0, refused: 3 } });
    const receipt = await tomasz.bulk.receipt.query({ bulkId: record.id });
    expect(Object.fromEntries(receipt.rows.map(({ id, outcome, error }) => [id, error ?? outcome]))).toEqual({
      [ready]: 'changed',
      [busy]: 'ORDER_OPEN',
      [gone]: 'METER_NOT_INSTALLED',
      [legal]: 'changed',
      [own.meters[0] ?? '']: 'METER_OF_CUSTOMER',
    });
    expect(receipt.rows[0]?.label).toMatch(/^FAB \d+, Planowana 1, Kartuzy$/);
    expect(await ordersOf([ready, legal])).toMatchObject([
      { state: 'open', assignee: 's_tomasz', day: today, due: null },
      { state: 'open', due: '2028-11-30' },
    ]);
  });

  test('are taken back at once, but for those somebody has gone on with', async () => {
    const { meters } = await street('Cofnięta', ['1', '2', '3']);
    const record = await run(anna, meters, plan());
    const [first, second] = await ordersOf(meters);
    await tomasz.orders.close.mutate({
      id: first?.id ?? '',
      requestId: randomUUID(),
      result: 'no_access',
      on: today,
      value: null,
      note: null,
    });
    await anna.orders.assign.mutate({
      id: second?.id ?? '',
      requestId: randomUUID(),
      changes: { day: { from: null, to: today } },
    });
    expect(await undo(anna, record)).toEqual({ status: 'undone', count: 1 });
    expect((await ordersOf(meters)).map(({ state }) => state)).toEqual(['failed', 'open', 'cancelled']);
  });

  test('are no way around the rights', async () => {
    const { meters } = await street('Bezprawna', ['1']);
    expect(await refusalOf(run(iod, meters, plan()))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await refusalOf(run(anna, meters, plan({ assignee: 's_anna' })))).toMatchObject({ code: 'ORDER_ASSIGNEE' });
    const note: BulkAct = { is: 'setField', list: 'customers', field: 'officeNote', to: 'x' };
    expect(await refusalOf(run(tomasz, ['1'], note))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await refusalOf(undo(tomasz, await run(anna, meters, plan())))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('orders given away many at once', () => {
  test('get technician and day; closed ones stay, and the way back restores what stands as it was left', async () => {
    const { meters } = await street('Rozdana', ['1', '2', '3']);
    await run(anna, meters, plan({ kind: 'control_reading' }));
    const ids = (await ordersOf(meters)).map(({ id }) => id);
    const [closed = '', moved = ''] = ids;
    await anna.orders.cancel.mutate({ id: closed, reason: 'zbędne', requestId: randomUUID() });
    const record = await run(anna, ids, { is: 'assignOrders', list: 'orders', assignee: 's_tomasz', day: today });
    expect(record.counts).toEqual({ changed: 2, same: 0, refused: 1 });
    const receipt = await anna.bulk.receipt.query({ bulkId: record.id, outcome: 'refused' });
    expect(receipt.rows).toMatchObject([
      { id: closed, error: 'ORDER_CLOSED', label: expect.stringContaining('Rozdana 1') },
    ]);
    const again = await run(anna, ids.slice(1), { is: 'assignOrders', list: 'orders', assignee: 's_tomasz' });
    expect(again.counts).toEqual({ changed: 0, same: 2, refused: 0 });
    await anna.orders.assign.mutate({
      id: moved,
      requestId: randomUUID(),
      changes: { assignee: { from: 's_tomasz', to: 's_barbara' } },
    });
    expect(await undo(anna, record)).toEqual({ status: 'undone', count: 1 });
    expect(await ordersOf(meters.slice(1))).toMatchObject([
      { assignee: 's_barbara', day: today },
      { assignee: null, day: null },
    ]);
  });

  test('planned by two persons at once are one each', async () => {
    const { meters } = await street(
      'Wspólna',
      Array.from({ length: 40 }, (_, at) => String(at + 1)),
    );
    const records = await Promise.all([run(anna, meters, plan()), run(tomasz, meters.toReversed(), plan())]);
    const changed = records.map(({ counts }) => counts.changed);
    expect(changed.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect((await ordersOf(meters)).length).toBe(40);
  });
});
