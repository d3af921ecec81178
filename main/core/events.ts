import type { Hint } from '../../shared/bridge';

export type Listener = (hint: Hint) => void;

const MAX_WAITING = 500;

/** Hints for each caller's listeners (usually one: its window). */
export class Hints {
  private readonly listeners = new Map<string, Set<Listener>>();

  emit(callerId: string, hint: Hint): void {
    for (const listener of this.listeners.get(callerId) ?? []) listener(hint);
  }

  /** Yields hints of one caller until `signal` aborts. A listener too slow to follow gets one `resync` instead. */
  async *of(callerId: string, signal: AbortSignal): AsyncGenerator<Hint, void> {
    const waiting: Hint[] = [];
    let wake: () => void = () => undefined;
    const listener: Listener = (hint) => {
      if (waiting.length < MAX_WAITING) waiting.push(hint);
      else waiting.splice(0, waiting.length, { topic: 'resync' });
      wake();
    };
    const mine = this.listeners.get(callerId) ?? new Set();
    this.listeners.set(callerId, mine.add(listener));
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        const hint = waiting.shift();
        if (hint) yield hint;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      mine.delete(listener);
      if (mine.size === 0) this.listeners.delete(callerId);
    }
  }
}
