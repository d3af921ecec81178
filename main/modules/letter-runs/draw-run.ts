import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '../../../shared/errors';
import type { LongContext } from '../../core/context';
import { AppError, toAppError } from '../../core/errors';
import { Book } from '../../pdf/book';
import { uploadFile } from '../documents/documents.commands';
import { composeRunLetter, type RowFacts, type RunFacts } from './letter-runs.compose';

/** Letters of one step: quick enough that a cancel is soon heard, and the bar moves. */
const STEP = 250;

/** A run as this program works, or worked, on it. `drawn` counts the letters decided on so far. */
export interface Work {
  running: boolean;
  drawn: number;
  error: ErrorCode | null;
  stopped: boolean;
}
const works = new Map<string, Work>();
/** How long what became of a run is kept here for its screen. */
const LIFE_MS = 15 * 60_000;

/** What this program does, or lately did, about a run. */
export function drawnHere(runId: string): Readonly<Work> | undefined {
  return works.get(runId);
}

/** Has the drawing of a run end at its next step. */
export function stopDrawing(runId: string): void {
  const work = works.get(runId);
  if (work) work.stopped = true;
}

/**
 * Draws the letters of a run and has the database keep them and send the messages, all in one transaction at the end.
 * Does nothing when this program is at it already. Never rejects: cut off, the run stays in the database as it began, and
 * may be taken up again.
 */
export async function drawRun(ctx: LongContext, runId: string): Promise<void> {
  if (works.get(runId)?.running) return;
  const work: Work = { running: true, drawn: 0, error: null, stopped: false };
  works.set(runId, work);
  const book = new Book();
  try {
    const drawn = await drawAll(ctx, runId, book, work);
    if (drawn) await keep(ctx, runId, book, drawn);
  } catch (error) {
    work.error = codeOf(ctx, error);
  } finally {
    book.abandon();
    work.running = false;
    setTimeout(() => works.get(runId) === work && works.delete(runId), LIFE_MS).unref();
  }
}

interface Drawn {
  facts: RunFacts;
  placed: ({ meterId: string } & ({ page: number } | { error: string }))[];
}
interface Step {
  state: string;
  facts?: RunFacts;
  rows: RowFacts[];
}

/** Null when the run was ended meanwhile. */
async function drawAll(ctx: LongContext, runId: string, book: Book, work: Work): Promise<Drawn | null> {
  const placed: Drawn['placed'] = [];
  for (let after = 0; ; ) {
    const { state, facts, rows } = await nextRows(ctx, runId, after);
    if (state !== 'running' || !facts || work.stopped) return null;
    const last = rows.at(-1);
    if (!last) return { facts, placed };
    after = last.place;
    const places = await book.add(rows.map((row) => composeRunLetter(facts, row)));
    for (const [at, { meterId }] of rows.entries()) {
      const place = places[at];
      if (!place) throw new Error('a letter has no place');
      placed.push({ meterId, ...('page' in place ? place : { error: 'LETTER_CHARACTER' }) });
    }
    work.drawn = placed.length;
  }
}

async function nextRows(ctx: LongContext, runId: string, after: number): Promise<Step> {
  return ctx.transact(async (db) => {
    const [row] = await db.rows<{ step: Step }>('select api.letter_run_rows($1::bigint, $2::int, $3::int) as step', [
      runId,
      after,
      STEP,
    ]);
    if (!row) throw new Error('letter_run_rows gave no row');
    return row.step;
  });
}

async function keep(ctx: LongContext, runId: string, book: Book, { facts, placed }: Drawn): Promise<void> {
  let upload: string | null = null;
  if (placed.some((each) => 'page' in each)) {
    const author = facts.letterhead.name;
    const bytes = await book.close({ title: `Pisma ${facts.reference}`, author, madeAt: facts.madeAt });
    // Names and addresses stay out of the file's name.
    ({ upload } = await uploadFile(ctx, `${facts.reference.replaceAll('/', '-')}.pdf`, bytes));
  }
  await ctx.transact((db) =>
    db.rows('select api.finish_letter_run($1::bigint, $2::jsonb, $3::uuid)', [runId, JSON.stringify(placed), upload]),
  );
}

function codeOf(ctx: LongContext, error: unknown): ErrorCode {
  const code = error instanceof AppError ? error.code : toAppError(error)?.code;
  ctx.log.warn('letter-run-interrupted', {
    incident: randomUUID(),
    kind: code ?? (error instanceof Error ? error.name : 'unknown'),
  });
  return code ?? 'INTERNAL';
}
