import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AddMeterInput } from '../../shared/contract/meters';
import { plantAccount } from '../support/accounts';
import { type Client as Api, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let root: Client;
let tomasz: Api;
let barbara: Api;
let anna: Api;
let type: string;
let today: string;
let zuk: string;

beforeAll(async () => {
  root = await database().asSuperuser();
  ({ zuk } = await plantPeople(root));
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
  barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  const form = await anna.meters.form.query();
  type = form.types[0]?.id ?? '';
  today = form.today;
  expect(form.rules).toHaveLength(5);
});
beforeEach(async () => {
  root = await database().asSuperuser();
});
afterAll(() => desk.close());

const meter = (more: Partial<AddMeterInput> = {}): AddMeterInput => ({
  factoryNo: `N-${randomUUID().slice(0, 8)}`,
  type,
  ownerKind: 'utility',
  acceptedOn: '2026-03-01',
  producedYear: null,
  radioId: null,
  stockPlace: 'Regał 1',
  note: null,
  mark: { kind: 'm_year', raw: 'm24', statedUntil: null },
  requestId: randomUUID(),
  ...more,
});
const accept = async (more: Partial<AddMeterInput> = {}) => (await tomasz.meters.add.mutate(meter(more))).id;
const audited = async (table: string, id: string) =>
  (
    await root.query(
      `select op, login, reason from audit.events where table_name = $1 and row_id = $2 order by id desc limit 1`,
      [table, id],
    )
  ).rows[0];

describe('accepting a meter to stock', () => {
  it('stores it with its movement and its mark, once', async () => {
    const wish = meter({ radioId: '4a5b6c7d', producedYear: 2024 });
    const added = await tomasz.meters.add.mutate(wish);
    expect(added.legalization).toMatchObject({ validUntil: '2029-11-30', conflict: false });
    expect(await tomasz.meters.add.mutate(wish)).toEqual(added);
    const record = await anna.meters.get.query({ id: added.id });
    expect(record).toMatchObject({
      status: 'in_stock',
      radioId: '4A5B6C7D',
      producedYear: 2024,
      stockPlace: 'Regał 1',
      legalizations: [{ rawMark: 'M24', markKind: 'm_year', ruleId: 'm_year_60', recordedBy: 'Tomasz Technik' }],
    });
    const { events } = await anna.meters.events.query({ id: added.id });
    expect(events.map(({ kind, day }) => [kind, day])).toEqual([
      ['marked', '2026-03-01'],
      ['accepted', '2026-03-01'],
    ]);
    expect(await audited('meters', added.id)).toMatchObject({ op: 'insert', login: 's_tomasz' });
  });

  it('warns of a twin and stores the meter all the same', async () => {
    const first = await accept({ factoryNo: '0077-555' });
    const second = await barbara.meters.add.mutate(meter({ factoryNo: '0077 555' }));
    expect(second.twins).toMatchObject([{ id: first, status: 'in_stock' }]);
    expect((await anna.meters.get.query({ id: second.id })).twins).toMatchObject([{ id: first, place: 'Regał 1' }]);
  });

  it('makes a type that nobody had, once', async () => {
    const fresh = { maker: 'Diehl', model: 'Corona', dn: 20, q3: '4', r: 160, digits: 5 };
    await accept({ type: fresh });
    await accept({ type: { ...fresh, q3: '4.0' } });
    const { types } = await anna.meters.form.query();
    expect(types.filter(({ maker }) => maker === 'Diehl')).toHaveLength(1);
  });

  it('refuses a type that is there with another R or register, and takes it where neither is named', async () => {
    const known = { maker: 'Itron', model: 'Flodis', dn: 15, q3: '2.5', r: 160, digits: 5 };
    await accept({ type: known });
    for (const other of [{ r: 100 }, { digits: 6 }]) {
      const wish = meter({ type: { ...known, ...other } });
      expect((await refusalOf(tomasz.meters.add.mutate(wish))).code).toBe('METER_TYPE_DIFFERS');
      expect((await root.query('select 1 from ibok.meters where factory_no = $1', [wish.factoryNo])).rows).toEqual([]);
    }
    await accept({ type: { ...known, r: null } });
  });

  it.each([
    ['M99', { mark: { kind: 'm_year', raw: 'M99', statedUntil: null } }, 'MARK_FUTURE'],
    ['month 13', { mark: { kind: 'until_month', raw: '13/2027', statedUntil: null } }, 'MARK_FORM'],
    ['a year done of the future', { mark: { kind: 'done_year', raw: '2031', statedUntil: null } }, 'MARK_FUTURE'],
    ['tomorrow', { acceptedOn: '2099-01-01' }, 'DAY_IN_FUTURE'],
    ['a radio number of two characters', { radioId: 'AB' }, 'RADIO_NO'],
    ['a hidden character', { factoryNo: 'A\u200b1' }, 'INVALID_TEXT'],
  ] as const)('refuses %s and stores nothing', async (_, more, code) => {
    const wish = meter(more as Partial<AddMeterInput>);
    expect((await refusalOf(tomasz.meters.add.mutate(wish))).code).toBe(code);
    const { rows } = await root.query('select 1 from ibok.meters where factory_no = $1', [wish.factoryNo]);
    expect(rows).toEqual([]);
  });

  it('is not for clerks', async () => {
    expect((await refusalOf(anna.meters.add.mutate(meter()))).code).toBe('NOT_ALLOWED');
    const psql = await database().asLogin('s_anna');
    await expect(psql.query(`select api.add_meter('{}')`)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('putting a meter right', () => {
  it('merges what two people changed, and asks where both changed the same', async () => {
    const id = await accept();
    const edit = (api: Api, changes: Record<string, { from: string | null; to: string | null }>) =>
      api.meters.edit.mutate({ id, changes, requestId: randomUUID() });
    expect(await edit(tomasz, { stockPlace: { from: 'Regał 1', to: 'Regał 2' } })).toEqual({ status: 'saved' });
    expect(await edit(barbara, { note: { from: null, to: 'Uszkodzone pudełko' } })).toEqual({ status: 'saved' });
    expect(await edit(barbara, { stockPlace: { from: 'Regał 1', to: 'Regał 9' } })).toEqual({
      status: 'conflict',
      fields: { stockPlace: { original: 'Regał 1', theirs: 'Regał 2', mine: 'Regał 9' } },
    });
    expect(await anna.meters.get.query({ id })).toMatchObject({ stockPlace: 'Regał 2', note: 'Uszkodzone pudełko' });
  });

  it('changes where an installed meter hangs', async () => {
    const { rows } = await root.query(`select id from ibok.meters where factory_no = '0077123'`);
    const id = rows[0].id;
    await tomasz.meters.edit.mutate({ id, changes: { place: { from: null, to: 'Piwnica' } }, requestId: randomUUID() });
    expect((await anna.meters.get.query({ id })).installations[0]?.place).toBe('Piwnica');
  });
});

describe('a meter that is not built in', () => {
  const move = (
    id: string,
    kind: 'scrapped' | 'lost' | 'found' | 'returned',
    on: string,
    reason: string | null = null,
  ) => tomasz.meters.move.mutate({ id, kind, on, reason, place: 'Regał 3', requestId: randomUUID() });

  it('is lost, found, scrapped, and brought back where that was a mistake', async () => {
    const id = await accept();
    expect(await move(id, 'lost', '2026-03-05', 'nie ma go na półce')).toEqual({ status: 'lost' });
    expect(await move(id, 'found', '2026-03-07')).toEqual({ status: 'in_stock' });
    expect((await anna.meters.get.query({ id })).stockPlace).toBe('Regał 3');
    expect(await move(id, 'scrapped', '2026-03-08', 'pęknięty korpus')).toEqual({ status: 'scrapped' });
    expect((await refusalOf(move(id, 'lost', '2026-03-09', 'nie ma go'))).code).toBe('METER_STATUS');
    expect((await refusalOf(move(id, 'returned', '2026-03-09'))).code).toBe('INVALID_INPUT');
    expect(await move(id, 'returned', '2026-03-09', 'pomyłka w numerze')).toEqual({ status: 'in_stock' });
    const { events } = await anna.meters.events.query({ id });
    expect(events.map(({ kind }) => kind)).toEqual(['returned', 'scrapped', 'found', 'lost', 'marked', 'accepted']);
    expect(await audited('meters', id)).toMatchObject({ op: 'update', reason: 'pomyłka w numerze' });
  });

  it('keeps the order of time', async () => {
    const id = await accept();
    expect((await refusalOf(move(id, 'lost', '2026-02-28', 'nie ma go'))).code).toBe('METER_MOVED_ON');
    expect((await refusalOf(move(id, 'lost', '2099-02-28', 'nie ma go'))).code).toBe('DAY_IN_FUTURE');
    expect((await refusalOf(move(id, 'lost', '2026-03-05'))).code).toBe('INVALID_INPUT');
  });

  it('is not scrapped while it hangs on a wall', async () => {
    const { rows } = await root.query(`select id from ibok.meters where factory_no = '0077123'`);
    expect((await refusalOf(move(rows[0].id, 'scrapped', today, 'pęknięty'))).code).toBe('METER_STATUS');
  });

  it('is moved once by two who press at the same time', async () => {
    const id = await accept();
    const both = await Promise.allSettled([
      move(id, 'scrapped', '2026-03-05', 'pęknięty korpus'),
      barbara.meters.move.mutate({
        id,
        kind: 'scrapped',
        on: '2026-03-05',
        reason: 'po terminie',
        place: null,
        requestId: randomUUID(),
      }),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { rows } = await root.query(`select 1 from ibok.meter_movements where meter_id = $1 and kind = 'scrapped'`, [
      id,
    ]);
    expect(rows).toHaveLength(1);
  });
});

describe('a legalization', () => {
  it('is flagged where mark and papers disagree, until somebody decides with a reason', async () => {
    const id = await accept({ mark: { kind: 'until_month', raw: '05/2027', statedUntil: '2027-02-28' } });
    const [mark] = (await anna.meters.get.query({ id })).legalizations;
    expect(mark).toMatchObject({ validUntil: '2027-02-28', computedUntil: '2027-05-31', conflict: true });
    const decide = (until: string | null, reason: string) =>
      barbara.meters.overrideLegalization.mutate({ id: mark?.id ?? '', until, reason, requestId: randomUUID() });
    expect((await refusalOf(decide('2027-05-31', 'bo'))).code).toBe('INVALID_INPUT');
    expect(await decide('2027-05-31', 'Świadectwo w aktach')).toMatchObject({
      validUntil: '2027-05-31',
      conflict: false,
    });
    expect(await decide(null, 'Świadectwo innego wodomierza')).toMatchObject({
      validUntil: '2027-02-28',
      conflict: true,
    });
  });

  it('is lost early from a day on, and had again where that was a mistake', async () => {
    const id = await accept();
    const [mark] = (await anna.meters.get.query({ id })).legalizations;
    const lose = (lostOn: string | null, note: string | null) =>
      tomasz.meters.setLegalizationLoss.mutate({
        id: mark?.id ?? '',
        lostOn,
        why: lostOn ? 'seal' : null,
        note,
        requestId: randomUUID(),
      });
    expect(await lose('2026-06-10', 'zerwana plomba')).toMatchObject({ validUntil: '2026-06-09' });
    expect((await refusalOf(lose('2099-01-01', null))).code).toBe('DAY_IN_FUTURE');
    expect((await anna.meters.events.query({ id })).events[0]).toMatchObject({
      kind: 'legalizationLost',
      code: 'seal',
      words: 'zerwana plomba',
    });
    expect(await lose(null, 'plomba była cała')).toMatchObject({ validUntil: '2029-11-30' });
  });

  it('is withdrawn with a reason, and the one before is in force again', async () => {
    const id = await accept();
    const wrong = await tomasz.meters.addLegalization.mutate({
      meterId: id,
      mark: { kind: 'm_year', raw: 'M26', statedUntil: null },
      readOn: today,
      requestId: randomUUID(),
    });
    const withdraw = () =>
      tomasz.meters.withdrawLegalization.mutate({ id: wrong.id, reason: 'zły wodomierz', requestId: randomUUID() });
    expect((await withdraw()).current).toMatchObject({ validUntil: '2029-11-30' });
    expect((await refusalOf(withdraw())).code).toBe('LEGALIZATION_WITHDRAWN');
    expect((await anna.meters.get.query({ id })).legalizations.map(({ withdrawnReason }) => withdrawnReason)).toEqual([
      'zły wodomierz',
      null,
    ]);
  });

  it('is one day for card, customer, register, portal and psql, and an early loss moves it for all', async () => {
    const { rows } = await root.query(`select id from ibok.meters where factory_no = '0077123'`);
    const id = rows[0].id;
    const { id: mark } = await tomasz.meters.addLegalization.mutate({
      meterId: id,
      mark: { kind: 'until_month', raw: '09/2031', statedUntil: null },
      readOn: today,
      requestId: randomUUID(),
    });
    const account = await plantAccount(root, zuk);
    const portal = await database().asLogin('ibok_portal');
    const psql = await database().asLogin('s_anna');
    const everywhere = async () => [
      (await anna.meters.get.query({ id })).legalizations[0]?.validUntil,
      (await anna.customers.points.query({ id: zuk })).points[0]?.installations[0]?.legalUntil,
      (await psql.query('select valid_until::text as day from ibok.meter_registry where meter_id = $1', [id])).rows[0]
        .day,
      (await psql.query('select valid_until::text as day from ibok.legalizations where id = $1', [mark])).rows[0].day,
      (await portal.query('select portal.my_meters($1) as meters', [account.id])).rows[0].meters[0].legalization
        .validUntil,
    ];
    expect(new Set(await everywhere())).toEqual(new Set(['2031-09-30']));
    const lost = { id: mark, lostOn: '2026-11-02', why: 'mark' as const, note: null };
    await tomasz.meters.setLegalizationLoss.mutate({ ...lost, requestId: randomUUID() });
    expect(new Set(await everywhere())).toEqual(new Set(['2026-11-01']));
    const [installed] = (await anna.customers.points.query({ id: zuk })).points[0]?.installations ?? [];
    expect(installed?.legal).toBe('2026-11-01' >= today);
  });

  it('stands in the history of its meter, with movements and the reason', async () => {
    const id = await accept();
    const [mark] = (await anna.meters.get.query({ id })).legalizations;
    const reason = 'Świadectwo w aktach';
    await barbara.meters.overrideLegalization.mutate({
      id: mark?.id ?? '',
      until: '2028-01-01',
      reason,
      requestId: randomUUID(),
    });
    const { events } = await anna.audit.history.query({ table: 'meters', id, before: null });
    expect(events.map(({ table, op }) => `${op} ${table}`).toSorted()).toEqual([
      'insert legalizations',
      'insert meter_movements',
      'insert meters',
      'update legalizations',
    ]);
    expect(events[0]).toMatchObject({ reason, changes: { valid_until: ['2029-11-30', '2028-01-01'] } });
  });

  it('tells open screens which meter changed', async () => {
    const id = await accept();
    const window = desk.window('watcher');
    await window.signIn('s_anna', TEST_PASSWORD);
    const hints = window.hints();
    await tomasz.meters.addLegalization.mutate({
      meterId: id,
      mark: { kind: 'm_year', raw: 'M25', statedUntil: null },
      readOn: today,
      requestId: randomUUID(),
    });
    await expect.poll(() => hints.seen.some(({ topic, id: hinted }) => topic === 'meters' && hinted === id)).toBe(true);
    hints.stop();
  });
});

describe('everything at a point', () => {
  it('names every meter and everybody supplied there, whoever the customer is now', async () => {
    const { rows } = await root.query(`select id from ibok.meters where factory_no = '0077123'`);
    const life = await anna.meters.atPoint.query({ id: rows[0].id });
    expect(life.point?.code).toBe('PP-1');
    expect(life.meters.map(({ factoryNo }) => factoryNo)).toEqual(['0077123', 'A-0484 3787']);
    expect(life.supplies.map(({ customerId, validTo }) => [customerId === zuk, validTo])).toEqual([
      [true, null],
      [false, '2024-05-01'],
    ]);
  });

  it('is empty for a meter that was never built in', async () => {
    expect(await anna.meters.atPoint.query({ id: await accept() })).toEqual({ point: null, meters: [], supplies: [] });
  });
});
