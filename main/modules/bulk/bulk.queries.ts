import type { z } from 'zod';
import type { BulkRecord, bulkReceipt, bulkReceiptInput, Selection } from '../../../shared/contract/lists';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { countSelected, selectionConditions } from '../../db/list';
import type { Reader } from '../../db/statements';
import { CUSTOMER_LIST } from '../customers/customers.list';
import { runsHere } from './bulk.run';

/** After this long without a chunk, an act that should run has been cut off. */
const SILENT_SECONDS = 20;
const MOST_LISTED = 50;
const RECEIPT_PAGE = 200;

type BulkRow = Omit<BulkRecord, 'counts'> & { changed: number; same: number; refused: number; silent: boolean };

const SELECT = `with undo as materialized (select api.undo_stack() as steps)
select bulk.id, bulk.act, bulk.login, staff.display_name as "displayName", bulk.state, bulk.total, bulk.changed,
  bulk.same, bulk.refused, bulk.seen_at < now() - make_interval(secs => ${SILENT_SECONDS}) as silent,
  to_char(bulk.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt",
  to_char(bulk.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "finishedAt",
  case when bulk.login = session_user then (
    select step ->> 'id' from jsonb_array_elements(undo.steps) as step
     where step ->> 'subject' = 'bulk:' || bulk.id and step ->> 'state' <> 'undone' limit 1) end as "undoId"
  from undo cross join ibok.bulk_acts as bulk left join ibok.staff_members as staff on staff.login = bulk.login`;

function toRecord({ changed, same, refused, silent, ...row }: BulkRow, runs: boolean): BulkRecord {
  const state = row.state === 'running' && silent && !runs ? 'interrupted' : row.state;
  return { ...row, state, counts: { changed, same, refused } };
}

/** How many rows a selection chooses now, exactly. Throws INVALID_INPUT. */
export async function countSelection(ctx: ReadContext, selection: Selection): Promise<{ count: number }> {
  return { count: await countSelected(ctx.db, CUSTOMER_LIST, selectionConditions(CUSTOMER_LIST, selection)) };
}

/** One act, own or (for a supervisor) anybody's. Throws NOT_FOUND. */
export async function bulkRecord(db: Reader, bulkId: string, runs = runsHere(bulkId)): Promise<BulkRecord> {
  const [row] = await db.rows<BulkRow>(`${SELECT} where bulk.id = $1::bigint`, [bulkId]);
  if (!row) throw new AppError('NOT_FOUND');
  return toRecord(row, runs);
}

/** The last acts this person may see: a supervisor all, others their own (row policy of ibok.bulk_acts). */
export async function listBulk(ctx: ReadContext): Promise<BulkRecord[]> {
  const rows = await ctx.db.rows<BulkRow>(`${SELECT} order by bulk.id desc limit ${MOST_LISTED}`);
  return rows.map((row) => toRecord(row, runsHere(row.id)));
}

/** What became of each row, in the order of the act. Throws INVALID_INPUT for a foreign cursor. */
export async function readReceipt(
  ctx: ReadContext,
  { bulkId, outcome, cursor }: z.infer<typeof bulkReceiptInput>,
): Promise<z.infer<typeof bulkReceipt>> {
  const after = cursor == null ? 0 : Number(cursor);
  if (!Number.isSafeInteger(after) || after < 0) throw new AppError('INVALID_INPUT', { field: 'cursor' });
  const rows = await ctx.db.rows<z.infer<typeof bulkReceipt>['rows'][number] & { place: number }>(
    `select done.record_id as id, concat_ws(' ', listed.customer_no, listed.display_name) as label, done.outcome,
            done.error, done.place
       from ibok.bulk_rows as done left join ibok.customer_search as listed on listed.customer_id = done.record_id
      where done.bulk_id = $1::bigint and done.outcome is not null and done.place > $2::int
        and ($3::text is null or done.outcome = $3::text)
      order by done.place limit $4::int`,
    [bulkId, after, outcome ?? null, RECEIPT_PAGE],
  );
  const last = rows.length === RECEIPT_PAGE ? rows.at(-1) : undefined;
  return { rows, nextCursor: last ? String(last.place) : null };
}
