import type { ColumnFilter } from '../../shared/contract/lists';
import { PLAN_MONTHS, type PlanScope } from '../../shared/contract/meter-registry';
import type { Client as Api } from '../support/desk';
import { type Figure, inTurns, measure, type Value } from './measure';
import { asClerk, type BenchOffice, connectAs } from './office';
import { actOf, dueForExchange, technicians } from './technicians';

const CALLS = 200;
const PAGE = 50;
const LIST_GOAL = { p95: 30 };
const CHART_GOAL = { p95: 50 };
const ALL: PlanScope = { roles: [], owners: [], routes: [], street: null };
/** Exchanges whose differences nobody has added up yet when the plan is asked again. */
const EXCHANGES = 200;

/** The month with the most ends, and its busiest route and street. */
interface Busiest {
  month: string;
  meters: number;
  route: string;
  city: string;
  street: string;
}

const BUSIEST = `
  with of_month as (
    select r.* from ibok.meter_registry r where r.plan_month = (
      select plan_month from ibok.meter_registry where plan_month <> 'none' group by 1 order by count(*) desc limit 1))
  select min(plan_month) as month, count(*)::int as meters,
         (select route from of_month group by 1 order by count(*) desc limit 1) as route, s.city, s.street
    from of_month cross join (
      select city, street from of_month where street is not null group by 1, 2 order by count(*) desc limit 1) as s
   group by s.city, s.street`;

/**
 * The planner over all meters of the office: the busiest month in the order of the round, its parts by route and street,
 * the chart, and all of it again after meters were exchanged.
 */
export async function planner(office: BenchOffice, apis: readonly Api[]): Promise<Planned> {
  const { rows } = await office.superuser.query<Busiest>(BUSIEST);
  const [busiest] = rows;
  const [api] = apis;
  if (!busiest || !api) throw new Error('no legalization is known');
  const figures = await lists(office, api, busiest);
  figures.push(...(await charts(api, busiest, '')));
  const moved = await exchangeSome(office, api);
  figures.push(...(await charts(api, busiest, `, after ${EXCHANGES} exchanges`)));
  figures.push(
    await measure(
      `planner: a month in the order of the round, after ${EXCHANGES} exchanges`,
      1,
      CALLS,
      () => page(api, { month: oneOf(busiest.month) }),
      LIST_GOAL,
    ),
  );
  const values = [
    { what: 'meters of the busiest month', value: busiest.meters, unit: 'meters' },
    {
      what: `${EXCHANGES} exchanges: meters that did not move in the chart at once`,
      value: EXCHANGES - moved,
      unit: 'meters',
      goal: 0,
    },
  ];
  return { figures, values };
}

interface Planned {
  figures: Figure[];
  values: Value[];
}

const oneOf = (...values: string[]): ColumnFilter => ({ is: 'oneOf', values });

function page(api: Api, filters: Record<string, ColumnFilter>, cursor: string | null = null) {
  return api.meters.list.query({
    question: { filters, sort: { key: 'address', descending: false } },
    cursor,
    limit: PAGE,
  });
}

async function lists(office: BenchOffice, api: Api, busiest: Busiest): Promise<Figure[]> {
  const month = oneOf(busiest.month);
  const bare = await asClerk(office);
  const sql = `select * from ibok.meter_registry where plan_month = $1 order by round_order, meter_id limit $2`;
  const figures = await inTurns(CALLS, [
    {
      what: 'planner: a month in the order of the round, first page of 50',
      call: () => page(api, { month }),
      goal: LIST_GOAL,
    },
    { what: 'bare SQL: first page of the month', call: () => bare.query(sql, [busiest.month, PAGE + 1]) },
  ]);
  await bare.end();
  const street = { city: oneOf(busiest.city), street: oneOf(busiest.street) };
  for (const [what, filters] of [
    ['one route', { month, route: oneOf(busiest.route) }],
    ['one street', { month, ...street }],
    ["one route's sub-meters", { month, route: oneOf(busiest.route), role: oneOf('sub', 'deduction') }],
  ] as const) {
    figures.push(await measure(`planner: a month, ${what}`, 1, CALLS, () => page(api, filters), LIST_GOAL));
  }
  const tenth = await cursorAfter(api, { month }, 10);
  figures.push(await measure('planner: a month, page 11', 1, CALLS, () => page(api, { month }, tenth), LIST_GOAL));
  return figures;
}

/** Where the page after so many pages begins; null in a month that has fewer. */
async function cursorAfter(api: Api, filters: Record<string, ColumnFilter>, pages: number): Promise<string | null> {
  let cursor: string | null = null;
  for (let turned = 0; turned < pages; turned++) {
    const { nextCursor }: { nextCursor: string | null } = await page(api, filters, cursor);
    cursor = nextCursor;
  }
  return cursor;
}

async function charts(api: Api, { route, city, street }: Busiest, when: string): Promise<Figure[]> {
  const chart = (what: string, scope: PlanScope) =>
    measure(
      `chart of ${PLAN_MONTHS} months${what}${when}`,
      1,
      CALLS,
      () => api.legalization.chart.query(scope),
      CHART_GOAL,
    );
  return [
    await chart('', ALL),
    await chart(', one route', { ...ALL, routes: [route] }),
    await chart(', one street', { ...ALL, street: { city, street } }),
  ];
}

/** Exchanges meters as a technician does; how many have left the months that end soonest, asked at once. */
async function exchangeSome(office: BenchOffice, api: Api): Promise<number> {
  const [login = ''] = await technicians(office, 1);
  const due = await dueForExchange(office, EXCHANGES);
  const before = await endsSoon(api);
  const technician = await connectAs(office, login);
  for (const [place, one] of due.entries()) {
    await technician.query('select api.exchange_meter($1)', [JSON.stringify(actOf(one, login, `B ${place}`))]);
  }
  await technician.end();
  return before - (await endsSoon(api));
}

/** Meters that end before what is new today does. */
async function endsSoon(api: Api): Promise<number> {
  const { overdue, months } = await api.legalization.chart.query(ALL);
  return overdue + months.slice(0, 48).reduce((sum, { count }) => sum + count, 0);
}
