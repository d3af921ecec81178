import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ExportProgress, StartExportInput, startExportInput } from '../../../shared/contract/lists';
import type { BaseContext, LongContext } from '../../core/context';
import { AppError, toAppError } from '../../core/errors';
import { countSelected, selectionConditions } from '../../db/list';
import { type List, type ListColumn, sortOf } from '../../db/list-definition';
import { BadQuestion, type Conditions } from '../../db/page';
import type { Writer } from '../../db/statements';
import type { ExportColumn, ExportValue } from './export-cells';
import { csvFile } from './export-csv';
import { type ExportJob, ExportJobs, type ExportOwner, progressOf } from './export-jobs';
import { fetchRows, openRows } from './export-rows';
import { MAX_SHEET_ROWS, xlsxFile } from './export-xlsx';
import { listFor } from './list-registry';

/** The largest file an export may become: about a million rows of text. It waits in memory, never on the disk. */
const MAX_EXPORT_BYTES = 256 * 2 ** 20;

const jobs = new ExportJobs();
const ownerOf = ({ caller, actor }: BaseContext): ExportOwner => ({ caller: caller.id, login: actor.login });

/** Stops the exports of a window whose person locks it or leaves. */
export function stopExports(callerId: string): void {
  jobs.stop(callerId);
}

/** What an export reads, checked before it starts. */
interface Plan {
  input: StartExportInput;
  list: List;
  conditions: Conditions;
  columns: readonly ListColumn[];
}

/**
 * Starts an export of exactly what is listed; `exportProgress` tells the rest. Counted, logged and read in one snapshot
 * of the database, so that the file has as many rows as were counted. Throws NOT_ALLOWED (the list), INVALID_INPUT,
 * SERVER_BUSY (one of this window runs).
 */
export function startExport(ctx: LongContext, input: z.infer<typeof startExportInput>): { exportId: string } {
  const list = listFor(ctx.actor, input.list);
  const conditions = selectionConditions(
    list,
    input.selection ?? { is: 'matching', question: input.question, except: [] },
  );
  sortOf(list, input.question.sort.key);
  const columns = input.columns.map(({ key }) => {
    const column = Object.hasOwn(list.columns, key) ? list.columns[key] : undefined;
    if (!column) throw new BadQuestion(`columns.${key}`);
    return column;
  });
  const job = jobs.add(ownerOf(ctx));
  void run(ctx, job, { input, list, conditions, columns });
  return { exportId: job.id };
}

/** Never rejects: what happens stands in the job. */
async function run(ctx: LongContext, job: ExportJob, plan: Plan): Promise<void> {
  try {
    const bytes = await ctx.snapshot((db) => write(db, job, plan));
    goOn(job);
    const { title, format } = plan.input;
    job.file = ctx.slots.put(ctx.caller.id, `${title}.${format}`, bytes, MAX_EXPORT_BYTES);
    job.state = 'done';
  } catch (error) {
    fail(ctx, job, error);
  } finally {
    jobs.ended(job);
  }
}

async function write(db: Writer, job: ExportJob, { input, list, conditions, columns }: Plan): Promise<Uint8Array> {
  job.total = await countSelected(db, list, conditions);
  if (job.total > MAX_SHEET_ROWS) throw new AppError('TOO_MANY_ROWS', { max: MAX_SHEET_ROWS });
  const sort = { sort: sortOf(list, input.question.sort.key), descending: input.question.sort.descending };
  await openRows(db, list, columns, conditions, sort);
  await db.rows('select api.log_export($1, $2::text[], $3::int)', [
    input.list,
    input.columns.map(({ key }) => key),
    job.total,
  ]);
  const pages = counted(job, fetchRows(db, columns.length));
  const written = columns.map(({ type }, place): ExportColumn => {
    const { heading = '', words = {} } = input.columns[place] ?? {};
    return { heading, words, type };
  });
  const pieces = input.format === 'csv' ? csvFile(written, pages) : xlsxFile(written, pages, input.title);
  return collect(pieces, job);
}

/** Stops between two pages when asked to, and proves at the end that as many rows were read as were counted. */
async function* counted(job: ExportJob, pages: AsyncIterable<ExportValue[][]>): AsyncGenerator<ExportValue[][]> {
  for await (const rows of pages) {
    goOn(job);
    yield rows;
    job.rows += rows.length;
  }
  if (job.rows !== job.total) throw new Error('an export read another number of rows than it had counted');
}

async function collect(pieces: AsyncIterable<Uint8Array>, job: ExportJob): Promise<Uint8Array> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (size > MAX_EXPORT_BYTES) throw new AppError('TOO_MANY_ROWS', { max: job.rows });
    held.push(piece);
  }
  return Buffer.concat(held);
}

class Stopped extends Error {}

function goOn(job: ExportJob): void {
  if (job.stopped) throw new Stopped();
}

function fail(ctx: LongContext, job: ExportJob, error: unknown): void {
  if (job.stopped) {
    job.state = 'cancelled';
    return;
  }
  const expected = toAppError(error);
  const incident = randomUUID();
  if (!expected) ctx.log.error('export-failed', { incident, kind: error instanceof Error ? error.name : typeof error });
  job.error = expected?.code ?? 'INTERNAL';
  job.state = 'failed';
}

/** How far an export of this window is. Throws FILE_GONE. */
export function exportProgress(ctx: BaseContext, exportId: string): ExportProgress {
  return progressOf(jobs.get(ownerOf(ctx), exportId));
}

/** Asks an export to stop; it ends at its next page and leaves nothing. Throws FILE_GONE. */
export function cancelExport(ctx: BaseContext, exportId: string): ExportProgress {
  const job = jobs.get(ownerOf(ctx), exportId);
  job.stopped = true;
  return progressOf(job);
}
