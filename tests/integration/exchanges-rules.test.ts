import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Act, DAY, exchangeOf, reasonOf, recordAct, reverseAct } from '../support/exchange-acts';
import { type ExchangeStreet, type PlantedPlace, plantExchangeStreet } from '../support/exchange-street';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let tomasz: Client;
let street: ExchangeStreet;
let place: PlantedPlace;

beforeEach(async () => {
  root = await database().asSuperuser();
  tomasz = await database().asLogin('s_tomasz');
  street = await plantExchangeStreet(root, 0, 0);
  place = await street.place();
});

const record = (act: Act) => recordAct(tomasz, act);
const many = async (sql: string, ...values: unknown[]) => (await root.query(sql, values)).rows;
const one = async (sql: string, ...values: unknown[]) => (await many(sql, ...values))[0];
const id = async (sql: string, ...values: unknown[]) => String((await one(sql, ...values)).id);
const parentOf = async (installation: string) =>
  (await one('select parent_id from ibok.meter_installations where id = $1', installation)).parent_id;
const subOf = async (at: PlantedPlace): Promise<PlantedPlace> => ({ ...at, ...(await street.sub(at)) });
const removalOf = (at: PlantedPlace, more: Act = {}): Act => ({
  kind: 'removal',
  pointId: at.point,
  oldInstallationId: at.installation,
  finalValue: '398',
  doneOn: DAY,
  reason: 'frost',
  doneBy: 's_tomasz',
  ...more,
});
const installationOf = (at: PlantedPlace, newMeterId: string, more: Act = {}): Act => ({
  kind: 'installation',
  pointId: at.point,
  newMeterId,
  openingValue: '0',
  doneOn: DAY,
  reason: 'request',
  doneBy: 's_tomasz',
  ...more,
});

describe('a sub-meter whose act is taken back after the main meter was exchanged', () => {
  it('hangs behind the main meter that is there now', async () => {
    const sub = await subOf(place);
    const changed = await record(exchangeOf(sub, await street.stock(), { finalValue: '40' }));
    const main = await record(exchangeOf(place, await street.stock()));
    await reverseAct(tomasz, changed.id);
    expect(await parentOf(sub.installation)).toBe(main.newInstallationId);
    await reverseAct(tomasz, main.id);
    expect(await parentOf(sub.installation)).toBe(place.installation);
  });

  it('as well when it had been taken out, and where none hangs there, behind the last one', async () => {
    const sub = await subOf(place);
    const gone = await record(removalOf(sub, { finalValue: '40' }));
    const main = await record(exchangeOf(place, await street.stock()));
    await reverseAct(tomasz, gone.id);
    expect(await parentOf(sub.installation)).toBe(main.newInstallationId);
    const again = await record(removalOf(sub, { finalValue: '40' }));
    const here = { ...place, installation: main.newInstallationId as string };
    await record(removalOf(here, { finalValue: '3', doneOn: '2026-11-21' }));
    await reverseAct(tomasz, again.id);
    expect(await parentOf(sub.installation)).toBe(main.newInstallationId);
  });
});

describe('a reading of the same day', () => {
  it('that was rejected lends the final one neither its rollover nor its name, and lies there again afterwards', async () => {
    const refused = await id(
      `insert into ibok.readings (installation_id, read_on, value, kind, source, state, rollover)
       values ($1, $2, 12, 'actual', 'staff', 'rejected', true) returning id`,
      place.installation,
      DAY,
    );
    const act = await record(exchangeOf(place, await street.stock()));
    expect(act.used).toBe('48.000');
    expect(
      await one(
        `select rollover, corrects_id from ibok.readings where installation_id = $1 and kind = 'final'`,
        place.installation,
      ),
    ).toEqual({ rollover: false, corrects_id: null });
    await reverseAct(tomasz, act.id);
    expect(await one('select superseded, state from ibok.readings where id = $1', refused)).toEqual({
      superseded: false,
      state: 'rejected',
    });
  });

  it('that counted is corrected, and its rollover is the final one’s', async () => {
    await street.read(place.installation, '2026-11-01', 99_987);
    const known = await id(
      `insert into ibok.readings (installation_id, read_on, value, kind, source, state, rollover)
       values ($1, $2, 12, 'actual', 'staff', 'released', true) returning id`,
      place.installation,
      DAY,
    );
    expect(await record(exchangeOf(place, await street.stock(), { finalValue: '13' }))).toMatchObject({
      used: '26.000',
    });
    expect(
      await one(
        `select rollover, corrects_id from ibok.readings where installation_id = $1 and kind = 'final'`,
        place.installation,
      ),
    ).toEqual({ rollover: true, corrects_id: known });
  });
});

