import { randomUUID } from 'node:crypto';
import type { ImportCounts, ImportProgress, RunImportInput } from '../../../shared/contract/imports';
import type { LongContext, ReadContext } from '../../core/context';
import { AppError, toAppError } from '../../core/errors';
import type { Writer } from '../../db/statements';
import { jobOf, jobs } from './checked-files';
import { addChunk, faultsOf, type ImportJob, progressOf, resetCounts } from './import-jobs';
import { chunksOf, closeImport, openImport, storeChunk, storeRows } from './store-rows';

/**
 * Starts the import of a checked file and answers once the database has opened it; `importProgress` tells the rest.
 * With mode `all` the rows are one transaction: cut off, cancelled or refused, nothing is stored. With `good` every
 * thousand rows are one: cut off, the import stays open after the last of them and goes on from there, by the same
 * request id or by `resume`; cancelled, what was stored is taken back. A row is never stored twice.
 * Throws IMPORT_HAS_FAULTS (mode `all`), FILE_GONE, NOT_FOUND (nothing to resume), SERVER_BUSY, REQUEST_ID_REUSED,
 * CONNECTION_LOST.
 */
export async function runImport(ctx: LongContext, input: RunImportInput): Promise<{ importId: string }> {
  const job = jobOf(ctx, input.importKey);
  jobs.refuseWhileRunning(job.owner);
  if (input.mode === 'all' && faultsOf(job).length > 0)
    throw new AppError('IMPORT_HAS_FAULTS', { count: job.counts.refused });
  resetCounts(job);
  Object.assign(job, { state: 'running', importId: null, error: null, cancelled: false });
  try {
    const state = await ctx.transact((db) => enter(db, job, input));
    const { importId } = job;
    if (importId === null) throw new Error('an import without a number');
    if (state === 'open') void work(ctx, job, importId, input);
    else job.state = 'done';
    return { importId };
  } catch (error) {
    fail(ctx, job, error);
    throw error;
  }
}

/** Opens the import, or takes up the one of this request or of `resume`; returns its state in the database. */
async function enter(db: Writer, job: ImportJob, { mode, requestId, resume }: RunImportInput): Promise<string> {
  const opened =
    resume === undefined ? await openImport(db, job.read, mode, requestId) : { importId: resume, again: true };
  job.importId = opened.importId;
  if (!opened.again) return 'open';
  const [former] = await db.rows<ImportCounts & { state: string; position: number }>(
    `select state, position, created as "create", updated as "update", unchanged as same, refused from ibok.imports
      where id = $1::bigint and login = session_user and file_sha256 = decode($2, 'hex') and file_kind = $3`,
    [opened.importId, job.read.sha256, job.read.file.key],
  );
  if (!former || former.state === 'undone') throw new AppError('NOT_FOUND');
  const { state, position, refused, ...counts } = former;
  // A closed import counts the rows the file itself was refused for; an open one does not yet.
  job.counts = { ...counts, refused: state === 'open' ? refused + job.counts.refused : refused };
  job.done = state === 'open' ? position : job.read.checker.good.length;
  return state;
}

/** Never rejects: what happens stands in the job. */
async function work(ctx: LongContext, job: ImportJob, importId: string, { mode }: RunImportInput): Promise<void> {
  try {
    await (mode === 'all' ? storeTogether(ctx, job, importId) : storeInTurn(ctx, job, importId));
    job.state = 'done';
  } catch (error) {
    const code = toAppError(error)?.code;
    const stopped = code === 'IMPORT_CANCELLED' || code === 'IMPORT_HAS_FAULTS';
    if (stopped) await takeBack(ctx, job, importId, error);
    else if (mode === 'good' && job.done > 0) leaveOpen(ctx, job, error);
    else fail(ctx, job, error);
  }
}

async function storeTogether(ctx: LongContext, job: ImportJob, importId: string): Promise<void> {
  await ctx.transact(async (db) => {
    for await (const chunk of storeRows(db, importId, job.read, job.done)) {
      addChunk(job, chunk);
      refuseCancelled(job);
      if (chunk.faults.length > 0) throw new AppError('IMPORT_HAS_FAULTS', { count: chunk.faults.length });
    }
    await closeImport(db, importId, job.read);
    refuseCancelled(job);
  });
}

async function storeInTurn(ctx: LongContext, job: ImportJob, importId: string): Promise<void> {
  for (const chunk of chunksOf(job.read, job.done)) {
    refuseCancelled(job);
    addChunk(job, await ctx.transact((db) => storeChunk(db, importId, job.read, chunk)));
  }
  await ctx.transact(async (db) => {
    await closeImport(db, importId, job.read);
    refuseCancelled(job);
  });
}

function refuseCancelled({ cancelled }: ImportJob): void {
  if (cancelled) throw new AppError('IMPORT_CANCELLED');
}

/** Ends a stopped import: what it has stored goes again. Where somebody has changed that since, it stays open. */
async function takeBack(ctx: LongContext, job: ImportJob, importId: string, reason: unknown): Promise<void> {
  try {
    const [row] = await ctx.transact((db) =>
      db.rows<{ answer: { status: string } }>('select api.cancel_import($1::bigint) as answer', [importId]),
    );
    if (row?.answer.status === 'undone') fail(ctx, job, reason);
    else leaveOpen(ctx, job, new AppError('CHANGED_SINCE'));
  } catch (error) {
    leaveOpen(ctx, job, error);
  }
}

/** The first rows are stored, the import is open and goes on whenever its person wants. */
function leaveOpen(ctx: LongContext, job: ImportJob, error: unknown): void {
  job.error = codeOf(ctx, error);
  job.state = 'interrupted';
}

function fail(ctx: LongContext, job: ImportJob, error: unknown): void {
  job.error = codeOf(ctx, error);
  job.importId = null;
  job.done = 0;
  job.state = job.error === 'IMPORT_CANCELLED' ? 'cancelled' : 'failed';
}

function codeOf(ctx: LongContext, error: unknown): NonNullable<ImportJob['error']> {
  const expected = toAppError(error);
  const incident = randomUUID();
  if (!expected) ctx.log.error('import-failed', { incident, kind: error instanceof Error ? error.name : typeof error });
  return expected?.code ?? 'INTERNAL';
}

/** How far a run is. Throws FILE_GONE. */
export function importProgress(ctx: ReadContext, importKey: string): ImportProgress {
  return progressOf(jobOf(ctx, importKey));
}

/** Asks a run to stop; it does at the end of its chunk. One that has committed stays. Throws FILE_GONE. */
export function cancelImport(ctx: ReadContext, importKey: string): ImportProgress {
  const job = jobOf(ctx, importKey);
  if (job.state === 'running') job.cancelled = true;
  return progressOf(job);
}
