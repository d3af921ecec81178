import type { z } from 'zod';
import type {
  addRegulationsInput,
  moveRegulationsInput,
  stagedRegulations,
} from '../../../shared/contract/regulations';
import type { LongContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { uploadFile } from '../documents/documents.commands';

/** Accounts told in one transaction: short enough that nobody waits for the mail queue. */
const CHUNK = 500;

/** Sends the PDF in a slot of this window to the database. Throws FILE_GONE, FILE_NOT_PDF, and what `uploadFile` throws. */
export async function stageRegulations(ctx: LongContext, slot: string): Promise<z.infer<typeof stagedRegulations>> {
  const file = ctx.slots.take(ctx.caller.id, slot);
  if (!file) throw new AppError('FILE_GONE');
  const { upload, mime, fileName, size } = await uploadFile(ctx, file.name, file.bytes);
  if (mime !== 'application/pdf') throw new AppError('FILE_NOT_PDF');
  return { upload, fileName, size };
}

/** Adds a version. Throws REGULATIONS_NOTICE (a day too near), DUPLICATE (label or day is taken), NOT_FOUND (upload). */
export async function addRegulations(
  ctx: WriteContext,
  { label, effectiveOn, summary, upload, requestId }: z.infer<typeof addRegulationsInput>,
): Promise<{ id: string }> {
  return answered(
    await ctx.db.rows('select api.add_regulation_version($1, $2::date, $3, $4::uuid, $5::uuid) as answer', [
      label,
      effectiveOn,
      summary,
      upload,
      requestId,
    ]),
  );
}

/** Gives a version nobody was told of another day. Throws REGULATIONS_FIXED, REGULATIONS_NOTICE, DUPLICATE, NOT_FOUND. */
export async function moveRegulations(
  ctx: WriteContext,
  { id, effectiveOn, requestId }: z.infer<typeof moveRegulationsInput>,
): Promise<{ id: string }> {
  return answered(
    await ctx.db.rows('select api.move_regulation_version($1::bigint, $2::date, $3::uuid) as answer', [
      id,
      effectiveOn,
      requestId,
    ]),
  );
}

/**
 * Tells every account of a version, chunk by chunk; cut off, it goes on where it was, and nobody is told twice.
 * Throws REGULATIONS_NOTICE when the day has come too near, NOT_FOUND.
 */
export async function announceRegulations(ctx: LongContext, id: string): Promise<{ done: number }> {
  let done = 0;
  for (;;) {
    const chunk = await ctx.transact(async (db) => {
      const [row] = await db.rows<{ chunk: { done: number; left: number } }>(
        'select api.announce_regulations($1::bigint, $2::int) as chunk',
        [id, CHUNK],
      );
      if (!row) throw new AppError('NOT_FOUND');
      return row.chunk;
    });
    done += chunk.done;
    if (chunk.left === 0 || chunk.done === 0) return { done };
  }
}

function answered(rows: object[]): { id: string } {
  const [row] = rows as { answer: { id: string } }[];
  if (!row) throw new AppError('NOT_FOUND');
  return row.answer;
}
