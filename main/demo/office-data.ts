import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { loadAccounts } from './accounts';
import { hasDemoStaff } from './acting';
import { loadApplications } from './applications';
import { withoutIndexes } from './bulk-indexes';
import { CopyRounds } from './copy-rounds';
import { COPY_TABLES, METER_TYPE_COLUMNS, meterTypeLines } from './copy-tables';
import { loadDeletions } from './deletions';
import { loadLetterRun } from './letter-run';
import { loadMeterCases } from './meter-cases';
import { loadMeterOrders } from './meter-orders';
import { fillMeterRegistry } from './meter-registry';

export interface DemoOfficeOptions {
  customers: number;
  /** `YYYY-MM-DD`; default: today in Poland. */
  today?: string;
  seed?: number;
  /** As in the generator: below 1 for a large office of moderate weight. */
  fullHistories?: number;
}

/** Rows stored by table; empty when the office had customers already. */
export type LoadedRows = Readonly<Record<string, number>>;

/** Characters sent at once, and parts of the office made while PostgreSQL works on them. */
const CHUNK = 65_536;
const PARTS_A_CHUNK = 20;
const COPIED = COPY_TABLES.map(({ table }) => table);

/**
 * Fills an empty office with synthetic data, in one transaction; does nothing in an office that has customers. Dated
 * rules and days off are those every office begins with.
 *
 * Ordinary triggers are off meanwhile (session_replication_role): one event a table says in the trail what was loaded,
 * and search rows and indexes are made last. So this is the work of a superuser, and no product path.
 *
 * @param client a superuser's, with no open transaction.
 * @throws what PostgreSQL says; then nothing stays.
 */
export async function loadDemoOffice(client: Client, options: DemoOfficeOptions): Promise<LoadedRows> {
  await client.query('begin');
  try {
    const found = await client.query('select from ibok.customers limit 1');
    const loaded = found.rowCount === 0 ? await load(client, options) : {};
    await client.query('commit');
    const analysed = new Set(COPIED);
    for (const table of Object.keys(loaded)) if (!analysed.has(table)) await client.query(`analyze ibok.${table}`);
    return loaded;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function load(client: Client, options: DemoOfficeOptions): Promise<LoadedRows> {
  const today = options.today ?? todayInPoland();
  // Small samples do: autovacuum takes larger ones within a minute.
  await client.query(
    `set local session_replication_role = replica; set local timezone = 'Europe/Warsaw'; set local statement_timeout = 0;
     set local default_statistics_target = 20`,
  );
  const putIndexesBack = await withoutIndexes(client, COPIED);
  // The one trigger that has to run: premises carry their own search text.
  await client.query('alter table ibok.premises enable always trigger premises_search_text');
  const loaded: Record<string, number> = {
    meter_types: await copy(client, 'meter_types', METER_TYPE_COLUMNS, meterTypeLines()),
  };
  const rounds = new CopyRounds({ ...options, today });
  for (let round = rounds.take(); round; round = rounds.take()) {
    for (const [place, { table, columns }] of COPY_TABLES.entries()) {
      const rows = await copy(client, table, columns, round[place] ?? '', () => rounds.work(PARTS_A_CHUNK));
      loaded[table] = (loaded[table] ?? 0) + rows;
    }
  }
  await client.query('alter table ibok.premises enable trigger premises_search_text');
  await putIndexesBack();
  for (const table of COPIED) await client.query(`analyze ibok.${table}`);
  const putSearchBack = await withoutIndexes(client, ['customer_search', 'customer_surnames']);
  await client.query('select ibok.refill_customer_search()');
  await putSearchBack();
  await fillMeterRegistry(client);
  Object.assign(loaded, await loadAccounts(client, today));
  await client.query(`set local session_replication_role = origin`);
  for (const [table, rows] of Object.entries(loaded)) {
    await setSequence(client, table);
    await client.query(`select audit.write($1, '*', 'bulk', 'system', $2)`, [
      table,
      { rows: [null, rows], source: [null, 'demo'] },
    ]);
  }
  // Under all triggers, with keys of their own: only now that the sequences stand behind the rows.
  await loadApplications(client);
  if (await hasDemoStaff(client)) {
    await loadDeletions(client);
    await loadMeterOrders(client);
    await loadMeterCases(client);
    await loadLetterRun(client);
  }
  for (const [table, rows] of await recorded(client)) loaded[table] = (loaded[table] ?? 0) + rows;
  return { ...loaded, customer_search: loaded.customers ?? 0 };
}

/** Rows made under triggers: the trail has an event for each of them. */
async function recorded(client: Client): Promise<[table: string, rows: number][]> {
  const { rows } = await client.query<{ table: string; rows: number }>(
    `select table_name as table, count(*)::int as rows from audit.events
      where op = 'insert' and id > (select max(id) from audit.events where op = 'bulk') group by 1`,
  );
  return rows.map((row) => [row.table, row.rows]);
}

async function copy(
  client: Client,
  table: string,
  columns: readonly string[],
  text: string,
  meanwhile?: () => void,
): Promise<number> {
  const target = client.query(copyFrom(`copy ibok.${table} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(chunks(text, meanwhile)), target);
  return target.rowCount;
}

function* chunks(text: string, meanwhile?: () => void): Generator<string> {
  for (let start = 0; start < text.length; start += CHUNK) {
    yield text.slice(start, start + CHUNK);
    meanwhile?.();
  }
}

/** Desk's own meters start far above those loaded; files have the hash of their bytes. */
const OWN_KEYS = ['meters', 'blobs'];

/** Rows came with their keys; the next row of the table takes the key after them. */
async function setSequence(client: Client, table: string): Promise<void> {
  if (OWN_KEYS.includes(table)) return;
  await client.query(
    `select setval(pg_get_serial_sequence('ibok.${table}', 'id'), greatest(max(id), 1), max(id) is not null) from ibok.${table}`,
  );
}

function todayInPoland(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());
}
