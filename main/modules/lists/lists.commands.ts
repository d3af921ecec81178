import type { z } from 'zod';
import type { pinViewInput, saveViewInput, viewInput } from '../../../shared/contract/lists';
import type { WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { sortOf } from '../../db/list-definition';
import { conditionsOf } from '../../db/list-filter';
import { listFor } from './list-registry';

/**
 * Makes a view or changes an own one, whole; returns its id. A question that its list would not answer is refused here,
 * not when somebody opens the view. Throws NOT_FOUND (not the person's own), DUPLICATE (the name is taken),
 * INVALID_INPUT, NOT_ALLOWED, REQUEST_ID_REUSED.
 */
export async function saveView(ctx: WriteContext, input: z.infer<typeof saveViewInput>): Promise<{ id: string }> {
  const list = listFor(ctx.actor, input.list);
  conditionsOf(list, input.state.question);
  sortOf(list, input.state.question.sort.key);
  const [row] = await ctx.db.rows<{ id: string }>(
    'select api.save_view($1::bigint, $2, $3, $4::jsonb, $5::boolean, $6::uuid) as id',
    [input.id, input.list, input.name, JSON.stringify(input.state), input.shared, input.requestId],
  );
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}

/** Takes an own view away, and with it the pins others gave it. Throws NOT_FOUND. */
export async function removeView(ctx: WriteContext, { id, requestId }: z.infer<typeof viewInput>): Promise<void> {
  await ctx.db.rows('select api.remove_view($1::bigint, $2::uuid)', [id, requestId]);
}

/** Pins an own or shared view for the person asking, or takes the pin out. Throws NOT_FOUND. */
export async function pinView(ctx: WriteContext, { id, pinned }: z.infer<typeof pinViewInput>): Promise<void> {
  await ctx.db.rows('select api.pin_view($1::bigint, $2::boolean)', [id, pinned]);
}
