import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListQuestion } from '../../shared/contract/lists';
import type { OrderKind } from '../../shared/contract/orders';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantStreet } from '../support/orders';
import { readPdf } from '../support/pdf-text';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Client;
let barbara: Client;
let tomasz: Client;
let iod: Client;
let today: string;

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
  tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
  iod = await desk.window('iod').signIn('s_iod', TEST_PASSWORD);
  [{ today } = { today: '' }] = await rows<{ today: string }>('select ibok.today()::text as today');
});
afterAll(() => desk.close());

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const superuser = await database().asSuperuser();
  return (await superuser.query<Row>(sql, values)).rows;
}
const street = async (name: string, houses: string[], more: { route?: string; owner?: string } = {}) =>
  plantStreet(await database().asSuperuser(), { street: name, houses, ...more });

/** The day `days` after another. */
const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

interface Wish {
  meterId: string;
  kind?: Extract<OrderKind, 'exchange' | 'control_reading' | 'other'>;
  assignee?: string;
  day?: string;
  requestId?: string;
}
const make = (api: Client, { meterId, kind = 'control_reading', assignee, day, requestId }: Wish) =>
  api.orders.make.mutate({
    requestId: requestId ?? randomUUID(),
    kind,
    meterId,
    pointId: null,
    dueOn: null,
    day: day ?? null,
    assignee: assignee ?? null,
    note: null,
  });
const close = (api: Client, id: string, result: 'done' | 'no_access' | 'other', value: string | null = null) =>
  api.orders.close.mutate({ id, requestId: randomUUID(), result, on: today, value, note: null });
const asked = (filters: ListQuestion['filters'], words?: string) => ({
  question: { filters, sort: { key: 'day', descending: false }, ...(words && { words }) },
});

