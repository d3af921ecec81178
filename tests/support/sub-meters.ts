import type { Client } from 'pg';

/** A sub-meter of a point; days are ISO. */
export interface PlantedMeter {
  id: string;
  point: string;
}

interface SubMeter {
  premise: { city?: string; street: string; houseNo: string; route?: string };
  /** Who is supplied there; null is nobody. */
  customer: string | null;
  /** Month its mark ends with, `12/2026`; null leaves it without. */
  mark?: string | null;
  role?: 'main' | 'sub' | 'deduction';
  place?: string;
  factoryNo?: string;
}

/** Plants a meter built in at a point of its own. */
export async function plantMeter(
  owner: Client,
  { premise, customer, mark = '12/2026', role = 'sub', place, factoryNo }: SubMeter,
): Promise<PlantedMeter> {
  const one = async (sql: string, bind: unknown[]): Promise<string> => (await owner.query(sql, bind)).rows[0].id;
  const premiseId = await one(
    `insert into ibok.premises (city, street, house_no, postal_code, route) values ($1, $2, $3, '83-300', $4)
     on conflict on constraint premises_address do update set route = excluded.route returning id`,
    [premise.city ?? 'Kartuzy', premise.street, premise.houseNo, premise.route ?? null],
  );
  const point = await one(
    `insert into ibok.supply_points (code, premise_id)
     select 'PM-' || count(*) + 1000, $1 from ibok.supply_points returning id`,
    [premiseId],
  );
  if (customer) {
    await owner.query(
      `insert into ibok.supplies (supply_point_id, customer_id, valid_from) values ($1, $2, '2020-01-01')`,
      [point, customer],
    );
  }
  const type = await one(
    `insert into ibok.meter_types (maker, model, dn, q3) values ('Próbny', 'JS', 15, 2.5)
     on conflict on constraint meter_types_key do update set digits = 5 returning id`,
    [],
  );
  const id = await one(
    `insert into ibok.meters (factory_no, type_id, owner_kind, status)
     select coalesce($2, 'F-' || count(*) + 1), $1, 'customer', 'installed' from ibok.meters returning id`,
    [type, factoryNo ?? null],
  );
  const main =
    role === 'main'
      ? null
      : await one(
          `with made as (
             insert into ibok.meters (factory_no, type_id, owner_kind, status)
             select 'G-' || count(*) + 1, $1, 'utility', 'installed' from ibok.meters returning id)
           insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value)
           select id, $2, '2024-01-01', 0 from made returning id`,
          [type, point],
        );
  await owner.query(
    `insert into ibok.meter_installations (meter_id, supply_point_id, role, parent_id, installed_on, opening_value, place)
     values ($1, $2, $3, $4, '2024-02-01', 0, $5)`,
    [id, point, role, main, place ?? null],
  );
  if (mark) {
    await owner.query(
      `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on) values ($1, 'until_month', $2, '2024-02-01')`,
      [id, mark],
    );
  }
  return { id, point };
}
