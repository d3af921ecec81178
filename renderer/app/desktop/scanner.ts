import { useEffect, useRef } from 'react';
import { isTyping } from '../../ui/shortcutKeys';

/** A scanner types its characters this close together (ms); no hand does, for so many. */
const QUICK_MS = 35;
const SHORTEST = 5;
/** From this many quick characters on they are a code and act as nothing else; fewer may be a quick hand. */
const SURE = 3;

/** Reads key presses as a barcode scanner sends them. Pure but for what it remembers of the last ones. */
export function scanReader() {
  let code = '';
  let last = Number.NEGATIVE_INFINITY;
  /** Takes one key at a time (ms); `swallow`: it belongs to a code, so nothing else may act on it. */
  return (key: string, at: number): { scanned: string | null; swallow: boolean } => {
    const quick = at - last <= QUICK_MS;
    last = at;
    if (key === 'Enter') {
      const scanned = quick && code.length >= SHORTEST ? code : null;
      code = '';
      return { scanned, swallow: scanned !== null };
    }
    // A scanner sends capitals with Shift; any other key is a hand's.
    if (key === 'Shift') return { scanned: null, swallow: false };
    if (key.length !== 1) {
      code = '';
      return { scanned: null, swallow: false };
    }
    code = quick ? code + key : key;
    return { scanned: null, swallow: code.length >= SURE };
  };
}

/** Who waits for codes, the last one to come at the end: a screen goes before the search box of the frame. */
const takers: object[] = [];

/**
 * Calls `onScan` with what a barcode scanner read while no field has the focus; in a field the scanner types as a
 * keyboard does. The code's letters do not act as shortcuts. Of several callers the one that came last is called.
 */
export function useScanner(onScan: (code: string) => void): void {
  const latest = useRef(onScan);
  useEffect(() => {
    latest.current = onScan;
  });
  useEffect(() => {
    const read = scanReader();
    const taker = {};
    takers.push(taker);
    const onKey = (event: KeyboardEvent) => {
      // A key held down repeats as quickly as a scanner types.
      if (takers.at(-1) !== taker) return;
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      const { scanned, swallow } = read(event.key, event.timeStamp);
      if (!swallow) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (scanned) latest.current(scanned);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      takers.splice(takers.indexOf(taker), 1);
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, []);
}
