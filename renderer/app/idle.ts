import { useEffect, useRef } from 'react';

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
const TOUCH_EVERY_MS = 30_000;
const LOOK_EVERY_MS = 1_000;

/** How often a window tells the other windows of the same person that the person is there. */
const TELL_EVERY_MS = 5_000;

/**
 * Watches for signs of the person: tells the core at most every 30 s, and calls `onIdle` after `idleSeconds` without
 * any, here or in another window of the same person on this computer. Measured by the clock, so a sleeping computer is
 * idle too.
 */
export function useIdle(login: string, idleSeconds: number, onTouch: () => void, onIdle: () => void): void {
  // Another drawing of the caller is no sign of the person: the watch must not start anew with its callbacks.
  const latest = useRef({ onTouch, onIdle });
  useEffect(() => {
    latest.current = { onTouch, onIdle };
  });
  useEffect(() => {
    let lastSign = Date.now();
    let lastTouch = Date.now();
    let lastTold = 0;
    const windows = new BroadcastChannel(`ibok-signs ${login}`);
    windows.onmessage = () => {
      lastSign = Date.now();
    };
    const onSign = () => {
      lastSign = Date.now();
      if (lastSign - lastTold > TELL_EVERY_MS) {
        lastTold = lastSign;
        windows.postMessage(null);
      }
      if (lastSign - lastTouch < TOUCH_EVERY_MS) return;
      lastTouch = lastSign;
      latest.current.onTouch();
    };
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { capture: true, passive: true });
    const timer = setInterval(() => {
      if (Date.now() - lastSign > idleSeconds * 1000) latest.current.onIdle();
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      windows.close();
      for (const sign of SIGNS) window.removeEventListener(sign, onSign, { capture: true });
    };
  }, [login, idleSeconds]);
}
