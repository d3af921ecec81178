import { createHmac, randomBytes } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { type Connection, openPool } from '../db/connect';
import { databaseFault } from '../db/fault';
import { defineModels, type Models } from '../db/models';
import { NoWritableHost, type Reached, type Route } from '../db/route';
import { hangUp, Wires } from '../db/wires';
import type { Hints } from './events';
import { Link } from './link';
import { StandbyReads } from './standby';

/** What all windows of one person share: at most three connections to a host, however many windows there are. */
export interface Shared {
  readonly key: string;
  readonly pool: Sequelize;
  readonly models: Models;
  readonly link: Link;
  /** null where everything is read from the primary. */
  readonly standby: StandbyReads | null;
}

interface Entry extends Shared {
  wires: Wires;
  windows: Set<string>;
}

/** The server of a person: the way to it, and how old (ms) lists from a standby may be, or null for none. */
export interface ServerRoute {
  route: Route;
  stalenessMs: number | null;
}

/** SQLSTATEs after which signing in again is of no use: the login has ended, or its password is another. */
const FINAL = new Set(['28000', '28P01', '42501']);

/**
 * The connections of everybody who is signed in at this host. A login may have four; a pool and a listener for each
 * window would refuse the second window of the same person.
 */
export class Connections {
  private readonly entries = new Map<string, Entry>();
  private readonly salt = randomBytes(32);

  constructor(
    private readonly hints: Hints,
    /** Told when the login itself has ended, with the windows that were open on it. */
    private readonly ended: (windows: string[]) => void,
  ) {}

  /**
   * Lets a window use the person's connections. `reached` is the one that has just signed in: it becomes the listener,
   * or is ended where there is one already. The same password is part of being the same person.
   */
  async join(window: string, to: Connection, server: ServerRoute, reached: Reached): Promise<Shared> {
    const key = createHmac('sha256', this.salt).update(JSON.stringify(to)).digest('hex');
    const known = this.entries.get(key);
    if (known) {
      known.windows.add(window);
      await hangUp(reached.client);
      return known;
    }
    const entry = this.make(key, to, server, window);
    this.entries.set(key, entry);
    try {
      await entry.link.adopt(reached);
      entry.standby?.start();
      return entry;
    } catch (error) {
      await this.leave(window, entry);
      throw error;
    }
  }

  /** The last window to leave closes the connections. */
  async leave(window: string, { key }: Shared): Promise<void> {
    const entry = this.entries.get(key);
    if (!entry?.windows.delete(window) || entry.windows.size > 0) return;
    this.entries.delete(key);
    if (!entry.link.writable) entry.wires.cut();
    // The link goes last: should the server fall silent meanwhile, its pulse ends the waiting of the pool.
    await Promise.allSettled([entry.pool.close(), entry.standby?.close()]);
    await entry.link.close();
  }

  private make(key: string, to: Connection, { route, stalenessMs }: ServerRoute, window: string): Entry {
    const windows = new Set([window]);
    const wires = new Wires();
    const standby = stalenessMs === null ? null : new StandbyReads(to, () => link.writable, stalenessMs);
    const link = new Link({
      connect: () => route.connect(to),
      emit: (hint) => {
        standby?.heard();
        for (const id of windows) this.hints.emit(id, hint);
      },
      onMark: standby && ((lsn, at) => standby.mark(lsn, at)),
      onAbandoned: () => {
        wires.cut();
        standby?.forget();
      },
      isFinal,
      onFinal: () => this.ended([...windows]),
    });
    const pool = openPool(to, { endpoint: () => link.endpoint(), wires });
    return { key, pool, models: defineModels(pool), link, standby, wires, windows };
  }
}

function isFinal(error: unknown): boolean {
  const said = error instanceof NoWritableHost ? error.ofLastWritable : error;
  return FINAL.has(databaseFault(said)?.sqlstate ?? '');
}
