import { chown, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { discardEmbedded, type EmbeddedServer, startEmbedded } from '../../main/db/embedded';
import { housing } from '../../main/db/embedded-housing';
import { isAlive } from './processes';

const SETTINGS = { fsync: 'off', max_connections: '60', wal_receiver_status_interval: '1' };

/** A primary and its streaming standby, both real servers of the embedded binaries. */
export interface Pair {
  primary: { host: string; port: number };
  standby: { host: string; port: number };
  /** A superuser's connection; ended with the pair. */
  asSuperuser(at: 'primary' | 'standby', database: string): Promise<Client>;
  /** The primary's process is gone at once, as if the machine had lost power. */
  killPrimary(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a server, lets `prepare` fill it, and sets up a standby from a copy of its data that streams from it. Commits
 * wait until the standby has written them, so that none that was answered can be lost.
 */
export async function startPair(prepare: (server: EmbeddedServer) => Promise<void>): Promise<Pair> {
  const folders = [
    await mkdtemp(join(tmpdir(), 'ibok-pair-a-')),
    await mkdtemp(join(tmpdir(), 'ibok-pair-b-')),
  ] as const;
  const running: EmbeddedServer[] = [];
  const open: Client[] = [];
  const close = async () => {
    await Promise.all(open.map((client) => client.end().catch(() => undefined)));
    // The standby first: a primary that stops in order waits for it.
    for (const server of running.reverse()) await server.stop().catch(() => undefined);
    for (const folder of folders) {
      await discardEmbedded(folder);
      await rm(folder, { recursive: true, force: true });
    }
  };
  try {
    const first = await startEmbedded({ folder: folders[0], settings: SETTINGS });
    await prepare(first).finally(() => first.stop());
    await copyAsStandby(folders[0], folders[1], first);
    const settings = { ...SETTINGS, synchronous_commit: 'on', synchronous_standby_names: '*' };
    const primary = await startEmbedded({ folder: folders[0], port: first.port, settings });
    running.push(primary);
    const standby = await startEmbedded({ folder: folders[1], settings: SETTINGS });
    running.push(standby);
    const at = { primary, standby };
    return {
      primary: { host: primary.host, port: primary.port },
      standby: { host: standby.host, port: standby.port },
      asSuperuser: async (which, database) => {
        const { host, port } = at[which];
        const client = new Client({ host, port, database, ...first.superuser, application_name: 'ibok-test' });
        client.on('error', () => undefined);
        await client.connect();
        open.push(client);
        return client;
      },
      killPrimary: async () => {
        const { data } = await housing(folders[0]);
        const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
        process.kill(pid, 'SIGKILL');
        while (isAlive(pid)) await new Promise((done) => setTimeout(done, 10));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function copyAsStandby(from: string, to: string, { port, superuser }: EmbeddedServer): Promise<void> {
  const source = await housing(from);
  const copy = await housing(to);
  await cp(source.data, copy.data, { recursive: true });
  await writeFile(join(to, 'superuser.secret'), superuser.password, { mode: 0o600 });
  const { user, password } = superuser;
  const upstream = `host=127.0.0.1 port=${port} user=${user} password=${password} application_name=standby`;
  await writeFile(join(copy.data, 'postgresql.auto.conf'), `primary_conninfo = '${upstream}'\n`);
  await writeFile(join(copy.data, 'standby.signal'), '');
  if (!copy.as) return;
  // Copied as root, run as the server's own user.
  await chown(copy.data, copy.as.uid, copy.as.gid);
  for (const entry of await readdir(copy.data, { recursive: true })) {
    await chown(join(copy.data, entry), copy.as.uid, copy.as.gid);
  }
}
