import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { bootstrap } from '../db/bootstrap';
import { discardEmbedded, type EmbeddedServer, startEmbedded } from '../db/embedded';
import { migrate } from '../db/migrate';
import { ScramClient } from '../db/scram-client';
import type { OfficeFolder } from './folder';
import { demoLogins, setPassword } from './logins';

/** The office's database, on its own server and on anybody else's by default. */
export const DATABASE = 'ibok';

export interface PreparedDatabase {
  logins: Record<string, string>;
  /** What the worker signs in with; new at every start and known to the worker alone. */
  workerPassword: string;
  /** As much for what stands in for the portal. */
  portalPassword: string;
}

/** Ends a server that may still run there and throws its data and logins away. */
export async function discardDatabase(folder: OfficeFolder): Promise<void> {
  await discardEmbedded(folder.office);
  for (const file of ['logins.json', 'superuser.secret']) rmSync(join(folder.office, file), { force: true });
  rmSync(folder.mail, { recursive: true, force: true });
}

/**
 * Starts the office's server, or takes over the one of a killed office.
 * @param port wanted; default: the one of last time if that is free.
 */
export async function startServer(folder: OfficeFolder, port?: number): Promise<EmbeddedServer> {
  const databasePort = port ?? folder.read().databasePort;
  const server = await startEmbedded({ folder: folder.office, ...(databasePort ? { port: databasePort } : {}) });
  folder.remember({ databasePort: server.port });
  return server;
}

/**
 * Brings the office's database up to date: roles, migrations, demo data if there are none.
 * @param options.customers size of a new demo office.
 * @param options.say told what takes time.
 */
export async function prepareDatabase(
  server: EmbeddedServer,
  folder: OfficeFolder,
  options: { customers: number; say: (line: string) => void },
): Promise<PreparedDatabase> {
  const connectTo = (database: string) => connect(server, database);
  const root = await connectTo('postgres');
  try {
    await bootstrap(root, DATABASE, connectTo);
  } finally {
    await root.end();
  }
  const client = await connectTo(DATABASE);
  try {
    await migrate(client);
    const empty = await isEmpty(client);
    // Logins of an office that is gone fit no longer.
    if (empty) rmSync(join(folder.office, 'logins.json'), { force: true });
    const logins = await demoLogins(client, folder.office);
    if (empty) {
      options.say(`Making a demo office with ${options.customers} customers ...`);
      const { loadDemoOffice } = await import('./office-data');
      await loadDemoOffice(client, { customers: options.customers });
    }
    const [workerPassword, portalPassword] = [machinePassword(), machinePassword()];
    await setPassword(client, 'ibok_worker', workerPassword);
    await setPassword(client, 'ibok_portal', portalPassword);
    return { logins, workerPassword, portalPassword };
  } finally {
    await client.end();
  }
}

async function connect({ host, port, superuser }: EmbeddedServer, database: string): Promise<Client> {
  // Loading a large office may take longer than any staff session's statement. No commit waits for the disk: what a
  // power failure takes from the end of these acts is made anew by the next start, as after any broken start.
  const options = '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c synchronous_commit=off';
  const client = new ScramClient({ host, port, database, options, ...superuser, application_name: 'ibok-desk office' });
  await client.connect();
  return client;
}

const machinePassword = () => randomBytes(24).toString('base64url');

async function isEmpty(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ empty: boolean }>('select not exists (select from ibok.customers) as empty');
  return rows[0]?.empty ?? true;
}
