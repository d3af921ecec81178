import type { z } from 'zod';
import type { MadeLetter, makeLetterInput, markLetterInput } from '../../../shared/contract/letters';
import type { LongContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { uploadFile } from '../documents/documents.commands';
import type { LetterFacts } from './letters.facts';
import { renderLetter } from './letters.render';

/**
 * Makes a letter of a record and keeps it with the record's documents; what it was drawn from is noted in the read log.
 * The same request id is the same letter. Throws NOT_FOUND, CONFLICT (the record is not in the state for such a letter),
 * LETTER_CHARACTER, FILE_SPACE_FULL, REQUEST_ID_REUSED.
 */
export async function makeLetter(
  ctx: LongContext,
  { kind, record, requestId }: z.infer<typeof makeLetterInput>,
): Promise<MadeLetter> {
  const facts = await ctx.transact(async (db) => {
    const [row] = await db.rows<{ facts: LetterFacts }>('select api.letter_facts($1, $2) as facts', [kind, record]);
    return row?.facts;
  });
  if (!facts) throw new AppError('NOT_FOUND');
  const bytes = await renderLetter(kind, facts, facts.letterhead);
  // Names and addresses stay out of the file's name.
  const { upload } = await uploadFile(ctx, `${facts.reference.replaceAll('/', '-')}.pdf`, bytes);
  return ctx.transact(async (db) => {
    const [row] = await db.rows<{ made: MadeLetter }>('select api.add_letter($1, $2, $3::uuid, $4::uuid) as made', [
      kind,
      record,
      upload,
      requestId,
    ]);
    if (!row) throw new AppError('NOT_FOUND');
    return row.made;
  });
}

/** Notes that a letter was printed or sent; the first time counts. Throws NOT_FOUND. */
export async function markLetter(ctx: WriteContext, { id, what }: z.infer<typeof markLetterInput>): Promise<void> {
  await ctx.db.rows('select api.mark_letter($1::bigint, $2)', [id, what]);
}
