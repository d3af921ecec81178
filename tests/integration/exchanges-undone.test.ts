import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, exchangeOf, reasonOf, recordAct, reverseAct } from '../support/exchange-acts';
import { type ExchangeStreet, type PlantedPlace, plantExchangeStreet } from '../support/exchange-street';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let tomasz: Client;
let street: ExchangeStreet;
let place: PlantedPlace;
let fresh: string;

beforeEach(async () => {
  root = await database().asSuperuser();
  tomasz = await database().asLogin('s_tomasz');
  street = await plantExchangeStreet(root, 0, 0);
  place = await street.place();
  fresh = await street.stock();
});

const many = async (sql: string, ...values: unknown[]) => (await root.query(sql, values)).rows;
/** All of a place that an act may touch, but not what is history: what must be the same after exchange and undo. */
const picture = async () => ({
  meters: await many('select id, status from ibok.meters where id in ($1, $2) order by id', place.meter, fresh),
  open: await many(
    `select * from ibok.meter_installations where supply_point_id = $1 and reversed_at is null order by id`,
    place.point,
  ),
  readings: await many(
    `select r.id, r.value, r.state, r.superseded from ibok.readings r join ibok.meter_installations i on i.id = r.installation_id
      where i.supply_point_id = $1 and not r.superseded order by r.id`,
    place.point,
  ),
  seals: await many('select * from ibok.seals where meter_id = $1 order by id', place.meter),
  sealed: await many('select * from ibok.seals where meter_id = $1 and removed_on is null', fresh),
  orders: await many('select * from ibok.service_orders where supply_point_id = $1 order by id', place.point),
  registry: await many(
    'select * from ibok.meter_registry where meter_id in ($1, $2) order by meter_id',
    place.meter,
    fresh,
  ),
});

describe('an exchange taken back', () => {
  it('leaves the place as it was, with sub-meter, seal and order, and stays in the history', async () => {
    await street.sub(place);
    await root.query(
      `insert into ibok.seals (seal_no, kind, meter_id, installation_id, place, put_on, put_by)
       values ('OLD-1', 'lead', $1, $2, 'coupling', '2024-03-01', 's_tomasz')`,
      [place.meter, place.installation],
    );
    const order = (
      await many(`select ibok.open_order('exchange', $1, $2, '2026-11-30') as id`, place.point, place.meter)
    )[0].id;
    const before = await picture();
    const { id, newInstallationId } = await recordAct(tomasz, exchangeOf(place, fresh));
    expect(await many('select state, result, exchange_id from ibok.service_orders where id = $1', order)).toEqual([
      { state: 'done', result: 'done', exchange_id: id },
    ]);
    await street.read(newInstallationId as string, '2026-11-21', 2, { state: 'released' });
    await reverseAct(tomasz, id);
    expect(await picture()).toEqual(before);
    expect(await many('select reversed_by, reversal_reason from ibok.exchanges where id = $1', id)).toEqual([
      { reversed_by: 's_tomasz', reversal_reason: 'pomylony wodomierz' },
    ]);
    expect(
      await many(
        `select installed_on = removed_on as no_day, final_value = opening_value as no_water, reversed_at is not null as reversed
                    from ibok.meter_installations where id = $1`,
        newInstallationId,
      ),
    ).toEqual([{ no_day: true, no_water: true, reversed: true }]);
    expect(
      await many(
        'select kind, state, superseded from ibok.readings where installation_id = $1 order by id',
        newInstallationId,
      ),
    ).toEqual([
      { kind: 'opening', state: 'reversed', superseded: true },
      { kind: 'actual', state: 'reversed', superseded: true },
    ]);
    expect(
      await many(
        'select seal_no, removed_reason, removed_on = put_on as same_day from ibok.seals where meter_id = $1',
        fresh,
      ),
    ).toEqual([{ seal_no: 'KP-100', removed_reason: 'other', same_day: true }]);
    const trail = await root.query(
      `select reason from audit.events where table_name = 'exchanges' and row_id = $1 and op = 'update'`,
      [id],
    );
    expect(trail.rows).toEqual([{ reason: 'pomylony wodomierz' }]);
  });

  it('is exchanged again the same day with the same meter or another, as often as need be', async () => {
    const other = await street.stock();
    for (const meter of [fresh, fresh, other]) {
      const { id } = await recordAct(tomasz, exchangeOf(place, meter));
      await reverseAct(tomasz, id);
    }
    expect(await recordAct(tomasz, exchangeOf(place, fresh, { finalValue: '401' }))).toMatchObject({
      already: false,
      used: '51.000',
    });
    expect(
      await many('select count(*)::int as n from ibok.exchanges where old_installation_id = $1', place.installation),
    ).toEqual([{ n: 4 }]);
  });

  it.each(['fetched', 'acknowledged', 'refused'])(
    'is too late once billing has a reading of it (%s)',
    async (state) => {
      const { id, newInstallationId } = await recordAct(tomasz, exchangeOf(place, fresh));
      await root.query(`update ibok.readings set state = $2 where installation_id = $1 and kind = 'final'`, [
        place.installation,
        state,
      ]);
      expect(await reasonOf(reverseAct(tomasz, id))).toEqual({ code: 'IB006', why: 'exchange_fetched' });
      expect((await tomasz.query('select api.reversal_obstacle($1) as why', [id])).rows).toEqual([{ why: 'fetched' }]);
      expect(await many('select removed_on from ibok.meter_installations where id = $1', newInstallationId)).toEqual([
        { removed_on: null },
      ]);
    },
  );

  it('is too late once billing has a later reading of the new meter', async () => {
    const { id, newInstallationId } = await recordAct(tomasz, exchangeOf(place, fresh));
    await street.read(newInstallationId as string, '2026-11-21', 2, { state: 'fetched' });
    expect(await reasonOf(reverseAct(tomasz, id))).toEqual({ code: 'IB006', why: 'exchange_fetched' });
  });

  it('waits for what was done after it: the newest act goes first', async () => {
    const first = await recordAct(tomasz, exchangeOf(place, fresh, { doneOn: '2026-11-10' }));
    const second = await recordAct(
      tomasz,
      exchangeOf({ ...place, installation: first.newInstallationId as string }, await street.stock(), {
        doneOn: DAY,
        finalValue: '3',
      }),
    );
    expect(await reasonOf(reverseAct(tomasz, first.id))).toEqual({ code: 'IB006', why: 'exchange_later_act' });
    await reverseAct(tomasz, second.id);
    await reverseAct(tomasz, first.id);
    expect(await many('select removed_on from ibok.meter_installations where id = $1', place.installation)).toEqual([
      { removed_on: null },
    ]);
  });

  it('is refused when the old meter is scrapped by now, and without a reason', async () => {
    const { id } = await recordAct(tomasz, exchangeOf(place, fresh));
    expect(await reasonOf(reverseAct(tomasz, id, ' no '))).toEqual({ code: 'IB004', why: 'exchange_reason' });
    await root.query(`update ibok.meters set status = 'scrapped' where id = $1`, [place.meter]);
    expect(await reasonOf(reverseAct(tomasz, id))).toEqual({ code: 'IB006', why: 'exchange_old_gone' });
  });
});

