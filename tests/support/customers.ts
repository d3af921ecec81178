import type { ClientBase } from 'pg';

/** A synthetic bank account number: 24 digits of our choice and the two that make it valid. */
export function bankAccount(digits: string): string {
  const body = digits.padStart(24, '0');
  const check = 98n - (BigInt(`${body}252100`) % 97n);
  return `${check.toString().padStart(2, '0')}${body}`;
}

let serial = 0;

/** A customer with whatever columns the test cares about; returns the id. */
export async function insertCustomer(client: ClientBase, columns: Record<string, unknown> = {}): Promise<string> {
  serial += 1;
  const row = { customer_no: `T${String(serial).padStart(6, '0')}`, kind: 'person', last_name: 'Testowa', ...columns };
  const names = Object.keys(row);
  const { rows } = await client.query<{ id: string }>(
    `insert into ibok.customers (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`,
    Object.values(row),
  );
  return firstId(rows);
}

/** Where somebody is supplied, from when until when. */
export interface SupplyAt {
  city: string;
  street?: string;
  houseNo: string;
  flatNo?: string;
  from?: string;
  to?: string;
}

/** A premise with one point at which the customer is supplied; returns the ids. */
export async function insertSupply(client: ClientBase, customer: string, at: SupplyAt) {
  const premise = await client.query<{ id: string }>(
    `insert into ibok.premises (city, street, house_no, flat_no, postal_code) values ($1, $2, $3, $4, '83-300') returning id`,
    [at.city, at.street ?? null, at.houseNo, at.flatNo ?? null],
  );
  serial += 1;
  const point = await client.query<{ id: string }>(
    'insert into ibok.supply_points (code, premise_id) values ($1, $2) returning id',
    [`P${serial}`, firstId(premise.rows)],
  );
  const supply = await client.query<{ id: string }>(
    'insert into ibok.supplies (supply_point_id, customer_id, valid_from, valid_to) values ($1, $2, $3, $4) returning id',
    [firstId(point.rows), customer, at.from ?? '2020-01-01', at.to ?? null],
  );
  return { premise: firstId(premise.rows), point: firstId(point.rows), supply: firstId(supply.rows) };
}

/** The id of the row that was just inserted. */
export function firstId(rows: { id: string }[]): string {
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('nothing was inserted');
  return id;
}
