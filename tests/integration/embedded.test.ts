import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { type EmbeddedServer, findEmbedded, freePort, startEmbedded } from '../../main/db/embedded';
import { demolish, housing } from '../../main/db/embedded-housing';
import { isAlive } from '../support/processes';
import { RogueServer } from '../support/rogue-server';

const settings = { fsync: 'off' };
const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** A folder for a server, at the end of a parent that lets others through or not. */
async function folder(parentMode = 0o755): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'ibok-embedded-'));
  await mkdir(join(parent, 'clone'), { mode: 0o755 });
  execFileSync('chmod', [parentMode.toString(8), parent]);
  cleanUp.push(() => rm(parent, { recursive: true, force: true }));
  return join(parent, 'clone', 'office');
}

async function start(where: string, port?: number): Promise<EmbeddedServer> {
  const server = await startEmbedded({ folder: where, settings, ...(port === undefined ? {} : { port }) });
  cleanUp.push(() => server.stop());
  return server;
}

async function ask<Row extends object>(server: EmbeddedServer, sql: string): Promise<Row[]> {
  const { host, port, superuser } = server;
  const client = new Client({ host, port, ...superuser, database: 'postgres' });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function dataFolder(server: EmbeddedServer): Promise<string> {
  const [row] = await ask<{ data_directory: string }>(server, 'show data_directory');
  return row?.data_directory ?? '';
}

const postmaster = async (data: string) =>
  Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);

describe('the embedded server', () => {
  test('keeps its data over a stop, listens on 127.0.0.1 only and asks for SCRAM', async () => {
    const where = await folder();
    const first = await start(where);
    await ask(first, 'create table kept (id int)');
    expect(await ask(first, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await ask(first, 'select distinct auth_method from pg_hba_file_rules')).toEqual([
      { auth_method: 'scram-sha-256' },
    ]);
    const pid = await postmaster(await dataFolder(first));
    await first.stop();
    expect(isAlive(pid)).toBe(false);

    const second = await start(where, first.port);
    expect(second.port).toBe(first.port);
    expect(second.attached).toBe(false);
    expect(await ask(second, 'select * from kept')).toEqual([]);
  });

  test('takes over the server that a killed office left running', async () => {
    const where = await folder();
    const orphan = await start(where);
    const found = await start(where);
    expect(found.attached).toBe(true);
    expect(found.port).toBe(orphan.port);
    await found.stop();
    await expect(ask(orphan, 'select 1')).rejects.toThrow();
  });

  test.each(['clear', 'md5', 'welcome'] as const)(
    'does not hand its password to whoever listens on the port it left: %s',
    async (ruse) => {
      const where = await folder();
      const home = await housing(where);
      cleanUp.push(() => demolish(home));
      const rogue = new RogueServer(ruse);
      const port = await rogue.listen();
      cleanUp.push(() => rogue.close());
      await writeFile(join(home.folder, 'superuser.secret'), 'tajne-haslo-serwera');
      await mkdir(home.data, { recursive: true });
      await writeFile(join(home.data, 'postmaster.pid'), `${process.pid}\n\n\n${port}\n`);
      expect(await findEmbedded(where)).toBeUndefined();
      const sent = Buffer.concat(rogue.received).toString('latin1');
      expect(sent).toContain('postgres');
      expect(sent).not.toContain('tajne-haslo');
      // A password message, in clear or hashed, begins with p.
      expect(rogue.received.slice(1).map(String)).not.toContainEqual(expect.stringMatching(/^p/));
    },
  );

  test('is not held up by a lock file whose process number belongs to somebody else', async () => {
    const where = await folder();
    const first = await start(where);
    const data = await dataFolder(first);
    const lock = await readFile(join(data, 'postmaster.pid'), 'utf8');
    await first.stop();
    await writeFile(join(data, 'postmaster.pid'), lock.replace(/^\d+/, String(process.pid)));
    const second = await start(where);
    expect(second.attached).toBe(false);
    expect(await ask(second, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('takes another port when the wanted one is in use', async () => {
    const wanted = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(wanted, '127.0.0.1', resolve));
    cleanUp.push(() => new Promise((resolve) => other.close(resolve)));
    const server = await start(await folder(), wanted);
    expect(server.port).not.toBe(wanted);
  });

  test('starts in a clone below a folder that others cannot enter', async () => {
    const where = await folder(0o700);
    const server = await start(where);
    const data = await dataFolder(server);
    // Root's server runs as another user and so has to live elsewhere; an ordinary user's stays at home.
    if (process.getuid?.() === 0) cleanUp.unshift(() => rm(dirname(data), { recursive: true, force: true }));
    expect(data.startsWith(where)).toBe(process.getuid?.() !== 0);
    expect(existsSync(join(where, 'superuser.secret'))).toBe(true);
  });
});
