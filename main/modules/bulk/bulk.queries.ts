import type { z } from 'zod';
import type { BulkRecord, bulkCountInput, bulkReceipt, bulkReceiptInput } from '../../../shared/contract/lists';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { ADDRESS } from '../../db/address';
import { countSelected, selectionConditions } from '../../db/list';
import type { Reader } from '../../db/statements';
import { bulkList } from './bulk.lists';
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

/** How many rows a selection chooses now, exactly. Throws INVALID_INPUT, NOT_ALLOWED. */
export async function countSelection(
  ctx: ReadContext,
  { list: name, selection }: z.infer<typeof bulkCountInput>,
): Promise<{ count: number }> {
  const list = bulkList(ctx.actor, name);
  return { count: await countSelected(ctx.db, list, selectionConditions(list, selection)) };
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

/** What a receipt calls a row: the customer, or the meter and where it is, or the order's place. */
const LABEL = `case acts.act ->> 'list'
  when 'customers' then (
    select concat_ws(' ', listed.customer_no, listed.display_name)
      from ibok.customer_search as listed where listed.customer_id = done.record_id)
  when 'meters' then (
    select concat_ws(', ', meters.factory_no, nullif(${ADDRESS}, ''))
      from ibok.meters as meters
      left join ibok.meter_installations as installed on installed.meter_id = meters.id and installed.removed_on is null
      left join ibok.supply_points as points on points.id = installed.supply_point_id
      left join ibok.premises as premises on premises.id = points.premise_id
     where meters.id = done.record_id)
  else (
    select concat_ws(', ', ${ADDRESS}, meters.factory_no)
      from ibok.service_orders as orders
      join ibok.supply_points as points on points.id = orders.supply_point_id
      join ibok.premises as premises on premises.id = points.premise_id
      left join ibok.meters as meters on meters.id = orders.meter_id
     where orders.id = done.record_id)
  end`;

/** What became of each row, in the order of the act. Throws INVALID_INPUT for a foreign cursor. */
export async function readReceipt(
  ctx: ReadContext,
  { bulkId, outcome, cursor }: z.infer<typeof bulkReceiptInput>,
): Promise<z.infer<typeof bulkReceipt>> {
  const after = cursor == null ? 0 : Number(cursor);
  if (!Number.isSafeInteger(after) || after < 0) throw new AppError('INVALID_INPUT', { field: 'cursor' });
  const rows = await ctx.db.rows<z.infer<typeof bulkReceipt>['rows'][number] & { place: number }>(
    `select done.record_id as id, ${LABEL} as label, done.outcome, done.error, done.place
       from ibok.bulk_rows as done join ibok.bulk_acts as acts on acts.id = done.bulk_id
      where done.bulk_id = $1::bigint and done.outcome is not null and done.place > $2::int
        and ($3::text is null or done.outcome = $3::text)
      order by done.place limit $4::int`,
    [bulkId, after, outcome ?? null, RECEIPT_PAGE],
  );
  const last = rows.length === RECEIPT_PAGE ? rows.at(-1) : undefined;
  return { rows, nextCursor: last ? String(last.place) : null };
}
