import { randomUUID } from 'node:crypto';
import type { Client as PgClient } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_SLOT_BYTES } from '../../shared/bridge';
import type { RecordExchangeInput } from '../../shared/contract/exchanges';
import { type Client, type Desk, type DeskWindow, openDesk, refusalOf } from '../support/desk';
import { type ExchangeStreet, type PlantedPlace, plantExchangeStreet } from '../support/exchange-street';
import { readPdf } from '../support/pdf-text';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let window: DeskWindow;
let tomasz: Client;
let anna: Client;
let root: PgClient;
let street: ExchangeStreet;
let place: PlantedPlace;
let fresh: string;

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  window = desk.window('tomasz');
  tomasz = await window.signIn('s_tomasz', TEST_PASSWORD);
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
});
afterAll(() => desk.close());
beforeEach(async () => {
  root = await database().asSuperuser();
  street = await plantExchangeStreet(root, 0, 0);
  place = await street.place();
  fresh = await street.stock();
});

const today = async () => (await tomasz.exchanges.start.query({})).today;
const act = async (
  more: Partial<Extract<RecordExchangeInput, { kind: 'exchange' }>> = {},
): Promise<RecordExchangeInput> => ({
  kind: 'exchange',
  requestId: randomUUID(),
  pointId: place.point,
  oldInstallationId: place.installation,
  finalValue: '398',
  finalRollover: false,
  newMeterId: fresh,
  openingValue: '0',
  place: null,
  seals: [{ sealNo: 'KP-7', kind: 'plastic', place: 'coupling' }],
  mark: null,
  doneOn: await today(),
  reason: 'legalization',
  note: null,
  doneBy: 's_tomasz',
  photos: [],
  orderId: null,
  ...more,
});
const count = async (sql: string, ...values: unknown[]) => Number((await root.query(sql, values)).rows[0].count);
const put = (name: string, bytes: Uint8Array) => desk.core.slots.put(window, name, bytes).slot;
const staged = (name: string, bytes: Uint8Array) => tomasz.documents.stage.mutate({ slot: put(name, bytes) });
const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
);

