import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { _electron, expect, test } from '@playwright/test';

const OUT = resolve(process.env.IBOK_OUT ?? 'out');

/** The binary, if it has been fetched. Importing `electron` would fetch it, so its folder is looked at instead. */
function binary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(folder, 'path.txt');
  const file = existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : '';
  return file && existsSync(file) ? file : null;
}

/** Why this cannot run here; null when it can. */
function obstacle(): string | null {
  if (!binary()) return 'the Electron binary is not here (it is fetched from the Internet on first use)';
  const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (process.platform === 'linux' && !display) return 'there is no display for a window';
  if (!existsSync(join(OUT, 'main', 'electron.js'))) return `there is no build in ${OUT}`;
  return null;
}

const reason = obstacle();
test.skip(reason !== null, `Electron smoke test did not run: ${reason}`);

test('the real binary shows our page, walled in', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'ibok-smoke-'));
  // Chromium refuses its own sandbox to root; everybody else keeps it.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const application = await _electron.launch({
    executablePath: binary() ?? '',
    args: [...asRoot, `--user-data-dir=${profile}`, join(OUT, 'main', 'electron.js')],
    env: {
      ...process.env,
      ELECTRON_RENDERER_URL: '',
      IBOK_SERVERS: JSON.stringify([{ name: 'Smoke', host: '127.0.0.1', port: 9 }]),
    },
  });
  try {
    const page = await application.firstWindow();
    await expect(page.getByRole('heading').first()).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\/desk\//);
    const seen = await page.evaluate(async () => ({
      bridge: Object.keys(window.iboDesk ?? {}).sort(),
      node: ['require', 'process', 'Buffer', 'module'].filter((name) => name in globalThis),
      state: (await window.iboDesk?.request('/trpc/session.state', ''))?.status,
      opened: window.open('https://example.org/') === null,
      elsewhere: await fetch('https://example.org/').then(
        () => 'reached',
        () => 'stopped',
      ),
    }));
    expect(seen).toEqual({
      bridge: ['kind', 'onHint', 'openExternal', 'pickFile', 'putFile', 'request', 'saveFile'],
      node: [],
      state: 200,
      opened: true,
      elsewhere: 'stopped',
    });
    expect(application.windows()).toHaveLength(1);
  } finally {
    await application.close();
  }
});
