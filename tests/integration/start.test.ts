import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../main/cli/prepare.mjs';
import { isAlive } from '../support/processes';

const root = resolve(import.meta.dirname, '../..');
const HOUSE = ['main', 'preload', 'renderer', 'shared', 'migrations', 'out', 'package.json', 'package-lock.json'];
const CONFIG = ['tsconfig.json', 'electron.vite.config.ts', 'postcss.config.cjs'];

let clone: string;

/** A clone with this tree's packages and build; times are kept, so that it is as fresh as the tree is. */
beforeAll(async () => {
  build();
  clone = await mkdtemp(join(tmpdir(), 'ibok-start-'));
  // Open to others, so that root's server keeps its data here as well; the closed clone is embedded.test.ts's affair.
  await chmod(clone, 0o755);
  for (const name of [...HOUSE, ...CONFIG]) {
    await cp(join(root, name), join(clone, name), { recursive: true, preserveTimestamps: true });
  }
  await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
}, 60_000);

const started: Running[] = [];

afterAll(async () => {
  for (const { process: one, exit } of started) {
    one.kill('SIGTERM');
    await exit;
  }
  await rm(clone, { recursive: true, force: true });
});

interface Running {
  process: ChildProcess;
  output: () => string;
  exit: Promise<number | null>;
}

/** `npm start` with these options, on a machine without a display. */
function npmStart(...options: string[]): Running {
  const env = { ...process.env, HOME: clone, NO_COLOR: '1' };
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'PGPASSWORD']) Reflect.deleteProperty(env, name);
  const child = spawn(process.execPath, [join(clone, 'main/cli/start.mjs'), ...options], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  const running = {
    process: child,
    output: () => text,
    exit: new Promise<number | null>((done) => child.once('exit', done)),
  };
  started.push(running);
  return running;
}

async function until<T>(
  what: () => T | undefined | Promise<T | undefined>,
  running?: Running,
  ms = 20_000,
): Promise<T> {
  const limit = Date.now() + ms;
  for (;;) {
    const found = await what();
    if (found) return found;
    if (Date.now() > limit || running?.process.exitCode != null)
      throw new Error(`Waited in vain.\n${running?.output()}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** Where it serves; a first start makes a whole office before that. */
const address = (running: Running) =>
  until(() => /^IBOK Desk: (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)$/m.exec(running.output())?.[1], running, 90_000);

/** Every process whose ancestor is `pid`, and the office's PostgreSQL, which has a session of its own. */
async function family(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const line = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
    const parent = line.slice(line.lastIndexOf(')')).split(' ')[2];
    if (parent) parents.set(Number(name), Number(parent));
  }
  const isOurs = (one: number): boolean => one === pid || (parents.has(one) && isOurs(parents.get(one) ?? 0));
  return [...[...parents.keys()].filter(isOurs), await postmaster()];
}

async function postmaster(): Promise<number> {
  return Number((await readFile(join(clone, 'var/office/data/postmaster.pid'), 'utf8')).split('\n')[0]);
}

const allGone = (pids: number[]) => until(() => !pids.some(isAlive), undefined, 10_000);

describe('npm start refuses', () => {
  test('a password in the address of a server', async () => {
    for (const db of [
      'postgres://s_anna:secret@db.example.org/ibok',
      'postgres://db.example.org/ibok?password=secret',
    ]) {
      const running = npmStart('--db', db);
      expect(await running.exit).toBe(2);
      expect(running.output()).toContain('Leave the password out of --db');
      expect(running.output()).not.toContain('secret');
    }
  });

  test('an option that it does not know, and a size that is none', async () => {
    for (const options of [['--nope'], ['--customers', 'many'], ['--run', 'anything'], ['--db', 'db.example.org']]) {
      const running = npmStart(...options);
      expect(await running.exit).toBe(2);
      expect(running.output()).toContain('Usage: npm start');
    }
  });
});

describe.skipIf(process.platform !== 'linux')('the demo office', () => {
  let running: Running;
  let first: string;

  test('serves the sign-in page, says why there is no window, and prints the logins', async () => {
    running = npmStart('--customers', '40');
    first = await address(running);
    const page = await fetch(first);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(running.output()).toContain('There is no display. Serving to a browser instead.');
    const logins = JSON.parse(await readFile(join(clone, 'var/office/logins.json'), 'utf8')) as Record<string, string>;
    expect(Object.keys(logins)).toEqual(['s_anna', 's_barbara', 's_celina', 's_tomasz', 's_admin', 's_iod']);
    for (const password of Object.values(logins)) expect(running.output()).toContain(password);
  }, 120_000);

  test('keeps what it must keep from other people of the machine', async () => {
    const mode = async (file: string) => (await stat(join(clone, 'var', file))).mode & 0o777;
    expect(await mode('office/logins.json')).toBe(0o600);
    expect(await mode('office/superuser.secret')).toBe(0o600);
    expect(await mode('office/data')).toBe(0o700);
    expect(await mode('mail')).toBe(0o700);
  });

  test('answers npm run db without a server being named', async () => {
    const status = npmStart('--run', 'db', 'status');
    expect(await status.exit, status.output()).toBe(0);
    expect(status.output()).toContain('as this program wants it');
    const verify = npmStart('--run', 'db', 'verify');
    expect(await verify.exit, verify.output()).toBe(0);
    expect(verify.output()).toContain('The chain is whole');
  });

  test('does not start twice from one clone', async () => {
    const second = npmStart('--browser');
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('already runs from this clone');
    expect((await fetch(first)).status).toBe(200);
  });

  test('leaves no process behind after Ctrl+C', async () => {
    const pids = await family(running.process.pid ?? 0);
    expect(pids.length).toBeGreaterThanOrEqual(5);
    running.process.kill('SIGINT');
    expect(await running.exit).toBe(0);
    await allGone(pids);
  });

  test('starts again with the same logins on the same port, so that drafts are found', async () => {
    const began = Date.now();
    running = npmStart();
    const again = await address(running);
    await fetch(again);
    console.info(`second start to the served page: ${Date.now() - began} ms`);
    expect(new URL(again).origin).toBe(new URL(first).origin);
    expect(again).not.toBe(first);
    const anna = (text: string) => text.match(/s_anna.*$/m)?.[0];
    const logins = JSON.parse(await readFile(join(clone, 'var/office/logins.json'), 'utf8')) as Record<string, string>;
    expect(anna(running.output())).toContain(logins.s_anna);
  }, 120_000);

  test('loses its children with it when it is killed, and finds its database at the next start', async () => {
    const office = Number(await readFile(join(clone, 'var/office/office.pid'), 'utf8'));
    const server = await postmaster();
    const children = (await family(office)).filter((pid) => pid !== server);
    process.kill(office, 'SIGKILL');
    expect(await running.exit).toBe(1);
    await allGone(children);
    expect(isAlive(server)).toBe(true);

    running = npmStart();
    expect((await fetch(await address(running))).status).toBe(200);
    expect(running.output()).toContain('was still running');
    running.process.kill('SIGTERM');
    expect(await running.exit).toBe(0);
    await allGone([server]);
  }, 120_000);
});
