import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ipcMain } from 'electron';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createCore } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import { connectWindow } from '../../main/hosts/electron/desk';
import { leadTo } from '../../main/hosts/electron/desktop';
import { clearDragged } from '../../main/hosts/electron/drag';
import { connectIpc } from '../../main/hosts/electron/ipc';
import { followLinks, placeInArguments } from '../../main/hosts/electron/links';
import type { Desk } from '../../main/hosts/electron/sender';
import { openTray } from '../../main/hosts/electron/tray';
import { openBeside, openWindow } from '../../main/hosts/electron/window';
import type { HostBridge } from '../../shared/bridge';
import { app, type BrowserWindow, desktop, ipcRenderer } from '../support/electron-stand-in';

vi.mock('electron', () => import('../support/electron-stand-in'));

const ports = standardPorts(() => undefined);
const core = createCore(ports, { servers: [], idleSeconds: 600 });
const desks = new Set<Desk>();
const opened: string[] = [];
const badges: number[] = [];
let bridge: HostBridge;
let window: BrowserWindow;
let desk: Desk;

beforeAll(async () => {
  connectIpc(ipcMain, {
    core,
    log: ports.log,
    desks: () => desks,
    openFor: (_, place) => void opened.push(place),
    onBadge: (count) => void badges.push(count),
  });
  const made = openWindow();
  window = made as unknown as BrowserWindow;
  desk = connectWindow(made, core, ports.log, desks);
  await import('../../preload/preload');
  bridge = desktop.exposed.get('iboDesk') as HostBridge;
});
beforeEach(() => {
  desktop.notices.splice(0);
  opened.splice(0);
});
afterAll(() => core.close());

test('a notice leads to its place when it is clicked, and flashes a window that is behind', async () => {
  const heard: string[] = [];
  const stop = bridge.onPlace((place) => heard.push(place));
  window.minimized = true;
  expect(await bridge.notify({ title: 'IBOK Desk', text: 'Zadań na dziś: 3', place: '/tasks' })).toBe(true);
  expect(desktop.notices).toMatchObject([{ shown: 1, options: { title: 'IBOK Desk', body: 'Zadań na dziś: 3' } }]);
  expect(window.flashes).toBe(1);
  desktop.notices[0]?.emit('click');
  expect(heard).toEqual(['/tasks']);
  expect(window.minimized).toBe(false);
  stop();
  expect(ipcRenderer.listenerCount('core:place')).toBe(0);
});

test('a system without notifications says so', async () => {
  desktop.notificationsSupported = false;
  expect(await bridge.notify({ title: 'a', text: 'b', place: '/tasks' })).toBe(false);
  desktop.notificationsSupported = true;
  expect(desktop.notices).toEqual([]);
});

test('the badge counts on the icon and in the tray', async () => {
  await bridge.setBadge(7);
  expect(desktop.badge).toBe(7);
  expect(badges).toEqual([7]);
  const sign = openTray({ open: () => undefined, lock: () => undefined });
  sign.setWaiting(7);
  expect(desktop.trays.at(-1)?.toolTip).toContain('7');
  sign.setWaiting(0);
  expect(desktop.trays.at(-1)?.toolTip).toBe('IBOK Desk');
});

test('printing says whether the person went through with it', async () => {
  expect(await bridge.print()).toBe(true);
  window.webContents.prints = false;
  expect(await bridge.print()).toBe(false);
  expect(window.webContents.printed).toBe(2);
});

test('a dragged file is written under its cleaned name for this person alone, once', async () => {
  const slot = await bridge.putFile('umowa: nr 1/2026.pdf', new Uint8Array([37, 80, 68, 70]));
  expect(await bridge.dragFile(slot)).toBe(true);
  const [item] = window.webContents.dragged;
  expect(item?.file).toMatch(/umowa_ nr 1_2026\.pdf$/);
  expect(readFileSync(item?.file ?? '')).toEqual(Buffer.from([37, 80, 68, 70]));
  expect(item?.icon).toMatchObject({ url: expect.stringMatching(/^data:image\/png;base64,/) });
  expect(await bridge.dragFile(slot)).toBe(false);
});

