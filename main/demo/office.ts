import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readAddress } from '../cli/address';
import type { EmbeddedServer } from '../db/embedded';
import { startChild } from './children';
import { DATABASE, discardDatabase, prepareDatabase, startServer } from './database';
import { lockFolder, type OfficeFolder, officeFolder } from './folder';
import { loginTable } from './logins';
import { openMailSink } from './mail-sink';
import { findElectron, openBrowser } from './window';

/** One server that a person can choose at sign-in; the hosts read a list of them from IBOK_SERVERS. */
interface ServerChoice {
  name: string;
  host: string;
  port: number;
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
  const server = values.db
    ? existingServer(values.db)
    : await demoOffice(folder, { customers: Number(values.customers), fresh: values.fresh });
  await openDesk(folder, server, values.browser);
}

function existingServer(text: string): ServerChoice {
  const { host, port, database, ca } = readAddress(text);
  say(`IBOK Desk on ${database} at ${host}. Nothing is migrated there; "npm run db -- status --db URL" looks at it.`);
  return { name: `${database} (${host})`.slice(0, 80), host, port, database, embedded: false, ...(ca ? { ca } : {}) };
}

/** The office that needs nothing: server, data, mail and worker of its own. */
async function demoOffice(
  folder: OfficeFolder,
  { customers, fresh }: { customers: number; fresh: boolean },
): Promise<ServerChoice> {
  undo.push(lockFolder(folder.office));
  if (fresh) await discardDatabase(folder);
  const starting = startServer(folder);
  // Noted before it runs: Ctrl+C in the middle of a start must not leave a server behind.
  undo.push(() => starting.then((running) => running.stop()));
  const server = await starting;
  const { logins, workerPassword } = await prepareDatabase(server, folder, { customers, say });
  const sink = await openMailSink(folder.mail);
  undo.push(() => sink.close());
  startWorker(folder, server, { workerPassword, mailPort: sink.port });
  say(`IBOK Desk demo office\n`);
  say(`  PostgreSQL  ${server.host}:${server.port}/${DATABASE}${server.attached ? ' (was still running)' : ''}`);
  say(`  Mail        ${server.host}:${sink.port}, messages in var/mail\n`);
  say(`${loginTable(logins)}\n`);
  return { name: 'Biuro demo', host: server.host, port: server.port, database: DATABASE, embedded: true };
}

function startWorker(
  folder: OfficeFolder,
  server: EmbeddedServer,
  { workerPassword, mailPort }: { workerPassword: string; mailPort: number },
): void {
  const worker = startChild({
    name: 'worker',
    command: process.execPath,
    args: [join(out, 'worker.js')],
    env: {
      IBOK_WORKER_URL: `postgres://ibok_worker@${server.host}:${server.port}/${DATABASE}`,
      IBOK_WORKER_PASSWORD: workerPassword,
      IBOK_SMTP_URL: `smtp://${server.host}:${mailPort}`,
    },
    logs: folder.logs,
    speaks: false,
  });
  undo.push(() => worker.stop());
  void worker.ended.then(({ code }) => {
    // The desk goes on without: mail waits in its box, sealing is caught up.
    if (!ending) say(`The worker ended (code ${code}); see var/log/worker.log.`);
  });
}

/** Opens the window, or serves to a browser and says why. */
async function openDesk(folder: OfficeFolder, server: ServerChoice, browser: boolean): Promise<void> {
  const env = { IBOK_SERVERS: JSON.stringify([server]) };
  if (!browser) {
    const electron = await findElectron();
    if ('path' in electron) {
      const started = Date.now();
      const window = startChild({
        name: 'electron',
        command: electron.path,
        args: [clone],
        env,
        logs: folder.logs,
        speaks: false,
      });
      undo.push(() => window.stop());
      const { code } = await window.ended;
      if (code === 0 || Date.now() - started > 10_000) return end(code ?? 1);
      say('The Electron window could not be opened (see var/log/electron.log); serving to a browser instead.');
    } else {
      say(`${electron.reason} Serving to a browser instead.`);
    }
  }
  const host = startChild({
    name: 'loopback',
    command: process.execPath,
    args: [join(out, 'loopback.js')],
    env: { ...env, IBOK_PORT: String(folder.read().browserPort ?? 0) },
    logs: folder.logs,
    speaks: true,
  });
  undo.push(() => host.stop());
  const { url } = await host.ready;
  if (!url) throw new Error('The browser host did not say where it listens.');
  folder.remember({ browserPort: Number(new URL(url).port) });
  openBrowser(url);
  say('Ctrl+C ends it.');
  const { code } = await host.ended;
  if (!ending) say(`The browser host ended (code ${code}); see var/log/loopback.log.`);
  await end(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => endNow(0));
process.on('disconnect', () => endNow(1));

main().catch((error: unknown) => {
  if (!ending) say(error instanceof Error ? error.message : String(error));
  endNow(1);
});
