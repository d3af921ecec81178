import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

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

/** Statements outside a transaction: each is its own. */
export function reader(sequelize: Sequelize): Reader {
  return { rows: (sql, bind = []) => select(sequelize, sql, bind, null) };
}

/**
 * Runs `work` in one transaction, committed only when it resolves. `requestId` goes into the audit rows. Never does
 * mail, dialogs, PDF or network inside.
 */
export async function inTransaction<T>(
  sequelize: Sequelize,
  requestId: string,
  work: (db: Writer) => Promise<T>,
): Promise<T> {
  return sequelize.transaction(async (transaction) => {
    const db = { rows: (sql: string, bind: readonly unknown[] = []) => select(sequelize, sql, bind, transaction) };
    await db.rows(`select pg_catalog.set_config('ibok.request_id', $1, true)`, [requestId]);
    return work(db as Writer);
  });
}

async function select<Row extends object>(
  sequelize: Sequelize,
  sql: string,
  bind: readonly unknown[],
  transaction: Transaction | null,
): Promise<Row[]> {
  return sequelize.query<Row>(sql, { type: QueryTypes.SELECT, bind: [...bind], transaction, raw: true });
}
