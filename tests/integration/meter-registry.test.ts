import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ColumnFilter } from '../../shared/contract/lists';
import type { PlanPeriod, PlanScope } from '../../shared/contract/meter-registry';
import { type Client as Api, type Desk, openDesk } from '../support/desk';
import { exchangeOf, recordAct, reverseAct } from '../support/exchange-acts';
import { type ExchangeStreet, plantExchangeStreet } from '../support/exchange-street';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
const WHOLE: PlanScope = { roles: [], owners: [], routes: [], street: null };
const SORT = { key: 'address', descending: false };

let desk: Desk;
let anna: Api;
let root: Client;
let street: ExchangeStreet;
let planted: ExchangeStreet['places'];

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  planted = (await plantExchangeStreet(await database().asSuperuser(), 6)).places;
});
afterAll(() => desk.close());
beforeEach(async () => {
  root = await database().asSuperuser();
  street = await plantExchangeStreet(root, 0, 0);
});

const one = async <Value = string>(sql: string, values: unknown[] = []): Promise<Value> =>
  Object.values((await root.query(sql, values)).rows[0] ?? {})[0] as Value;
const registryOf = async (meter: string) =>
  (await root.query('select * from ibok.meter_registry where meter_id = $1', [meter])).rows[0];
const placeAt = (at: number) => {
  const place = planted[at];
  if (!place) throw new Error('no such place was planted');
  return place;
};

/** Gives a meter a mark that ends on `day`, an SQL expression over today. */
async function legalUntil(meter: string, day: string): Promise<string> {
  await root.query(
    `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
     values ($1, 'date', to_char((${day})::date - interval '60 months', 'YYYY-MM-DD'), ibok.today())`,
    [meter],
  );
  return one(`select valid_until::text from ibok.meter_registry where meter_id = $1`, [meter]);
}

/** The registry and its counts as kept, and as made anew from the truth. */
async function keptAndMadeAnew() {
  const all = async () => (await root.query('select * from ibok.meter_registry order by meter_id')).rows;
  const counts = async () =>
    (
      await root.query(`select to_char(month, 'YYYY-MM') as month, role, owner_kind, route, sum(count)::int as count
        from ibok.legalization_counts group by 1, 2, 3, 4 having sum(count) <> 0 order by 1, 2, 3, 4`)
    ).rows;
  const kept = { rows: await all(), counts: await counts() };
  await root.query('begin; set local role ibok_owner; select ibok.refill_meter_registry()');
  const anew = { rows: await all(), counts: await counts() };
  await root.query('rollback');
  return { kept, anew };
}