test('what a killed program left of dragged files is gone at the next start, and nothing else', () => {
  const left = join(desktop.folder, 'ibok-drag-left', 'file-1');
  const other = join(desktop.folder, 'somebody-else');
  mkdirSync(left, { recursive: true });
  mkdirSync(other, { recursive: true });
  clearDragged();
  expect(existsSync(left)).toBe(false);
  expect(existsSync(other)).toBe(true);
});

test('only places of ours open in a window', async () => {
  expect(await bridge.openWindow('/customers/12')).toBe(true);
  for (const place of [
    '/customers/0',
    '/customers/12/../..',
    'https://evil.example',
    '//evil.example',
    '/staff?x',
    '',
  ]) {
    expect(await bridge.openWindow(place)).toBe(false);
  }
  expect(opened).toEqual(['/customers/12']);
});

test.each([
  [{ do: 'open', place: '/customers/12', extra: 1 }],
  [{ do: 'badge', count: -1 }],
  [{ do: 'badge', count: Number.NaN }],
  [{ do: 'notify', title: '', text: 'x', place: '/' }],
  [{ do: 'notify', title: 'x', text: 'x'.repeat(121), place: '/' }],
  [{ do: 'drag', slot: '../../etc/passwd' }],
  [{ do: 'format' }],
  [null],
  ['print'],
])('refuses %j', async (request) => {
  expect(await ipcRenderer.invoke('core:desktop', request)).toBe(false);
  expect(await ipcRenderer.invoke('core:desktop', { do: 'print' }, request)).toBe(false);
});

test('a window for a record shares the session, which ends with the last of them', () => {
  const forgotten = vi.spyOn(core, 'forget');
  const first = openWindow();
  const one = connectWindow(first, core, ports.log, desks);
  const second = openBeside(first);
  const two = connectWindow(second, core, ports.log, desks, one.caller);
  expect(two.caller).toBe(one.caller);
  first.close();
  expect(forgotten).not.toHaveBeenCalled();
  second.close();
  expect(forgotten).toHaveBeenCalledExactlyOnceWith(one.caller);
});

test('links lead to places and nowhere else', () => {
  const asked: (string | null)[] = [];
  desktop.packaged = true;
  followLinks((place) => asked.push(place));
  desktop.packaged = false;
  expect(desktop.protocolClients).toEqual(['ibok']);
  app.emit('second-instance', {}, ['ibok-desk', '--flag', 'ibok://customers/12']);
  app.emit('second-instance', {}, ['ibok-desk']);
  let prevented = false;
  app.emit('open-url', { preventDefault: () => (prevented = true) }, 'ibok://meters/7/');
  expect(asked).toEqual(['/customers/12', null, '/meters/7']);
  expect(prevented).toBe(true);
});

test.each([
  'ibok://customers/12?tab=data',
  'ibok://customers/12#x',
  'ibok://user:pass@customers/12',
  'ibok://customers/../../etc',
  'ibok://customers/%2e%2e/x',
  'ibok://customers:80/12',
  'ibok:customers/12x',
  'ibok://evil.example/customers/12',
  `ibok://customers/${'1'.repeat(300)}`,
])('the link %s leads nowhere', (link) => {
  expect(placeInArguments(['program', link])).toBeNull();
});

test('leading a window that has gone does nothing', () => {
  const gone = openWindow();
  const lost = connectWindow(gone, core, ports.log, desks);
  gone.close();
  expect(() => leadTo(lost, '/tasks')).not.toThrow();
  expect(desks.has(desk)).toBe(true);
});

// Last: ending closes every window.
test('the tray opens, locks and ends', () => {
  const asked: string[] = [];
  openTray({ open: () => asked.push('open'), lock: () => asked.push('lock') });
  const tray = desktop.trays.at(-1);
  for (const item of tray?.items ?? []) item.click?.(undefined as never, undefined, undefined as never);
  expect(asked).toEqual(['open', 'lock']);
  expect(desktop.quits).toBe(1);
});
