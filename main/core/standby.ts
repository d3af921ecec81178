import type pg from 'pg';
import type { Sequelize } from 'sequelize';
import { type Connection, connectClient, type Endpoint, openPool } from '../db/connect';
import { databaseFault, ServerAway } from '../db/fault';
import { takePulse } from '../db/pulse';
import { type Reader, reader } from '../db/statements';
import { drop, hangUp, Wires } from '../db/wires';

/**
 * What a query asks for. `screen`: everything this desk has written or was told of by a hint, because nobody would
 * read it again. `report`: everything this desk has written; what others did may be missing for the stated time.
 */
export type StandbyUse = 'screen' | 'report';

/** The standby that is read from, for the health page. */
export interface StandbyState {
  endpoint: Endpoint;
  /** Seconds by which its data may be older than the primary's, as last proven; null when nothing is proven yet. */
  lagSeconds: number | null;
}

interface Mark {
  at: number;
  lsn: bigint;
}

const RETRY_MS = 5_000;
/** Marks of an hour; an older one proves nothing that a limit allows. */
const MOST_MARKS = 2_400;

/** Recovery has ended where a standby was promoted; its log is another one then. */
const PULSE = `select pg_catalog.pg_is_in_recovery() as standby, pg_catalog.pg_last_wal_replay_lsn()::text as lsn`;

/** The standby gave a statement up because replay could not wait for it. */
const NOT_THERE = new Set(['40001', '40P01']);

/**
 * Reads from a standby as long as it is proven to be fresh enough, from the primary otherwise.
 *
 * The proof needs no clock but ours and does not trust what a standby says of itself (cut off from its primary it would
 * claim to have replayed all it received): every other second the primary says where its log stands, the standby how
 * far it has replayed, and the newest moment whose log it has replayed is how fresh it is.
 */
export class StandbyReads {
  private client: pg.Client | null = null;
  private at: Endpoint | null = null;
  private marks: Mark[] = [];
  private provenAt = Number.NEGATIVE_INFINITY;
  private wroteAt = Number.NEGATIVE_INFINITY;
  private heardAt = Number.NEGATIVE_INFINITY;
  private closed = false;
  private retry: NodeJS.Timeout | null = null;
  private turn = 0;
  private readonly wires = new Wires();
  private readonly pool: Sequelize;

  constructor(
    private readonly to: Connection,
    private readonly writable: () => Endpoint | null,
    private readonly maxStalenessMs: number,
  ) {
    this.pool = openPool(to, { endpoint: async () => this.here(), wires: this.wires });
  }

  /** Looks for a standby, once it is known which host is none. */
  start(): void {
    void this.connect();
  }

  /** Where the primary's log stood at a moment. */
  mark(lsn: string, at: number): void {
    this.marks.push({ at, lsn: lsnOf(lsn) });
    if (this.marks.length > MOST_MARKS) this.marks.shift();
  }

  /** This desk has just written. */
  wrote(): void {
    this.wroteAt = performance.now();
  }

  /** This desk has just been told that something changed. */
  heard(): void {
    this.heardAt = performance.now();
  }

  /** Marks of a former primary say nothing of the log of the next. */
  forget(): void {
    this.marks = [];
    this.provenAt = Number.NEGATIVE_INFINITY;
  }

  state(): StandbyState | null {
    if (!this.at) return null;
    const lag = (performance.now() - this.provenAt) / 1000;
    return { endpoint: this.at, lagSeconds: Number.isFinite(lag) ? lag : null };
  }

  /** A reader for one query; each of its statements decides anew and falls back to `primary`. */
  over(primary: Reader, use: StandbyUse): Reader {
    return {
      rows: async <Row extends object>(sql: string, bind: readonly unknown[] = []) => {
        if (!this.isFresh(use)) return primary.rows<Row>(sql, bind);
        try {
          return await reader(this.pool).rows<Row>(sql, bind);
        } catch (error) {
          const fault = databaseFault(error);
          if (!fault?.lost && !NOT_THERE.has(fault?.sqlstate ?? '')) throw error;
          return primary.rows<Row>(sql, bind);
        }
      },
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    if (this.client) await hangUp(this.client);
    // Reads have no more anybody to answer.
    this.wires.cut();
    await this.pool.close();
  }

  private isFresh(use: StandbyUse): boolean {
    if (!this.at) return false;
    const told = use === 'screen' ? this.heardAt : Number.NEGATIVE_INFINITY;
    return this.provenAt >= Math.max(performance.now() - this.maxStalenessMs, this.wroteAt, told);
  }

  private here(): Endpoint {
    if (!this.at) throw new ServerAway();
    return this.at;
  }

  /** Tries the hosts that are not the primary in turn, until one of them is a standby. */
  private async connect(): Promise<void> {
    const primary = this.writable();
    const others = this.to.hosts.filter((host) => host !== primary);
    const endpoint = others[this.turn++ % Math.max(1, others.length)];
    try {
      if (!primary || !endpoint) return;
      const client = await connectClient(this.to, { endpoint });
      if (this.closed) return void (await hangUp(client));
      this.listen(client, endpoint);
    } catch {
      // Not there, or not for us: the primary serves.
    } finally {
      if (!this.client && !this.closed) this.again();
    }
  }

  private listen(client: pg.Client, endpoint: Endpoint): void {
    this.client = client;
    const leave = () => {
      if (this.client !== client) return;
      this.client = null;
      this.at = null;
      this.provenAt = Number.NEGATIVE_INFINITY;
      this.wires.cut();
      drop(client);
      if (!this.closed) this.again();
    };
    client.on('end', leave);
    takePulse<{ standby: boolean; lsn: string | null }>(client, {
      sql: PULSE,
      onBeat: ({ standby, lsn }) => {
        if (!standby || lsn === null) return leave();
        this.at = endpoint;
        this.prove(lsnOf(lsn));
      },
      onSilent: leave,
    });
  }

  /** The newest mark that has been replayed; marks rise with time. */
  private prove(replayed: bigint): void {
    const known = this.marks.findLast(({ lsn }) => lsn <= replayed);
    if (!known) return;
    this.provenAt = Math.max(this.provenAt, known.at);
    this.marks = this.marks.filter(({ at }) => at >= known.at);
  }

  private again(): void {
    this.retry = setTimeout(() => void this.connect(), RETRY_MS);
    this.retry.unref();
  }
}

/** `16/B374D848` → the position as a number. */
function lsnOf(text: string): bigint {
  const [high = '0', low = '0'] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}
