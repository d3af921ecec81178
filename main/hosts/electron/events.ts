import { setTimeout as wait } from 'node:timers/promises';
import type { Hint } from '../../../shared/bridge';
import type { Core } from '../../core/core';
import type { Log } from '../../core/ports';
import type { Desk } from './sender';

const RETRY_MS = 1_000;

/**
 * Sends the core's hints to a window until `signal` aborts. Should the stream end or fail before that, the window is
 * told that the link is down, and after a second it is opened again with a `resync` for what was missed.
 */
export async function forwardEvents(
  core: Pick<Core, 'events'>,
  desk: Desk,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  for (let first = true; !signal.aborted; first = false) {
    if (!first) {
      sendHint(desk, { topic: 'link', id: 'up' });
      sendHint(desk, { topic: 'resync' });
    }
    try {
      for await (const hint of core.events(desk.caller, signal)) sendHint(desk, hint);
    } catch (error) {
      log.error('events.failed', { kind: error instanceof Error ? error.name : typeof error });
    }
    if (signal.aborted) return;
    sendHint(desk, { topic: 'link', id: 'down' });
    await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** One hint to the page, as plain data; nothing once the window is gone. */
export function sendHint({ contents }: Desk, { topic, id }: Hint): void {
  if (!contents.isDestroyed()) contents.send('core:event', id === undefined ? { topic } : { topic, id });
}
