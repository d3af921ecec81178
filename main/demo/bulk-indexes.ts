import { type ClientBase, escapeIdentifier } from 'pg';

/**
 * Takes the indexes that no constraint stands on from tables that are about to be filled, as PostgreSQL's manual
 * advises (section 14.4.3): one sort at the end costs a fraction of a search for each row.
 *
 * @param client the owner's or a superuser's, in a transaction; nobody else sees the tables without their indexes.
 * @param tables of schema `ibok`.
 * @returns puts the indexes back exactly as they were.
 */
export async function withoutIndexes(client: ClientBase, tables: readonly string[]): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'ibok'::regnamespace and t.relname = any ($1)
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ibok.${escapeIdentifier(name)}`);
  return async () => {
    for (const { definition } of rows) await client.query(definition);
  };
}
