import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Act, DAY, exchangeOf, reasonOf, recordAct, reverseAct } from '../support/exchange-acts';
import { type ExchangeStreet, plantExchangeStreet } from '../support/exchange-street';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let tomasz: Client;
let street: ExchangeStreet;

beforeEach(async () => {
  root = await database().asSuperuser();
  tomasz = await database().asLogin('s_tomasz');
  street = await plantExchangeStreet(root, 0, 0);
});

const record = (act: Act) => recordAct(tomasz, act);
const reverse = (id: string) => reverseAct(tomasz, id);
const one = async <Row extends object>(sql: string, ...values: unknown[]): Promise<Row> =>
  (await root.query(sql, values)).rows[0];
const many = async <Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> =>
  (await root.query(sql, values)).rows;
const statusOf = async (meter: string) =>
  (await one<{ status: string }>('select status from ibok.meters where id = $1', meter)).status;
const installation = (id: string | null) =>
  one<Record<string, unknown>>(
    `select role, parent_id, installed_on::text, removed_on::text, opening_value::text, final_value::text, place,
            deducts_from::text, reversed_at is not null as reversed from ibok.meter_installations where id = $1`,
    id,
  );
const readingsOf = (id: string | null) =>
  many<Record<string, unknown>>(
    `select read_on::text, value::text, kind, state, superseded, consumption::text from ibok.readings
      where installation_id = $1 order by read_on, id`,
    id,
  );

describe('an exchange', () => {
  it('is one act: both meters, both readings, seals, and who did it', async () => {
    const place = await street.place();
    const fresh = await street.stock();
    await root.query(
      `insert into ibok.seals (seal_no, kind, meter_id, installation_id, place, put_on, put_by)
       values ('OLD-1', 'lead', $1, $2, 'coupling', '2024-03-01', 's_tomasz')`,
      [place.meter, place.installation],
    );
    const answer = await record(exchangeOf(place, fresh, { note: ' stan dobry ' }));
    expect(answer).toMatchObject({
      kind: 'exchange',
      already: false,
      oldMeterId: place.meter,
      newMeterId: fresh,
      used: '48.000',
    });

    expect(await installation(place.installation)).toMatchObject({ removed_on: DAY, final_value: '398.000' });
    expect(await installation(answer.newInstallationId)).toMatchObject({
      role: 'main',
      parent_id: null,
      installed_on: DAY,
      removed_on: null,
      opening_value: '0.000',
      place: 'piwnica',
      reversed: false,
    });
    expect(await readingsOf(place.installation)).toMatchObject([
      { kind: 'opening' },
      { kind: 'actual' },
      { kind: 'final', value: '398.000', read_on: DAY, state: 'released', consumption: '48.000', superseded: false },
    ]);
    expect(await readingsOf(answer.newInstallationId)).toMatchObject([
      { kind: 'opening', value: '0.000', state: 'released' },
    ]);
    expect([await statusOf(place.meter), await statusOf(fresh)]).toEqual(['removed', 'installed']);
    expect(
      await many(
        'select seal_no, removed_on::text, removed_reason, meter_id from ibok.seals where meter_id in ($1, $2) order by id',
        place.meter,
        fresh,
      ),
    ).toEqual([
      { seal_no: 'OLD-1', removed_on: DAY, removed_reason: 'exchange', meter_id: place.meter },
      { seal_no: 'KP-100', removed_on: null, removed_reason: null, meter_id: fresh },
    ]);
    expect(await one('select done_by, recorded_by, note, reason from ibok.exchanges where id = $1', answer.id)).toEqual(
      {
        done_by: 's_tomasz',
        recorded_by: 's_tomasz',
        note: 'stan dobry',
        reason: 'legalization',
      },
    );
  });
});

