import type pg from 'pg';
import type { Endpoint } from '../db/connect';
import { databaseFault, ServerAway } from '../db/fault';
import { takePulse } from '../db/pulse';
import { NoWritableHost, type Reached } from '../db/route';
import { drop, hangUp } from '../db/wires';
import type { Listener } from './events';

/** Topics that no notification may bring. */
const OURS = new Set(['link', 'session', 'resync']);
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 2_000;
/** A new connection waits this long for a link that broke a moment ago: a server that restarts is back sooner. */
const GRACE_MS = 2_000;

/** The end of the log that has been written, as an LSN: what a standby is compared with. */
const LOG_END = 'select pg_catalog.pg_current_wal_insert_lsn()::text as lsn';
/** Nothing but a sign of life. */
const ALIVE = 'select';

export interface LinkOptions {
  /** Signs in at the writable host. */
  connect(): Promise<Reached>;
  emit: Listener;
  /** Told where the log stood at a moment (`performance.now()`), every other second while up; null: nobody needs it. */
  onMark: ((lsn: string, at: number) => void) | null;
  /** Told when whatever the person has open with the old host is of no use any more. */
  onAbandoned(): void;
  /** Whether the failure means that this person may no longer sign in, rather than that the server is away. */
  isFinal(error: unknown): boolean;
  onFinal(): void;
}

/**
 * Keeps one LISTEN connection to the writable host alive, turns notifications into hints, and knows where new
 * connections go. While the server is away it says `link down` and retries, at whichever host has become writable; once
 * back, `link up` and `resync`, because hints of the gap are lost.
 */
export class Link {
  private client: pg.Client | null = null;
  private at: Endpoint | null = null;
  private up = Promise.withResolvers<Endpoint>();
  private brokenAt = 0;
  private closed = false;
  private connecting = false;
  private retry: NodeJS.Timeout | null = null;

  constructor(private readonly options: LinkOptions) {}

  /** Takes over an already connected client. Rejects when LISTEN itself fails. */
  async adopt({ client, endpoint }: Reached): Promise<void> {
    this.client = client;
    client.on('end', () => this.lost(client, performance.now()));
    client.on('notification', ({ payload }) => {
      const [topic = '', id] = (payload ?? '').split(/:(.*)/);
      // Any login may NOTIFY; the state of link and session is ours alone to tell.
      if (/^[a-z_]{1,63}$/.test(topic) && !OURS.has(topic)) this.options.emit(id ? { topic, id } : { topic });
    });
    const { onMark } = this.options;
    takePulse<{ lsn: string }>(client, {
      sql: onMark ? LOG_END : ALIVE,
      onBeat: ({ lsn }, askedAt) => onMark?.(lsn, askedAt),
      onSilent: () => this.abandon(client, 0),
    });
    await client.query('listen ibok');
    this.at = endpoint;
    this.up.resolve(endpoint);
  }

  /** The writable host, or null while none is known. */
  get writable(): Endpoint | null {
    return this.at;
  }

  /** Where to connect to now. Throws ServerAway when the link is down for more than a moment. */
  async endpoint(): Promise<Endpoint> {
    if (this.at) return this.at;
    const patience = this.brokenAt + GRACE_MS - performance.now();
    if (patience <= 0) throw new ServerAway();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new ServerAway()), patience);
    return Promise.race([this.up.promise, late.promise]).finally(() => clearTimeout(timer));
  }

  /** The host has refused to write: looks for the one that does not. */
  distrust(): void {
    if (this.client) this.abandon(this.client, performance.now());
  }

  /** Stops retrying and ends the connection. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    const { client } = this;
    this.client = null;
    if (client) await hangUp(client);
  }

  private abandon(client: pg.Client, brokenAt: number): void {
    this.lost(client, brokenAt);
    this.options.onAbandoned();
    drop(client);
  }

  private lost(client: pg.Client, brokenAt: number): void {
    if (this.closed || this.client !== client) return;
    const before = this.at;
    this.client = null;
    this.at = null;
    if (before) this.up = Promise.withResolvers();
    this.brokenAt = brokenAt;
    this.options.emit({ topic: 'link', id: 'down' });
    // A connection lost while it is being made is retried by whoever makes it.
    if (!this.connecting) this.again(FIRST_RETRY_MS, before);
  }

  /** All desks of an office lose a server at once; they do not all come back in the same instant. */
  private again(afterMs: number, before: Endpoint | null): void {
    this.retry = setTimeout(() => void this.reconnect(afterMs, before), afterMs * (0.75 + Math.random() / 2));
  }

  private async reconnect(afterMs: number, before: Endpoint | null): Promise<void> {
    let client: pg.Client | null = null;
    this.connecting = true;
    try {
      const reached = await this.options.connect();
      client = reached.client;
      if (this.closed) return void (await hangUp(client));
      if (reached.endpoint !== before) this.options.onAbandoned();
      await this.adopt(reached);
      this.options.emit({ topic: 'link', id: 'up' });
      this.options.emit({ topic: 'resync' });
    } catch (error) {
      this.client = null;
      if (client) await hangUp(client);
      if (this.closed) return;
      if (this.options.isFinal(error)) return this.options.onFinal();
      if (isAway(error)) this.options.onAbandoned();
      this.again(Math.min(afterMs * 2, LAST_RETRY_MS), before);
    } finally {
      this.connecting = false;
    }
  }
}

/** Whether nobody can be working on the old connections: no host answered as one that can be written to. */
function isAway(error: unknown): boolean {
  const said = error instanceof NoWritableHost ? error.telling : error;
  return databaseFault(said)?.lost !== false;
}
