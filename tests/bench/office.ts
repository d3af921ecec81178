import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { bootstrap } from '../../main/db/bootstrap';
import { discardEmbedded, type EmbeddedServer, startEmbedded } from '../../main/db/embedded';
import { ChangedMigration, migrate } from '../../main/db/migrate';
import { createStaffLogin } from '../../main/db/staff-login';
import { loadDemoOffice } from '../../main/demo/office-data';

export const DATABASE = 'ibok';
export const DESKS = 8;
/** Beside the clerks `s_bench1` … `s_bench8`. */
export const SUPERVISOR = 's_bench9';

/** How the data of a folder were made; written when they are whole. */
interface Load {
  customers: number;
  fullHistories: number;
  seconds: number;
  /** Rows by table. */
  rows: Record<string, number>;
}

export interface BenchOffice {
  server: EmbeddedServer;
  folder: string;
  customers: number;
  /** Password of the clerks and of the supervisor. */
  password: string;
  superuser: Client;
  load: Load;
}

/**
 * One site in six has readings of more than two years, the others of a few months: five readings a customer, as the
 * issue asks, and cards with 24 of them. At every size, so that sizes can be compared.
 */
const FULL_HISTORIES = 0.17;

/** Nothing but loading and asking: as much memory as a small server of an office has. Commits are durable. */
const SETTINGS = {
  shared_buffers: '1GB',
  max_connections: '100',
  maintenance_work_mem: '1GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '15min',
};

/** Told what takes long. */
type Say = (line: string) => void;

/**
 * An office of its own with `customers` customers, kept in `var/bench/<customers>` for the next run and migrated to
 * this program's schema then. Data of an interrupted or differently made load are thrown away, and those whose migrations
 * were edited since.
 */
export async function benchOffice(root: string, customers: number, say: Say): Promise<BenchOffice> {
  const folder = join(root, 'var', 'bench', String(customers));
  await mkdir(folder, { recursive: true });
  try {
    return await openOffice(folder, customers, say);
  } catch (error) {
    if (!(error instanceof ChangedMigration)) throw error;
    say(`${error.message}: the kept data are made anew.`);
    await rm(join(folder, 'load.json'));
    return openOffice(folder, customers, say);
  }
}

async function openOffice(folder: string, customers: number, say: Say): Promise<BenchOffice> {
  const kept = await keptLoad(folder, customers);
  if (!kept) await discardEmbedded(folder);
  const server = await startEmbedded({ folder, settings: SETTINGS });
  const superuser = await connectTo(server, 'postgres');
  try {
    await bootstrap(superuser, DATABASE, (database) => connectTo(server, database));
    const client = await connectTo(server, DATABASE);
    const changed = await migrate(client);
    if (kept && changed.length > 0) say(`migrated the kept data: ${changed.join(', ')}`);
    const password = await clerks(client, join(folder, 'clerks.secret'));
    const load = kept ?? (await loadOffice(client, folder, customers, say));
    return { server, folder, customers, password, superuser: client, load };
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await superuser.end().catch(() => undefined);
  }
}

async function keptLoad(folder: string, customers: number): Promise<Load | null> {
  const text = await readFile(join(folder, 'load.json'), 'utf8').catch(() => null);
  const load = text === null ? null : (JSON.parse(text) as Load);
  // What was loaded before there were legalizations has nothing to plan.
  const whole = load?.customers === customers && load.fullHistories === FULL_HISTORIES && 'legalizations' in load.rows;
  return whole ? load : null;
}

async function loadOffice(client: Client, folder: string, customers: number, say: Say): Promise<Load> {
  say(`loading ${customers} customers by COPY, as superuser, with triggers and audit off ...`);
  const start = performance.now();
  const rows = await loadDemoOffice(client, { customers, fullHistories: FULL_HISTORIES });
  await client.query('set statement_timeout = 0');
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const load = { customers, fullHistories: FULL_HISTORIES, seconds, rows };
  await writeFile(join(folder, 'load.json'), `${JSON.stringify(load, null, 2)}\n`);
  return load;
}

async function connectTo(server: EmbeddedServer, database: string): Promise<Client> {
  const client = new Client({ host: server.host, port: server.port, database, ...server.superuser });
  // Ended with the server when the preparation fails; the failure itself is what shall be seen.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function clerks(superuser: Client, file: string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => null);
  const password = known ?? randomBytes(18).toString('base64url');
  if (!known) await writeFile(file, password, { mode: 0o600 });
  for (let desk = 1; desk <= DESKS + 1; desk++) {
    await createStaffLogin(superuser, {
      login: `s_bench${desk}`,
      displayName: `Bench ${desk}`,
      group: desk > DESKS ? 'bok_supervisor' : 'bok_clerk',
      password,
      mustChange: false,
    });
  }
  return password;
}

/** A connection of the first clerk, past the core: for the same work in bare SQL. */
export function asClerk(office: BenchOffice): Promise<Client> {
  return connectAs(office, 's_bench1');
}

/** A connection of somebody who has the bench's password. */
export async function connectAs({ server, password }: BenchOffice, user: string): Promise<Client> {
  const client = new Client({ host: server.host, port: server.port, database: DATABASE, user, password });
  // As above.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
