import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const DOWNLOAD_LIMIT_MS = 20_000;

/** Whether a window could be shown at all: elsewhere than on Linux there always is a desktop. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/**
 * The Electron binary, downloaded by its own installer if it is not there yet.
 * @returns its path, or the reason why there will be no window, as a sentence for the terminal.
 */
export async function findElectron(): Promise<{ path: string } | { reason: string }> {
  if (!hasDisplay()) return { reason: 'There is no display.' };
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return { reason: 'Electron does not run as root with its sandbox on.' };
  }
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const known = installedBinary(folder);
  if (known) return { path: known };
  process.stdout.write('Fetching the Electron binary (20 seconds at most) ...\n');
  await download(join(folder, 'install.js'));
  const fetched = installedBinary(folder);
  return fetched ? { path: fetched } : { reason: 'The Electron binary is not there and could not be downloaded.' };
}

/** What Electron's installer leaves behind: the binary's name in path.txt, written last. */
function installedBinary(folder: string): string | undefined {
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const path = join(folder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(path) ? path : undefined;
}

function download(script: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], {
      stdio: 'ignore',
      timeout: DOWNLOAD_LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}

/** Opens the address in the person's browser where there is one; nothing happens where there is none. */
export function openBrowser(url: string): void {
  if (!hasDisplay()) return;
  const [command, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler']
      : [process.platform === 'darwin' ? 'open' : 'xdg-open'];
  const child = spawn(command as string, [...args, url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