describe('the guided exchange', () => {
  it('begins with the place, what the meter showed last, and what to expect', async () => {
    const no = (await root.query('select factory_no as no from ibok.meters where id = $1', [place.meter])).rows[0].no;
    const { places } = await tomasz.exchanges.findPlace.query({ text: no.toLowerCase() });
    expect(places).toMatchObject([{ pointId: place.point, installationId: place.installation, factoryNo: no }]);
    const started = await tomasz.exchanges.start.query({ installation: place.installation });
    expect(started).toMatchObject({ installationId: place.installation, fresh: null, orderId: null });
    expect(started.place?.hung).toMatchObject([
      {
        last: { value: '350', readOn: '2026-06-01', kind: 'actual' },
        perDay: '0.304',
        digits: 5,
        validUntil: '2026-11-30',
      },
    ]);
    expect(started.technicians.map(({ login }) => login)).toEqual(['s_barbara', 's_celina', 's_tomasz']);
    expect((await tomasz.exchanges.findMeter.query({ text: fresh })).meters).toMatchObject([
      { meterId: fresh, status: 'in_stock', validUntil: '2028-11-30', lastFinal: null },
    ]);
  });

  it('begins from a point, a meter and an order alike', async () => {
    const order = String(
      (await root.query(`select ibok.open_order('exchange', $1, $2, null) as id`, [place.point, place.meter])).rows[0]
        .id,
    );
    for (const from of [{ point: place.point }, { meter: place.meter }, { order }]) {
      expect((await tomasz.exchanges.start.query(from)).place?.pointId).toBe(place.point);
    }
    expect(await tomasz.exchanges.start.query({ order })).toMatchObject({
      orderId: order,
      installationId: place.installation,
    });
    expect(await tomasz.exchanges.start.query({ point: place.point, fresh })).toMatchObject({
      fresh: { meterId: fresh },
    });
    expect((await refusalOf(tomasz.exchanges.start.query({ point: '77' }))).code).toBe('NOT_FOUND');
  });

  it('says in words of ours why something cannot be', async () => {
    expect((await refusalOf(tomasz.exchanges.record.mutate(await act({ finalValue: '349' })))).code).toBe(
      'EXCHANGE_FINAL_BELOW',
    );
    expect((await refusalOf(tomasz.exchanges.record.mutate(await act({ finalValue: '123456' })))).code).toBe(
      'EXCHANGE_DIGITS',
    );
    expect((await refusalOf(tomasz.exchanges.record.mutate(await act({ doneOn: '2024-02-01' })))).code).toBe(
      'EXCHANGE_BEFORE_INSTALLATION',
    );
    expect(
      (await refusalOf(tomasz.exchanges.record.mutate(await act({ mark: { kind: 'm_year', raw: 'M99' } })))).code,
    ).toBe('MARK_FUTURE');
    expect((await refusalOf(anna.exchanges.record.mutate(await act()))).code).toBe('NOT_ALLOWED');
  });

  it('shows what was done, in the list and by itself, and takes it back', async () => {
    const { id } = await tomasz.exchanges.record.mutate(await act());
    const record = await anna.exchanges.get.query({ id });
    expect(record).toMatchObject({
      kind: 'exchange',
      used: '48',
      doneByName: 'Tomasz Technik',
      previous: { value: '350', readOn: '2026-06-01' },
      old: { meterId: place.meter, final: '398', mark: 'M21', validUntil: '2026-11-30' },
      new: { meterId: fresh, opening: '0', final: null, mark: 'M23' },
      sealsOn: [{ sealNo: 'KP-7', kind: 'plastic', place: 'coupling' }],
      obstacle: null,
      reversed: false,
    });
    const question = { filters: {}, words: 'wymienna', sort: { key: 'doneOn', descending: true } } as const;
    const listed = await anna.exchanges.list.query({ question, limit: 50 });
    expect(listed.rows[0]).toMatchObject({ id, newMeterId: fresh, used: '48' });
    await tomasz.exchanges.reverse.mutate({ id, reason: 'pomylony wodomierz', requestId: randomUUID() });
    expect(await anna.exchanges.get.query({ id })).toMatchObject({
      reversed: true,
      reversalReason: 'pomylony wodomierz',
      obstacle: 'reversed',
      old: { meterId: place.meter, final: '398' },
      new: { meterId: fresh, opening: '0', final: null },
    });
    const again = tomasz.exchanges.reverse.mutate({ id, reason: 'jeszcze raz', requestId: randomUUID() });
    expect((await refusalOf(again)).code).toBe('EXCHANGE_REVERSED');
  });

  it('stitches consumption over the exchange and never below zero (T4)', async () => {
    const { id } = await tomasz.exchanges.record.mutate(await act({ finalValue: '398' }));
    const { consumption } = await anna.readings.ofCustomer.query({ id: place.customer });
    const months = consumption.flatMap(({ months: each }) => each.map(({ volume }) => Number(volume)));
    expect(Math.min(...months)).toBeGreaterThanOrEqual(0);
    expect(Math.round(months.reduce((sum, volume) => sum + volume, 0))).toBe(298);
    await tomasz.exchanges.reverse.mutate({ id, reason: 'pomylony wodomierz', requestId: randomUUID() });
    const { series } = await anna.readings.ofCustomer.query({ id: place.customer });
    expect(series.map(({ installationId }) => installationId)).toEqual([place.installation]);
  });
});

