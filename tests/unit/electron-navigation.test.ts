import { app } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { guardEverything, openExternal } from '../../main/hosts/electron/navigation';
import { ask, BrowserWindow, desktop, Session } from '../support/electron-stand-in';
import { ADDRESSES } from '../support/hostile-addresses';

vi.mock('electron', () => import('../support/electron-stand-in'));

beforeEach(() => {
  app.removeAllListeners();
  guardEverything(app);
  desktop.openedOutside.length = 0;
});

test.each(ADDRESSES)('%s is neither opened outside nor navigated to', async (url) => {
  expect(await openExternal(url)).toBe(false);
  expect(desktop.openedOutside).toEqual([]);
  const { webContents } = new BrowserWindow();
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    expect(ask(webContents, event, { url, isMainFrame: true }), event).toBe(false);
  }
  expect(webContents.windowOpenHandler?.({ url } as never)).toEqual({ action: 'deny' });
});

test.each([undefined, null, 7, {}, ['https://www.kpwik.kartuzy.pl/'], { toString: () => 'https://eli.gov.pl/' }])(
  'what is not a text is no address: %j',
  async (value) => {
    expect(await openExternal(value)).toBe(false);
    expect(desktop.openedOutside).toEqual([]);
  },
);

test('a known site and a plain mail address are opened outside, as the parser wrote them', async () => {
  expect(await openExternal('HTTPS://www.kpwik.kartuzy.pl/a b')).toBe(true);
  expect(await openExternal('mailto:anna.kowalska@example.pl')).toBe(true);
  expect(desktop.openedOutside).toEqual(['https://www.kpwik.kartuzy.pl/a%20b', 'mailto:anna.kowalska@example.pl']);
});

test('a page may load itself again, a frame in it may not go anywhere', () => {
  const { webContents } = new BrowserWindow();
  expect(ask(webContents, 'will-navigate', { url: 'app://desk/', isMainFrame: true })).toBe(true);
  expect(ask(webContents, 'will-frame-navigate', { url: 'app://desk/', isMainFrame: false })).toBe(false);
});

test('no guest page is attached and no bluetooth device chosen', () => {
  const { webContents } = new BrowserWindow();
  expect(ask(webContents, 'will-attach-webview')).toBe(false);
  const chosen = vi.fn();
  expect(ask(webContents, 'select-bluetooth-device', {}, [], chosen)).toBe(false);
  expect(chosen).toHaveBeenCalledExactlyOnceWith('');
});

test('a new session downloads nothing and asks nobody but us', () => {
  const session = new Session();
  app.emit('session-created' as never, session as never);
  expect(ask(session, 'will-download')).toBe(false);
  expect(session.dictionaries).toMatch(/^app:\/\/desk\//);
  const cancelled = (url: string) => {
    let answer: boolean | undefined;
    session.beforeRequest?.({ url }, ({ cancel }) => {
      answer = cancel;
    });
    return answer;
  };
  for (const url of ['app://desk/a.js', 'blob:app://desk/1', 'data:image/png;base64,AA==']) {
    expect(cancelled(url), url).toBe(false);
  }
  for (const url of [
    'https://evil.example/',
    'http://127.0.0.1:5432/',
    'ws://localhost:9/',
    'app://evil/',
    'file:///x',
  ]) {
    expect(cancelled(url), url).toBe(true);
  }
});