describe('an early exchange', () => {
  it('moves the plan: the point is due when the new meter is, and when it is taken back as before (T5)', async () => {
    const due = () =>
      many(
        `select r.valid_until::text from ibok.meter_registry r where r.supply_point_id = $1 and r.installation_id is not null`,
        place.point,
      );
    expect(await due()).toEqual([{ valid_until: '2026-11-30' }]);
    const { id } = await recordAct(tomasz, exchangeOf(place, fresh, { doneOn: '2026-06-02' }));
    expect(await due()).toEqual([{ valid_until: '2028-11-30' }]);
    await reverseAct(tomasz, id);
    expect(await due()).toEqual([{ valid_until: '2026-11-30' }]);
  });

  it('writes down the mark it was given, and judges the meter by it', async () => {
    const unknown = await street.stock(null);
    expect(await reasonOf(recordAct(tomasz, exchangeOf(place, unknown)))).toEqual({
      code: 'IB006',
      why: 'exchange_not_legal',
    });
    const old = { kind: 'm_year', raw: 'M19' };
    expect(await reasonOf(recordAct(tomasz, exchangeOf(place, unknown, { mark: old })))).toEqual({
      code: 'IB006',
      why: 'exchange_not_legal',
    });
    expect(
      await reasonOf(recordAct(tomasz, exchangeOf(place, unknown, { mark: { kind: 'm_year', raw: 'M99' } }))),
    ).toMatchObject({ code: 'IB004' });
    expect(await many('select id from ibok.legalizations where meter_id = $1', unknown)).toEqual([]);
    await recordAct(tomasz, exchangeOf(place, unknown, { mark: { kind: 'm_year', raw: 'M26' } }));
    expect(await many('select valid_until::text from ibok.legalizations where meter_id = $1', unknown)).toEqual([
      { valid_until: '2031-11-30' },
    ]);
  });
});
