import type { UndoResult, UndoStep } from '../../../shared/contract/lists';
import type { ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';

/** `office_note` → `officeNote`: columns of the database as the contracts name them. */
function fieldName(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The last acts of the person asking that can be taken back, newest first. */
export async function undoStack(ctx: ReadContext): Promise<UndoStep[]> {
  const [row] = await ctx.db.rows<{ steps: UndoStep[] }>('select api.undo_stack() as steps');
  return (row?.steps ?? []).map((step) => ({ ...step, fields: step.fields.map(fieldName) }));
}

/**
 * Takes one act back, whole or not at all: where somebody changed the same field since, nothing is written and the
 * answer names who and what. The same request id is the same act. Throws NOT_FOUND (no step of this person, or too
 * old), CONFLICT (undone already), NOT_ALLOWED, SERVER_BUSY.
 */
export async function undo(ctx: WriteContext, id: string, requestId: string): Promise<UndoResult> {
  const [row] = await ctx.db.rows<{ answer: UndoResult }>('select api.undo($1::bigint, $2::uuid) as answer', [
    id,
    requestId,
  ]);
  if (!row) throw new AppError('NOT_FOUND');
  const { answer } = row;
  if (answer.status === 'undone') return answer;
  return { ...answer, changedSince: answer.changedSince.map((one) => ({ ...one, field: fieldName(one.field) })) };
}
