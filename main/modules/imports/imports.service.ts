import { randomUUID } from 'node:crypto';
import type { Slot } from '../../../shared/bridge';
import type {
  CheckedImport,
  CheckImportInput,
  ImportCounts,
  ImportMode,
  ImportProgress,
  ImportRecord,
  RunImportInput,
} from '../../../shared/contract/imports';
import { MAX_FAULTS_SHOWN } from '../../../shared/contract/imports';
import type { LongContext, ReadContext } from '../../core/context';
import { AppError, toAppError } from '../../core/errors';
import type { Writer } from '../../db/statements';
import { errorRows } from './error-rows';
import { faultsOf, type ImportJob, ImportJobs, progressOf, resetCounts } from './import-jobs';
import { readExport } from './read-file';
import { type ChunkResult, closeImport, openImport, storeRows } from './store-rows';

const jobs = new ImportJobs();

/** Ends the transaction of a dry run: everything was done, nothing stays. */
class DryRunOver extends Error {}

type JobContext = Pick<ReadContext, 'caller' | 'actor'>;

const ownerOf = ({ caller, actor }: JobContext) => ({ caller: caller.id, login: actor.login });
const jobOf = (ctx: JobContext, key: string) => jobs.get(ownerOf(ctx), key);

/** Forgets the checked files of a window, which hold personal data: at sign-out, and when the window is gone. */
export function forgetImports(callerId: string): void {
  jobs.forget(callerId);
}

/**
 * Reads a file, finds every fault of every row, and does the whole import once in a transaction that is rolled back: a
 * verdict is what the database really did. Throws FILE_GONE, FILE_NOT_READABLE, IMPORT_WRONG_COLUMNS,
 * IMPORT_TOO_MANY_ROWS, NOT_ALLOWED (a kind that this role may not import), SERVER_BUSY (a run goes on).
 */
export async function checkImport(ctx: LongContext, input: CheckImportInput): Promise<CheckedImport> {
  const owner = ownerOf(ctx);
  jobs.refuseWhileRunning(owner);
  const source = sourceOf(ctx, input);
  const read = await readExport(source.name, source.bytes, input);
  const job = jobs.add(owner, source.bytes, read);
  await dryRun(ctx, job);
  const faults = faultsOf(job);
  return {
    importKey: job.key,
    fileName: read.name,
    kind: read.file.key,
    encoding: read.encoding,
    rows: read.rows,
    verdicts: job.counts,
    faults: faults.slice(0, MAX_FAULTS_SHOWN),
    faultCount: faults.length,
    preview: { columns: read.columns, rows: read.preview },
  };
}

function sourceOf(ctx: LongContext, input: CheckImportInput): { name: string; bytes: Uint8Array } {
  if (input.importKey !== undefined) {
    const { bytes, read } = jobOf(ctx, input.importKey);
    return { name: read.name, bytes };
  }
  const found = ctx.slots.take(ctx.caller.id, input.slot ?? '');
  if (!found) throw new AppError('FILE_GONE');
  return found;
}

async function dryRun(ctx: LongContext, job: ImportJob): Promise<void> {
  resetCounts(job);
  try {
    await ctx.transact(async (db) => {
      const { importId } = await openImport(db, job.read, 'good', null);
      for await (const chunk of storeRows(db, importId, job.read)) count(job, chunk);
      throw new DryRunOver();
    });
  } catch (error) {
    if (!(error instanceof DryRunOver)) throw error;
  }
  job.done = 0;
}

/**
 * Starts the import of a checked file and answers once the database has opened it; `importProgress` tells the rest.
 * One transaction: cut off, cancelled or refused, nothing is stored. The same request id again is the same import.
 * Throws IMPORT_HAS_FAULTS (mode `all`), FILE_GONE, SERVER_BUSY, REQUEST_ID_REUSED, CONNECTION_LOST.
 */
export async function runImport(ctx: LongContext, input: RunImportInput): Promise<{ importId: string }> {
  const job = jobOf(ctx, input.importKey);
  jobs.refuseWhileRunning(job.owner);
  if (input.mode === 'all' && faultsOf(job).length > 0)
    throw new AppError('IMPORT_HAS_FAULTS', { count: job.counts.refused });
  resetCounts(job);
  Object.assign(job, { state: 'running', importId: null, error: null, cancelled: false });
  const opened = Promise.withResolvers<string>();
  void ctx
    .transact((db) => work(db, job, input, opened.resolve))
    .then(
      () => {
        job.state = 'done';
      },
      (error: unknown) => {
        fail(ctx, job, error);
        // Too late to matter when the import had been opened: then the progress tells.
        opened.reject(error);
      },
    );
  return { importId: await opened.promise };
}

