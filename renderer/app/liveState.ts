import { useEffect, useReducer, useSyncExternalStore } from 'react';

/** How fresh the screen is: live, or since when (ms) it is not. */
export interface LiveState {
  up: boolean;
  /** When the link was last known to work. */
  syncedAt: number;
}

let state: LiveState = { up: true, syncedAt: Date.now() };
const listeners = new Set<() => void>();

/** Tells the shell whether hints arrive. */
export function setLink(up: boolean): void {
  // While up, every sign renews the time; once down, it keeps the last good moment.
  state = up ? { up, syncedAt: Date.now() } : { up, syncedAt: state.up ? Date.now() : state.syncedAt };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The live state and the seconds since the last synchronisation; counts on while the link is down. */
export function useLiveState(): { up: boolean; secondsAgo: number } {
  const { up, syncedAt } = useSyncExternalStore(subscribe, () => state);
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (up) return;
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [up]);
  return { up, secondsAgo: up ? 0 : Math.max(0, Math.round((Date.now() - syncedAt) / 1000)) };
}
