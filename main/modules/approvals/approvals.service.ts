import type { z } from 'zod';
import type {
  Approval,
  ApprovalRow,
  approvalCounters,
  Decided,
  decideInput,
  Obstacle,
} from '../../../shared/contract/approvals';
import type { ListInput } from '../../../shared/contract/lists';
import type { ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import { APPROVAL_COLUMNS, APPROVAL_LIST, APPROVAL_SOURCE } from './approvals.list';

/** A row as the driver gives it. */
type Dated<Row extends ApprovalRow> = Omit<Row, 'requestedAt' | 'expiresAt' | 'decidedAt' | 'executedAt'> & {
  requestedAt: Date;
  expiresAt: Date;
  decidedAt: Date | null;
  executedAt: Date | null;
};
type Look = Pick<Approval, 'impactNow' | 'changed' | 'cannotApprove' | 'cannotReject'>;

/** A page of the requests the person may see. Throws INVALID_INPUT for a question the list does not answer. */
export async function listApprovals(ctx: ReadContext, input: ListInput) {
  const { rows, nextCursor } = await listPage<Dated<ApprovalRow>>(ctx.db, APPROVAL_LIST, input);
  return { rows: rows.map(written), nextCursor };
}

/** One request with its impact, and whether this person may decide it. Throws NOT_FOUND. */
export async function getApproval(ctx: ReadContext, id: string): Promise<Approval> {
  const [row] = await ctx.db.rows<Dated<ApprovalRow> & Pick<Approval, 'impact'> & { look: Look }>(
    `select ${APPROVAL_COLUMNS}, a.impact, api.look_at_approval(a.id) as look from ${APPROVAL_SOURCE} where a.id = $1::bigint`,
    [id],
  );
  if (!row) throw new AppError('NOT_FOUND');
  const { look, ...stored } = row;
  return {
    ...written(stored),
    impact: row.impact,
    ...look,
    cannotApprove: inUtc(look.cannotApprove),
    cannotReject: inUtc(look.cannotReject),
  };
}

/** What waits for the person, what this person asked for, and whose password is new. */
export async function countApprovals(ctx: ReadContext): Promise<z.infer<typeof approvalCounters>> {
  const [row] = await ctx.db.rows<{ counters: z.infer<typeof approvalCounters> }>(
    'select api.approval_counters() as counters',
  );
  if (!row) throw new Error('the database gave no answer');
  return row.counters;
}

/**
 * Decides a request once. Void and "somebody was quicker" are answers; throws SECOND_PERSON_REQUIRED for an own request,
 * DECIDER_FRESH, REQUESTER_FRESH, REQUESTER_LEFT, NOT_ALLOWED, NOT_FOUND.
 */
export async function decideApproval(ctx: WriteContext, input: z.infer<typeof decideInput>): Promise<Decided> {
  return decided(
    await ctx.db.rows('select api.decide_approval($1::bigint, $2, $3, $4::uuid) as answer', [
      input.id,
      input.approve,
      input.note,
      input.requestId,
    ]),
  );
}

/** Takes an own request back while nobody has decided it. Throws NOT_ALLOWED for somebody else's, NOT_FOUND. */
export async function withdrawApproval(
  ctx: WriteContext,
  { id, requestId }: { id: string; requestId: string },
): Promise<Decided> {
  return decided(await ctx.db.rows('select api.withdraw_approval($1::bigint, $2::uuid) as answer', [id, requestId]));
}

function decided([row]: { answer: Decided }[]): Decided {
  if (!row) throw new Error('the database gave no answer');
  return row.answer;
}

function written<Row extends Dated<ApprovalRow>>(row: Row) {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    executedAt: row.executedAt?.toISOString() ?? null,
  };
}

/** Instants inside jsonb bear the zone of the database session. */
function inUtc(obstacle: Obstacle | null): Obstacle | null {
  return obstacle?.until ? { ...obstacle, until: new Date(obstacle.until).toISOString() } : obstacle;
}
