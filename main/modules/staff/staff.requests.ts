import type { z } from 'zod';
import type {
  groupRequested,
  requestedPassword,
  requestGroupInput,
  requestResetInput,
  requestStaffInput,
} from '../../../shared/contract/staff';
import type { WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { scramVerifier } from '../../db/scram';
import { randomPassword } from './staff.service';

type RequestedPassword = z.infer<typeof requestedPassword>;

/** What the database answers: the first result, with `again` when this was asked for before. */
interface Asked {
  asked: { login: string; approvalId: string; again?: true };
}

/**
 * Asks for a new supervisor, administrator or data protection officer. The password in the answer works only once another
 * person has approved. Throws LOGIN_TAKEN, ALREADY_DONE, INVALID_*.
 */
export async function requestStaff(
  ctx: WriteContext,
  input: z.infer<typeof requestStaffInput>,
): Promise<RequestedPassword> {
  const password = randomPassword();
  const rows = await ctx.db.rows<Asked>('select api.request_staff($1, $2, $3, $4, $5, $6, $7, $8::uuid) as asked', [
    input.login,
    input.displayName,
    input.phone || null,
    input.email || null,
    input.group,
    await scramVerifier(password),
    input.reason,
    input.requestId,
  ]);
  return shownOnce(rows, password);
}

/**
 * Asks for a new first password of a supervisor, administrator or data protection officer; until it is approved the old
 * one works. Throws NOT_FOUND, ALREADY_REQUESTED, ALREADY_DONE, CONFLICT for a leaver.
 */
export async function requestReset(
  ctx: WriteContext,
  input: z.infer<typeof requestResetInput>,
): Promise<RequestedPassword> {
  const password = randomPassword();
  const rows = await ctx.db.rows<Asked>('select api.request_password_reset($1, $2, $3, $4::uuid) as asked', [
    input.login,
    await scramVerifier(password),
    input.reason,
    input.requestId,
  ]);
  return shownOnce(rows, password);
}

/** Asks for another group, to or from one that takes two persons. Throws NOT_FOUND, ALREADY_REQUESTED, CONFLICT. */
export async function requestGroup(
  ctx: WriteContext,
  input: z.infer<typeof requestGroupInput>,
): Promise<z.infer<typeof groupRequested>> {
  const [row] = await ctx.db.rows<Asked>('select api.request_group_change($1, $2, $3, $4, $5::uuid) as asked', [
    input.login,
    input.from,
    input.to,
    input.reason,
    input.requestId,
  ]);
  if (!row) throw new Error('the database gave no answer');
  return row.asked;
}

/** The password beside the answer, but never one whose verifier was not stored. Throws ALREADY_DONE. */
function shownOnce([row]: Asked[], password: string): RequestedPassword {
  if (!row) throw new Error('the database gave no answer');
  const { login, approvalId, again } = row.asked;
  if (again) throw new AppError('ALREADY_DONE');
  return { login, password, approvalId };
}
