import type { CustomerReadings, MonthlyConsumption, Reading, ReadingSeries } from '../../../shared/contract/readings';
import { consumptions, type DatedValue, monthlyConsumption } from '../../../shared/domain/consumption';
import type { ReadContext } from '../../core/context';
import { ADDRESS } from '../../db/address';
import { planned } from '../../db/statements';

/** Readings shown per installation: three years of monthly ones; one more tells the consumption of the oldest. */
const SHOWN = 40;

type SeriesHead = Omit<ReadingSeries, 'readings'> & { digits: number };
type Row = Omit<Reading, 'consumption' | 'enteredAt'> & { installationId: string; enteredAt: Date; rollover: boolean };

const HEAD = `select places.id as "installationId", places.meter_id as "meterId", meters.factory_no as "factoryNo",
    places.role, points.code as "pointCode", ${ADDRESS} as address, places.removed_on::text as "removedOn", types.digits
  from ibok.meter_installations as places
  join ibok.meters as meters on meters.id = places.meter_id
  join ibok.meter_types as types on types.id = meters.type_id
  join ibok.supply_points as points on points.id = places.supply_point_id
  join ibok.premises as premises on premises.id = points.premise_id`;

/** What counts: no correction's predecessor, nothing that was refused, taken back or undone with its exchange. */
const COUNTS = `not readings.superseded and readings.state not in ('rejected', 'withdrawn', 'reversed')`;

/** The newest readings of each installation of the relation `installed`, oldest first. */
const newest = (installed: string, onDays = 'true') => `with ${installed},
  numbered as (
    select readings.id, readings.installation_id as "installationId", readings.read_on::text as "readOn",
           readings.value::text as value, readings.kind, readings.state, readings.rollover, readings.entered_at as "enteredAt",
           row_number() over (partition by readings.installation_id order by readings.read_on desc) as place
      from installed join ibok.readings as readings on readings.installation_id = installed.id
     where ${COUNTS} and ${onDays})
  select id, "installationId", "readOn", value, kind, state, rollover, "enteredAt" from numbered where place <= ${SHOWN + 1}
   order by "installationId", place desc`;

/** A customer's supplies and what was built in there meanwhile. Materialised: the few rows that all else starts from. */
const OF_CUSTOMER = `supplied as materialized (
    select supply_point_id, valid_from, valid_to from ibok.supplies where customer_id = $1::bigint),
  installed as materialized (
    select distinct places.id, places.supply_point_id
      from supplied join ibok.meter_installations as places on places.supply_point_id = supplied.supply_point_id
       and daterange(supplied.valid_from, supplied.valid_to) && daterange(places.installed_on, places.removed_on))`;

const WHILE_SUPPLIED = `exists (
    select from supplied where supplied.supply_point_id = installed.supply_point_id
       and readings.read_on >= supplied.valid_from
       and (supplied.valid_to is null or readings.read_on <= supplied.valid_to))`;

const HEADS_OF_CUSTOMER = planned(
  `with ${OF_CUSTOMER} ${HEAD} where places.id in (select id from installed)
    order by points.code, places.removed_on desc nulls first, places.installed_on desc`,
);
const NEWEST_OF_CUSTOMER = planned(newest(OF_CUSTOMER, WHILE_SUPPLIED));

/**
 * Readings of the meters at a customer's points, on the days this customer is or was supplied there and no other, and
 * the consumption per month. What the tenant before or after used is not this customer's.
 */
export async function readingsOfCustomer(ctx: ReadContext, customerId: string): Promise<CustomerReadings> {
  const [heads, rows] = await Promise.all([
    ctx.db.rows<SeriesHead>(HEADS_OF_CUSTOMER, [customerId]),
    ctx.db.rows<Row>(NEWEST_OF_CUSTOMER, [customerId]),
  ]);
  return { series: heads.map((head) => seriesOf(head, rows)), consumption: consumptionOf(heads, rows) };
}

/** Readings of every installation a meter ever had. */
export async function readingsOfMeter(ctx: ReadContext, meterId: string): Promise<ReadingSeries[]> {
  const [heads, rows] = await Promise.all([
    ctx.db.rows<SeriesHead>(
      `${HEAD} where places.meter_id = $1::bigint and places.reversed_at is null order by places.installed_on desc`,
      [meterId],
    ),
    ctx.db.rows<Row>(newest('installed as (select id from ibok.meter_installations where meter_id = $1::bigint)'), [
      meterId,
    ]),
  ]);
  return heads.map((head) => seriesOf(head, rows));
}

const readingsAt = ({ installationId }: SeriesHead, rows: Row[]): Row[] =>
  rows.filter((row) => row.installationId === installationId);

/** A reading for the arithmetic: what counts on over the end of its register, and what was reckoned only. */
const dated =
  ({ digits }: SeriesHead) =>
  ({ readOn, value, kind, rollover }: Row): DatedValue => ({
    day: readOn,
    value,
    estimated: kind === 'estimate',
    passed: rollover ? `1${'0'.repeat(digits)}` : null,
  });

/** Newest first, each with what was used since the reading before it. */
function seriesOf(head: SeriesHead, rows: Row[]): ReadingSeries {
  const mine = readingsAt(head, rows);
  const used = consumptions(mine.map(dated(head)));
  const readings = mine.map(({ id, readOn, value, kind, state, enteredAt }, index) => ({
    id,
    readOn,
    value,
    kind,
    state,
    consumption: used[index] ?? null,
    enteredAt: enteredAt.toISOString(),
  }));
  return { ...head, readings: readings.reverse().slice(0, SHOWN) };
}

/** Main meters of each point, stitched over exchanges. */
function consumptionOf(heads: SeriesHead[], rows: Row[]): MonthlyConsumption[] {
  const byPoint = new Map<string, DatedValue[][]>();
  for (const head of heads) {
    if (head.role !== 'main') continue;
    const readings = readingsAt(head, rows).slice(-SHOWN).map(dated(head));
    byPoint.set(head.pointCode, [...(byPoint.get(head.pointCode) ?? []), readings]);
  }
  return [...byPoint].map(([pointCode, installations]) => ({ pointCode, months: monthlyConsumption(installations) }));
}
