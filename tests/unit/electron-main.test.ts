import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';

const SERVERS = JSON.stringify([{ name: 'Biuro', host: 'db.example.org', ca: 'PEM' }]);

const listeners = {
  uncaughtException: process.listeners('uncaughtException'),
  unhandledRejection: process.listeners('unhandledRejection'),
};
const argv = [...process.argv];

afterEach(() => {
  for (const [event, before] of Object.entries(listeners)) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!(before as unknown[]).includes(listener)) process.removeListener(event, listener);
    }
  }
  process.argv = [...argv];
  vi.unstubAllEnvs();
});

type StandIn = typeof import('../support/electron-stand-in');

/** Starts main.ts on a fresh desktop; `prepare` sees it before the first line runs. */
async function start(prepare: (standIn: StandIn) => void = () => undefined): Promise<StandIn> {
  vi.resetModules();
  vi.doMock('electron', () => import('../support/electron-stand-in'));
  const standIn = await import('../support/electron-stand-in');
  prepare(standIn);
  await import('../../main/hosts/electron/main');
  return standIn;
}

const logged = ({ desktop }: StandIn) => {
  const file = join(desktop.folder, 'logs', 'ibok-desk.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

test('everything that must come before ready does, and nothing else', async () => {
  vi.stubEnv('IBOK_SERVERS', SERVERS);
  const { desktop, app } = await start();
  expect(desktop.sandboxed).toBe(true);
  expect(desktop.schemes.map(({ scheme }) => scheme)).toEqual(['app']);
  expect(app.listenerCount('web-contents-created')).toBe(1);
  expect(app.listenerCount('session-created')).toBe(1);
  expect(desktop.windows).toEqual([]);
  expect(desktop.handlers.size).toBe(0);
});

test('a start ends with one guarded window that shows our page', async () => {
  vi.stubEnv('IBOK_SERVERS', SERVERS);
  const { desktop, session } = await start();
  desktop.ready.resolve();
  await vi.waitFor(() => expect(desktop.windows[0]?.loaded).toEqual(['app://desk/']));
  expect(desktop.windows).toHaveLength(1);
  expect(desktop.windows[0]?.shown).toBe(1);
  expect(desktop.windows[0]?.webContents.windowOpenHandler).not.toBeNull();
  expect([...desktop.protocols.keys()]).toEqual(['app']);
  expect([...desktop.handlers.keys()].sort()).toEqual([
    'core:desktop',
    'core:files',
    'core:open-external',
    'core:request',
  ]);
  expect(desktop.trays).toHaveLength(1);
  expect(session.defaultSession.permissionRequest).not.toBeNull();
  expect(desktop.menus).toHaveLength(1);
  expect(desktop.exits).toEqual([]);
});

test('quitting closes the core and then ends; a second start before that shows the window', async () => {
  vi.stubEnv('IBOK_SERVERS', SERVERS);
  const { desktop, app } = await start();
  desktop.ready.resolve();
  await vi.waitFor(() => expect(desktop.windows).toHaveLength(1));
  const [window] = desktop.windows;
  if (window) window.minimized = true;
  app.emit('second-instance', {}, []);
  expect(window?.minimized).toBe(false);
  app.quit();
  expect(desktop.exits).toEqual([]);
  expect(existsSync(join(desktop.folder, 'window.json'))).toBe(true);
  await vi.waitFor(() => expect(desktop.exits).toEqual([0]), { timeout: 2_500 });
});

test('a locked workstation asks the core to lock, and a machine that wakes refetches', async () => {
  vi.stubEnv('IBOK_SERVERS', SERVERS);
  const standIn = await start();
  const { desktop, powerMonitor } = standIn;
  desktop.ready.resolve();
  await vi.waitFor(() => expect(powerMonitor.listenerCount('resume')).toBe(1));
  powerMonitor.emit('resume');
  expect(desktop.windows[0]?.webContents.sent).toEqual([{ channel: 'core:event', args: [{ topic: 'resync' }] }]);
  powerMonitor.emit('lock-screen');
  // Nobody is signed in, so the core has nothing to lock; that it answers at all shows that it was asked correctly.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(logged(standIn)).not.toContain('session.not-locked');
});

test('a second start hands over to the first and opens nothing', async () => {
  const { desktop } = await start(({ desktop: d }) => {
    d.firstInstance = false;
  });
  desktop.ready.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect([desktop.quits, desktop.windows.length, desktop.handlers.size]).toEqual([1, 0, 0]);
});

test.each(['no-sandbox', 'disable-web-security', 'remote-debugging-port', 'ignore-certificate-errors'])(
  'the packaged program refuses --%s, a clone does not',
  async (name) => {
    const packaged = await start(({ desktop }) => {
      desktop.packaged = true;
      desktop.switches.add(name);
    });
    packaged.desktop.ready.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(packaged.desktop.exits).toEqual([1]);
    expect(packaged.desktop.windows).toEqual([]);
    expect(logged(packaged)).toContain(`"switch":"${name}"`);
    const clone = await start(({ desktop }) => desktop.switches.add(name));
    expect(clone.desktop.exits).toEqual([]);
  },
);

test('the packaged program reads no servers from the environment, and says which file it wants', async () => {
  vi.stubEnv('IBOK_SERVERS', SERVERS);
  const { desktop } = await start(({ desktop: d }) => {
    d.packaged = true;
  });
  desktop.ready.resolve();
  await vi.waitFor(() => expect(desktop.exits).toEqual([1]));
  expect(desktop.errorBoxes).toHaveLength(1);
  expect(desktop.errorBoxes[0]).toContain(join(desktop.folder, 'servers.json'));
  expect(desktop.windows).toEqual([]);
});

test.each(['{', '[]', '[{"name":"x"}]', '[{"name":"x","host":"h; rm","password":"y"}]'])(
  'a list of servers like %s opens no window',
  async (text) => {
    const { desktop } = await start(({ desktop: d }) => writeFileSync(join(d.folder, 'servers.json'), text));
    desktop.ready.resolve();
    await vi.waitFor(() => expect(desktop.exits).toEqual([1]));
    expect(desktop.windows).toEqual([]);
  },
);

test('a list in the profile is enough for the packaged program', async () => {
  const { desktop } = await start(({ desktop: d }) => {
    d.packaged = true;
    writeFileSync(join(d.folder, 'servers.json'), SERVERS);
  });
  desktop.ready.resolve();
  await vi.waitFor(() => expect(desktop.windows).toHaveLength(1));
});

test('--worker starts the worker program without a window, and ends with it', async () => {
  process.argv = [...argv, '--worker'];
  const { desktop, app } = await start();
  desktop.ready.resolve();
  await vi.waitFor(() => expect(desktop.forks).toHaveLength(1));
  expect(desktop.forks[0]?.path).toMatch(/worker\.js$/);
  expect([desktop.windows.length, desktop.handlers.size]).toEqual([0, 0]);
  app.quit();
  expect(desktop.exits).toEqual([]);
  await vi.waitFor(() => expect(desktop.exits).toEqual([0]));
});

test('a fault nobody caught ends the program, with its kind in the log and not its text', async () => {
  const standIn = await start();
  const added = process.listeners('uncaughtException').filter((one) => !listeners.uncaughtException.includes(one));
  expect(added).toHaveLength(1);
  added[0]?.(new TypeError('Anna Kowalska'), 'uncaughtException');
  expect(standIn.desktop.exits).toEqual([1]);
  expect(logged(standIn)).toContain('"kind":"TypeError"');
  expect(logged(standIn)).not.toContain('Kowalska');
});
