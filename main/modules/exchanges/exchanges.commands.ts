import type { z } from 'zod';
import type { RecordExchangeInput, recordedExchange, reverseExchangeInput } from '../../../shared/contract/exchanges';
import type { WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';

type Recorded = z.infer<typeof recordedExchange>;

/**
 * Records an exchange, a first or repeated installation or a removal, all in one: meters, readings, seals, relations, order
 * and pictures. Where a colleague was quicker, the answer is what they did (`already`). Throws what stands against it as an
 * EXCHANGE_… code, MARK_…, FILE_…, NOT_FOUND, REQUEST_ID_REUSED.
 */
export async function recordExchange(ctx: WriteContext, input: RecordExchangeInput): Promise<Recorded> {
  const { requestId, ...act } = input;
  const [row] = await ctx.db.rows<{ done: Recorded }>('select api.exchange_meter($1::jsonb, $2::uuid) as done', [
    JSON.stringify(act),
    requestId,
  ]);
  if (!row) throw new AppError('NOT_FOUND');
  return row.done;
}

/** Takes an act back, with its reason. Throws NOT_FOUND, and EXCHANGE_… for why it stays. */
export async function reverseExchange(
  ctx: WriteContext,
  { id, reason, requestId }: z.output<typeof reverseExchangeInput>,
): Promise<Recorded> {
  const [row] = await ctx.db.rows<{ done: Recorded }>('select api.reverse_exchange($1::bigint, $2, $3::uuid) as done', [
    id,
    reason,
    requestId,
  ]);
  if (!row) throw new AppError('NOT_FOUND');
  return row.done;
}
