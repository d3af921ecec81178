import { beforeAll, expect, test, vi } from 'vitest';
import type { Core } from '../../main/core/core';
import { Hints } from '../../main/core/events';
import { connectWindow } from '../../main/hosts/electron/desk';
import { forwardEvents } from '../../main/hosts/electron/events';
import type { Desk } from '../../main/hosts/electron/sender';
import { openWindow } from '../../main/hosts/electron/window';
import type { Hint } from '../../shared/bridge';
import { desktop } from '../support/electron-stand-in';

vi.mock('electron', () => import('../support/electron-stand-in'));

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const hints = new Hints();
const forgotten: string[] = [];
const signals = new Map<string, AbortSignal>();

/** A core of which only the hints are real: nothing else of it is asked for here. */
const core = {
  events: (caller, signal) => {
    signals.set(caller.id, signal);
    return hints.of(caller.id, signal);
  },
  forget: async ({ id }) => void forgotten.push(id),
} as Partial<Core> as Core;

const turn = () => new Promise((resolve) => setImmediate(resolve));
const sentTo = (index: number) => desktop.windows[index]?.webContents.sent ?? [];

beforeAll(() => {
  desktop.packaged = true;
});

test('hints reach the window they are for as plain data, and stop when it closes', async () => {
  const desks = new Set<Desk>();
  const mine = connectWindow(openWindow(), core, log, desks);
  const other = connectWindow(openWindow(), core, log, desks);
  await turn();
  const [window] = desktop.windows;
  hints.emit(mine.caller.id, { topic: 'customers', id: '7', secret: 'x' } as Hint);
  hints.emit(mine.caller.id, { topic: 'resync' });
  await turn();
  expect(sentTo(0)).toEqual([
    { channel: 'core:event', args: [{ topic: 'customers', id: '7' }] },
    { channel: 'core:event', args: [{ topic: 'resync' }] },
  ]);
  expect(sentTo(1)).toEqual([]);

  window?.close();
  hints.emit(mine.caller.id, { topic: 'customers', id: '8' });
  await turn();
  expect(window?.webContents.sent).toHaveLength(2);
  expect(forgotten).toEqual([mine.caller.id]);
  expect([signals.get(mine.caller.id)?.aborted, signals.get(other.caller.id)?.aborted]).toEqual([true, false]);
  expect([...desks]).toEqual([other]);
  desktop.windows[0]?.close();
});

test('a stream that breaks says so, and asks for a resync once it is back', async () => {
  const { contents, caller } = connectWindow(openWindow(), core, log, new Set());
  const stop = new AbortController();
  let opened = 0;
  const broken = {
    events: async function* (_caller: unknown, signal: AbortSignal): AsyncGenerator<Hint> {
      if (++opened === 1) throw new Error('Anna Kowalska');
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield* [];
    },
  };
  const done = forwardEvents(broken, { contents, caller }, log, stop.signal);
  await vi.waitFor(() => expect(opened).toBe(2), { timeout: 3_000 });
  stop.abort();
  await done;
  expect(sentTo(0).map(({ args }) => args[0])).toEqual([
    { topic: 'link', id: 'down' },
    { topic: 'link', id: 'up' },
    { topic: 'resync' },
  ]);
  expect(JSON.stringify(log.error.mock.calls)).not.toContain('Kowalska');
  desktop.windows[0]?.close();
});

test('a page whose process died is loaded again once, and a page that keeps dying is closed', async () => {
  const desks = new Set<Desk>();
  connectWindow(openWindow(), core, log, desks);
  const [window] = desktop.windows;
  window?.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
  expect(window?.loaded).toEqual([]);
  window?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  expect(window?.loaded).toEqual(['app://desk/']);
  window?.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
  expect(window?.isDestroyed()).toBe(true);
  expect(desks.size).toBe(0);
});
