import type { z } from 'zod';
import type {
  addAccessInput,
  blockAccountInput,
  changeEmailInput,
  endAccessInput,
  recordAcceptanceInput,
  setConsentInput,
  unblockAccountInput,
} from '../../../shared/contract/accounts';
import type { WriteContext } from '../../core/context';

interface Done {
  id: string;
}

async function act(ctx: WriteContext, sql: string, bind: readonly unknown[]): Promise<Done> {
  const [row] = await ctx.db.rows<{ done: Done }>(sql, bind);
  if (!row) throw new Error('the database gave no answer');
  return row.done;
}

/**
 * Blocks an account: sessions and links end, the holder is told by mail (not after a death), and death or the end of the
 * contract open its deletion. Throws NOT_FOUND, CONFLICT when it is neither pending nor active.
 */
export function blockAccount(ctx: WriteContext, input: z.infer<typeof blockAccountInput>): Promise<Done> {
  return act(ctx, 'select api.block_account($1::bigint, $2, $3, $4::uuid) as done', [
    input.id,
    input.reason,
    input.note,
    input.requestId,
  ]);
}

/** Gives a blocked account back. Throws NOT_FOUND, CONFLICT when it is not blocked, ACCOUNT_ENDED while the cause stands. */
export function unblockAccount(ctx: WriteContext, input: z.infer<typeof unblockAccountInput>): Promise<Done> {
  return act(ctx, 'select api.unblock_account($1::bigint, $2, $3::uuid) as done', [
    input.id,
    input.note,
    input.requestId,
  ]);
}

/** Sends a new link to set a password. Throws NOT_FOUND, CONFLICT when the account is blocked or leaving. */
export function renewActivation(
  ctx: WriteContext,
  { id, requestId }: { id: string; requestId: string },
): Promise<Done> {
  return act(ctx, 'select api.renew_activation($1::bigint, $2::uuid) as done', [id, requestId]);
}

/** Asks for another address to be confirmed. Throws NOT_FOUND, CONFLICT, INVALID_EMAIL, INVALID_INPUT for the same one. */
export function changeAccountEmail(ctx: WriteContext, input: z.infer<typeof changeEmailInput>): Promise<Done> {
  return act(ctx, 'select api.change_account_email($1::bigint, $2, $3, $4::uuid) as done', [
    input.id,
    input.email,
    input.identity,
    input.requestId,
  ]);
}

/** Lets an account see one more customer. Throws NOT_FOUND, INVALID_INPUT without a paper, OVERLAP, CONFLICT. */
export function addAccess(ctx: WriteContext, input: z.infer<typeof addAccessInput>): Promise<Done> {
  return act(
    ctx,
    'select api.add_account_access($1::bigint, $2::bigint, $3, $4::bigint, $5::date, $6::date, $7::uuid) as done',
    [input.id, input.customerId, input.relation, input.documentId, input.validFrom, input.validTo, input.requestId],
  );
}

/** Ends an access after `lastDay`. Throws NOT_FOUND, INVALID_INPUT for a day before yesterday, CONFLICT. */
export function endAccess(ctx: WriteContext, input: z.infer<typeof endAccessInput>): Promise<Done> {
  return act(ctx, 'select api.end_account_access($1::bigint, $2::date, $3::uuid) as done', [
    input.accessId,
    input.lastDay,
    input.requestId,
  ]);
}

/** Notes a consent given or revoked. Throws NOT_FOUND, INVALID_INPUT for an impossible day, CONFLICT when it stands so. */
export function setConsent(ctx: WriteContext, input: z.infer<typeof setConsentInput>): Promise<Done> {
  return act(ctx, 'select api.set_account_consent($1::bigint, $2, $3, $4, $5::date, $6::uuid) as done', [
    input.id,
    input.kind,
    input.given,
    input.channel,
    input.on,
    input.requestId,
  ]);
}

/** Notes an accepted version of the regulations. Throws NOT_FOUND, INVALID_INPUT, CONFLICT when it was accepted before. */
export function recordAcceptance(ctx: WriteContext, input: z.infer<typeof recordAcceptanceInput>): Promise<Done> {
  return act(ctx, 'select api.record_acceptance($1::bigint, $2::bigint, $3, $4::date, $5::uuid) as done', [
    input.id,
    input.versionId,
    input.channel,
    input.on,
    input.requestId,
  ]);
}
