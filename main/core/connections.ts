import { createHmac, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Sequelize } from 'sequelize';
import { type Connection, connectClient, openPool } from '../db/connect';
import { databaseFault } from '../db/fault';
import { defineModels, type Models } from '../db/models';
import { type Hints, LiveConnection } from './events';

/** What all windows of one person share: at most three connections, however many windows there are. */
export interface Shared {
  readonly key: string;
  readonly pool: Sequelize;
  readonly models: Models;
}

interface Entry extends Shared {
  live: LiveConnection;
  windows: Set<string>;
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
   * Lets a window use the person's connections. `client` is the one that has just signed in: it becomes the listener,
   * or is ended where there is one already. The same password is part of being the same person.
   */
  async join(window: string, to: Connection, client: pg.Client): Promise<Shared> {
    const key = createHmac('sha256', this.salt).update(JSON.stringify(to)).digest('hex');
    const known = this.entries.get(key);
    if (known) {
      known.windows.add(window);
      await client.end();
      return known;
    }
    const entry = this.make(key, to, window);
    this.entries.set(key, entry);
    try {
      await entry.live.adopt(client);
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
    await Promise.allSettled([entry.live.close(), entry.pool.close()]);
  }

  private make(key: string, to: Connection, window: string): Entry {
    const pool = openPool(to);
    const windows = new Set([window]);
    const live = new LiveConnection(
      () => connectClient(to),
      (hint) => {
        for (const id of windows) this.hints.emit(id, hint);
      },
      (error) => FINAL.has(databaseFault(error)?.sqlstate ?? ''),
      () => this.ended([...windows]),
    );
    return { key, pool, models: defineModels(pool), live, windows };
  }
}
