import type { Client as Api } from '../support/desk';
import { type Figure, inTurns, measure } from './measure';
import { asClerk, type BenchOffice, DESKS } from './office';

const CALLS = 200;
/** Readings that a measured card shows at least. */
const READINGS = 24;

/** The card as a clerk opens it: its reading logged, with points, meters and at least 24 readings. */
export async function cards(office: BenchOffice, apis: readonly Api[]): Promise<Figure[]> {
  const ids = await customersWithHistory(office);
  const id = (i: number) => ids[i % ids.length] as string;
  const at = (desk: number) => apis[desk % apis.length] as Api;
  const open = (desk: number, i: number) => at(desk).customers.card.query({ id: id(i), purpose: 'check' });
  const whole = (desk: number, i: number) =>
    Promise.all([
      open(desk, i),
      at(desk).customers.points.query({ id: id(i) }),
      at(desk).readings.ofCustomer.query({ id: id(i) }),
    ]);
  const bare = await asClerk(office);
  const figures = await inTurns(CALLS, [
    { what: 'card, its reading logged', call: open },
    { what: 'bare SQL: card, logged', call: (_, i) => bare.query('select api.open_card($1, $2)', [id(i), 'check']) },
  ]);
  await bare.end();
  const what = `card with points, meters and ${READINGS} readings, logged`;
  return [
    ...figures,
    await measure(what, 1, CALLS, whole, { p50: 3, p95: 8 }),
    await measure(what, DESKS, CALLS, whole),
  ];
}

/** Customers spread over the office who are supplied at one point and whose card shows that many readings. */
async function customersWithHistory({ superuser, customers }: BenchOffice): Promise<string[]> {
  const { rows } = await superuser.query<{ id: string }>(
    `select s.customer_id::text as id
       from ibok.supplies s
       join ibok.meter_installations i on i.supply_point_id = s.supply_point_id
       join ibok.readings r on r.installation_id = i.id and r.read_on >= s.valid_from
      where s.customer_id % $1 = 0 and s.valid_to is null
      group by s.customer_id having count(*) between $2 and $2 + 12
      order by s.customer_id limit 400`,
    [Math.max(1, Math.floor(customers / 10_000)), READINGS],
  );
  if (rows.length < 20) throw new Error('too few customers have a history to measure cards');
  return rows.map((row) => row.id);
}
