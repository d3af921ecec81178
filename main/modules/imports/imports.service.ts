import type { Slot } from '../../../shared/bridge';
import type {
  CheckedImport,
  CheckImportInput,
  ImportCounts,
  ImportRecord,
  UndoImportResult,
} from '../../../shared/contract/imports';
import { MAX_FAULTS_SHOWN } from '../../../shared/contract/imports';
import type { BillingFileKey } from '../../../shared/domain/billing-export';
import type { LongContext, ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { held, jobOf, jobs, ownerOf } from './checked-files';
import { fieldName } from './database-rows';
import { errorRows } from './error-rows';
import { addChunk, faultsOf, type ImportJob, resetCounts } from './import-jobs';
import { findMapping, rememberMapping } from './mappings';
import { type ReadFile, readExport } from './read-file';
import { chunksOf, openImport, storeChunk, storeRows } from './store-rows';

/** Ends the transaction of a dry run: everything was done, nothing stays. */
class DryRunOver extends Error {}

/** Forgets the files of a window, which hold personal data: at sign-out, and when the window is gone. */
export function forgetImports(callerId: string): void {
  jobs.forget(callerId);
  held.forget(callerId);
}

/**
 * Reads a file, finds every fault of every row, and does the whole import once in transactions that are rolled back: a
 * verdict is what the database really did. Throws FILE_GONE, FILE_NOT_READABLE, IMPORT_WRONG_COLUMNS (then the file
 * waits under `details.importKey` for a mapping), IMPORT_TOO_MANY_ROWS, NOT_ALLOWED (a kind that this role may not
 * import), SERVER_BUSY (a run goes on).
 */
export async function checkImport(ctx: LongContext, input: CheckImportInput): Promise<CheckedImport> {
  const owner = ownerOf(ctx);
  jobs.refuseWhileRunning(owner);
  const source = sourceOf(ctx, input);
  const read = await readAsAsked(ctx, source, input);
  const job = jobs.add(owner, source.bytes, read);
  await dryRun(ctx, job);
  // Only a mapping that fits is worth remembering.
  if (input.mapping) await rememberMapping(ctx, read.columns, read.file.key, input.mapping);
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
    mapping: read.mapping && [...read.mapping],
    interrupted: await findInterrupted(ctx, read),
  };
}

interface Source {
  name: string;
  bytes: Uint8Array;
}

function sourceOf(ctx: LongContext, input: CheckImportInput): Source {
  if (input.importKey !== undefined) {
    const job = jobs.find(ownerOf(ctx), input.importKey);
    return job ? { name: job.read.name, bytes: job.bytes } : held.get(ownerOf(ctx), input.importKey);
  }
  const found = ctx.slots.take(ctx.caller.id, input.slot ?? '');
  if (!found) throw new AppError('FILE_GONE');
  return found;
}

/** With the mapping given, as billing's file, or with the mapping this person used for the same header before. */
async function readAsAsked(ctx: LongContext, { name, bytes }: Source, input: CheckImportInput): Promise<ReadFile> {
  try {
    return await readExport(name, bytes, input);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'IMPORT_WRONG_COLUMNS') throw error;
    const known = input.mapping ? null : await findMapping(ctx, bytes, input.encoding);
    if (known && (input.kind === undefined || known.kind === input.kind)) {
      return readExport(name, bytes, { ...input, kind: known.kind, mapping: known.mapping });
    }
    const { key } = held.add(ownerOf(ctx), name, bytes);
    throw new AppError(error.code, { ...error.details, importKey: key });
  }
}

/** Kinds whose rows do not depend on each other: each chunk is tried by itself, and holds its rows only so long. */
const INDEPENDENT: ReadonlySet<BillingFileKey> = new Set(['customers', 'contracts']);

