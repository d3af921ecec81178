import { BaseError, ConnectionAcquireTimeoutError, ConnectionError, DatabaseError } from 'sequelize';

/** What the rest of the program may know of a fault in the database: never its message or detail. */
export interface DatabaseFault {
  /** Five characters, when the server answered. */
  sqlstate?: string;
  constraint?: string;
  /** The connection is gone or could not be made: the same act may be sent again. */
  lost: boolean;
}

/** Also 25006: the server we wrote to has become a standby, or was set to read only; another one may take the act. */
const LOST_SQLSTATE = /^(08...|57P0[1-5]|25P0[345]|25006)$/;
/** As the server says it of a lock: all connections of the person are in use, nothing is lost. */
const LOCK_NOT_AVAILABLE = '55P03';
const LOST_SOCKET = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)$/;
const LOST_MESSAGE =
  /Connection terminated|Connection ended|not queryable|timeout exceeded|timeout expired|Query read timeout|manager was closed/i;

/** No connection may be made at present, because the server is known to be away. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';
}

/** Reads the fault out of whatever Sequelize or pg threw; null when the error has nothing to do with the database. */
export function databaseFault(error: unknown): DatabaseFault | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof ServerAway) return { lost: true };
  if (error instanceof ConnectionAcquireTimeoutError) return { sqlstate: LOCK_NOT_AVAILABLE, lost: false };
  const cause = error instanceof BaseError && 'parent' in error && error.parent instanceof Error ? error.parent : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  const constraint = 'constraint' in cause && typeof cause.constraint === 'string' ? cause.constraint : undefined;
  if (code && /^[0-9A-Z]{5}$/.test(code) && !LOST_SOCKET.test(code)) {
    return { sqlstate: code, lost: LOST_SQLSTATE.test(code), ...(constraint ? { constraint } : {}) };
  }
  if (code && LOST_SOCKET.test(code)) return { lost: true };
  if (LOST_MESSAGE.test(cause.message)) return { lost: true };
  if (error instanceof ConnectionError || error instanceof DatabaseError)
    return { lost: error instanceof ConnectionError };
  return null;
}
