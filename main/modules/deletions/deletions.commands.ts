import type { z } from 'zod';
import type {
  deletionAct,
  forwardDeletionInput,
  requestDeletionInput,
  withdrawDeletionInput,
} from '../../../shared/contract/deletions';
import type { WriteContext } from '../../core/context';

type Act = z.infer<typeof deletionAct>;

/**
 * Takes a written or spoken request: the account is blocked at once and the request goes to approval. Throws NOT_FOUND,
 * INVALID_INPUT, DELETION_OPEN where one is open already, CONFLICT for an erased account.
 */
export async function requestDeletion(ctx: WriteContext, input: z.infer<typeof requestDeletionInput>): Promise<Act> {
  return answer(
    await ctx.db.rows('select api.request_deletion($1::bigint, $2, $3::date, $4, $5, $6::uuid) as act', [
      input.accountId,
      input.askedVia,
      input.askedOn,
      input.identityMethod,
      input.note,
      input.requestId,
    ]),
  );
}

/**
 * Sends a request that came by itself (portal, death, end of a contract) to approval; the person who does counts as the one
 * who asks. Throws NOT_FOUND, INVALID_INPUT, CONFLICT when it is no longer open.
 */
export async function forwardDeletion(ctx: WriteContext, input: z.infer<typeof forwardDeletionInput>): Promise<Act> {
  return answer(
    await ctx.db.rows('select api.forward_deletion($1::bigint, $2, $3, $4::uuid) as act', [
      input.id,
      input.identityMethod,
      input.note,
      input.requestId,
    ]),
  );
}

/** Gives the account back as it was. Throws NOT_FOUND, INVALID_INPUT, CONFLICT once it is approved. */
export async function withdrawDeletion(ctx: WriteContext, input: z.infer<typeof withdrawDeletionInput>): Promise<Act> {
  return answer(
    await ctx.db.rows('select api.withdraw_deletion($1::bigint, $2, $3::uuid) as act', [
      input.id,
      input.note,
      input.requestId,
    ]),
  );
}

function answer([row]: { act: Act }[]): Act {
  if (!row) throw new Error('the database gave no answer');
  return row.act;
}
