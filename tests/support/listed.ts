import type { Client } from 'pg';
import { withoutIndexes } from '../../main/demo/bulk-indexes';

/** What the lists are asked over: Polish letters, blanks, formulas, missing values, one to three points. */
const WORDS = {
  last: ['Żuk', 'Łoś', 'Kowalska', 'Nowak-Źrebiec', 'Ćwikła', 'Śliwa', 'Öhman', 'zawada', 'Ósmy', 'Kowal'],
  first: ['Zofia', 'Łukasz', 'Anna Maria', 'Świętosława', ''],
  company: ['Wspólnota „Pod Lipami”', 'Spółdzielnia Żuraw', '@Media 3+', 'Zakład 4/7'],
  street: ['Gdańska', 'Mściwoja II', 'św. Józefa', '3 Maja', null],
  city: ['Kartuzy', 'Żukowo', 'Łapalice', 'Sitno'],
  note: ['Prosi o telefon po 16', '=1+1', '  -pies', 'łąka; "cudzysłów"', '＝SUM(A1)', '100 % 5_0'],
};

/**
 * Plants `count` customers without their triggers (no trail, search made at the end), numbered from `L000001`.
 * Every value follows from the number, so a test may be run again.
 */
export async function plantListed(superuser: Client, count: number): Promise<void> {
  await superuser.query('begin; set local statement_timeout = 0');
  const tables = ['customers', 'premises', 'supply_points', 'supplies'];
  for (const table of tables) await superuser.query(`alter table ibok.${table} disable trigger user`);
  const pick = (name: string, modulo: string) => `($1::jsonb -> '${name}' ->> (${modulo}))`;
  await superuser.query(
    `insert into ibok.customers (customer_no, kind, first_name, last_name, company_name, deceased_on, vip,
        preferred_contact, office_note)
     select 'L' || lpad(i::text, 6, '0'), case when i % 7 = 0 then 'company' else 'person' end,
            case when i % 7 = 0 then '' else ${pick('first', 'i % 5')} end,
            case when i % 7 = 0 then '' else ${pick('last', 'i * 3 % 10')} end,
            case when i % 7 = 0 then ${pick('company', 'i % 4')} else '' end,
            case when i % 11 = 0 then date '2025-01-01' + i % 300 end, i % 13 = 0,
            (array['phone', 'email', 'letter', 'visit', null, null])[1 + i % 6],
            case when i % 5 = 0 then ${pick('note', 'i / 5 % 6')} when i % 17 = 0 then '' end
       from generate_series(1, $2::int) as i`,
    [JSON.stringify(WORDS), count],
  );
  await superuser.query(
    `insert into ibok.premises (city, street, house_no, flat_no, postal_code)
     select ${pick('city', 'i % 4')}, ${pick('street', 'i % 5')}, i::text, case when i % 3 = 0 then '7' end,
            '83-' || (300 + i % 4)
       from generate_series(1, $2::int) as i`,
    [JSON.stringify(WORDS), count],
  );
  await superuser.query(
    `insert into ibok.supply_points (code, premise_id) select 'LP-' || house_no, id from ibok.premises`,
  );
  // Every ninth customer has no supply; some have two or three, some only one that has ended.
  await superuser.query(
    `insert into ibok.supplies (supply_point_id, customer_id, valid_from, valid_to)
     select p.id, c.id, date '2015-03-01' + (n * 37 % 3000)::int, case when n % 19 = 0 then date '2024-01-01' end
       from (select id, substr(code, 4)::int as n from ibok.supply_points where code like 'LP-%') as p
       join ibok.customers as c on c.customer_no = 'L' || lpad(greatest(1, n - n % 4 * (n % 5 % 2))::text, 6, '0')
      where n % 9 <> 0`,
  );
  for (const table of tables) await superuser.query(`alter table ibok.${table} enable trigger user`);
  // Without statistics the plan below is one for a handful of rows.
  await superuser.query('analyze ibok.customers, ibok.premises, ibok.supply_points, ibok.supplies');
  const putBack = await withoutIndexes(superuser, ['customer_search', 'customer_surnames']);
  await superuser.query('select ibok.rebuild_customer_search()');
  await putBack();
  await superuser.query('commit');
  await superuser.query('analyze ibok.customer_search');
}

/** One row of the customer list as its table holds it, by the list's column keys. */
export interface ListedRow {
  id: string;
  customerNo: string;
  name: string;
  kind: string;
  address: string;
  city: string;
  postalCode: string;
  points: number;
  customerSince: string | null;
  preferredContact: string | null;
  officeNote: string | null;
  vip: boolean;
  deceased: boolean;
  sortName: number;
  sortAddress: number;
}

/** All rows, with the place PostgreSQL's Polish collation gives name and address. */
export async function allListed(superuser: Client): Promise<ListedRow[]> {
  const { rows } = await superuser.query<ListedRow>(
    `select customer_id::text as id, customer_no as "customerNo", display_name as name, kind, address, city,
        postal_code as "postalCode", point_count as points, customer_since::text as "customerSince",
        preferred_contact as "preferredContact", office_note as "officeNote", vip, deceased,
        dense_rank() over (order by sort_name)::int as "sortName", dense_rank() over (order by sort_address)::int as "sortAddress"
       from ibok.customer_search`,
  );
  return rows;
}
