import type { StaffGroup } from '../../shared/permissions';
import type { Models } from '../db/models';
import type { Reader, Writer } from '../db/statements';
import type { Clock, Log } from './ports';
import type { Slots } from './slots';

/** One window or browser tab, as its host knows it. */
export interface Caller {
  readonly id: string;
}

/** The signed-in person behind a request. */
export interface Actor {
  login: string;
  group: StaffGroup;
}

/** What every procedure gets: who asks, from which window, and the ports. */
export interface BaseContext {
  caller: Caller;
  actor: Actor;
  clock: Clock;
  log: Log;
  slots: Slots;
  /** Folder of the messages that a demo office's mail server caught; null elsewhere. */
  caughtMail: string | null;
  requestId: string;
}

/** What a query gets: it can ask, it has no transaction to write in. */
export interface ReadContext extends BaseContext {
  db: Reader;
  models: Models;
}

/** What a command gets: every statement of `db` runs in the procedure's one transaction. */
export interface WriteContext extends BaseContext {
  db: Writer;
}

/** What a long command gets: it opens its transactions itself, and may go on after it has answered. */
export interface LongContext extends BaseContext {
  transact<T>(work: (db: Writer) => Promise<T>): Promise<T>;
  /** As `transact`, on one unchanging state of the database: what is counted first is what is read then. */
  snapshot<T>(work: (db: Writer) => Promise<T>): Promise<T>;
}
