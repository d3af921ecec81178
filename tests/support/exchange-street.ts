import type { Client } from 'pg';

/** A supply point with its main meter, which was read some times, and where it stands in the registry. */
export interface PlantedPlace {
  point: string;
  premise: string;
  customer: string;
  meter: string;
  installation: string;
}

/** A street of synthetic customers whose meters wait to be exchanged, and a shelf of meters to put in. */
export interface ExchangeStreet {
  places: PlantedPlace[];
  /** Meters in stock with a valid legalization. */
  shelf: string[];
  /** Another meter in stock, five black digits; legal until 30 November 2028 unless another mark is named. */
  stock(mark?: string | null): Promise<string>;
  /** Another point with a main meter, opened on 1 March 2024 with 100 m³ and read on 1 June 2026 with 350 m³. */
  place(): Promise<PlantedPlace>;
  /** A sub-meter behind an installation, at the same point. */
  sub(place: PlantedPlace, deductsFrom?: string | null): Promise<{ meter: string; installation: string }>;
  /** A reading as billing or a colleague left it. */
  read(installation: string, day: string, value: number, more?: { kind?: string; state?: string }): Promise<string>;
}

/** Plants `points` places and `shelf` meters in stock. Only the superuser may. */
export async function plantExchangeStreet(root: Client, points = 1, shelf = 1): Promise<ExchangeStreet> {
  const id = async (sql: string, values: unknown[] = []) => String((await root.query(sql, values)).rows[0].id);
  let planted = Number(
    (await root.query('select (select count(*) from ibok.supply_points) + (select count(*) from ibok.meters) as n'))
      .rows[0].n,
  );
  const type = await id(
    `insert into ibok.meter_types (maker, model, dn, q3, r, digits) values ('Apator', 'Smart C+', 20, 4, 160, 5)
     on conflict (maker, model, dn, q3) do update set digits = 5 returning id`,
  );
  const meter = (status: string) => {
    planted += 1;
    return id(
      `insert into ibok.meters (factory_no, type_id, owner_kind, status, accepted_on) values ($1, $2, 'utility', $3, '2024-01-15')
       returning id`,
      [`AP24-${String(planted).padStart(6, '0')}`, type, status],
    );
  };
  const legalize = (meterId: string, mark: string, readOn: string) =>
    root.query(
      `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on) values ($1, 'm_year', $2, $3)`,
      [meterId, mark, readOn],
    );
  const street: Pick<ExchangeStreet, 'stock' | 'place' | 'sub' | 'read'> = {
    stock: async (mark = 'M23') => {
      const made = await meter('in_stock');
      if (mark) await legalize(made, mark, '2024-01-15');
      return made;
    },
    place: async () => {
      planted += 1;
      const no = String(planted).padStart(6, '0');
      const customer = await id(
        `insert into ibok.customers (customer_no, kind, last_name, first_name) values ($1, 'person', 'Próbny', 'Jan') returning id`,
        [`9${no}`],
      );
      const premise = await id(
        `insert into ibok.premises (city, street, house_no, postal_code, route) values ('Kartuzy', 'Wymienna', $1, '83-300', 'T-1')
         returning id`,
        [no],
      );
      const point = await id('insert into ibok.supply_points (code, premise_id) values ($1, $2) returning id', [
        `W-${no}`,
        premise,
      ]);
      await root.query(
        `insert into ibok.supplies (supply_point_id, customer_id, valid_from) values ($1, $2, '2020-01-01')`,
        [point, customer],
      );
      const hung = await meter('installed');
      await legalize(hung, 'M21', '2024-01-15');
      const installation = await id(
        `insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value, place)
         values ($1, $2, '2024-03-01', 100, 'piwnica') returning id`,
        [hung, point],
      );
      await street.read(installation, '2024-03-01', 100, { kind: 'opening' });
      await street.read(installation, '2026-06-01', 350);
      return { point, premise, customer, meter: hung, installation };
    },
    sub: async ({ point, installation }, deductsFrom = null) => {
      const hung = await meter('installed');
      await legalize(hung, 'M23', '2024-01-15');
      return {
        meter: hung,
        installation: await id(
          `insert into ibok.meter_installations (meter_id, supply_point_id, role, parent_id, installed_on, opening_value, deducts_from)
           values ($1, $2, 'sub', $3, '2024-05-01', 0, $4) returning id`,
          [hung, point, installation, deductsFrom],
        ),
      };
    },
    read: (installation, day, value, { kind = 'actual', state = 'acknowledged' } = {}) =>
      id(
        `insert into ibok.readings (installation_id, read_on, value, kind, source, state) values ($1, $2, $3, $4, 'staff', $5)
         returning id`,
        [installation, day, value, kind, state],
      ),
  };
  const places: PlantedPlace[] = [];
  for (let made = 0; made < points; made += 1) places.push(await street.place());
  const stocked: string[] = [];
  for (let made = 0; made < shelf; made += 1) stocked.push(await street.stock());
  return { places, shelf: stocked, ...street };
}
