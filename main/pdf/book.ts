import { once } from 'node:events';
import type { Letter } from './letter';
import type { Answer, Order, Placed } from './thread';
import { startThread } from './threads';
import type { About } from './volume';

/** Five thousand letters of a page fit into half of it; without a bound the thread lets its garbage grow threefold. */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };

/**
 * Letters in one document, each with page numbers of its own, drawn in a thread that does nothing else: who waits for a
 * single letter does not wait for thousands. Ended by `close` or `abandon`.
 */
export class Book {
  private readonly worker = startThread(MEMORY);
  private orders = 0;

  /** Draws letters at the end. One that cannot be drawn is left out, whole. Rejects for a bug, and once abandoned. */
  async add(letters: readonly Letter[]): Promise<Placed[]> {
    const answer = await this.ask({ letters });
    if (!('placed' in answer)) throw new Error(`letters not drawn: ${'fault' in answer ? answer.fault : 'no places'}`);
    return answer.placed;
  }

  /** The document, and the end of the thread. */
  async close(about: About): Promise<Uint8Array> {
    try {
      const answer = await this.ask({ close: about });
      if (!('bytes' in answer)) throw new Error(`book not closed: ${'fault' in answer ? answer.fault : 'no bytes'}`);
      return answer.bytes;
    } finally {
      this.abandon();
    }
  }

  /** Ends the thread and what it has drawn. */
  abandon(): void {
    void this.worker.terminate();
  }

  /** One order at a time: the answer to it is the next message. */
  private async ask(order: { letters: readonly Letter[] } | { close: About }): Promise<Answer> {
    this.orders += 1;
    this.worker.postMessage({ id: this.orders, ...order } satisfies Order);
    const ended = new AbortController();
    const [answer] = await Promise.race([
      once(this.worker, 'message', { signal: ended.signal }) as Promise<[Answer]>,
      once(this.worker, 'exit', { signal: ended.signal }).then(() =>
        Promise.reject(new Error('the drawing thread ended')),
      ),
    ]).finally(() => ended.abort());
    return answer;
  }
}