describe('what cannot be', () => {
  it.each<[string, Act, string, string]>([
    ['of tomorrow', { doneOn: '2099-01-01' }, 'IB004', 'exchange_future'],
    ['before the meter was built in', { doneOn: '2024-02-29' }, 'IB004', 'exchange_before_installation'],
    [
      'on the very day it was built in',
      { doneOn: '2024-03-01', finalValue: '100' },
      'IB004',
      'exchange_before_installation',
    ],
    ['before a reading of it', { doneOn: '2026-05-31' }, 'IB004', 'exchange_reading_after'],
    ['with a falling reading', { finalValue: '349' }, 'IB004', 'exchange_final_below'],
    ['with more digits than the register has', { finalValue: '100000' }, 'IB004', 'exchange_digits'],
    ['with more digits on the new meter', { openingValue: '100000' }, 'IB004', 'exchange_digits'],
    ['with litres on a mechanical register', { finalValue: '398.5' }, 'IB004', 'exchange_value'],
    ['without a final reading', { finalValue: null }, 'IB004', 'exchange_value'],
    ['below nothing', { openingValue: '-1' }, 'IB004', 'exchange_value'],
    [
      'with a rollover far from the end of the register',
      { finalValue: '12', finalRollover: true },
      'IB004',
      'exchange_no_rollover',
    ],
    ['with a rollover that was none', { finalValue: '398', finalRollover: true }, 'IB004', 'exchange_no_rollover'],
    ['by nobody known', { doneBy: 's_nobody' }, 'IB004', 'exchange_done_by'],
    [
      'with the same seal twice',
      {
        seals: [
          { sealNo: 'A', kind: 'lead', place: 'counter' },
          { sealNo: 'a ', kind: 'lead', place: 'module' },
        ],
      },
      'IB004',
      'exchange_seal_twice',
    ],
    ['of no kind there is', { kind: 'swap' }, 'IB004', 'exchange_form'],
    ['without an old meter', { oldInstallationId: null }, 'IB004', 'exchange_form'],
    ['for a reason nobody knows', { reason: 'mood' }, '23514', 'exchanges_reason'],
    ['with a picture nobody sent', { photos: [randomUUID()] }, 'IB002', 'undefined'],
  ])('is refused %s, and nothing of it stays', async (_, more, code, why) => {
    const place = await street.place();
    const fresh = await street.stock();
    expect(await reasonOf(record(exchangeOf(place, fresh, more)))).toEqual({
      code,
      why: why === 'undefined' ? undefined : why,
    });
    expect(await installation(place.installation)).toMatchObject({ removed_on: null, final_value: null });
    expect(await readingsOf(place.installation)).toHaveLength(2);
    expect([await statusOf(place.meter), await statusOf(fresh)]).toEqual(['installed', 'in_stock']);
  });

  it.each<[string, string, string, string]>([
    ['without a legalization', `delete from ibok.legalizations where meter_id = $1`, 'IB006', 'exchange_not_legal'],
    [
      'whose legalization is lost',
      `update ibok.legalizations set lost_on = '2026-11-01', lost_reason = 'damage' where meter_id = $1`,
      'IB006',
      'exchange_not_legal',
    ],
    [
      'that was scrapped',
      `update ibok.meters set status = 'scrapped' where id = $1`,
      'IB006',
      'exchange_meter_not_free',
    ],
  ])('is a new meter %s', async (_, spoil, code, why) => {
    const place = await street.place();
    const fresh = await street.stock();
    await root.query(spoil, [fresh]);
    expect(await reasonOf(record(exchangeOf(place, fresh)))).toEqual({ code, why });
  });

  it('is a meter in place of itself, or one that hangs elsewhere', async () => {
    const place = await street.place();
    const other = await street.place();
    expect(await reasonOf(record(exchangeOf(place, other.meter)))).toMatchObject({ why: 'exchange_meter_not_free' });
    expect(await reasonOf(record(exchangeOf(place, place.meter)))).toEqual({
      code: 'IB004',
      why: 'exchange_same_meter',
    });
  });

  it('is an old meter of another point', async () => {
    const place = await street.place();
    const other = await street.place();
    expect(await reasonOf(record(exchangeOf(place, await street.stock(), { pointId: other.point })))).toMatchObject({
      why: 'exchange_form',
    });
  });
});

describe('its readings', () => {
  it('take the place of one of the same day, whoever has it by now, and give it back', async () => {
    const place = await street.place();
    for (const state of ['released', 'acknowledged']) {
      const day = state === 'released' ? '2026-10-01' : DAY;
      const known = await street.read(place.installation, day, 390, { state });
      const { id } = await record(exchangeOf(place, await street.stock(), { doneOn: day, finalValue: '391' }));
      expect((await readingsOf(place.installation)).slice(-2)).toMatchObject([
        { kind: 'actual', state, superseded: true },
        { kind: 'final', value: '391.000', consumption: state === 'released' ? '41.000' : '1.000', superseded: false },
      ]);
      await reverse(id);
      expect(await one('select superseded, state from ibok.readings where id = $1', known)).toEqual({
        superseded: false,
        state,
      });
      expect((await readingsOf(place.installation)).at(-1)).toMatchObject({
        kind: 'final',
        state: 'reversed',
        superseded: true,
      });
    }
  });

  it('are not held up by an estimate that was too high, nor by a reading that was refused', async () => {
    const place = await street.place();
    await street.read(place.installation, '2026-09-01', 900, { kind: 'estimate' });
    await street.read(place.installation, '2026-12-31', 999, { state: 'rejected' });
    expect(await record(exchangeOf(place, await street.stock()))).toMatchObject({ used: '48.000' });
  });

  it('pass the end of the register when somebody says so', async () => {
    const place = await street.place();
    await street.read(place.installation, '2026-11-01', 99_987);
    const answer = await record(exchangeOf(place, await street.stock(), { finalValue: '12', finalRollover: true }));
    expect(answer.used).toBe('25.000');
  });
});

