import { PRESETS, type Preset } from './deletionPresets';

/** What the address asks the list to show: which requests, a saved view by its id, or the form for a new one. */
export interface DeletionsSearch {
  show?: Preset | undefined;
  view?: string | undefined;
  create?: true | undefined;
}

const idIn = (value: unknown) => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9][0-9]{0,17}$/.test(text) ? text : undefined;
};

export function deletionsSearch(search: Record<string, unknown>): DeletionsSearch {
  const show = PRESETS.find((preset) => preset === search.show);
  const view = idIn(search.view);
  return { ...(show ? { show } : {}), ...(view ? { view } : {}), ...(search.create === true ? { create: true } : {}) };
}

export const DELETION_TABS = ['request', 'documents', 'history'] as const;
export type DeletionTab = (typeof DELETION_TABS)[number];
/** The part of a request that is shown; none is the first. */
export interface DeletionSearch {
  tab?: DeletionTab | undefined;
}

export function deletionSearch(search: Record<string, unknown>): DeletionSearch {
  const tab = DELETION_TABS.find((each) => each === search.tab);
  return tab && tab !== 'request' ? { tab } : {};
}
