import { setTimeout as pause } from 'node:timers/promises';
import type { LongContext } from '../../core/context';
import { toAppError } from '../../core/errors';

/** Rows a transaction takes: quick enough that nobody waits for the rows it holds, and that a cancel is soon heard. */
const CHUNK = 500;

/** How long a bulk act that found nothing but rows in other hands gives them before it tries again. */
const PATIENCE_MS = 400;

/** How often a chunk is tried again when the server was busy, before the act is left as interrupted. */
const RETRIES = 3;

interface Chunk {
  state: string;
  done: number;
  waiting: number;
}

/** The bulk acts that this process works on. */
const running = new Set<string>();

/** Whether a bulk act goes on in this process. */
export function runsHere(bulkId: string): boolean {
  return running.has(bulkId);
}

/**
 * Works on a bulk act until nothing is left, or until somebody ends it in the database; does nothing when this process
 * is at it already. Cut off, it leaves the act as the last chunk left it, and may be called again.
 */
export async function workOn(ctx: LongContext, bulkId: string): Promise<void> {
  if (running.has(bulkId)) return;
  running.add(bulkId);
  try {
    for (let failed = 0; ; ) {
      try {
        const chunk = await nextChunk(ctx, bulkId);
        if (chunk.state !== 'running') return;
        failed = 0;
        if (chunk.done === 0) await pause(PATIENCE_MS);
      } catch (error) {
        if (toAppError(error)?.code !== 'SERVER_BUSY' || ++failed > RETRIES) throw error;
        await pause(PATIENCE_MS);
      }
    }
  } catch (error) {
    // The act stays in the database as interrupted; its person may go on with it or take it back.
    ctx.log.warn('bulk-interrupted', {
      kind: toAppError(error)?.code ?? (error instanceof Error ? error.name : 'unknown'),
    });
  } finally {
    running.delete(bulkId);
  }
}

async function nextChunk(ctx: LongContext, bulkId: string): Promise<Chunk> {
  return ctx.transact(async (db) => {
    const [row] = await db.rows<{ chunk: Chunk }>('select api.bulk_rows($1::bigint, $2::int) as chunk', [
      bulkId,
      CHUNK,
    ]);
    if (!row) throw new Error('bulk_rows gave no row');
    return row.chunk;
  });
}
