import type { z } from 'zod';
import type {
  assignOrderInput,
  cancelOrderInput,
  closeOrderInput,
  madeOrder,
  makeOrderInput,
  movedOrder,
  OrderField,
  orderMoveInput,
} from '../../../shared/contract/orders';
import type { WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { type Compared, changesByColumn, comparedByField } from '../../db/compare';

type Moved = z.infer<typeof movedOrder>;

async function answerOf<Answer>(ctx: WriteContext, sql: string, bind: unknown[]): Promise<Answer> {
  const [row] = await ctx.db.rows<{ answer: Answer }>(sql, bind);
  if (!row) throw new Error('the database gave no answer');
  return row.answer;
}

/**
 * Makes an order, or finds the open one of the same meter and kind. Throws NOT_FOUND, METER_NOT_INSTALLED,
 * ORDER_ASSIGNEE, ORDER_PAST_DAY.
 */
export function makeOrder(ctx: WriteContext, { requestId, ...order }: z.infer<typeof makeOrderInput>) {
  return answerOf<z.infer<typeof madeOrder>>(ctx, 'select api.make_order($1::jsonb, $2::uuid) as answer', [
    JSON.stringify(order),
    requestId,
  ]);
}

const COLUMNS: Readonly<Record<OrderField, string>> = {
  assignee: 'assignee',
  day: 'day',
  dueOn: 'due_on',
  note: 'note',
};

/** Changes an open order field by field. Throws NOT_FOUND, ORDER_CLOSED, ORDER_ASSIGNEE, ORDER_PAST_DAY. */
export async function assignOrder(ctx: WriteContext, input: z.infer<typeof assignOrderInput>) {
  const changes = changesByColumn(COLUMNS, input.changes);
  if (!changes) throw new AppError('INVALID_INPUT', { field: 'changes' });
  const answer = await answerOf<Compared>(ctx, 'select api.assign_order($1::bigint, $2::jsonb, $3::uuid) as answer', [
    input.id,
    changes,
    input.requestId,
  ]);
  return comparedByField(COLUMNS, answer);
}

/**
 * Enters what came of an order. Throws NOT_FOUND, ORDER_CLOSED, ORDER_VALUE (missing, not whole, too many digits),
 * ORDER_BY_EXCHANGE for an exchange that is said to be done without one, INVALID_INPUT.
 */
export function closeOrder(ctx: WriteContext, { id, requestId, ...result }: z.infer<typeof closeOrderInput>) {
  return answerOf<Moved>(ctx, 'select api.close_order($1::bigint, $2::jsonb, $3::uuid) as answer', [
    id,
    JSON.stringify(result),
    requestId,
  ]);
}

/** Takes back a result entered by mistake. Throws NOT_FOUND, NOT_ALLOWED for another's, ORDER_BY_EXCHANGE. */
export function reopenOrder(ctx: WriteContext, { id, requestId }: z.infer<typeof orderMoveInput>) {
  return answerOf<Moved>(ctx, 'select api.reopen_order($1::bigint, $2::uuid) as answer', [id, requestId]);
}

/** Cancels an open order. Throws NOT_FOUND, ORDER_CLOSED. */
export function cancelOrder(ctx: WriteContext, { id, reason, requestId }: z.infer<typeof cancelOrderInput>) {
  return answerOf<Moved>(ctx, 'select api.cancel_order($1::bigint, $2, $3::uuid) as answer', [id, reason, requestId]);
}
