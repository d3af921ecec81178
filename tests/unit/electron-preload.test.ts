import { ipcMain } from 'electron';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCore } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import { connectWindow } from '../../main/hosts/electron/desk';
import { sendHint } from '../../main/hosts/electron/events';
import { connectIpc } from '../../main/hosts/electron/ipc';
import type { Desk } from '../../main/hosts/electron/sender';
import { openWindow } from '../../main/hosts/electron/window';
import type { Hint, HostBridge } from '../../shared/bridge';
import { desktop, ipcRenderer } from '../support/electron-stand-in';

vi.mock('electron', () => import('../support/electron-stand-in'));

const ports = standardPorts(() => undefined);
const core = createCore(ports, { servers: [], idleSeconds: 600 });
const desks = new Set<Desk>();
let bridge: HostBridge;
let desk: Desk;

beforeAll(async () => {
  connectIpc(ipcMain, { core, log: ports.log, desks: () => desks, openFor: () => undefined, onBadge: () => undefined });
  desk = connectWindow(openWindow(), core, ports.log, desks);
  await import('../../preload/preload');
  bridge = desktop.exposed.get('iboDesk') as HostBridge;
});
afterAll(() => core.close());

test('the page gets one frozen object with exactly these members', () => {
  expect([...desktop.exposed.keys()]).toEqual(['iboDesk']);
  expect(Object.isFrozen(bridge)).toBe(true);
  expect(Object.fromEntries(Object.entries(bridge).map(([name, value]) => [name, typeof value]))).toEqual({
    kind: 'string',
    request: 'function',
    onHint: 'function',
    pickFile: 'function',
    putFile: 'function',
    readFile: 'function',
    saveFile: 'function',
    openExternal: 'function',
    openWindow: 'function',
    notify: 'function',
    setBadge: 'function',
    print: 'function',
    dragFile: 'function',
    onPlace: 'function',
  });
  expect(bridge.kind).toBe('electron');
});

test('a request goes to the core and back', async () => {
  expect((await bridge.request('/trpc/session.state', '')).status).toBe(200);
  expect((await bridge.request('/elsewhere', '')).status).toBe(403);
});

test('a listener gets plain hints and no event, and stops when told to', () => {
  const heard: unknown[][] = [];
  const stop = bridge.onHint((...args: unknown[]) => heard.push(args));
  sendHint(desk, { topic: 'meters', id: '3', sender: {} } as Hint);
  sendHint(desk, { topic: 'resync' });
  expect(heard).toEqual([[{ topic: 'meters', id: '3' }], [{ topic: 'resync' }]]);
  expect(stop()).toBeUndefined();
  sendHint(desk, { topic: 'resync' });
  expect(heard).toHaveLength(2);
  expect(ipcRenderer.listenerCount('core:event')).toBe(0);
});

test('bytes go into a slot and back to the person', async () => {
  const slot = await bridge.putFile('a.csv', new Uint8Array([1, 2, 3]));
  expect(slot).toEqual({ slot: expect.any(String), name: 'a.csv', size: 3 });
  expect(await bridge.saveFile(slot)).toBe(false);
  const shown = await bridge.putFile('b.pdf', new Uint8Array([4, 5]));
  expect(await bridge.readFile(shown)).toEqual(new Uint8Array([4, 5]));
  await expect(bridge.readFile(shown)).rejects.toEqual({ data: { app: { code: 'FILE_GONE', details: {} } } });
  expect(await bridge.pickFile('csv')).toBeNull();
});

test('a refused file rejects with the shape the page reads from every error', async () => {
  await expect(bridge.saveFile({ slot: 'gone', name: 'a.csv', size: 1 })).rejects.toEqual({
    data: { app: { code: 'FILE_GONE', details: {} } },
  });
});

test('no argument chooses a channel', async () => {
  const asked = vi.spyOn(ipcRenderer, 'invoke');
  await bridge.request('core:files', 'core:files');
  await bridge.openExternal('core:request');
  await bridge.pickFile('core:request' as never).catch(() => undefined);
  expect(asked.mock.calls.map(([channel]) => channel)).toEqual(['core:request', 'core:open-external', 'core:files']);
});