describe('an order', () => {
  test('is made once per meter and kind, by whoever, and stands in the history', async () => {
    const { meters } = await street('Jedna', ['1', '2']);
    const [meterId = ''] = meters;
    const wish = { meterId, requestId: randomUUID() };
    const first = await make(anna, wish);
    expect(await make(anna, wish)).toEqual(first);
    expect(await make(tomasz, { meterId })).toEqual({ id: first.id, already: true });
    expect(await make(tomasz, { meterId, kind: 'other' })).toMatchObject({ already: false });
    const trail = await rows<{ op: string; login: string }>(
      `select op, login from audit.events where table_name = 'service_orders' and row_id = $1`,
      [first.id],
    );
    expect(trail).toEqual([{ op: 'insert', login: 's_anna' }]);
  });

  test('of an exchange is due when the legalization ends', async () => {
    const { meters } = await street('Legalna', ['1']);
    const [meterId = ''] = meters;
    await rows(
      `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on) values ($1, 'm_year', 'M23', '2024-01-01')`,
      [meterId],
    );
    const { id } = await make(anna, { meterId, kind: 'exchange' });
    expect(await anna.orders.get.query({ id })).toMatchObject({ kind: 'exchange', dueOn: '2028-11-30', state: 'open' });
  });

  test('needs a meter that is built in', async () => {
    const { meters } = await street('Zdjęta', ['1']);
    const [meterId = ''] = meters;
    await rows(`update ibok.meter_installations set removed_on = ibok.today(), final_value = 130 where meter_id = $1`, [
      meterId,
    ]);
    expect(await refusalOf(make(anna, { meterId }))).toMatchObject({ code: 'METER_NOT_INSTALLED' });
    expect(await refusalOf(make(anna, { meterId: '999999' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('goes to a technician or supervisor, for a day that has not passed', async () => {
    const { meters } = await street('Dokąd', ['1', '2']);
    const [meterId = ''] = meters;
    expect(await refusalOf(make(anna, { meterId, assignee: 's_anna' }))).toMatchObject({ code: 'ORDER_ASSIGNEE' });
    expect(await refusalOf(make(anna, { meterId, day: dayAfter(today, -1) }))).toMatchObject({
      code: 'ORDER_PAST_DAY',
    });
    const { id } = await make(anna, { meterId, assignee: 's_tomasz', day: today });
    expect(await anna.orders.get.query({ id })).toMatchObject({ assigneeName: 'Tomasz Technik', day: today });
  });

  test('is not for the data protection officer to make', async () => {
    expect(await refusalOf(make(iod, { meterId: '1' }))).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  test('changed by two persons asks only where both changed the same', async () => {
    const { meters } = await street('Dwie', ['1']);
    const { id } = await make(anna, { meterId: meters[0] ?? '' });
    const change = (api: Client, changes: Parameters<Client['orders']['assign']['mutate']>[0]['changes']) =>
      api.orders.assign.mutate({ id, requestId: randomUUID(), changes });
    expect(await change(anna, { day: { from: null, to: today } })).toEqual({ status: 'saved' });
    expect(await change(barbara, { assignee: { from: null, to: 's_tomasz' } })).toEqual({ status: 'saved' });
    expect(await change(barbara, { day: { from: null, to: dayAfter(today, 3) } })).toEqual({
      status: 'conflict',
      fields: { day: { original: null, mine: dayAfter(today, 3), theirs: today } },
    });
    expect(await refusalOf(change(anna, { assignee: { from: 's_tomasz', to: 's_anna' } }))).toMatchObject({
      code: 'ORDER_ASSIGNEE',
    });
  });
});

describe('the result of an order', () => {
  test('of a control reading is a whole value that the register can show', async () => {
    const { meters } = await street('Kontrolna', ['1']);
    const { id } = await make(anna, { meterId: meters[0] ?? '', assignee: 's_tomasz' });
    for (const value of [null, '12.5', '100000']) {
      expect(await refusalOf(close(tomasz, id, 'done', value)), String(value)).toMatchObject({ code: 'ORDER_VALUE' });
    }
    expect(await close(tomasz, id, 'done', '131')).toEqual({ id, state: 'done' });
    expect(await anna.orders.get.query({ id })).toMatchObject({
      result: 'done',
      resultValue: '131',
      closedOn: today,
      closedByName: 'Tomasz Technik',
    });
    expect(await refusalOf(close(anna, id, 'no_access'))).toMatchObject({ code: 'ORDER_CLOSED' });
  });

  test('"other" says what, and no day lies ahead', async () => {
    const { meters } = await street('Inna', ['1']);
    const { id } = await make(anna, { meterId: meters[0] ?? '', kind: 'other' });
    expect(await refusalOf(close(tomasz, id, 'other'))).toMatchObject({ code: 'INVALID_INPUT' });
    const ahead = {
      id,
      requestId: randomUUID(),
      result: 'done',
      on: dayAfter(today, 1),
      value: null,
      note: null,
    } as const;
    expect(await refusalOf(tomasz.orders.close.mutate(ahead))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('of an exchange comes from the exchange alone; that nobody was there does not', async () => {
    const { meters } = await street('Wymienna', ['1']);
    const { id } = await make(anna, { meterId: meters[0] ?? '', kind: 'exchange' });
    expect(await refusalOf(close(tomasz, id, 'done'))).toMatchObject({ code: 'ORDER_BY_EXCHANGE' });
    expect(await close(tomasz, id, 'no_access')).toEqual({ id, state: 'failed' });
  });

  test('entered by mistake is taken back by whoever entered it, or a supervisor', async () => {
    const { meters } = await street('Pomyłkowa', ['1']);
    const { id } = await make(anna, { meterId: meters[0] ?? '' });
    await close(tomasz, id, 'no_access');
    const back = (api: Client) => api.orders.reopen.mutate({ id, requestId: randomUUID() });
    expect(await refusalOf(back(anna))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await back(tomasz)).toEqual({ id, state: 'open' });
    await close(tomasz, id, 'no_access');
    expect(await back(barbara)).toEqual({ id, state: 'open' });
    expect(await anna.orders.get.query({ id })).toMatchObject({ result: null, closedOn: null, closedByName: null });
  });

  test('taken back while another order of the meter is open leaves that one alone', async () => {
    const { meters } = await street('Zastąpiona', ['1']);
    const [meterId = ''] = meters;
    const { id } = await make(anna, { meterId });
    await close(tomasz, id, 'no_access');
    const second = await make(anna, { meterId });
    expect(second).toMatchObject({ already: false });
    expect(await tomasz.orders.reopen.mutate({ id, requestId: randomUUID() })).toEqual({ id, state: 'cancelled' });
    expect(await anna.orders.get.query({ id: second.id })).toMatchObject({ state: 'open' });
  });

  test('is not taken back once the meter is gone from there', async () => {
    const { meters } = await street('Zabrana', ['1', '2', '3']);
    for (const [at, kind] of (['exchange', 'control_reading', 'other'] as const).entries()) {
      const meterId = meters[at] ?? '';
      const { id } = await make(anna, { meterId, kind });
      await close(tomasz, id, 'no_access');
      await rows(
        `update ibok.meter_installations set removed_on = ibok.today(), final_value = 130 where meter_id = $1`,
        [meterId],
      );
      const back = tomasz.orders.reopen.mutate({ id, requestId: randomUUID() });
      if (kind === 'other') expect(await back).toEqual({ id, state: 'open' });
      else {
        expect(await refusalOf(back), kind).toMatchObject({ code: 'METER_NOT_INSTALLED' });
        expect(await anna.orders.get.query({ id })).toMatchObject({ state: 'failed', result: 'no_access' });
      }
    }
  });

  test('cancelled says why', async () => {
    const { meters } = await street('Odwołana', ['1']);
    const { id } = await make(anna, { meterId: meters[0] ?? '' });
    const cancel = (reason: string) => tomasz.orders.cancel.mutate({ id, reason, requestId: randomUUID() });
    expect(await refusalOf(cancel(' '))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await cancel('wymieniony w lipcu')).toEqual({ id, state: 'cancelled' });
    expect(await anna.orders.get.query({ id })).toMatchObject({ resultNote: 'wymieniony w lipcu' });
    expect(await refusalOf(cancel('znowu'))).toMatchObject({ code: 'ORDER_CLOSED' });
  });
});

describe('a technician’s day', () => {
  test('goes by route, street and natural house number, with the reading before', async () => {
    const wide = await street('Żabia', ['10', '9', '9A', '100'], { route: '7' });
    const early = await street('Ładna', ['2'], { route: '2' });
    for (const meterId of [...wide.meters, ...early.meters]) {
      await make(barbara, { meterId, assignee: 's_celina', day: dayAfter(today, 2) });
    }
    const { orders, assigneeName, more } = await barbara.orders.desk.query({
      day: dayAfter(today, 2),
      assignee: 's_celina',
    });
    expect(orders.map(({ address }) => address)).toEqual([
      'Ładna 2, Kartuzy',
      'Żabia 9, Kartuzy',
      'Żabia 9A, Kartuzy',
      'Żabia 10, Kartuzy',
      'Żabia 100, Kartuzy',
    ]);
    expect(orders[0]).toMatchObject({ part: 'day', previous: { value: '120', on: '2026-06-01' }, digits: 5, dn: 20 });
    expect({ assigneeName, more }).toEqual({ assigneeName: 'Celina Starsza', more: false });
  });

  test('of today bears what was left over and what has no day', async () => {
    const { meters } = await street('Zaległa', ['1', '2', '3']);
    const [late = '', planned = '', loose = ''] = meters;
    const left = await make(anna, { meterId: late, assignee: 's_barbara', day: today });
    await rows('update ibok.service_orders set day = ibok.today() - 4 where id = $1', [left.id]);
    await make(anna, { meterId: planned, assignee: 's_barbara', day: today });
    await make(anna, { meterId: loose, assignee: 's_barbara' });
    const now = await barbara.orders.desk.query({ day: null, assignee: null });
    expect(now).toMatchObject({ day: today, today, assignee: 's_barbara' });
    expect(now.orders.map(({ part, meterId }) => [part, meterId])).toEqual([
      ['day', planned],
      ['late', late],
      ['unplanned', loose],
    ]);
    const tomorrow = await barbara.orders.desk.query({ day: dayAfter(today, 1), assignee: null });
    expect(tomorrow.orders).toEqual([]);
  });
});

test('the list narrows by what is planned, late and whose', async () => {
  const { meters } = await street('Filtrowa', ['1', '2', '3']);
  const [first = '', second = '', third = ''] = meters;
  const planned = await make(anna, { meterId: first, assignee: 's_celina', day: dayAfter(today, 9) });
  const late = await make(anna, { meterId: second });
  await rows('update ibok.service_orders set due_on = ibok.today() - 1 where id = $1', [late.id]);
  const closed = await make(anna, { meterId: third });
  await close(tomasz, closed.id, 'no_access');
  const found = async (filters: ListQuestion['filters']) =>
    (await iod.orders.list.query(asked(filters, 'filtrowa'))).rows.map(({ id }) => id);
  expect(await found({})).toEqual([planned.id, late.id, closed.id]);
  expect(await found({ day: { is: 'empty' }, state: { is: 'oneOf', values: ['open'] } })).toEqual([late.id]);
  expect(await found({ overdue: { is: 'oneOf', values: ['true'] } })).toEqual([late.id]);
  expect(await found({ assignee: { is: 'oneOf', values: ['s_celina'] } })).toEqual([planned.id]);
  expect(await found({ result: { is: 'oneOf', values: ['no_access'] } })).toEqual([closed.id]);
  const { filters } = asked({ result: { is: 'filled' } }).question;
  expect(await iod.orders.count.query({ question: { filters, words: 'filtrowa' } })).toEqual({
    count: 1,
    capped: false,
  });
});

test('a factory number is found as it is written, and without its signs', async () => {
  const { meters } = await street('Plombowa', ['1']);
  await rows(`update ibok.meters set factory_no = 'AP24-000834' where id = $1`, [meters[0]]);
  const { id } = await make(anna, { meterId: meters[0] ?? '' });
  for (const words of ['AP24-000834', 'ap24 000834', 'AP24000834']) {
    const { rows: found } = await iod.orders.list.query(asked({}, words));
    expect(
      found.map((row) => row.id),
      words,
    ).toEqual([id]);
  }
});

test('the orders of a meter stand at the meter, newest first', async () => {
  const { meters } = await street('Wodomierzowa', ['1']);
  const [meterId = ''] = meters;
  const first = await make(anna, { meterId });
  await close(tomasz, first.id, 'no_access');
  const second = await make(anna, { meterId });
  const { orders } = await iod.orders.ofMeter.query({ meterId });
  expect(orders.map(({ id, state }) => [id, state])).toEqual([
    [second.id, 'open'],
    [first.id, 'failed'],
  ]);
});

test('the printed list of a day is made anew each time, for one window, and is stored nowhere', async () => {
  const { meters } = await street('Drukowana', ['1', '2']);
  const on = dayAfter(today, 20);
  for (const meterId of meters) await make(barbara, { meterId, assignee: 's_tomasz', day: on });
  const before = await rows('select count(*) from ibok.documents');
  const made = await tomasz.orders.routeList.mutate({ day: on, assignee: null });
  expect(made).toMatchObject({ name: `trasa-${on}.pdf`, mime: 'application/pdf' });
  expect(desk.core.slots.take({ id: 'anna' }, made.slot)).toBeNull();
  const bytes = desk.core.slots.take({ id: 'tomasz' }, made.slot)?.bytes ?? new Uint8Array();
  const { pages } = await readPdf(bytes);
  expect(pages).toHaveLength(1);
  expect(pages[0]?.text).toContain('Drukowana 2, Kartuzy');
  expect(pages[0]?.text).toContain('Wykonuje: Tomasz Technik · Liczba zleceń: 2');
  expect(await rows('select count(*) from ibok.documents')).toEqual(before);
});
