import { type ClientBase, escapeIdentifier } from 'pg';
import { BOOTSTRAP } from './sql-files';

/** A client of the same superuser in another database, already connected; `bootstrap` ends it. */
export type ConnectTo = (database: string) => Promise<ClientBase & { end(): Promise<void> }>;

/** Files that belong to the cluster, not to one database. */
const CLUSTER = ['bootstrap/01-roles.sql'];

/**
 * Makes roles, database, schemas and extensions, or puts right what drifted; safe to run again after an upgrade or a
 * restore. It sets no password: machine roles cannot sign in until the operator gives them one.
 *
 * @param superuser connected to any database of the cluster, with no open transaction.
 * @param database name of the office's database; made if missing (UTF-8, C.UTF-8).
 */
export async function bootstrap(superuser: ClientBase, database: string, connectTo: ConnectTo): Promise<void> {
  await run(superuser, (name) => CLUSTER.includes(name));
  const found = await superuser.query('select from pg_database where datname = $1', [database]);
  if (found.rowCount === 0) await createDatabase(superuser, database);
  const inside = await connectTo(database);
  try {
    await bootstrapDatabase(inside);
  } finally {
    await inside.end();
  }
}

/**
 * The part inside one database: who may connect, settings, schemas, extensions, keeper. Needed again for a copy made
 * with `CREATE DATABASE … TEMPLATE`, which takes neither grants nor settings of the database along.
 */
export async function bootstrapDatabase(superuser: ClientBase): Promise<void> {
  await run(superuser, (name) => !CLUSTER.includes(name));
}

async function run(client: ClientBase, wanted: (name: string) => boolean): Promise<void> {
  for (const { name, sql } of BOOTSTRAP) {
    if (!wanted(name)) continue;
    await client.query('begin');
    try {
      await client.query(sql);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      if (error instanceof Error) error.message = `${name}: ${error.message}`;
      throw error;
    }
  }
}

/** The provider built into PostgreSQL 17 and later does not change with the operating system's libraries. */
async function createDatabase(superuser: ClientBase, database: string): Promise<void> {
  const { rows } = await superuser.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const locale =
    (rows[0]?.version ?? 0) >= 170_000
      ? `locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`
      : `locale_provider icu icu_locale 'und' locale 'C'`;
  await superuser.query(`create database ${escapeIdentifier(database)} template template0 encoding 'UTF8' ${locale}`);
}