async function dryRun(ctx: LongContext, job: ImportJob): Promise<void> {
  const { read } = job;
  resetCounts(job);
  if (INDEPENDENT.has(read.file.key) && read.checker.good.length > 0) {
    for (const chunk of chunksOf(read)) {
      await rolledBack(ctx, async (db) => {
        const { importId } = await openImport(db, read, 'good', null);
        addChunk(job, await storeChunk(db, importId, read, { ...chunk, position: 0 }));
      });
    }
  } else {
    await rolledBack(ctx, async (db) => {
      const { importId } = await openImport(db, read, 'good', null);
      for await (const chunk of storeRows(db, importId, read)) addChunk(job, chunk);
    });
  }
  job.done = 0;
}

async function rolledBack(ctx: LongContext, work: Parameters<LongContext['transact']>[0]): Promise<void> {
  try {
    await ctx.transact(async (db) => {
      await work(db);
      throw new DryRunOver();
    });
  } catch (error) {
    if (!(error instanceof DryRunOver)) throw error;
  }
}

/** The last import of the same bytes by the same person that was cut off, read the same way. */
async function findInterrupted(ctx: LongContext, read: ReadFile): Promise<CheckedImport['interrupted']> {
  const rows = await ctx.transact((db) =>
    db.rows<{ importId: string; done: number; startedAt: string }>(
      `select id as "importId", position as done,
          to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt"
         from ibok.imports
        where state = 'open' and login = session_user and file_sha256 = decode($1, 'hex') and file_kind = $2
          and encoding = $3 and kept = $4::text[] and mode = 'good' and position > 0
        order by id desc`,
      [read.sha256, read.file.key, read.encoding, read.absent.map(fieldName)],
    ),
  );
  return rows.find(({ importId }) => !jobs.runs(importId)) ?? null;
}

/** The refused rows as a CSV file in a slot, with sentences in `language`. Throws FILE_GONE, SERVER_BUSY. */
export function importErrorRows(ctx: ReadContext, importKey: string, language: 'pl' | 'en'): Slot {
  const job = jobOf(ctx, importKey);
  const name = job.read.file.fileName.replace(/\.csv$/, '_bledne_wiersze.csv');
  return ctx.slots.put(ctx.caller.id, name, errorRows(job.read, faultsOf(job), language));
}

/** An open import that has done nothing for this long has been cut off. */
const SILENT_SECONDS = 30;

/**
 * The last 50 imports this person may see: a supervisor all, others their own (row policy of ibok.imports). A cancelled
 * one has left nothing and is not among them.
 */
export async function listImports(ctx: ReadContext): Promise<ImportRecord[]> {
  const rows = await ctx.db.rows<Omit<ImportRecord, 'counts'> & ImportCounts>(
    `select imports.id, imports.file_kind as kind, imports.file_name as "fileName", imports.login,
        staff.display_name as "displayName", to_char(imports.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt",
        to_char(imports.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "finishedAt",
        case when imports.state <> 'open' then imports.state
             when imports.seen_at < now() - make_interval(secs => $1::int) then 'interrupted' else 'running' end as state,
        imports.created as "create", imports.updated as "update", imports.unchanged as same, imports.refused
       from ibok.imports as imports
       left join ibok.staff_members as staff on staff.login = imports.login
      where imports.state <> 'cancelled'
      order by imports.id desc limit 50`,
    [SILENT_SECONDS],
  );
  return rows.map(({ create, update, same, refused, ...record }) => ({
    ...record,
    state: jobs.runs(record.id) ? 'running' : record.state,
    counts: { create, update, same, refused },
  }));
}

/**
 * Takes an import back whole: rows it created go, rows it changed become what they were; one that was cut off is cleared
 * away. Refused, with the rows named, where somebody changed one since or something later stands on it. The same request
 * id is the same act. Throws NOT_FOUND, NOT_ALLOWED, CONFLICT (undone already), SERVER_BUSY (it is running).
 */
export async function undoImport(ctx: WriteContext, importId: string, requestId: string): Promise<UndoImportResult> {
  if (jobs.runs(importId)) throw new AppError('SERVER_BUSY');
  const [row] = await ctx.db.rows<{ answer: UndoImportResult }>(
    'select api.undo_import($1::bigint, $2::uuid) as answer',
    [importId, requestId],
  );
  if (!row) throw new AppError('NOT_FOUND');
  return row.answer;
}
