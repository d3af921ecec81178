import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { createServer, type ViteDevServer } from 'vite';
import type { EmbeddedServer } from '../../main/db/embedded';

type Children = typeof import('../../main/demo/children');
type Database = typeof import('../../main/demo/database');
type Folder = typeof import('../../main/demo/folder');
type Portal = typeof import('../../main/demo/portal-simulator');
type Sink = typeof import('../../main/demo/mail-sink');

const root = new URL('../..', import.meta.url).pathname;

/** A whole office for browser journeys: PostgreSQL, roles, migrations, 300 customers, and the built loopback host. */
export interface Office {
  /** The address with the token, as `npm start` prints it. */
  url: string;
  /** Login → password of the demo staff. */
  logins: Readonly<Record<string, string>>;
  /** Connects as one of the staff (or as the cluster's superuser), past the application. The caller ends it. */
  connect(login?: string): Promise<Client>;
  /** Starts the worker and a mail server that catches what it sends, unless they run. */
  startWorker(): Promise<void>;
  /** Ends the worker, and forgets that there ever was one. */
  stopWorker(): Promise<void>;
  /** Ends the server as an administrator would, and starts it again on the same port. */
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  /** Starts the portal's simulator and returns its address; once for an office. */
  startPortal(): Promise<string>;
  /** Where the mail server keeps what it caught, as `.eml` files. */
  mail: string;
  close(): Promise<void>;
}

/**
 * `main/` reads its SQL through Vite's glob import, so it is loaded through Vite here as well. The loader stays open as
 * long as the office: some of `main/` is imported when it is first used.
 */
function openLoader(): Promise<ViteDevServer> {
  return createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
}

/**
 * Starts an office with fresh data in `var/e2e` of the clone, one for each of the journeys' workers. Always the same
 * folders: where root's clone is closed to others, the server's binaries are copied out of it, and once is enough.
 */
export async function startOffice(worker: number): Promise<Office> {
  const loader = await openLoader();
  const load = async <Module>(file: string) => (await loader.ssrLoadModule(join(root, file))) as Module;
  const [
    { officeFolder },
    { DATABASE, discardDatabase, prepareDatabase, startServer },
    { startChild },
    { openMailSink },
  ] = await Promise.all([
    load<Folder>('main/demo/folder.ts'),
    load<Database>('main/demo/database.ts'),
    load<Children>('main/demo/children.ts'),
    load<Sink>('main/demo/mail-sink.ts'),
  ]);
  const folder = officeFolder(join(process.env.IBOK_E2E_FOLDER ?? join(root, 'var', 'e2e'), String(worker)));
  await discardDatabase(folder);
  let server: EmbeddedServer = await startServer(folder);
  const { logins, workerPassword, portalPassword } = await prepareDatabase(server, folder, {
    customers: 300,
    say: () => undefined,
  });
  await liftConnectionLimits(server, DATABASE, Object.keys(logins));
  const choice = { name: 'Biuro demo', host: server.host, port: server.port, database: DATABASE, embedded: true };
  const host = startChild({
    name: 'loopback',
    command: process.execPath,
    args: [resolve(root, process.env.IBOK_OUT ?? 'out', 'main/loopback.js')],
    env: { IBOK_SERVERS: JSON.stringify([choice]), IBOK_PORT: '0', IBOK_CAUGHT_MAIL: folder.mail },
    logs: folder.logs,
    speaks: 'nowhere',
  });
  let machines: Promise<() => Promise<void>> | undefined;
  let portal: ReturnType<Portal['openPortalSimulator']> | undefined;
  const close = async () => {
    await (await portal)?.close();
    await (await machines)?.();
    await host.stop();
    await server.stop();
    await discardDatabase(folder);
    await loader.close();
  };
  const { url } = await host.ready.catch(async (error: unknown) => {
    await close();
    throw error;
  });
  if (!url) throw new Error('the loopback host did not say where it listens');

  async function connect(login?: string): Promise<Client> {
    const who = login ? { user: login, password: logins[login] } : server.superuser;
    const client = new Client({ host: server.host, port: server.port, database: DATABASE, ...who });
    // A connection cut by the tests' own restart of the server is no failure of theirs.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async function runWorker(): Promise<() => Promise<void>> {
    await rm(folder.mail, { recursive: true, force: true });
    const sink = await openMailSink(folder.mail);
    const worker = startChild({
      name: 'worker',
      command: process.execPath,
      args: [resolve(root, process.env.IBOK_OUT ?? 'out', 'main/worker.js')],
      env: {
        IBOK_WORKER_URL: `postgres://ibok_worker@${server.host}:${server.port}/${DATABASE}`,
        IBOK_WORKER_PASSWORD: workerPassword,
        IBOK_SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
        IBOK_MAIL_FROM: 'ibok@example.org',
        IBOK_PORTAL_URL: 'https://ibok.example.org',
      },
      logs: folder.logs,
      speaks: 'nowhere',
    });
    await worker.ready;
    return async () => {
      await worker.stop();
      await sink.close();
    };
  }

  return {
    url,
    logins,
    connect,
    startWorker: async () => {
      machines ??= runWorker();
      await machines;
    },
    stopWorker: async () => {
      await (await machines)?.();
      machines = undefined;
      const client = await connect();
      await client.query('delete from ibok.job_runs');
      await client.end();
    },
    startPortal: async () => {
      const { openPortalSimulator } = await load<Portal>('main/demo/portal-simulator.ts');
      portal ??= openPortalSimulator({
        host: server.host,
        port: server.port,
        database: DATABASE,
        password: portalPassword,
      });
      return (await portal).url;
    },
    mail: folder.mail,
    stopDatabase: () => server.stop(),
    startDatabase: async () => {
      server = await startServer(folder);
    },
    close,
  };
}

/**
 * A closed window's session lives on for a while, so that a reload keeps it; the windows of one test would use up the
 * login's connections for the next. What the limit does is tested where sign-in is.
 */
async function liftConnectionLimits(server: EmbeddedServer, database: string, logins: string[]): Promise<void> {
  const client = new Client({ host: server.host, port: server.port, database, ...server.superuser });
  await client.connect();
  for (const login of logins) await client.query(`alter role ${client.escapeIdentifier(login)} connection limit -1`);
  await client.end();
}
