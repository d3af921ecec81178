import type { z } from 'zod';
import {
  type LetterRun,
  MAX_LETTER_ROWS,
  type markRunInput,
  type PlanRunInput,
  type RunPlan,
  type StartRunInput,
} from '../../../shared/contract/letter-runs';
import type { Selection } from '../../../shared/contract/lists';
import type { LongContext, ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { selectedIds } from '../../db/list';
import type { Reader, Writer } from '../../db/statements';
import { METER_LIST } from '../meters/meters.list';
import { drawRun, stopDrawing } from './draw-run';
import { getRun } from './letter-runs.queries';

/** What a run over the selection would come to. Throws TOO_MANY_ROWS, NOT_FOUND (nothing is selected), INVALID_INPUT. */
export async function planRun(ctx: ReadContext, { selection, channel, again }: PlanRunInput): Promise<RunPlan> {
  const ids = await meterIds(ctx.db, selection);
  const [row] = await ctx.db.rows<{ plan: RunPlan }>(
    'select api.preview_letter_run($1::bigint[], $2, $3::boolean) as plan',
    [ids, channel, again],
  );
  if (!row) throw new AppError('NOT_FOUND');
  return row.plan;
}

/**
 * Begins a run over what is selected now and answers once its meters are frozen; `letterRuns.get` tells the rest. The same
 * request id is the same run. Throws SELECTION_CHANGED, TOO_MANY_ROWS, NOT_FOUND, INVALID_INPUT, REQUEST_ID_REUSED.
 */
export async function startRun(ctx: LongContext, input: StartRunInput): Promise<LetterRun> {
  const runId = await ctx.transact((db) => begin(db, input));
  return goOn(ctx, runId);
}

async function begin(db: Writer, { requestId, selection, channel, again, confirmed }: StartRunInput): Promise<string> {
  // A second click may find other meters than the first: the letters themselves change the list.
  const [known] = await db.rows(
    `select from ibok.acts where client_request_id = $1::uuid and action = 'letterRuns.start'`,
    [requestId],
  );
  const ids = known ? [] : await meterIds(db, selection);
  if (!known && ids.length !== confirmed) throw new AppError('SELECTION_CHANGED', { count: ids.length });
  const [row] = await db.rows<{ begun: { runId: string } }>(
    'select api.begin_letter_run($1::jsonb, $2::bigint[], $3, $4::uuid, $5::boolean) as begun',
    [JSON.stringify(summaryOf(selection)), ids, channel, requestId, again],
  );
  if (!row) throw new Error('begin_letter_run gave no row');
  return row.begun.runId;
}

async function meterIds(db: Reader, selection: Selection): Promise<string[]> {
  const ids = await selectedIds(db, METER_LIST, selection, MAX_LETTER_ROWS + 1);
  if (ids.length > MAX_LETTER_ROWS) throw new AppError('TOO_MANY_ROWS', { max: MAX_LETTER_ROWS });
  if (ids.length === 0) throw new AppError('NOT_FOUND');
  return ids;
}

/** What the run remembers of how it was chosen: which meters those were, its rows say. */
function summaryOf(selection: Selection): object {
  return selection.is === 'rows'
    ? { is: 'rows', count: selection.ids.length }
    : { is: 'matching', question: selection.question, except: selection.except.length };
}

/** Takes up a run that was cut off. Throws NOT_FOUND for somebody else's. */
export async function resumeRun(ctx: LongContext, runId: string): Promise<LetterRun> {
  await ctx.transact((db) => db.rows('select api.resume_letter_run($1::bigint)', [runId]));
  return goOn(ctx, runId);
}

async function goOn(ctx: LongContext, runId: string): Promise<LetterRun> {
  const run = await ctx.transact((db) => getRun(db, runId));
  if (run.state === 'running' || run.state === 'interrupted') void drawRun(ctx, runId);
  return run.state === 'interrupted' ? { ...run, state: 'running', error: null } : run;
}

/** Ends a run that goes on: nothing of it is kept or sent. One that is done stays. Throws NOT_FOUND. */
export async function cancelRun(ctx: WriteContext, runId: string): Promise<LetterRun> {
  await ctx.db.rows('select api.cancel_letter_run($1::bigint)', [runId]);
  stopDrawing(runId);
  return getRun(ctx.db, runId);
}

/** Says when the paper letters were posted; null takes it back. Throws NOT_FOUND, CONFLICT (no paper), INVALID_INPUT. */
export async function markRun(ctx: WriteContext, { id, sentOn }: z.infer<typeof markRunInput>): Promise<LetterRun> {
  await ctx.db.rows('select api.mark_letter_run($1::bigint, $2::date)', [id, sentOn]);
  return getRun(ctx.db, id);
}
