import { PRESETS, type Preset } from './casePresets';

/** What the address asks the list to show: which cases, or a saved view by its id. */
export interface MeterCasesSearch {
  show?: Preset | undefined;
  view?: string | undefined;
}

const idIn = (value: unknown) => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9][0-9]{0,17}$/.test(text) ? text : undefined;
};

export function meterCasesSearch(search: Record<string, unknown>): MeterCasesSearch {
  const show = PRESETS.find((preset) => preset === search.show);
  const view = idIn(search.view);
  return { ...(show ? { show } : {}), ...(view ? { view } : {}) };
}

export const CASE_TABS = ['steps', 'documents', 'history'] as const;
export type CaseTab = (typeof CASE_TABS)[number];
/** The part of a case that is shown; none is the first. */
export interface MeterCaseSearch {
  tab?: CaseTab | undefined;
}

export function meterCaseSearch(search: Record<string, unknown>): MeterCaseSearch {
  const tab = CASE_TABS.find((each) => each === search.tab);
  return tab && tab !== 'steps' ? { tab } : {};
}
