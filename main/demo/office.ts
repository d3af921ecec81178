import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type EmbeddedServer, freePort } from '../db/embedded';
import { type Child, HOST_FLAGS, startChild } from './children';
import { DATABASE, discardDatabase, prepareDatabase, startServer } from './database';
import { lockFolder, type OfficeFolder, officeFolder } from './folder';
import { loginTable } from './logins';
import { findElectron, hasDisplay, openBrowser } from './window';

/** One server that a person can choose at sign-in; the hosts read a list of them from IBOK_SERVERS. */
interface ServerChoice {
  name: string;
  hosts: { host: string; port: number }[];
  database: string;
  embedded: boolean;
  ca?: string;
}

const out = dirname(fileURLToPath(import.meta.url));
const clone = dirname(dirname(out));
const say = (line: string) => process.stdout.write(`${line}\n`);

/** What has to be undone at the end, in the order it was done. */
const undo: (() => unknown)[] = [];
let ending: Promise<never> | undefined;

/** Ends everything that was started, the last first, and then this process. Called again, it changes nothing. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    for (const step of undo.reverse()) {
      try {
        await step();
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
    process.exit(code);
  })();
  return ending;
}

const endNow = (code: number) => void end(code);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      db: { type: 'string' },
      customers: { type: 'string', default: '10000' },
      browser: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
    },
  });
  const folder = officeFolder(clone);
  if (values.db) return openDesk(folder, await existingServer(values.db), values.browser);
  undo.push(lockFolder(folder.office));
  if (values.fresh) await discardDatabase(folder);
  const port = await freePort(folder.read().databasePort);
  // A host needs a moment before it can ask anything: the server comes up meanwhile.
  const early = values.browser || !hasDisplay() ? startHost(folder, demoServer(port)) : undefined;
  const { server, startMachines } = await demoOffice(folder, { customers: Number(values.customers), port });
  if (server.port !== port) await early?.stop();
  const host = server.port === port ? early : undefined;
  await openDesk(folder, demoServer(server.port), values.browser, { host, startMachines });
}

const demoServer = (port: number): ServerChoice => ({
  name: 'Biuro demo',
  hosts: [{ host: '127.0.0.1', port }],
  database: DATABASE,
  embedded: true,
});

async function existingServer(text: string): Promise<ServerChoice> {
  const { readAddress } = await import('../cli/address');
  const { hosts, database, ca } = readAddress(text);
  const names = hosts.map(({ host }) => host).join(', ');
  say(`IBOK Desk on ${database} at ${names}. Nothing is migrated there; "npm run db -- status --db URL" looks at it.`);
  return { name: `${database} (${names})`.slice(0, 80), hosts, database, embedded: false, ...(ca ? { ca } : {}) };
}

/** The office that needs nothing: a server of its own, and machines (mail, worker) that may come when the desk is open. */
async function demoOffice(
  folder: OfficeFolder,
  { customers, port }: { customers: number; port: number },
): Promise<{ server: EmbeddedServer; startMachines: () => Promise<void> }> {
  const starting = startServer(folder, port);
  // Noted before it runs: Ctrl+C in the middle of a start must not leave a server behind.
  undo.push(() => starting.then((running) => running.stop()));
  const server = await starting;
  const { logins, workerPassword, portalPassword } = await prepareDatabase(server, folder, { customers, say });
  say(`IBOK Desk demo office\n`);
  say(`  PostgreSQL  ${server.host}:${server.port}/${DATABASE}${server.attached ? ' (was still running)' : ''}`);
  const startMachines = async () => {
    const { openMailSink } = await import('./mail-sink');
    const sink = await openMailSink(folder.mail);
    undo.push(() => sink.close());
    const portalUrl = await startPortal(folder, server, portalPassword);
    startWorker(folder, server, { workerPassword, mailPort: sink.port, portalUrl });
    say(`  Mail        ${server.host}:${sink.port}, messages in var/mail`);
    say(`  Portal      ${portalUrl} (a simulator: applications, activation, one's own account)`);
  };
  say(`\n${loginTable(logins)}\n`);
  return { server, startMachines };
}