describe('the registry', () => {
  test('tells where a meter is built in, what it is and until when it may be used', async () => {
    const { meter, premise, installation } = placeAt(0);
    await legalUntil(meter, `ibok.today() + 400`);
    expect(await registryOf(meter)).toMatchObject({
      maker: 'Apator',
      status: 'installed',
      installation_id: installation,
      role: 'main',
      premise_id: premise,
      city: 'Kartuzy',
      street: 'Wymienna',
      route: 'T-1',
      place: 'piwnica',
      mark_kind: 'date',
      conflict: false,
      lost: false,
      twin: false,
      order_id: null,
    });
  });

  test('follows whatever is changed, and is the same as if it were made anew', async () => {
    const [first, second] = [placeAt(0), placeAt(1)];
    const sub = await street.sub(first);
    await root.query(`update ibok.premises set street = 'Łączna', route = 'T-10' where id = $1`, [first.premise]);
    expect(await registryOf(sub.meter)).toMatchObject({
      street: 'Łączna',
      route: 'T-10',
      parent_meter_id: first.meter,
    });
    await root.query(`update ibok.supply_points set code = 'W-NOWY' where id = $1`, [first.point]);
    expect((await registryOf(first.meter)).point_code).toBe('W-NOWY');
    await root.query(
      `insert into ibok.seals (seal_no, kind, meter_id, place, put_on, put_by)
       values ('KP-1', 'plastic', $1, 'coupling', '2024-03-01', 'x'), ('KP-2', 'wire', $1, 'counter', '2024-03-01', 'x')`,
      [second.meter],
    );
    await root.query(
      `update ibok.seals set removed_on = '2026-01-01', removed_by = 'x', removed_reason = 'damage' where seal_no = 'KP-1'`,
    );
    expect((await registryOf(second.meter)).seal_nos).toBe('KP-2');
    const order = await one(
      `insert into ibok.service_orders (kind, supply_point_id, meter_id, day) values ('exchange', $1, $2, ibok.today()) returning id`,
      [second.point, second.meter],
    );
    expect((await registryOf(second.meter)).order_id).toBe(order);
    await root.query(
      `update ibok.service_orders set state = 'cancelled', closed_by = 'x', closed_on = ibok.today(), closed_at = now() where id = $1`,
      [order],
    );
    expect((await registryOf(second.meter)).order_id).toBeNull();
    await root.query(`update ibok.meter_types set r = 250 where maker = 'Apator'`);
    expect((await registryOf(second.meter)).r).toBe(250);
    const { kept, anew } = await keptAndMadeAnew();
    expect(kept.rows).toHaveLength(8);
    expect(kept).toEqual(anew);
  });

  test('takes no note of a legalization withdrawn, and knows one that was lost', async () => {
    const { meter } = placeAt(2);
    const former = (await registryOf(meter)).raw_mark;
    await legalUntil(meter, 'ibok.today() + 900');
    await root.query(
      `update ibok.legalizations set lost_on = ibok.today(), lost_reason = 'seal' where meter_id = $1 and mark_kind = 'date'`,
      [meter],
    );
    expect(
      await one('select valid_until < ibok.today() and lost from ibok.meter_registry where meter_id = $1', [meter]),
    ).toBe(true);
    await root.query(
      `update ibok.legalizations set withdrawn_at = now(), withdrawn_by = 'x', withdrawn_reason = 'inny wodomierz'
        where meter_id = $1 and mark_kind = 'date'`,
      [meter],
    );
    expect(await registryOf(meter)).toMatchObject({ raw_mark: former, lost: false });
  });

  test('two meters in use with one factory number know of each other, until one is scrapped', async () => {
    const type = await one('select min(id) from ibok.meter_types');
    const add = (no: string) =>
      one(`insert into ibok.meters (factory_no, type_id, owner_kind) values ($1, $2, 'utility') returning id`, [
        no,
        type,
      ]);
    const [first, second] = [await add('ZZ-00 77'), await add('zz0077')];
    const twins = async () => [(await registryOf(first)).twin, (await registryOf(second)).twin];
    expect(await twins()).toEqual([true, true]);
    await root.query(`update ibok.meters set status = 'scrapped' where id = $1`, [second]);
    expect(await twins()).toEqual([false, false]);
    await root.query(`update ibok.meters set status = 'in_stock' where id = $1`, [second]);
    expect(await twins()).toEqual([true, true]);
    await root.query(`update ibok.meters set factory_no = 'ZZ-78' where id = $1`, [second]);
    expect(await twins()).toEqual([false, false]);
  });

  test('a letter counts once it was sent, and no longer when the meter is legalized anew', async () => {
    const { meter, customer } = placeAt(3);
    const until = await legalUntil(meter, 'ibok.today() + 40');
    const run = await one(
      `insert into ibok.letter_runs (kind, login, channel, selection, total, state, finished_at)
       values ('legalization_notice', 's_anna', 'letter', '{}', 1, 'done', now()) returning id`,
    );
    await root.query(
      `insert into ibok.letter_run_items (run_id, meter_id, place, customer_id, valid_until, channel, outcome)
       values ($1, $2, 1, $3, $4, 'letter', 'made')`,
      [run, meter, customer, until],
    );
    expect((await registryOf(meter)).letter_on).toBeNull();
    await root.query(`update ibok.letter_runs set sent_on = ibok.today(), sent_by = 's_anna' where id = $1`, [run]);
    expect((await registryOf(meter)).letter_on).not.toBeNull();
    await legalUntil(meter, 'ibok.today() + 1500');
    expect((await registryOf(meter)).letter_on).toBeNull();
  });

  test('what two persons change of one meter at once is both there', async () => {
    const { meter, point } = placeAt(4);
    const other = await database().asSuperuser();
    await root.query('begin');
    await root.query(`insert into ibok.service_orders (kind, supply_point_id, meter_id) values ('exchange', $1, $2)`, [
      point,
      meter,
    ]);
    const sealed = other.query(
      `insert into ibok.seals (seal_no, kind, meter_id, place, put_on, put_by) values ('KP-9', 'lead', $1, 'module', '2024-03-01', 'x')`,
      [meter],
    );
    await expect
      .poll(() => one<boolean>(`select exists (select from pg_locks where not granted)`), { interval: 20 })
      .toBe(true);
    await root.query('commit');
    await sealed;
    expect(await registryOf(meter)).toMatchObject({ seal_nos: 'KP-9', order_id: expect.any(String) });
  });
});

