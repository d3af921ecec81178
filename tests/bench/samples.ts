import type { Client } from 'pg';

/** What a clerk might type, drawn from the data, by kind of input. */
export type Samples = Record<string, string[]>;

const EACH = 40;

/** Inputs of fifteen kinds for the search box. Deterministic for one load: taken at even distances. */
export async function drawSamples(superuser: Client): Promise<Samples> {
  const column = async (sql: string): Promise<string[]> =>
    (await superuser.query<{ v: string }>(sql)).rows.map(({ v }) => v);
  const spread = (select: string, from: string, where = 'true') =>
    column(`select ${select} as v from (select *, row_number() over (order by 1) as n, count(*) over () as all_rows
      from (${from}) as source where ${where}) as numbered
      where n % greatest(all_rows / ${EACH}, 1) = 0 limit ${EACH}`);
  const people = `select customer_id, split_part(display_name, ' ', 1) as surname, split_part(display_name, ' ', 2) as first_name,
    city, address, customer_no from ibok.customer_search where kind = 'person' and city <> '' order by customer_id limit 200000`;
  const companies = `select display_name from ibok.customer_search where kind = 'company' order by customer_id limit 50000`;
  const meters = `select id, factory_no, radio_id from ibok.meters order by id limit 200000`;
  return {
    'two letters': await spread('left(surname, 2)', people),
    'three letters': await spread('left(surname, 3)', people),
    surname: await spread('surname', people),
    'surname without diacritics': await spread('ibok.fold(surname)', people),
    'surname + first name': await spread(`surname || ' ' || first_name`, people),
    'first name + surname': await spread(`first_name || ' ' || surname`, people),
    'surname + town': await spread(`surname || ' ' || left(city, 4)`, people),
    'company word': await spread(
      `split_part(display_name, ' ', 2)`,
      companies,
      `split_part(display_name, ' ', 2) <> ''`,
    ),
    'street + number': await spread(`split_part(address, ',', 1)`, people),
    'full address': await spread('address', people),
    town: await spread('city', people),
    'customer number': await spread('customer_no', people),
    'start of customer number': await spread('left(customer_no, 4)', people),
    'factory number fragment': await spread(`right(regexp_replace(factory_no, '[^0-9A-Za-z]', '', 'g'), 6)`, meters),
    'meter id': await spread('id::text', meters),
  };
}