/** A stand-in for the customers' portal, which is another program. */
async function startPortal(folder: OfficeFolder, server: EmbeddedServer, password: string): Promise<string> {
  const { openPortalSimulator } = await import('./portal-simulator');
  const { host } = server;
  const port = await freePort(folder.read().portalPort);
  const portal = await openPortalSimulator({ host, port: server.port, database: DATABASE, password }, port);
  undo.push(() => portal.close());
  folder.remember({ portalPort: port });
  return portal.url;
}

function startWorker(
  folder: OfficeFolder,
  server: EmbeddedServer,
  { workerPassword, mailPort, portalUrl }: { workerPassword: string; mailPort: number; portalUrl: string },
): void {
  const worker = startChild({
    name: 'worker',
    command: process.execPath,
    args: [join(out, 'worker.js')],
    env: {
      IBOK_WORKER_URL: `postgres://ibok_worker@${server.host}:${server.port}/${DATABASE}`,
      IBOK_WORKER_PASSWORD: workerPassword,
      IBOK_SMTP_URL: `smtp://${server.host}:${mailPort}`,
      IBOK_MAIL_FROM: 'ibok@example.org',
      IBOK_PORTAL_URL: portalUrl,
      IBOK_ANCHOR_FOLDER: folder.anchors,
      NODE_COMPILE_CACHE: folder.compiled,
    },
    logs: folder.logs,
    speaks: 'to its log',
    background: true,
  });
  undo.push(() => worker.stop());
  void worker.ended.then(({ code }) => {
    // The desk goes on without: mail waits in its box, sealing is caught up.
    if (!ending) say(`The worker ended (code ${code}); see var/log/worker.log.`);
  });
}

/** Opens the window, or serves to a browser and says why. */
async function openDesk(
  folder: OfficeFolder,
  server: ServerChoice,
  browser: boolean,
  { host: early, startMachines }: { host?: Child | undefined; startMachines?: () => Promise<void> } = {},
): Promise<void> {
  let machines: Promise<void> | undefined;
  const withMachines = () => {
    machines ??= startMachines?.();
    return machines;
  };
  if (!browser) {
    const electron = await findElectron();
    if ('path' in electron) {
      await withMachines();
      const started = Date.now();
      const window = startChild({
        name: 'electron',
        command: electron.path,
        args: [clone],
        env: { IBOK_SERVERS: JSON.stringify([server]), IBOK_CAUGHT_MAIL: folder.mail },
        logs: folder.logs,
        speaks: 'to its log',
      });
      undo.push(() => window.stop());
      const { code } = await window.ended;
      if (code === 0 || Date.now() - started > 10_000) return end(code ?? 1);
      say('The Electron window could not be opened (see var/log/electron.log); serving to a browser instead.');
    } else {
      say(`${electron.reason} Serving to a browser instead.`);
    }
  }
  const host = early ?? startHost(folder, server);
  const { url } = await host.ready;
  if (!url) throw new Error('The browser host did not say where it listens.');
  folder.remember({ browserPort: Number(new URL(url).port) });
  say(`IBOK Desk: ${url}`);
  openBrowser(url);
  await withMachines();
  say('Ctrl+C ends it.');
  const { code } = await host.ended;
  if (!ending) say(`The browser host ended (code ${code}); see var/log/loopback.log.`);
  await end(1);
}

function startHost(folder: OfficeFolder, server: ServerChoice): Child {
  const host = startChild({
    name: 'loopback',
    command: process.execPath,
    args: [...HOST_FLAGS, join(out, 'loopback.js')],
    env: {
      IBOK_SERVERS: JSON.stringify([server]),
      IBOK_PORT: String(folder.read().browserPort ?? 0),
      IBOK_CAUGHT_MAIL: folder.mail,
      NODE_COMPILE_CACHE: folder.compiled,
    },
    logs: folder.logs,
    speaks: 'nowhere',
  });
  undo.push(() => host.stop());
  return host;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => endNow(0));
process.on('disconnect', () => endNow(1));

main().catch((error: unknown) => {
  if (!ending) say(error instanceof Error ? error.message : String(error));
  endNow(1);
});
