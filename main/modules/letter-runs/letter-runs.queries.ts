import type { z } from 'zod';
import type {
  LetterRun,
  LetterRunRow,
  letterRunPage,
  MeterNotice,
  runRows,
  runRowsInput,
} from '../../../shared/contract/letter-runs';
import type { ListInput } from '../../../shared/contract/lists';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { ADDRESS } from '../../db/address';
import { listPage } from '../../db/list';
import type { Reader } from '../../db/statements';
import { drawnHere } from './draw-run';
import { LETTER_RUN_LIST, RUN_ROW, RUNS } from './letter-runs.list';

const RECEIPT_PAGE = 200;
/** How many letters about one meter travel at most. */
const LISTED = 50;

type Dated<T extends { startedAt: string }> = Omit<T, 'startedAt'> & { startedAt: Date };

function seenFromHere<T extends Pick<LetterRunRow, 'id' | 'state'>>(row: T): T {
  return row.state === 'interrupted' && drawnHere(row.id)?.running ? { ...row, state: 'running' } : row;
}

/** A page of the runs. Throws INVALID_INPUT for a question the list does not know. */
export async function listRuns(ctx: ReadContext, input: ListInput): Promise<z.infer<typeof letterRunPage>> {
  const { rows, nextCursor } = await listPage<Dated<LetterRunRow>>(ctx.db, LETTER_RUN_LIST, input);
  return { rows: rows.map((row) => seenFromHere({ ...row, startedAt: row.startedAt.toISOString() })), nextCursor };
}

type RunRecord = Dated<Omit<LetterRun, 'drawn' | 'error' | 'finishedAt'>> & { finishedAt: Date | null };

/** One run, and how far it is. Throws NOT_FOUND. */
export async function getRun(db: Reader, id: string): Promise<LetterRun> {
  // Asked before the row is read: a run that ends meanwhile did not break off.
  const stopped = drawnHere(id)?.running === false;
  const [row] = await db.rows<RunRecord>(
    `select ${RUN_ROW}, runs.finished_at as "finishedAt", sender.display_name as "sentByName",
            runs.login = session_user or pg_has_role(session_user, 'bok_supervisor', 'usage') as "mayAct",
            (select count(*)::int from ibok.letter_run_items as items
              where items.run_id = runs.id and items.channel = 'letter') as "toDraw",
            case when versions.id is not null then jsonb_build_object('id', runs.document_id::text,
              'version', jsonb_build_object('id', versions.id::text, 'no', versions.version_no,
                'fileName', versions.file_name, 'mime', versions.mime, 'size', versions.size,
                'sha256', encode(versions.sha256, 'hex'),
                'uploadedAt', to_char(versions.uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                'uploadedBy', versions.uploaded_by, 'uploadedByName', staff.display_name)) end as document
       from ${RUNS}
       left join ibok.staff_members as sender on sender.login = runs.sent_by
       left join ibok.document_versions as versions on versions.document_id = runs.document_id and versions.version_no = 1
      where runs.id = $1::bigint`,
    [id],
  );
  if (!row) throw new AppError('NOT_FOUND');
  const here = drawnHere(id);
  const run = { ...row, startedAt: row.startedAt.toISOString(), finishedAt: row.finishedAt?.toISOString() ?? null };
  // What this program knows of its own work is newer than the silence the database hears.
  const state = run.state === 'running' && stopped ? 'interrupted' : run.state;
  return { ...seenFromHere({ ...run, state }), drawn: here?.running ? here.drawn : null, error: here?.error ?? null };
}

/** What became of each meter of a run. Throws INVALID_INPUT for a foreign cursor. */
export async function listRunRows(
  ctx: ReadContext,
  { id, outcome, cursor }: z.infer<typeof runRowsInput>,
): Promise<z.infer<typeof runRows>> {
  const after = cursor == null ? 0 : Number(cursor);
  if (!Number.isSafeInteger(after) || after < 0) throw new AppError('INVALID_INPUT', { field: 'cursor' });
  const rows = await ctx.db.rows<z.infer<typeof runRows>['rows'][number]>(
    `select items.place, items.meter_id as "meterId", meters.factory_no as "factoryNo",
            coalesce(case when premises.id is not null then ${ADDRESS} end, '') as address,
            items.customer_id as "customerId", customers.display_name as "customerName",
            items.valid_until::text as "validUntil", items.channel, items.outcome, items.error, items.page
       from ibok.letter_run_items as items
       join ibok.meters as meters on meters.id = items.meter_id
       left join ibok.meter_installations as installed on installed.meter_id = items.meter_id and installed.removed_on is null
       left join ibok.supply_points as points on points.id = installed.supply_point_id
       left join ibok.premises as premises on premises.id = points.premise_id
       left join ibok.customer_search as customers on customers.customer_id = items.customer_id
      where items.run_id = $1::bigint and items.place > $2::int and ($3::text is null or items.outcome = $3::text)
      order by items.place limit ${RECEIPT_PAGE}`,
    [id, after, outcome ?? null],
  );
  const last = rows.length === RECEIPT_PAGE ? rows.at(-1) : undefined;
  return { rows, nextCursor: last ? String(last.place) : null };
}

/** What was made and sent about a meter, newest first. */
export async function noticesOfMeter(ctx: ReadContext, meterId: string): Promise<{ notices: MeterNotice[] }> {
  const rows = await ctx.db.rows<Omit<MeterNotice, 'madeAt'> & { madeAt: Date }>(
    `select items.run_id as "runId", items.channel, items.valid_until::text as "validUntil",
            runs.finished_at as "madeAt", items.customer_id as "customerId", customers.display_name as "customerName",
            case items.channel when 'mail' then (runs.finished_at at time zone 'Europe/Warsaw')::date else runs.sent_on end::text
              as "sentOn", items.page
       from ibok.letter_run_items as items
       join ibok.letter_runs as runs on runs.id = items.run_id
       left join ibok.customer_search as customers on customers.customer_id = items.customer_id
      where items.meter_id = $1::bigint and items.outcome in ('made', 'mailed') and runs.finished_at is not null
      order by items.run_id desc limit ${LISTED}`,
    [meterId],
  );
  return { notices: rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() })) };
}
