import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { bootstrap, bootstrapDatabase } from '../../main/db/bootstrap';
import { discardEmbedded, startEmbedded } from '../../main/db/embedded';
import { migrate } from '../../main/db/migrate';
import { scramVerifier } from '../../main/db/scram';
import { createStaffLogin } from '../../main/db/staff-login';
import type { StaffGroup } from '../../shared/permissions';
import { startForeign } from './foreign-postgres';

/** Password of every login of a test cluster, machine roles too. Nothing outside this machine can reach it. */
export const TEST_PASSWORD = 'demo-haslo-2026';

/** One person per group, and two supervisors for whatever takes two. */
export const TEST_STAFF: Readonly<Record<string, { displayName: string; group: StaffGroup }>> = {
  s_anna: { displayName: 'Anna Klerk', group: 'bok_clerk' },
  s_barbara: { displayName: 'Barbara Starsza', group: 'bok_supervisor' },
  s_celina: { displayName: 'Celina Starsza', group: 'bok_supervisor' },
  s_tomasz: { displayName: 'Tomasz Technik', group: 'bok_technician' },
  s_admin: { displayName: 'Adam Administrator', group: 'bok_admin' },
  s_iod: { displayName: 'Irena Inspektor', group: 'bok_dpo' },
};

const TEMPLATE = 'ibok_template';
/** How the test processes learn of the server that vitest's main process started. */
const VARIABLE = 'IBOK_TEST_POSTGRES';
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** A server of test databases, and its superuser's password. */
export interface Server {
  host: string;
  port: number;
  password: string;
}

let stopOwn: (() => Promise<void>) | undefined;

/**
 * Starts one server for this run, with all roles and a migrated template database in it; does nothing when another
 * project of the run has started it. `TEST_PG_BIN` names the binaries of another PostgreSQL (e.g. Debian's 15).
 */
export async function startServer(): Promise<void> {
  if (process.env[VARIABLE]) return;
  const folder = await mkdtemp(join(tmpdir(), 'ibok-test-pg-'));
  const bin = process.env.TEST_PG_BIN;
  const server = bin
    ? await startForeign({ bin, folder, settings: SETTINGS })
    : await startEmbedded({ folder, settings: SETTINGS });
  stopOwn = async () => {
    await server.stop();
    if (!bin) await discardEmbedded(folder);
    await rm(folder, { recursive: true, force: true });
  };
  const address = { host: server.host, port: server.port, password: server.superuser.password };
  try {
    await buildTemplate(address);
  } catch (error) {
    await stopOwn();
    throw error;
  }
  process.env[VARIABLE] = JSON.stringify(address);
}

/** Ends the server that this process started. */
export async function stopServer(): Promise<void> {
  await stopOwn?.();
  stopOwn = undefined;
  delete process.env[VARIABLE];
}

/** Makes roles, template database and staff on a server that has none of them yet. */
export async function buildTemplate(server: Server): Promise<void> {
  const connectTo = (database: string) => connect(server, { user: 'postgres', password: server.password, database });
  const superuser = await connectTo('postgres');
  try {
    await bootstrap(superuser, TEMPLATE, connectTo);
    for (const role of ['ibok_worker', 'ibok_portal', 'ibok_billing', 'ibok_migrator']) {
      await superuser.query(`alter role ${role} password '${await scramVerifier(TEST_PASSWORD)}'`);
    }
    const template = await connectTo(TEMPLATE);
    await migrate(template);
    for (const [login, { displayName, group }] of Object.entries(TEST_STAFF)) {
      await createStaffLogin(template, { login, displayName, group, password: TEST_PASSWORD, mustChange: false });
      // Logins belong to the cluster, and test files run side by side as the same people.
      await template.query(`alter role ${login} connection limit 60`);
    }
    await template.end();
  } finally {
    await superuser.end();
  }
}

/** A migrated database that one test file has for itself. */
export interface TestDatabase {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  /** A new connection as the superuser, past every policy. */
  asSuperuser(): Promise<Client>;
  /** A new connection as a member of staff or a machine role, with the test password unless another is given. */
  asLogin(login: string, password?: string): Promise<Client>;
  /** Ends every connection handed out. */
  disconnect(): Promise<void>;
  drop(): Promise<void>;
}

/** A fresh copy of the template, in about a tenth of a second. The caller drops it. */
export async function createTestDatabase(server: Server = runningServer()): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const open = new Set<Client>();
  const handOut = async (user: string, password: string) => {
    const client = await connect(server, { user, password, database: name });
    open.add(client);
    return client;
  };
  const inPostgres = async (work: (client: Client) => Promise<unknown>) => {
    const client = await connect(server, { user: 'postgres', password: server.password, database: 'postgres' });
    await work(client).finally(() => client.end());
  };
  const disconnect = async () => {
    await Promise.all([...open].map((client) => client.end().catch(() => undefined)));
    open.clear();
  };
  await inPostgres((client) => client.query(`create database ${name} template ${TEMPLATE}`));
  await bootstrapDatabase(await handOut('postgres', server.password));
  await disconnect();
  return {
    host: server.host,
    port: server.port,
    name,
    asSuperuser: () => handOut('postgres', server.password),
    asLogin: (login, password = TEST_PASSWORD) => handOut(login, password),
    disconnect,
    drop: async () => {
      await disconnect();
      await inPostgres((client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** The database of a test file: made before its tests, dropped after them; connections end with each test. */
export function testDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database?.disconnect());
  afterAll(() => database?.drop());
  return () => {
    if (!database) throw new Error('the test database is not there yet');
    return database;
  };
}

function runningServer(): Server {
  const known = process.env[VARIABLE];
  if (!known) throw new Error('no test server: run vitest with tests/support/global-postgres.ts as globalSetup');
  return JSON.parse(known) as Server;
}

async function connect(server: Server, config: ClientConfig): Promise<Client> {
  const client = new Client({ host: server.host, port: server.port, application_name: 'ibok-test', ...config });
  // A session that a test ends on purpose must not end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
