import { writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { expect, test, vi } from 'vitest';

/** The window module and a fresh desktop, read as the packaged program or as a clone. */
async function load(packaged: boolean) {
  vi.resetModules();
  vi.doMock('electron', () => import('../support/electron-stand-in'));
  const standIn = await import('../support/electron-stand-in');
  standIn.desktop.packaged = packaged;
  return { ...standIn, ...(await import('../../main/hosts/electron/window')) };
}

test.each([true, false])('a window has exactly these rights (packaged: %s)', async (packaged) => {
  const { desktop, openWindow } = await load(packaged);
  openWindow();
  const { preload, ...rights } = desktop.windows[0]?.options.webPreferences ?? {};
  expect(rights).toEqual({
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    safeDialogs: true,
    spellcheck: true,
    devTools: !packaged,
  });
  expect(isAbsolute(preload ?? '')).toBe(true);
  expect(preload).toMatch(/preload\.cjs$/);
});

test('the rights cannot be changed after the start', async () => {
  const { WEB_PREFERENCES } = await load(true);
  expect(Object.isFrozen(WEB_PREFERENCES)).toBe(true);
  expect(() => Object.assign(WEB_PREFERENCES, { sandbox: false })).toThrow(TypeError);
});

test('a window is at least as large as the screens are drawn for', async () => {
  const { desktop, openWindow } = await load(true);
  openWindow();
  expect(desktop.windows[0]?.options).toMatchObject({ minWidth: 1280, minHeight: 720 });
});

test('a window opens where the last one stood', async () => {
  const { desktop, openWindow } = await load(true);
  writeFileSync(
    join(desktop.folder, 'window.json'),
    JSON.stringify({ x: 200, y: 100, width: 1500, height: 900, maximized: true }),
  );
  openWindow();
  const [first] = desktop.windows;
  expect(first?.options).toMatchObject({ x: 200, y: 100, width: 1500, height: 900 });
  expect(first?.maximized).toBe(true);
  first?.close();
  openWindow();
  expect(desktop.windows[0]?.options).toMatchObject({ x: 200, y: 100, width: 1500, height: 900 });
});

test('the page is loaded from app://desk, whatever the environment of the packaged program says', async () => {
  vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173/');
  try {
    const { desktop, openWindow, loadHome } = await load(true);
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    await loadHome(openWindow(), log);
    expect(desktop.windows[0]?.loaded).toEqual(['app://desk/']);
    desktop.packaged = false;
    await loadHome(openWindow(), log);
    expect(desktop.windows[1]?.loaded).toEqual(['http://localhost:5173/']);
    vi.stubEnv('ELECTRON_RENDERER_URL', 'https://evil.example/');
    await loadHome(openWindow(), log);
    expect(desktop.windows[2]?.loaded).toEqual(['app://desk/']);
  } finally {
    vi.unstubAllEnvs();
  }
});
