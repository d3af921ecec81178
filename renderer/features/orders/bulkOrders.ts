import type { BulkAct } from '../../../shared/contract/lists';

/** What is filled in for orders of many meters; empty texts are nobody, no day, no term of one's own. */
export interface PlanDraft {
  kind: 'exchange' | 'control_reading';
  assignee: string;
  day: string;
  dueOn: string;
  note: string;
}

export const EMPTY_PLAN: PlanDraft = { kind: 'exchange', assignee: '', day: '', dueOn: '', note: '' };

export function planActOf({ kind, assignee, day, dueOn, note }: PlanDraft): BulkAct {
  return {
    is: 'planOrders',
    list: 'meters',
    kind,
    assignee: assignee || null,
    day: day || null,
    dueOn: dueOn || null,
    note: note.trim() || null,
  };
}

/** Nobody at all, as a choice beside the people. */
export const NOBODY = '-';

/** What is filled in for many orders; an empty assignee stays as it is, NOBODY takes the order from whoever has it. */
export interface AssignDraft {
  assignee: string;
  days: 'keep' | 'set' | 'clear';
  day: string;
}

export const EMPTY_ASSIGN: AssignDraft = { assignee: '', days: 'keep', day: '' };

/** Null while nothing is changed, or a day is missing. */
export function assignActOf({ assignee, days, day }: AssignDraft): BulkAct | null {
  if (days === 'set' && !day) return null;
  if (!assignee && days === 'keep') return null;
  return {
    is: 'assignOrders',
    list: 'orders',
    ...(assignee && { assignee: assignee === NOBODY ? null : assignee }),
    ...(days !== 'keep' && { day: days === 'set' ? day : null }),
  };
}
