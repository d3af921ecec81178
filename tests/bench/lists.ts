import type { Client as Api } from '../support/desk';
import { type Figure, inTurns, measure } from './measure';
import { asClerk, type BenchOffice, DESKS } from './office';

const CALLS = 200;
const GOAL = { p50: 1.5, p95: 4 };
const PAGE = 50;
/** Sort keys of the customer list that have an index each. */
const KEYS = ['name', 'customerNo', 'address', 'points'] as const;

/** Pages of the customer list, first and deep, at one desk and at eight. */
export async function lists(office: BenchOffice, apis: readonly Api[]): Promise<Figure[]> {
  const page = (desk: number, key: string, cursor: string | null = null) =>
    (apis[desk % apis.length] as Api).customers.list.query({
      question: { filters: {}, sort: { key, descending: false } },
      cursor,
      limit: PAGE,
    });
  const bare = await asClerk(office);
  // The columns and the order of the first page as the core asks for them.
  const sql = `select customer_id, customer_no, kind, display_name, address, city, postal_code, point_count, deceased, sort_name,
      customer_since, preferred_contact, office_note, vip
     from ibok.customer_search order by sort_name asc, customer_id asc limit $1`;
  const figures = await inTurns(CALLS, [
    { what: 'list by name: first page of 50', call: () => page(0, 'name'), goal: GOAL },
    { what: 'bare SQL: first page by name', call: () => bare.query(sql, [PAGE + 1]) },
  ]);
  await bare.end();
  for (const key of KEYS) {
    if (key !== 'name') {
      figures.push(await measure(`list by ${key}: first page of 50`, 1, CALLS, () => page(0, key), GOAL));
    }
    const deep = await deepCursor(office, apis[0] as Api, key);
    figures.push(await measure(`list by ${key}: deep page`, 1, CALLS, () => page(0, key, deep), GOAL));
  }
  figures.push(await measure('list by name: first page', DESKS, CALLS, (desk) => page(desk, 'name'), { p95: 20 }));
  return figures;
}

/** Where a sort key stands in `ibok.customer_search`. */
const COLUMN = {
  name: 'sort_name',
  customerNo: 'customer_no',
  address: 'sort_address',
  points: 'point_count',
} as const;

/**
 * A cursor nine tenths down the list. The server's own cursor of the first page, with the values of the row there: how
 * the server writes them is its affair.
 */
async function deepCursor(
  { superuser, customers }: BenchOffice,
  api: Api,
  key: (typeof KEYS)[number],
): Promise<string> {
  const { nextCursor } = await api.customers.list.query({
    question: { filters: {}, sort: { key, descending: false } },
    limit: 1,
  });
  const shape = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString('utf8')) as unknown[];
  const collate = key === 'customerNo' ? ' collate "C"' : '';
  const { rows } = await superuser.query<{ value: string | number; id: string }>(
    `select ${COLUMN[key]} as value, customer_id::text as id from ibok.customer_search
      order by ${COLUMN[key]}${collate}, customer_id offset $1 limit 1`,
    [Math.floor(customers * 0.9)],
  );
  const moved = [...shape.slice(0, -2), rows[0]?.value, rows[0]?.id];
  return Buffer.from(JSON.stringify(moved)).toString('base64url');
}
