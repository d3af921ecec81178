import type pg from 'pg';
import type { Hint } from '../../shared/bridge';

type Listener = (hint: Hint) => void;

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

/** Topics that no notification may bring. */
const OURS = new Set(['link', 'session', 'resync']);
const MAX_WAITING = 500;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4_000;

/** Whether the failure means that this person may no longer sign in, rather than that the server is away. */
type IsFinal = (error: unknown) => boolean;

/**
 * Keeps one LISTEN connection alive and turns notifications into hints. While the server is away it says
 * `link down` and retries; once back, `link up` and `resync`, because hints of the gap are lost.
 */
export class LiveConnection {
  private client: pg.Client | null = null;
  private closed = false;
  private connecting = false;
  private retry: NodeJS.Timeout | null = null;

  constructor(
    private readonly connect: () => Promise<pg.Client>,
    private readonly emit: Listener,
    private readonly isFinal: IsFinal,
    private readonly onFinal: () => void,
  ) {}

  /** Takes over an already connected client. Rejects when LISTEN itself fails. */
  async adopt(client: pg.Client): Promise<void> {
    this.client = client;
    client.on('error', () => undefined);
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => {
      const [topic = '', id] = (payload ?? '').split(/:(.*)/);
      // Any login may NOTIFY; the state of link and session is ours alone to tell.
      if (/^[a-z_]{1,63}$/.test(topic) && !OURS.has(topic)) this.emit(id ? { topic, id } : { topic });
    });
    await client.query('listen ibok');
  }

  /** Stops retrying and ends the connection. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private lost(client: pg.Client): void {
    if (this.closed || this.client !== client) return;
    this.client = null;
    this.emit({ topic: 'link', id: 'down' });
    // A connection lost while it is being made is retried by whoever makes it.
    if (!this.connecting) this.again(FIRST_RETRY_MS);
  }

  private again(afterMs: number): void {
    this.retry = setTimeout(() => void this.reconnect(afterMs), afterMs);
  }

  private async reconnect(afterMs: number): Promise<void> {
    let client: pg.Client | null = null;
    this.connecting = true;
    try {
      client = await this.connect();
      if (this.closed) return void (await client.end());
      await this.adopt(client);
      this.emit({ topic: 'link', id: 'up' });
      this.emit({ topic: 'resync' });
    } catch (error) {
      this.client = null;
      await client?.end().catch(() => undefined);
      if (this.closed) return;
      if (this.isFinal(error)) this.onFinal();
      else this.again(Math.min(afterMs * 2, LAST_RETRY_MS));
    } finally {
      this.connecting = false;
    }
  }
}