describe('pictures', () => {
  it('become documents of the act, which technicians and clerks can open', async () => {
    const { upload } = await staged('licznik.png', PNG);
    const { id } = await tomasz.exchanges.record.mutate(await act({ photos: [upload] }));
    const { documents } = await tomasz.documents.list.query({ owner: { table: 'exchanges', id } });
    expect(documents).toMatchObject([
      { title: 'Zdjęcie: wymiana', category: 'photo', latest: { fileName: 'licznik.png' } },
    ]);
    expect((await anna.documents.list.query({ owner: { table: 'exchanges', id } })).documents).toHaveLength(1);
    expect(await count('select count(*) from ibok.uploads where id = $1', upload)).toBe(0);
  });

  it('of 40 MB and programs by another name are refused with the reason, and nothing is half stored', async () => {
    const before = await count('select count(*) from ibok.uploads');
    const program = new Uint8Array([0x4d, 0x5a, ...new Array(300).fill(1)]);
    expect((await refusalOf(staged('zdjecie.jpg', program))).code).toBe('FILE_TYPE_REFUSED');
    const huge = new Uint8Array(40 * 1024 * 1024);
    huge.set(PNG);
    expect(huge.byteLength).toBeGreaterThan(MAX_SLOT_BYTES);
    expect(() => put('duze.png', huge)).toThrow('FILE_TOO_LARGE');
    // Past the desk as well.
    const psql = await database().asLogin('s_tomasz');
    await expect(
      psql.query(`select api.begin_upload('duze.png', 'image/png', $1, sha256('x'))`, [huge.byteLength]),
    ).rejects.toMatchObject({ code: '23514' });
    expect(await count('select count(*) from ibok.uploads')).toBe(before);
    expect(await count('select count(*) from ibok.upload_parts')).toBe(0);
  });

  it('that are none, or broken ones, refuse the whole act: no meter has moved', async () => {
    const text = await staged('notatka.txt', new TextEncoder().encode('to nie jest zdjęcie'));
    expect((await refusalOf(tomasz.exchanges.record.mutate(await act({ photos: [text.upload] })))).code).toBe(
      'FILE_TYPE_REFUSED',
    );
    const { upload } = await staged('licznik.png', PNG);
    await root.query(`update ibok.upload_parts set bytes = set_byte(bytes, 20, 7) where upload_id = $1`, [upload]);
    expect((await refusalOf(tomasz.exchanges.record.mutate(await act({ photos: [upload] })))).code).toBe(
      'FILE_DAMAGED',
    );
    expect(await count('select count(*) from ibok.exchanges where supply_point_id = $1', place.point)).toBe(0);
    expect(await count('select count(*) from ibok.documents where owner_table = $1', 'exchanges')).toBe(1);
    expect(await count(`select count(*) from ibok.meters where id = $1 and status = 'in_stock'`, fresh)).toBe(1);
    // What waits can still be taken by an act that is right.
    await tomasz.exchanges.record.mutate(await act({ photos: [(await staged('licznik.png', PNG)).upload] }));
  });
});

describe('the protocol', () => {
  it('is drawn by a technician on one page and kept with the act; other letters stay with the clerks', async () => {
    const { id } = await tomasz.exchanges.record.mutate(await act({ note: 'Zawór nieszczelny.' }));
    const record = `exchanges:${id}`;
    const made = await tomasz.letters.make.mutate({ kind: 'exchange_protocol', record, requestId: randomUUID() });
    const { slot } = await tomasz.documents.open.mutate({ versionId: made.versionId });
    const { pages } = await readPdf(desk.core.slots.take(window, slot)?.bytes ?? new Uint8Array());
    expect(pages).toHaveLength(1);
    expect(pages[0]?.text).toMatch(
      /Protokół nr \d+: wymiana wodomierza .*398 m³ \(końcowy\) 0 m³ \(początkowy\).*48 m³.*KP-7/,
    );
    // The look is noted under who was supplied there on the day of the act, or under nobody.
    const subject = async () =>
      (await root.query(`select customer_id from audit.reads where fields = 'document' order by id desc limit 1`))
        .rows[0];
    expect(await subject()).toEqual({ customer_id: place.customer });
    await root.query('update ibok.supplies set valid_to = (select done_on from ibok.exchanges where id = $1)', [id]);
    await tomasz.documents.open.mutate({ versionId: made.versionId });
    expect(await subject()).toEqual({ customer_id: null });
    expect((await tomasz.letters.list.query({ record })).letters).toMatchObject([{ kind: 'exchange_protocol' }]);
    await tomasz.letters.markSent.mutate({ id: made.id, what: 'printed' });
    const foreign = tomasz.letters.make.mutate({ kind: 'activation', record: 'accounts:1', requestId: randomUUID() });
    expect((await refusalOf(foreign)).code).toBe('NOT_ALLOWED');
    await tomasz.exchanges.reverse.mutate({ id, reason: 'pomylony wodomierz', requestId: randomUUID() });
    const late = tomasz.letters.make.mutate({ kind: 'exchange_protocol', record, requestId: randomUUID() });
    expect((await refusalOf(late)).code).toBe('EXCHANGE_REVERSED');
  });
});
