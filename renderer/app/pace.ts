import type { Hint } from '../../shared/bridge';

/** Hints come in bursts (one act touches several tables): what they ask for is read once, this much after the first. */
const GATHER_MS = 120;
/** Any login can send any number of hints. However many come, the screen is read again at most this often. */
const APART_MS = 400;
/** More different hints than this are one `resync`. */
const MOST = 500;

/** Hands hints on at the pace a screen can be read again. */
export interface Pace {
  add(hint: Hint): void;
  /** The window is looked at again: what was left out while it was hidden is read now. */
  shown(): void;
}

/**
 * Gathers hints, each once, and gives them to `read` at most every 400 ms. While nobody looks (`isHidden`), `read` is
 * told so: reading a card again is written to the read log, and a card that nobody sees was not looked at. It gets the
 * same hints again when the window is shown.
 */
export function pace(read: (hints: readonly Hint[], hidden: boolean) => void, isHidden: () => boolean): Pace {
  let gathered = new Map<string, Hint>();
  let leftOut = new Map<string, Hint>();
  let planned = false;
  let last = Number.NEGATIVE_INFINITY;

  function plan(): void {
    if (planned) return;
    planned = true;
    setTimeout(flush, Math.max(GATHER_MS, last + APART_MS - performance.now()));
  }
  function flush(): void {
    planned = false;
    last = performance.now();
    const hints = gathered;
    gathered = new Map();
    const hidden = isHidden();
    if (hidden) for (const hint of hints.values()) put(leftOut, hint);
    read([...hints.values()], hidden);
  }
  return {
    add: (hint) => {
      put(gathered, hint);
      plan();
    },
    shown: () => {
      if (leftOut.size === 0) return;
      for (const hint of leftOut.values()) put(gathered, hint);
      leftOut = new Map();
      plan();
    },
  };
}

function put(hints: Map<string, Hint>, { topic, id }: Hint): void {
  if (hints.has('resync')) return;
  const key = id === undefined ? topic : `${topic}:${id}`;
  if (topic !== 'resync' && (hints.size < MOST || hints.has(key))) {
    hints.set(key, id === undefined ? { topic } : { topic, id });
    return;
  }
  hints.clear();
  hints.set('resync', { topic: 'resync' });
}
