import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EmbeddedServer, freePort } from '../../main/db/embedded';

const run = promisify(execFile);

/** What is started, and where. */
export interface ForeignOptions {
  /** Folder with initdb and pg_ctl of an installed PostgreSQL, 15 or newer. */
  bin: string;
  folder: string;
  settings: Record<string, string>;
}

/** Starts an installed PostgreSQL instead of the embedded one, so that the same tests run on every supported version. */
export async function startForeign({ bin, folder, settings }: ForeignOptions): Promise<EmbeddedServer> {
  const password = randomBytes(24).toString('base64url');
  const port = await freePort();
  const as = await ownerOf(folder);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  for (const path of [folder, data, passwordFile]) if (as) await chown(path, as.uid, as.gid);
  await chmod(folder, 0o711);
  const options = { ...as, cwd: data };
  const flags = [
    '--auth=scram-sha-256',
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
  ];
  await run(join(bin, 'initdb'), ['-D', data, '--no-sync', ...flags], options);
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port), ...settings };
  const line = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  await run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(data, 'log'), '-o', line.join(' '), 'start'], options);
  return {
    host: '127.0.0.1',
    port,
    superuser: { user: 'postgres', password },
    attached: false,
    stop: async () => void (await run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-m', 'immediate', 'stop'], options)),
  };
}

/** PostgreSQL refuses to run as root. */
async function ownerOf(folder: string): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'], { cwd: folder })).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}
