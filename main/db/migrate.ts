import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { ClientBase } from 'pg';
import { REPEATABLE, type SqlFile, VERSIONED } from './sql-files';

const numberOf = (name: string) => Number(name.slice(0, 4));

/** Number of the newest versioned migration this program was built with. */
export const EXPECTED_SCHEMA = Math.max(0, ...VERSIONED.map(({ name }) => numberOf(name)));

/** How a database stands to this program. `none`: not migrated at all. */
export interface SchemaStatus {
  state: 'none' | 'older' | 'current' | 'newer';
  /** Number of the newest migration applied; 0 for none. */
  applied: number;
  expected: number;
  /** Versioned files still to be applied. */
  pending: string[];
  /** Repeatable files whose text in the database differs from the program's. */
  changed: string[];
}

/** A versioned migration was edited after it had been applied: its effect is not what the file says any more. */
export class ChangedMigration extends Error {}
/** The database was migrated by a newer program. */
export class NewerSchema extends Error {}

// Any number will do, as long as every migrator asks for the same one.
const LOCK = 7_318_001;

const BOOKKEEPING = `
  create table if not exists ibok.schema_versions (
    name text constraint schema_versions_pk primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`;

const digest = ({ sql }: SqlFile) => createHash('sha256').update(sql).digest('hex');

/**
 * Brings a bootstrapped database to this program's schema; does nothing when it is there already. Migrators that
 * start at the same time wait for each other.
 *
 * @param client signed in as `ibok_migrator` or a superuser; no open transaction. Its role and settings are put back.
 * @returns the names of the files applied.
 * @throws NewerSchema, ChangedMigration; what PostgreSQL says of a file that fails, of which then nothing stays.
 */
export async function migrate(client: ClientBase): Promise<string[]> {
  await client.query('set lock_timeout = 0; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query(`set role ibok_owner; set lock_timeout = '3s'`);
    await client.query(BOOKKEEPING);
    const applied = await appliedFiles(client);
    refuseForeign(applied);
    const versioned = await applyVersioned(client);
    return [...versioned, ...(await applyRepeatable(client, applied, versioned.length > 0))];
  } finally {
    await client.query('reset role');
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
    await client.query('reset lock_timeout; reset statement_timeout; reset idle_in_transaction_session_timeout');
  }
}

/**
 * Compares a database with this program, without changing anything.
 * @param client any login that may read `ibok.schema_versions`: staff, worker, migrator.
 */
export async function schemaStatus(client: ClientBase): Promise<SchemaStatus> {
  const there = await client.query(`select to_regclass('ibok.schema_versions') is not null as there`);
  const applied = there.rows[0]?.there ? await appliedFiles(client) : new Map<string, string>();
  const newest = Math.max(0, ...[...applied.keys()].filter(isVersioned).map(numberOf));
  const states = { '-1': 'older', '0': 'current', '1': 'newer' } as const;
  return {
    state: newest === 0 ? 'none' : states[`${Math.sign(newest - EXPECTED_SCHEMA) as -1 | 0 | 1}`],
    applied: newest,
    expected: EXPECTED_SCHEMA,
    pending: VERSIONED.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    changed: REPEATABLE.filter((file) => applied.get(file.name) !== digest(file)).map(({ name }) => name),
  };
}

const isVersioned = (name: string) => /^\d{4}-/.test(name);

async function appliedFiles(client: ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from ibok.schema_versions',
  );
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseForeign(applied: Map<string, string>): void {
  const known = new Map(VERSIONED.map((file) => [file.name, digest(file)]));
  for (const [name, sha256] of applied) {
    if (!isVersioned(name)) continue;
    if (!known.has(name)) throw new NewerSchema(`the database has ${name}, which this program does not know`);
    if (known.get(name) !== sha256) throw new ChangedMigration(`${name} was edited after it had been applied`);
  }
}

async function applyVersioned(client: ClientBase): Promise<string[]> {
  const applied = await appliedFiles(client);
  if (VERSIONED.every(({ name }) => applied.has(name))) return [];
  // A fifth of a start's time goes into loading it, and hardly any start migrates.
  const { Umzug } = createRequire(import.meta.url)('umzug') as typeof import('umzug');
  const umzug = new Umzug({
    logger: undefined,
    context: client,
    migrations: VERSIONED.map((file) => ({
      name: file.name,
      up: () => inTransaction(client, () => applyFile(client, file)),
    })),
    storage: {
      // A file and its entry are written in one transaction, above.
      logMigration: () => Promise.resolve(),
      unlogMigration: () => Promise.reject(new Error('migrations only go forward')),
      executed: async () => [...(await appliedFiles(client)).keys()].filter(isVersioned),
    },
  });
  return (await umzug.up()).map(({ name }) => name);
}

/** All or none: the first of them clears grants and policies, so that one dropped from a file is gone. */
async function applyRepeatable(client: ClientBase, applied: Map<string, string>, force: boolean): Promise<string[]> {
  const wanted = new Set(REPEATABLE.map(({ name }) => name));
  const gone = [...applied.keys()].filter((name) => !isVersioned(name) && !wanted.has(name));
  const changed = REPEATABLE.some((file) => applied.get(file.name) !== digest(file));
  if (!force && !changed && gone.length === 0) return [];
  await inTransaction(client, async () => {
    for (const file of REPEATABLE) await applyFile(client, file);
    await client.query('delete from ibok.schema_versions where name = any ($1)', [gone]);
  });
  return [...wanted];
}

async function applyFile(client: ClientBase, file: SqlFile): Promise<void> {
  try {
    await client.query(file.sql);
  } catch (error) {
    if (error instanceof Error) error.message = `${file.name}: ${error.message}`;
    throw error;
  }
  await client.query(
    `insert into ibok.schema_versions (name, sha256) values ($1, $2)
     on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`,
    [file.name, digest(file)],
  );
}

async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