describe('the plan', () => {
  const chart = (scope: Partial<PlanScope> = {}) => anna.legalization.chart.query({ ...WHOLE, ...scope });
  const listed = async (filters: Record<string, ColumnFilter>) =>
    (await anna.meters.list.query({ question: { filters, sort: SORT }, limit: 200 })).rows;
  const month = (value: string): Record<string, ColumnFilter> => ({ month: { is: 'oneOf', values: [value] } });

  test('each number of the chart is as long as the list it opens', async () => {
    await legalUntil(placeAt(0).meter, 'ibok.today() - 1');
    await legalUntil(placeAt(1).meter, 'ibok.today()');
    await legalUntil(placeAt(2).meter, `date_trunc('month', ibok.today() + interval '2 months')`);
    const plan = await chart();
    const yesterday = await one(`select (ibok.today() - 1)::text`);
    const overdue = await listed({
      validUntil: { is: 'dates', from: null, to: yesterday },
      builtIn: { is: 'oneOf', values: ['true'] },
    });
    expect(overdue.map(({ id }) => id)).toContain(placeAt(0).meter);
    expect(overdue.every(({ expired }) => expired)).toBe(true);
    expect(plan.overdue).toBe(overdue.length);
    for (const [at, each] of plan.months.entries()) {
      const today: Record<string, ColumnFilter> =
        at === 0 ? { validUntil: { is: 'dates', from: plan.today, to: null } } : {};
      if (each.count > 0) expect(each.count).toBe((await listed({ ...month(each.month), ...today })).length);
    }
    expect(plan.unknown).toBe((await listed(month('none'))).length);
    const total = plan.overdue + plan.later + plan.unknown + plan.months.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(Number(await one('select count(*) from ibok.meter_installations where removed_on is null')));
    expect(plan.months[0]?.count).toBeGreaterThan(0);
  });

  test('is narrowed by route, street, owner and role, in the chart as in the list', async () => {
    const place = { city: 'Kartuzy', street: 'Wymienna' };
    const inStreet = await chart({ street: place });
    const all = (plan: Awaited<ReturnType<typeof chart>>) =>
      plan.overdue + plan.later + plan.unknown + plan.months.reduce((sum, { count }) => sum + count, 0);
    const rows = await listed({
      city: { is: 'oneOf', values: [place.city] },
      street: { is: 'oneOf', values: [place.street] },
      builtIn: { is: 'oneOf', values: ['true'] },
    });
    expect(rows.length).toBe(5);
    expect(all(inStreet)).toBe(5);
    expect(all(await chart({ routes: ['T-10'] }))).toBe(2);
    expect(all(await chart({ routes: ['T-10'], roles: ['sub'] }))).toBe(1);
    expect(all(await chart({ owners: ['customer'] }))).toBe(0);
    expect(all(await chart({ street: { city: 'Kartuzy', street: null } }))).toBe(0);
  });

  test('is in the order of the round: routes and houses as numbers', async () => {
    const premise = (at: number) => placeAt(at).premise;
    await root.query(
      `update ibok.premises set route = given.route, street = 'Objazdowa', house_no = given.house
         from (values ($1::bigint, 'T-2', '10'), ($2, 'T-2', '9A'), ($3, 'T-11', '1')) as given (id, route, house)
        where premises.id = given.id`,
      [premise(3), premise(4), premise(5)],
    );
    const rows = await listed({ street: { is: 'oneOf', values: ['Objazdowa'] } });
    expect(rows.map(({ route, address }) => `${route} ${address}`)).toEqual([
      'T-2 Objazdowa 9A, Kartuzy',
      'T-2 Objazdowa 10, Kartuzy',
      'T-11 Objazdowa 1, Kartuzy',
    ]);
  });

  test('an exchange moves the plan at once, and taking it back moves it back', async () => {
    const tomasz = await database().asLogin('s_tomasz');
    const place = await street.place();
    const until = await legalUntil(
      place.meter,
      `date_trunc('month', ibok.today() + interval '3 months') + interval '14 days'`,
    );
    const fresh = await street.stock(null);
    const freshUntil = await one(
      `select (date_trunc('month', ibok.today() + interval '50 months') + interval '9 days')::date::text`,
    );
    await root.query(
      `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
       values ($1, 'date', to_char($2::date - interval '60 months', 'YYYY-MM-DD'), ibok.today())`,
      [fresh, freshUntil],
    );
    const countOf = async (day: string) =>
      (await chart()).months.find((each) => each.month === day.slice(0, 7))?.count ?? 0;
    const before = { old: await countOf(until), fresh: await countOf(freshUntil) };
    const doneOn = await one(`select ibok.today()::text`);
    const { id } = await recordAct(tomasz, exchangeOf(place, fresh, { doneOn }), randomUUID());
    expect({ old: await countOf(until), fresh: await countOf(freshUntil) }).toEqual({
      old: before.old - 1,
      fresh: before.fresh + 1,
    });
    expect((await listed(month(until.slice(0, 7)))).map((row) => row.id)).not.toContain(place.meter);
    expect((await listed(month(freshUntil.slice(0, 7)))).map((row) => row.id)).toContain(fresh);
    const period = { is: 'months' as const, from: until.slice(0, 7), to: until.slice(0, 7) };
    expect((await anna.legalization.progress.query({ scope: WHOLE, period })).done).toBe(1);
    await reverseAct(tomasz, id);
    expect({ old: await countOf(until), fresh: await countOf(freshUntil) }).toEqual(before);
    expect((await anna.legalization.progress.query({ scope: WHOLE, period })).done).toBe(0);
  });

  test('counts as done what was exchanged, by the legalization as it stood on that day', async () => {
    const tomasz = await database().asLogin('s_tomasz');
    const done = async (period: PlanPeriod) => (await anna.legalization.progress.query({ scope: WHOLE, period })).done;
    const { today, yesterday, earlier } = (
      await root.query(`select ibok.today()::text as today, (ibok.today() - 1)::text as yesterday,
        (ibok.today() - 20)::text as earlier`)
    ).rows[0];
    const monthOf = (day: string): PlanPeriod => ({ is: 'months', from: day.slice(0, 7), to: day.slice(0, 7) });
    const overdue: PlanPeriod = { is: 'overdue' };
    /** A meter whose mark ends on `until` and was read long ago. */
    const ending = async (until: string) => {
      const place = await street.place();
      await root.query(
        `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
         values ($1, 'date', to_char($2::date - interval '60 months', 'YYYY-MM-DD'), '2026-03-01')`,
        [place.meter, until],
      );
      return place;
    };
    const before = { overdue: await done(overdue), yesterday: await done(monthOf(yesterday)) };
    // Exchanged in time; since then its end has passed.
    const inTime = await ending(yesterday);
    await recordAct(tomasz, exchangeOf(inTime, await street.stock(), { doneOn: earlier }));
    expect(await done(overdue)).toBe(before.overdue);
    expect(await done(monthOf(yesterday))).toBe(before.yesterday + 1);
    // Legalized anew, or found wrong, after it was taken out: it stays where it counted.
    await legalUntil(inTime.meter, 'ibok.today() + 1500');
    expect(await done(monthOf(yesterday))).toBe(before.yesterday + 1);
    const disputed = await ending(yesterday);
    await recordAct(tomasz, exchangeOf(disputed, await street.stock(), { doneOn: earlier }));
    await root.query(
      `update ibok.legalizations set lost_on = $2::date + 2, lost_reason = 'out_of_requirements'
        where meter_id = $1 and mark_kind = 'date'`,
      [disputed.meter, earlier],
    );
    expect(await done(monthOf(yesterday))).toBe(before.yesterday + 2);
    // Exchanged too late.
    const late = await ending(earlier);
    await recordAct(tomasz, exchangeOf(late, await street.stock(), { doneOn: today }));
    expect(await done(overdue)).toBe(before.overdue + 1);
    // Taken out and not exchanged: no work on the plan.
    const removed = await ending(earlier);
    const removal = { kind: 'removal', newMeterId: undefined, openingValue: undefined, seals: [], doneOn: today };
    await recordAct(tomasz, exchangeOf(removed, '', { ...removal, reason: 'request' }));
    expect(await done(overdue)).toBe(before.overdue + 1);
  });

  test('tells what is planned and written to', async () => {
    const place = await street.place();
    const until = await legalUntil(place.meter, `date_trunc('month', ibok.today() + interval '20 months')`);
    const period = { is: 'months' as const, from: until.slice(0, 7), to: until.slice(0, 7) };
    const scope = { ...WHOLE, routes: ['T-1'], street: { city: 'Kartuzy', street: 'Wymienna' } };
    expect(await anna.legalization.progress.query({ scope, period })).toEqual({ planned: 0, written: 0, done: 0 });
    await root.query(`insert into ibok.service_orders (kind, supply_point_id, meter_id) values ('exchange', $1, $2)`, [
      place.point,
      place.meter,
    ]);
    expect(await anna.legalization.progress.query({ scope, period })).toEqual({ planned: 1, written: 0, done: 0 });
    expect(await anna.legalization.progress.query({ scope: { ...scope, roles: ['sub'] }, period })).toMatchObject({
      planned: 0,
    });
  });

  test('the counts are folded to one each, and stay what they were', async () => {
    const worker = await database().asLogin('ibok_worker');
    const before = await chart();
    await worker.query('select jobs.fold_legalization_counts()');
    expect(await chart()).toEqual(before);
    expect(
      await one(
        `select count(*) = count(distinct (month, role, owner_kind, route)) and bool_and(count <> 0) from ibok.legalization_counts`,
      ),
    ).toBe(true);
    const { kept, anew } = await keptAndMadeAnew();
    expect(kept).toEqual(anew);
  });
});

