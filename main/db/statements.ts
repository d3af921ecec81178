import { createHash } from 'node:crypto';
import type pg from 'pg';
import { QueryTypes, type Sequelize } from 'sequelize';
import { databaseFault } from './fault';

/** Runs statements with bound values only; a value never becomes part of the text. */
export interface Reader {
  /** The rows of one statement; `$1`, `$2` … stand for `bind`. bigint and numeric arrive as text, dates as ISO days. */
  rows<Row extends object>(sql: string, bind?: readonly unknown[]): Promise<Row[]>;
}

declare const inTransactionOnly: unique symbol;

/** A reader whose statements belong to one open transaction; only the write procedures and jobs make one. */
export interface Writer extends Reader {
  readonly [inTransactionOnly]: true;
}

const PLANNED = new Map<string, string>();

/**
 * Registers a statement whose text never changes and returns it: each connection then has it parsed and planned once
 * instead of at every call, which is more than half the time of a join over six tables. Not for statements whose best
 * plan depends on the values, as patterns of LIKE.
 */
export function planned(sql: string): string {
  if (!PLANNED.has(sql)) PLANNED.set(sql, `ibok_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`);
  return sql;
}

/** Statements outside a transaction: each is its own. */
export function reader(sequelize: Sequelize): Reader {
  return { rows: (sql, bind = []) => select(sequelize, sql, bind) };
}

/**
 * Runs `work` in one transaction, committed only when it resolves. `requestId` goes into the audit rows. Never does
 * mail, dialogs, PDF or network inside. A `snapshot` sees nothing that others commit after its first statement.
 */
export async function inTransaction<T>(
  sequelize: Sequelize,
  requestId: string,
  work: (db: Writer) => Promise<T>,
  isolation: 'usual' | 'snapshot' = 'usual',
): Promise<T> {
  return onConnection(sequelize, async (connection) => {
    try {
      // Statements without parameters may go together: a save asks the server three times instead of four.
      await connection.query(
        `${BEGIN[isolation]}; select pg_catalog.set_config('ibok.request_id', ${connection.escapeLiteral(requestId)}, true)`,
      );
      const rows = async (sql: string, bind: readonly unknown[] = []) =>
        (await connection.query(statement(sql, bind))).rows;
      const result = await work({ rows } as Writer);
      await connection.query('commit');
      return result;
    } catch (error) {
      if (!databaseFault(error)?.lost) {
        // Where even that fails the connection ends, and the server rolls back by itself.
        await connection.query('rollback').catch(() => {
          connection._invalid = true;
        });
      }
      throw error;
    }
  });
}

const BEGIN = { usual: 'begin', snapshot: 'begin isolation level repeatable read' } as const;

async function select<Row extends object>(sequelize: Sequelize, sql: string, bind: readonly unknown[]): Promise<Row[]> {
  // Sequelize has no prepared statements, so those go past its `query`.
  if (!PLANNED.has(sql)) return sequelize.query<Row>(sql, { type: QueryTypes.SELECT, bind: [...bind], raw: true });
  return onConnection(sequelize, async (connection) => (await connection.query<Row>(statement(sql, bind))).rows);
}

function statement(sql: string, bind: readonly unknown[]): pg.QueryConfig {
  const name = PLANNED.get(sql);
  return { text: sql, values: [...bind], ...(name ? { name } : {}) };
}

/** The mark is Sequelize's own. */
type Connected = pg.Client & { _invalid?: boolean };

/** Works on a connection of the pool; one that turns out to be lost ends. */
async function onConnection<T>(sequelize: Sequelize, work: (connection: Connected) => Promise<T>): Promise<T> {
  const connection = (await sequelize.connectionManager.getConnection({ type: 'write' })) as Connected;
  try {
    return await work(connection);
  } catch (error) {
    if (databaseFault(error)?.lost) connection._invalid = true;
    throw error;
  } finally {
    const { connectionManager } = sequelize;
    if (connection._invalid) void connectionManager.destroyConnection(connection).catch(() => undefined);
    else connectionManager.releaseConnection(connection);
  }
}
