import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

/** A street with a meter in each house, on one route; returns the meters' ids in the order of the houses. */
export async function plantStreet(
  superuser: Client,
  {
    street,
    houses,
    route = '3',
    owner = 'utility',
  }: { street: string; houses: string[]; route?: string; owner?: string },
): Promise<{ meters: string[]; points: string[] }> {
  const id = async (sql: string, values: unknown[]) => String((await superuser.query(sql, values)).rows[0].id);
  const type = await id(
    `insert into ibok.meter_types (maker, model, dn, q3, r, digits) values ('Wzór', $1, 20, 2.5, 100, 5) returning id`,
    [street],
  );
  const meters: string[] = [];
  const points: string[] = [];
  for (const [at, house] of houses.entries()) {
    const premise = await id(
      `insert into ibok.premises (city, street, house_no, postal_code, route) values ('Kartuzy', $1, $2, '83-300', $3) returning id`,
      [street, house, route],
    );
    const point = await id('insert into ibok.supply_points (code, premise_id) values ($1, $2) returning id', [
      `P-${randomUUID()}`,
      premise,
    ]);
    const meter = await id(
      `insert into ibok.meters (factory_no, type_id, owner_kind, status) values ($1, $2, $3, 'installed') returning id`,
      [`FAB ${street.length}${route}${String(at).padStart(4, '0')}`, type, owner],
    );
    await superuser.query(
      `with built_in as (
         insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value)
         values ($1, $2, '2024-01-01', 10) returning id)
       insert into ibok.readings (installation_id, read_on, value, kind, source, state)
       select built_in.id, read.on_day, read.value, read.kind, 'import', 'acknowledged'
         from built_in, (values (date '2024-01-01', 10, 'opening'), ('2026-06-01', 120, 'actual')) as read (on_day, value, kind)`,
      [meter, point],
    );
    meters.push(meter);
    points.push(point);
  }
  return { meters, points };
}