async function work(
  db: Writer,
  job: ImportJob,
  { mode, requestId }: { mode: ImportMode; requestId: string },
  onOpen: (importId: string) => void,
): Promise<void> {
  const { importId, again } = await openImport(db, job.read, mode, requestId);
  job.importId = importId;
  onOpen(importId);
  if (again) return takeFormerResult(db, job, importId);
  for await (const chunk of storeRows(db, importId, job.read)) {
    count(job, chunk);
    if (job.cancelled) throw new AppError('IMPORT_CANCELLED');
    if (mode === 'all' && chunk.faults.length > 0)
      throw new AppError('IMPORT_HAS_FAULTS', { count: chunk.faults.length });
  }
  await closeImport(db, importId, job.read);
  if (job.cancelled) throw new AppError('IMPORT_CANCELLED');
}

/** The request had reached the database before, and its answer was lost on the way. */
async function takeFormerResult(db: Writer, job: ImportJob, importId: string): Promise<void> {
  const [counts] = await db.rows<ImportCounts>(
    'select created as "create", updated as "update", unchanged as same, refused from ibok.imports where id = $1::bigint',
    [importId],
  );
  if (counts) job.counts = counts;
  job.done = job.read.checker.good.length;
}

function fail(ctx: LongContext, job: ImportJob, error: unknown): void {
  const expected = toAppError(error);
  const incident = randomUUID();
  if (!expected) ctx.log.error('import-failed', { incident, kind: error instanceof Error ? error.name : typeof error });
  job.error = expected?.code ?? 'INTERNAL';
  job.importId = null;
  job.done = 0;
  job.state = job.error === 'IMPORT_CANCELLED' ? 'cancelled' : 'failed';
}

function count(job: ImportJob, { counts, faults }: ChunkResult): void {
  for (const verdict of ['create', 'update', 'same', 'refused'] as const) job.counts[verdict] += counts[verdict];
  job.done += counts.create + counts.update + counts.same + counts.refused;
  job.databaseFaults.push(...faults);
}

/** How far a run is. Throws FILE_GONE. */
export function importProgress(ctx: ReadContext, importKey: string): ImportProgress {
  return progressOf(jobOf(ctx, importKey));
}

/** Asks a run to stop; it rolls back at the end of its chunk. One that has committed stays. Throws FILE_GONE. */
export function cancelImport(ctx: ReadContext, importKey: string): ImportProgress {
  const job = jobOf(ctx, importKey);
  if (job.state === 'running') job.cancelled = true;
  return progressOf(job);
}

/** The refused rows as a CSV file in a slot, with sentences in `language`. Throws FILE_GONE, SERVER_BUSY. */
export function importErrorRows(ctx: ReadContext, importKey: string, language: 'pl' | 'en'): Slot {
  const job = jobOf(ctx, importKey);
  const name = job.read.file.fileName.replace(/\.csv$/, '_bledne_wiersze.csv');
  return ctx.slots.put(ctx.caller.id, name, errorRows(job.read, faultsOf(job), language));
}

/** The last 50 imports this person may see: a supervisor all, others their own (row policy of ibok.imports). */
export async function listImports(ctx: ReadContext): Promise<ImportRecord[]> {
  const rows = await ctx.db.rows<Omit<ImportRecord, 'counts'> & ImportCounts>(
    `select imports.id, imports.file_kind as kind, imports.file_name as "fileName", imports.login,
        staff.display_name as "displayName", to_char(imports.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt",
        to_char(imports.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "finishedAt", imports.state,
        imports.created as "create", imports.updated as "update", imports.unchanged as same, imports.refused
       from ibok.imports as imports
       left join ibok.staff_members as staff on staff.login = imports.login
      order by imports.id desc limit 50`,
  );
  return rows.map(({ create, update, same, refused, ...record }) => ({
    ...record,
    counts: { create, update, same, refused },
  }));
}
