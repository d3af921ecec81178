import { APPROVAL_STATES } from '../../../shared/contract/approvals';
import type { List } from '../../db/list-definition';

const WAITING = '(a.id in (select api.approvals_waiting()))';

/** Columns of `approvalRow`. */
export const APPROVAL_COLUMNS = `a.id, a.kind, a.subject, api.approval_label(a.id) as label, a.requested_by as "requestedBy",
  coalesce(r.display_name, a.requested_by) as "requestedByName", a.requested_at as "requestedAt", a.reason,
  a.expires_at as "expiresAt", a.state, a.void_reason as "voidReason", a.decided_by as "decidedBy",
  coalesce(d.display_name, a.decided_by) as "decidedByName", a.decided_at as "decidedAt", a.note,
  a.executed_at as "executedAt", ${WAITING} as waiting`;

export const APPROVAL_SOURCE = `ibok.approvals as a left join ibok.staff_members as r on r.login = a.requested_by
  left join ibok.staff_members as d on d.login = a.decided_by`;

/**
 * Requests for acts of two persons, as far as the row policy of `ibok.approvals` shows them. What one is about is named
 * by a function: its name is for who may see that record.
 */
export const APPROVAL_LIST: List = {
  action: 'approvals.list',
  select: APPROVAL_COLUMNS,
  from: APPROVAL_SOURCE,
  key: 'a.id',
  columns: {
    kind: { sql: 'a.kind', type: 'text', filters: ['oneOf'] },
    label: { sql: 'api.approval_label(a.id)', type: 'text', filters: ['empty', 'filled'] },
    reason: { sql: 'a.reason', type: 'text', filters: ['text'] },
    requestedBy: { sql: 'a.requested_by', type: 'text', filters: ['oneOf'] },
    // Ids are given in the order of asking, and have the index.
    requestedAt: {
      sql: 'a.requested_at',
      type: 'instant',
      filters: ['dates'],
      sort: { column: 'a.id', type: 'bigint' },
    },
    expiresAt: { sql: 'a.expires_at', type: 'instant', filters: ['dates'] },
    state: { sql: 'a.state', type: 'text', filters: ['oneOf'], codes: APPROVAL_STATES },
    decidedBy: { sql: 'a.decided_by', type: 'text', filters: ['oneOf', 'empty', 'filled'] },
    decidedAt: { sql: 'a.decided_at', type: 'instant', filters: ['dates'] },
    waiting: { sql: WAITING, type: 'boolean', filters: ['oneOf'], codes: ['true', 'false'] },
  },
};
