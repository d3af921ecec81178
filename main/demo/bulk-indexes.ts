import { type ClientBase, escapeIdentifier } from 'pg';

/**
 * Takes the indexes that no foreign key needs from tables that are about to be filled, with the constraints that stand
 * on them, as PostgreSQL's manual advises (section 14.4.3): one sort at the end costs a fraction of a search for each
 * row, most of all where periods must not overlap. Primary keys stay; rows come in their order.
 *
 * @param client the owner's or a superuser's, in a transaction; nobody else sees the tables without their indexes.
 * @param tables of schema `ibok`.
 * @returns puts constraints and indexes back exactly as they were; rows that break one are refused then.
 */
export async function withoutIndexes(client: ClientBase, tables: readonly string[]): Promise<() => Promise<void>> {
  const { rows: constraints } = await client.query<{ table: string; name: string; definition: string }>(
    `select t.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
       from pg_constraint k join pg_class t on t.oid = k.conrelid
      where t.relnamespace = 'ibok'::regnamespace and t.relname = any ($1) and k.contype in ('u', 'x')
        and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = k.conindid)`,
    [tables],
  );
  for (const { table, name } of constraints) {
    await client.query(`alter table ibok.${escapeIdentifier(table)} drop constraint ${escapeIdentifier(name)}`);
  }
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'ibok'::regnamespace and t.relname = any ($1)
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of indexes) await client.query(`drop index ibok.${escapeIdentifier(name)}`);
  return async () => {
    for (const { definition } of indexes) await client.query(definition);
    for (const { table, name, definition } of constraints) {
      await client.query(
        `alter table ibok.${escapeIdentifier(table)} add constraint ${escapeIdentifier(name)} ${definition}`,
      );
    }
  };
}