describe('relations', () => {
  it('are kept: sub-meters hang behind the new meter, and back again', async () => {
    const place = await street.place();
    const sub = await street.sub(place, '2025-01-01');
    const answer = await record(exchangeOf(place, await street.stock()));
    expect((await installation(sub.installation)).parent_id).toBe(answer.newInstallationId);
    await reverse(answer.id);
    expect((await installation(sub.installation)).parent_id).toBe(place.installation);
  });

  it('are kept for a sub-meter that is exchanged itself: role, parent and start of deduction', async () => {
    const place = await street.place();
    const sub = { ...place, ...(await street.sub(place, '2025-01-01')) };
    const answer = await record(exchangeOf(sub, await street.stock(), { finalValue: '80' }));
    expect(await installation(answer.newInstallationId)).toMatchObject({
      role: 'sub',
      parent_id: place.installation,
      deducts_from: DAY,
      installed_on: DAY,
    });
    const waiting = { ...place, ...(await street.sub(place, null)) };
    const second = await record(exchangeOf(waiting, await street.stock(), { finalValue: '80' }));
    expect((await installation(second.newInstallationId)).deducts_from).toBeNull();
  });

  it('never close a ring, whoever writes', async () => {
    const place = await street.place();
    const sub = await street.sub(place);
    const ring = root.query('update ibok.meter_installations set parent_id = $1 where id = $2', [
      sub.installation,
      place.installation,
    ]);
    expect(await reasonOf(ring)).toEqual({ code: '23514', why: 'meter_installations_loop' });
  });

  it('survive a time without a main meter', async () => {
    const place = await street.place();
    const sub = await street.sub(place);
    const removal = {
      kind: 'removal',
      pointId: place.point,
      oldInstallationId: place.installation,
      finalValue: '360',
      doneOn: '2026-11-01',
      reason: 'frost',
      doneBy: 's_tomasz',
    };
    const gone = await record(removal);
    expect(gone).toMatchObject({ kind: 'removal', oldMeterId: place.meter, newMeterId: null, used: '10.000' });
    expect((await installation(sub.installation)).parent_id).toBe(place.installation);
    const back = await record({
      kind: 'installation',
      pointId: place.point,
      newMeterId: await street.stock(),
      openingValue: '3',
      doneOn: DAY,
      reason: 'frost',
      doneBy: 's_tomasz',
      place: 'studzienka',
    });
    expect(back).toMatchObject({ kind: 'installation', oldMeterId: null, used: null });
    expect((await installation(sub.installation)).parent_id).toBe(back.newInstallationId);
    expect(await installation(back.newInstallationId)).toMatchObject({ place: 'studzienka', opening_value: '3.000' });
    expect(await reasonOf(reverse(gone.id))).toEqual({ code: 'IB006', why: 'exchange_later_act' });
    await reverse(back.id);
    expect((await installation(sub.installation)).parent_id).toBe(place.installation);
    await reverse(gone.id);
    expect(await installation(place.installation)).toMatchObject({ removed_on: null, final_value: null });
    expect(await statusOf(place.meter)).toBe('installed');
  });

  it('need a main meter: none twice at a point, and no sub-meter behind nothing', async () => {
    const place = await street.place();
    const first = {
      kind: 'installation',
      pointId: place.point,
      newMeterId: await street.stock(),
      openingValue: '0',
      doneOn: DAY,
      reason: 'request',
      doneBy: 's_tomasz',
    };
    expect(await reasonOf(record(first))).toEqual({ code: 'IB006', why: 'exchange_point_has_main' });
    const behind = await record({ ...first, role: 'sub' });
    expect(await installation(behind.newInstallationId)).toMatchObject({
      role: 'sub',
      parent_id: place.installation,
      deducts_from: null,
    });
    await record({
      kind: 'removal',
      pointId: place.point,
      oldInstallationId: place.installation,
      finalValue: '360',
      doneOn: DAY,
      reason: 'frost',
      doneBy: 's_tomasz',
    });
    const alone = { ...first, role: 'deduction', newMeterId: await street.stock() };
    expect(await reasonOf(record(alone))).toEqual({ code: 'IB006', why: 'exchange_parent' });
    expect(await reasonOf(record({ ...alone, parentInstallationId: place.installation }))).toEqual({
      code: 'IB004',
      why: 'exchange_parent',
    });
  });

  it('let a meter come back: removed, and built in elsewhere', async () => {
    const [first, second] = [await street.place(), await street.place()];
    await root.query(
      `update ibok.legalizations set override_until = '2027-12-31', override_reason = 'próba', override_by = 's_barbara' where meter_id = $1`,
      [first.meter],
    );
    await record(exchangeOf(first, await street.stock(), { doneOn: '2026-11-10' }));
    const early = exchangeOf(second, first.meter, { doneOn: '2026-11-09', openingValue: '398' });
    expect(await reasonOf(record(early))).toEqual({ code: 'IB006', why: 'exchange_meter_elsewhere' });
    expect(await record({ ...early, doneOn: '2026-11-10' })).toMatchObject({ newMeterId: first.meter });
  });
});
