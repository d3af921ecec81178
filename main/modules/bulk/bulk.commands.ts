import type { BulkRecord, Selection, StartBulkInput } from '../../../shared/contract/lists';
import { MAX_BULK_ROWS } from '../../../shared/contract/lists';
import type { LongContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { selectedIds } from '../../db/list';
import type { List } from '../../db/list-definition';
import type { Writer } from '../../db/statements';
import { bulkList } from './bulk.lists';
import { bulkRecord } from './bulk.queries';
import { runsHere, workOn } from './bulk.run';

/**
 * Begins a bulk act over what is selected now and answers once its rows are frozen; `bulk.progress` tells the rest. The
 * same request id is the same act. Throws SELECTION_CHANGED (another number than was confirmed), TOO_MANY_ROWS,
 * INVALID_INPUT, NOT_FOUND, REQUEST_ID_REUSED.
 */
export async function startBulk(ctx: LongContext, input: StartBulkInput): Promise<BulkRecord> {
  const { bulkId, record } = await ctx.transact(async (db) => {
    const begun = await begin(ctx, db, input);
    return { bulkId: begun, record: await bulkRecord(db, begun) };
  });
  if (record.state === 'running') void workOn(ctx, bulkId);
  return { ...record, state: record.state === 'interrupted' ? 'running' : record.state };
}

async function begin(
  ctx: LongContext,
  db: Writer,
  { requestId, selection, act, confirmed }: StartBulkInput,
): Promise<string> {
  // A second click finds other rows than the first: the act itself has changed them.
  const [known] = await db.rows(`select from ibok.acts where client_request_id = $1::uuid and action = 'bulk.start'`, [
    requestId,
  ]);
  const ids = known ? [] : await confirmedIds(db, bulkList(ctx.actor, act.list), selection, confirmed);
  const [row] = await db.rows<{ begun: { bulkId: string } }>(
    'select api.begin_bulk($1::uuid, $2::jsonb, $3::jsonb, $4::bigint[]) as begun',
    [requestId, JSON.stringify(act), JSON.stringify(selection), ids],
  );
  if (!row) throw new Error('begin_bulk gave no row');
  return row.begun.bulkId;
}

async function confirmedIds(db: Writer, list: List, selection: Selection, confirmed: number): Promise<string[]> {
  const ids = await selectedIds(db, list, selection, MAX_BULK_ROWS + 1);
  if (ids.length > MAX_BULK_ROWS) throw new AppError('TOO_MANY_ROWS', { max: MAX_BULK_ROWS });
  if (ids.length !== confirmed) throw new AppError('SELECTION_CHANGED', { count: ids.length });
  return ids;
}

/** Goes on with an act of this person that was cut off, from the first row it had not decided. Throws NOT_FOUND. */
export async function resumeBulk(ctx: LongContext, bulkId: string): Promise<BulkRecord> {
  const record = await ctx.transact((db) => bulkRecord(db, bulkId));
  if (record.login !== ctx.actor.login) throw new AppError('NOT_FOUND');
  if (record.state !== 'interrupted') return record;
  void workOn(ctx, bulkId);
  return { ...record, state: 'running' };
}

/** Stops an act of this person; what is done stays and can be undone. Throws NOT_FOUND. */
export async function cancelBulk(ctx: WriteContext, bulkId: string): Promise<BulkRecord> {
  await ctx.db.rows('select api.cancel_bulk($1::bigint)', [bulkId]);
  return bulkRecord(ctx.db, bulkId, runsHere(bulkId));
}
