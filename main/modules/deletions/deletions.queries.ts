import type {
  DeletionRecord,
  DeletionRow,
  DeletionStatus,
  ErasurePart,
  ErasurePreview,
} from '../../../shared/contract/deletions';
import type { ListInput } from '../../../shared/contract/lists';
import { may, type StaffGroup } from '../../../shared/permissions';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import { DELETION_COLUMNS, DELETION_LIST, DELETION_SOURCE } from './deletions.list';

/** A row as the driver gives it. */
type Dated<Row, Key extends keyof Row> = Omit<Row, Key> & { [Name in Key]: Date | Extract<Row[Name], null> };

/** A page of the requests. Throws INVALID_INPUT for a question the list does not answer. */
export async function listDeletions(ctx: ReadContext, input: ListInput) {
  const { rows, nextCursor } = await listPage<Dated<DeletionRow, 'closedAt'>>(ctx.db, DELETION_LIST, input);
  return { rows: rows.map((row) => ({ ...row, closedAt: iso(row.closedAt) })), nextCursor };
}

/** What the deletion of an account would touch today. Throws NOT_FOUND. */
export async function previewErasure(ctx: ReadContext, accountId: string): Promise<ErasurePreview> {
  const [row] = await ctx.db.rows<{ preview: ErasurePreview }>('select api.deletion_preview($1::bigint) as preview', [
    accountId,
  ]);
  if (!row) throw new AppError('NOT_FOUND');
  return row.preview;
}

type Instants = 'recordedAt' | 'identityCheckedAt' | 'forwardedAt' | 'executedAt' | 'closedAt';
type Stored = Dated<Omit<DeletionRecord, 'parts' | 'holds' | 'abilities' | 'keptUntil'>, Instants> & {
  protocol: { parts: ErasurePart[]; keptUntil: string } | null;
};

/** Instants within JSON, as the contract takes them. */
const json = (instant: string) => `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const RECORD = `select ${DELETION_COLUMNS}, a.status as "accountStatus", q.recorded_at as "recordedAt", q.note,
         q.identity_method as "identityMethod", coalesce(i.display_name, q.identity_checked_by) as "identityCheckedByName",
         q.identity_checked_at as "identityCheckedAt", q.forwarded_at as "forwardedAt", q.executed_at as "executedAt",
         q.protocol, api.deletion_mails(q.id) as mails,
         case when p.id is not null then jsonb_build_object(
           'id', p.id::text, 'state', p.state, 'voidReason', p.void_reason, 'note', p.note, 'impact', p.impact,
           'requestedByName', coalesce(pr.display_name, p.requested_by), 'requestedAt', ${json('p.requested_at')},
           'decidedByName', coalesce(pd.display_name, p.decided_by), 'decidedAt', ${json('p.decided_at')}) end as approval
    from ${DELETION_SOURCE}
    left join ibok.staff_members as i on i.login = q.identity_checked_by
    left join ibok.approvals as p on p.id = q.approval_id
    left join ibok.staff_members as pr on pr.login = p.requested_by
    left join ibok.staff_members as pd on pd.login = p.decided_by
   where q.id = $1::bigint`;

/** One request with its plan, its approval and its mails. Throws NOT_FOUND. */
export async function getDeletion(ctx: ReadContext, id: string): Promise<DeletionRecord> {
  const [row] = await ctx.db.rows<Stored>(RECORD, [id]);
  if (!row) throw new AppError('NOT_FOUND');
  const { protocol, ...stored } = row;
  const erased = row.accountStatus === 'deleted';
  // Of an erased account nothing is left to plan; what another, closed request had planned then is history.
  const plan = erased ? null : await previewErasure(ctx, row.accountId);
  return {
    ...stored,
    recordedAt: row.recordedAt.toISOString(),
    identityCheckedAt: iso(row.identityCheckedAt),
    forwardedAt: iso(row.forwardedAt),
    executedAt: iso(row.executedAt),
    closedAt: iso(row.closedAt),
    parts: protocol?.parts ?? plan?.parts ?? [],
    holds: plan?.holds ?? [],
    keptUntil: protocol?.keptUntil ?? null,
    abilities: abilitiesOf(ctx.actor.group, row.status),
  };
}

/** What a member of `group` may do with a request in `status`, with the reason why not; the database judges it again. */
export function abilitiesOf(group: StaffGroup, status: DeletionStatus): DeletionRecord['abilities'] {
  const obstacle = (states: readonly DeletionStatus[]) => (states.includes(status) ? null : status);
  return {
    forward: may(group, 'deletions.forward') ? obstacle(['open']) : 'role',
    withdraw: may(group, 'deletions.withdraw') ? obstacle(['open', 'forwarded']) : 'role',
  };
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
