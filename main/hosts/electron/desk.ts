import { randomUUID } from 'node:crypto';
import type { BrowserWindow } from 'electron';
import type { Caller, Core } from '../../core/core';
import type { Log } from '../../core/ports';
import { forwardEvents } from './events';
import { offerContextMenu } from './menu';
import type { Desk } from './sender';
import { loadHome } from './window';

/** A page that dies twice within this time would die a third time. */
const CRASH_LOOP_MS = 10_000;

/**
 * Makes a window a caller of the core: hints flow to it while it stands, and a page whose process died is loaded again
 * (drafts are the page's own and survive). A window opened out of another is the same `caller`: they share the session
 * and its lock, and session and connections end with the last of them.
 */
export function connectWindow(
  window: BrowserWindow,
  core: Core,
  log: Log,
  desks: Set<Desk>,
  caller: Caller = { id: `window-${randomUUID()}` },
): Desk {
  const { webContents } = window;
  const desk: Desk = { contents: webContents, caller };
  const closed = new AbortController();
  desks.add(desk);
  void forwardEvents(core, desk, log, closed.signal);
  offerContextMenu(webContents);
  reloadAfterCrash(window, log);
  window.once('closed', () => {
    desks.delete(desk);
    closed.abort();
    if ([...desks].some((other) => other.caller.id === caller.id)) return;
    core.forget(caller).catch(() => log.error('session.not-ended'));
  });
  return desk;
}

function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error('page.gone', { reason, exitCode });
    const now = performance.now();
    if (now - last < CRASH_LOOP_MS) return window.destroy();
    last = now;
    void loadHome(window, log);
  });
}
