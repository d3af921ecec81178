import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { bootstrap } from '../../main/db/bootstrap';
import { type EmbeddedServer, startEmbedded } from '../../main/db/embedded';
import { migrate } from '../../main/db/migrate';
import { createStaffLogin } from '../../main/db/staff-login';
import { loadDemoOffice } from '../../main/demo/office-data';

export const DATABASE = 'ibok';
export const DESKS = 8;

export interface BenchOffice {
  server: EmbeddedServer;
  /** Password of the clerks `s_bench1` … `s_bench8`. */
  password: string;
  superuser: Client;
  loadSeconds: number;
}

/** An office of its own with `customers` customers, kept in `var/bench/<customers>` for the next run. */
export async function benchOffice(root: string, customers: number): Promise<BenchOffice> {
  const folder = join(root, 'var', 'bench', String(customers));
  await mkdir(folder, { recursive: true });
  const server = await startEmbedded({
    folder,
    settings: { shared_buffers: '1GB', max_connections: '100', maintenance_work_mem: '512MB', max_wal_size: '4GB' },
  });
  try {
    return { server, ...(await prepare(server, folder, customers)) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function prepare(
  server: EmbeddedServer,
  folder: string,
  customers: number,
): Promise<Omit<BenchOffice, 'server'>> {
  const connectTo = async (database: string) => {
    const client = new Client({ host: server.host, port: server.port, database, ...server.superuser });
    await client.connect();
    return client;
  };
  const first = await connectTo('postgres');
  await bootstrap(first, DATABASE, connectTo);
  await first.end();
  const superuser = await connectTo(DATABASE);
  await migrate(superuser);
  const password = await clerksPassword(join(folder, 'clerks.secret'));
  for (let desk = 1; desk <= DESKS; desk++) {
    await createStaffLogin(superuser, {
      login: `s_bench${desk}`,
      displayName: `Bench ${desk}`,
      group: 'bok_clerk',
      password,
      mustChange: false,
    });
  }
  const start = performance.now();
  const loaded = await loadDemoOffice(superuser, { customers });
  if (Object.keys(loaded).length > 0) await superuser.query('vacuum analyze');
  return { password, superuser, loadSeconds: (performance.now() - start) / 1000 };
}

async function clerksPassword(file: string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known) return known;
  const made = randomBytes(18).toString('base64url');
  await writeFile(file, made, { mode: 0o600 });
  return made;
}
