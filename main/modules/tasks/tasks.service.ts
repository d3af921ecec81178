import type { z } from 'zod';
import type { ListInput } from '../../../shared/contract/lists';
import type { changeTaskInput, createTaskInput, TaskRow, taskCounters } from '../../../shared/contract/tasks';
import type { ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { type Compared, changesByColumn, comparedByField } from '../../db/compare';
import { listPage } from '../../db/list';
import { TASK_LIST } from './tasks.list';

type Dated = Omit<TaskRow, 'createdAt' | 'closedAt'> & { createdAt: Date; closedAt: Date | null };

/** A page of the tasks that concern the person. Throws INVALID_INPUT for a question the list does not answer. */
export async function listTasks(ctx: ReadContext, input: ListInput) {
  const { rows, nextCursor } = await listPage<Dated>(ctx.db, TASK_LIST, input);
  return {
    rows: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
    })),
    nextCursor,
  };
}

/** Open tasks of the person's day: own, overdue (own and stood in for), and stood in for. */
export async function countTasks(ctx: ReadContext): Promise<z.infer<typeof taskCounters>> {
  const [row] = await ctx.db.rows<{ counters: z.infer<typeof taskCounters> }>(
    'select api.follow_up_counters() as counters',
  );
  if (!row) throw new Error('the database gave no answer');
  return row.counters;
}

/** Makes a task. Throws INVALID_INPUT for an assignee who does not work here, NOT_FOUND or NOT_ALLOWED for its record. */
export async function createTask(ctx: WriteContext, input: z.infer<typeof createTaskInput>): Promise<{ id: string }> {
  const [row] = await ctx.db.rows<{ made: { id: string } }>(
    'select api.create_follow_up($1, $2, $3, $4::date, $5, $6::uuid) as made',
    [input.title, input.note, input.subject, input.dueOn, input.assignee, input.requestId],
  );
  if (!row) throw new Error('the database gave no answer');
  return row.made;
}

const COLUMNS = { title: 'title', note: 'note', dueOn: 'due_on', assignee: 'assignee' } as const;

/**
 * Changes an open task field by field, as `editContact` does. Throws NOT_FOUND, NOT_ALLOWED, INVALID_INPUT, CONFLICT
 * when the task was closed meanwhile.
 */
export async function changeTask(ctx: WriteContext, input: z.infer<typeof changeTaskInput>) {
  const changes = changesByColumn(COLUMNS, input.changes);
  if (!changes) throw new AppError('INVALID_INPUT', { field: 'changes' });
  const [row] = await ctx.db.rows<{ answer: Compared }>(
    'select api.change_follow_up($1::bigint, $2::jsonb, $3::uuid) as answer',
    [input.id, changes, input.requestId],
  );
  if (!row) throw new Error('the database gave no answer');
  return comparedByField(COLUMNS, row.answer);
}

const MOVES = {
  complete: 'select api.complete_follow_up($1::bigint, $2::uuid)',
  reopen: 'select api.reopen_follow_up($1::bigint, $2::uuid)',
  cancel: 'select api.cancel_follow_up($1::bigint, $2::uuid)',
  takeOver: 'select api.take_over_follow_up($1::bigint, $2::uuid)',
} as const;

/** Completes, reopens, cancels or takes over a task. Throws NOT_FOUND, NOT_ALLOWED, CONFLICT when others were first. */
export async function moveTask(
  ctx: WriteContext,
  move: keyof typeof MOVES,
  { id, requestId }: { id: string; requestId: string },
): Promise<{ id: string }> {
  await ctx.db.rows(MOVES[move], [id, requestId]);
  return { id };
}
