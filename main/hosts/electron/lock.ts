import type { Core } from '../../core/core';
import type { Log } from '../../core/ports';
import type { Desk } from './sender';

/** Locks the session of every window, as the person would; a window where nobody is signed in has nothing to lock. */
export function lockDesks(core: Pick<Core, 'handle'>, desks: ReadonlySet<Desk>, log: Log): void {
  for (const { caller } of desks) {
    const headers = { 'content-type': 'application/json' };
    const lock = new Request('http://core.invalid/trpc/session.lock', { method: 'POST', headers });
    core
      .handle(lock, caller)
      .then(async (response) => {
        // A refusal is an answer as well: it comes with status 200.
        const { error } = (await response.json()) as { error?: unknown };
        if (error) log.warn('session.not-locked');
      })
      .catch(() => log.error('session.not-locked'));
  }
}