describe('the list', () => {
  test('finds a meter by number, seal and address, and offers what there is to filter by', async () => {
    const { meter } = placeAt(4);
    const found = async (words: string) =>
      (await anna.meters.list.query({ question: { words, filters: {}, sort: SORT } })).rows.map(({ id }) => id);
    const { factory_no: factoryNo } = await registryOf(meter);
    for (const words of [factoryNo, factoryNo.replace('-', ''), meter, 'kp 9', 'objazdowa 9a']) {
      expect(await found(words), words).toContain(meter);
    }
    const choices = await anna.registry.choices.query();
    expect(choices.routes).toEqual(['T-1', 'T-2', 'T-10', 'T-11']);
    expect(choices.cities).toEqual(['Kartuzy']);
    expect(choices.streets).toEqual(
      ['Łączna', 'Objazdowa', 'Wymienna'].map((each) => ({ city: 'Kartuzy', street: each })),
    );
    expect(choices.months).toContain(
      await one(`select plan_month from ibok.meter_registry where meter_id = $1`, [meter]),
    );
  });

  test('knows a place without streets among its streets', async () => {
    const place = await street.place();
    await root.query(`update ibok.premises set city = 'Sitno', street = null where id = $1`, [place.premise]);
    const { streets, cities } = await anna.registry.choices.query();
    expect(cities).toEqual(['Kartuzy', 'Sitno']);
    expect(streets.at(-1)).toEqual({ city: 'Sitno', street: null });
    const rows = (
      await anna.meters.list.query({
        question: { filters: { city: { is: 'oneOf', values: ['Sitno'] }, street: { is: 'empty' } }, sort: SORT },
      })
    ).rows;
    expect(rows.map(({ id }) => id)).toEqual([place.meter]);
  });
});
