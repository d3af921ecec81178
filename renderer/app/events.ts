import type { Hint } from '../../shared/bridge';

/** The core pings every 5 s; two pings and a bit without a word mean that the link is gone. */
const SILENCE_MS = 12_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/**
 * Reads the event stream of the loopback host for ever: reconnects with back-off, reports the link as
 * `{topic: 'link', id: 'up' | 'down'}` and asks for a `resync` after each gap, since hints in a gap are lost.
 * Returns the function that stops it.
 */
export function listenToEvents(headers: Record<string, string>, listener: (hint: Hint) => void): () => void {
  const stop = new AbortController();
  void (async () => {
    let wait = FIRST_WAIT_MS;
    let gap = false;
    while (!stop.signal.aborted) {
      try {
        await readOnce(headers, stop.signal, listener, () => {
          listener({ topic: 'link', id: 'up' });
          if (gap) listener({ topic: 'resync' });
          wait = FIRST_WAIT_MS;
        });
      } catch {
        // A refused or broken stream is the same to us: the link is down and is tried again.
      }
      if (stop.signal.aborted) return;
      gap = true;
      listener({ topic: 'link', id: 'down' });
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  })();
  return () => stop.abort();
}

/** One connection until it ends, breaks or falls silent. */
async function readOnce(
  headers: Record<string, string>,
  stopped: AbortSignal,
  listener: (hint: Hint) => void,
  onOpen: () => void,
): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await fetch('/events', { headers, signal: AbortSignal.any([stopped, silence.signal]) });
    if (!response.ok || !response.body) throw new Error('events refused');
    onOpen();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const parsed = parseEvents(rest + value);
      rest = parsed.rest;
      for (const hint of parsed.hints) listener(hint);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Complete `data:` lines as hints, and the incomplete rest. Pings (`: ping`) and what is not JSON are passed over. */
export function parseEvents(text: string): { hints: Hint[]; rest: string } {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const hints: Hint[] = [];
  for (const line of lines) {
    if (!line.startsWith('data:')) continue;
    try {
      const hint = JSON.parse(line.slice(5)) as Hint;
      if (typeof hint.topic === 'string') hints.push(hint);
    } catch {
      // A hint that cannot be read carries nothing that could be lost.
    }
  }
  return { hints, rest };
}
