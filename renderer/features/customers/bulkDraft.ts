import type { BulkAct } from '../../../shared/contract/lists';

/** The acts over many customers. */
export type BulkKind = 'preferredContact' | 'officeNote' | 'addTask';

/** What is filled in so far; one form for all kinds. */
export interface BulkDraft {
  value: string;
  title: string;
  dueOn: string;
  /** Login; empty is the person asking. */
  assignee: string;
}

export const EMPTY_BULK: BulkDraft = { value: '', title: '', dueOn: '', assignee: '' };

/** The act a filled form asks for; null while something is missing. */
export function bulkActOf(kind: BulkKind, draft: BulkDraft): BulkAct | null {
  if (kind === 'addTask') {
    const title = draft.title.trim();
    if (title === '' || draft.dueOn === '') return null;
    return { is: 'addTask', list: 'customers', title, dueOn: draft.dueOn, assignee: draft.assignee || null };
  }
  return { is: 'setField', list: 'customers', field: kind, to: draft.value.trim() || null };
}
