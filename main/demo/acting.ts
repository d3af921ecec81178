import type { Client } from 'pg';

/** Runs a statement as somebody of the demo office or a machine would; answers its rows. */
export async function actAs<Row extends object>(
  client: Client,
  login: string,
  sql: string,
  values: unknown[],
): Promise<Row[]> {
  await client.query(`set session authorization ${client.escapeIdentifier(login)}`);
  const { rows } = await client.query<Row>(sql, values);
  await client.query('reset session authorization');
  return rows;
}

/** Whether the demo office's people are there; the bench's office has others. */
export async function hasDemoStaff(client: Client): Promise<boolean> {
  const { rowCount } = await client.query(`select from pg_roles where rolname in ('s_anna', 's_barbara', 's_tomasz')`);
  return rowCount === 3;
}