describe('orders', () => {
  const stateOf = async (order: string) =>
    (await one('select state from ibok.service_orders where id = $1', order)).state;
  const orderOf = (kind: string, { point, meter }: PlantedPlace) =>
    id('select ibok.open_order($1, $2, $3, null) as id', kind, point, meter);

  it('of another meter at the point are not done by the act', async () => {
    const sub = await subOf(place);
    const order = await orderOf('exchange', sub);
    const act = exchangeOf(place, await street.stock(), { orderId: order });
    expect(await reasonOf(record(act))).toEqual({ code: 'IB004', why: 'exchange_order' });
    expect(await stateOf(order)).toBe('open');
  });

  it('for an expertise are done once the meter is out, and open again when it hangs again', async () => {
    const [expertise, exchange] = [await orderOf('expertise', place), await orderOf('exchange', place)];
    for (const act of [exchangeOf(place, await street.stock()), removalOf(place)]) {
      const { id: done } = await record(act);
      expect([await stateOf(expertise), await stateOf(exchange)]).toEqual(['done', 'done']);
      await reverseAct(tomasz, done);
      expect([await stateOf(expertise), await stateOf(exchange)]).toEqual(['open', 'open']);
    }
  });
});

describe('a meter that is built in', () => {
  it('was accepted by that day', async () => {
    const fresh = await street.stock();
    await root.query(`update ibok.meters set accepted_on = '2026-11-21' where id = $1`, [fresh]);
    expect(await reasonOf(record(exchangeOf(place, fresh)))).toEqual({ code: 'IB004', why: 'exchange_meter_later' });
    expect(await record(exchangeOf(place, fresh, { doneOn: '2026-11-21' }))).toMatchObject({ newMeterId: fresh });
  });

  it.each(['found', 'returned'])('was %s by that day', async (kind) => {
    const fresh = await street.stock();
    await root.query(`insert into ibok.meter_movements (meter_id, kind, moved_on) values ($1, $2, '2026-11-21')`, [
      fresh,
      kind,
    ]);
    expect(await reasonOf(record(exchangeOf(place, fresh)))).toEqual({ code: 'IB004', why: 'exchange_meter_later' });
  });

  it('is built in again on another day, also an earlier one, once a wrong day was taken back', async () => {
    const fresh = await street.stock();
    const { id: wrong } = await record(exchangeOf(place, fresh, { doneOn: '2026-11-21' }));
    await reverseAct(tomasz, wrong);
    expect(await record(exchangeOf(place, fresh, { doneOn: '2026-11-19' }))).toMatchObject({ newMeterId: fresh });
  });

  it('goes on from what it showed last, unless its register is another and the note says so', async () => {
    const there = await street.place();
    await root.query(
      `update ibok.legalizations set override_until = '2027-12-31', override_reason = 'próba', override_by = 's_barbara' where meter_id = $1`,
      [place.meter],
    );
    await record(exchangeOf(place, await street.stock(), { doneOn: '2026-11-10' }));
    const again = (more: Act) => record(exchangeOf(there, place.meter, more));
    for (const openingValue of ['0', '397']) {
      expect(await reasonOf(again({ openingValue }))).toEqual({ code: 'IB004', why: 'exchange_opening_below' });
    }
    expect(await reasonOf(again({ openingReset: true, note: ' ' }))).toEqual({ code: 'IB004', why: 'exchange_note' });
    const { id: done } = await again({ openingReset: true, note: 'nowe liczydło' });
    await reverseAct(tomasz, done);
    expect(await again({ openingValue: '398' })).toMatchObject({ newMeterId: place.meter });
  });
});

describe('the parent of a new sub-meter', () => {
  it('hangs at the same point, and hung there by that day', async () => {
    const other = await street.place();
    const behind = (more: Act) =>
      street.stock().then((meter) => record(installationOf(place, meter, { role: 'sub', ...more })));
    const refused = { code: 'IB004', why: 'exchange_parent' };
    expect(await reasonOf(behind({ parentInstallationId: other.installation }))).toEqual(refused);
    expect(await reasonOf(behind({ parentInstallationId: place.installation, doneOn: '2024-02-28' }))).toEqual(refused);
    expect(await behind({ parentInstallationId: place.installation })).toMatchObject({ kind: 'installation' });
  });
});

describe('who did it', () => {
  it('is an active technician or supervisor', async () => {
    const fresh = await street.stock();
    const by = (doneBy: string) => record(exchangeOf(place, fresh, { doneBy }));
    expect(await reasonOf(by('s_anna'))).toEqual({ code: 'IB004', why: 'exchange_done_by' });
    await root.query(`update ibok.staff_members set active = false, ended_at = now() where login = 's_celina'`);
    try {
      expect(await reasonOf(by('s_celina'))).toEqual({ code: 'IB004', why: 'exchange_done_by' });
    } finally {
      await root.query(`update ibok.staff_members set active = true, ended_at = null where login = 's_celina'`);
    }
    expect(await by('s_celina')).toMatchObject({ newMeterId: fresh });
  });
});
