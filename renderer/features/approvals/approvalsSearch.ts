import { PRESETS, type Preset } from './approvalPresets';

/** What the address asks the inbox to show: which requests, a saved view by its id, or one request opened. */
export interface ApprovalsSearch {
  show?: Preset | undefined;
  view?: string | undefined;
  approval?: string | undefined;
}

const idIn = (value: unknown) => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9][0-9]{0,17}$/.test(text) ? text : undefined;
};

export function approvalsSearch(search: Record<string, unknown>): ApprovalsSearch {
  const show = PRESETS.find((preset) => preset === search.show);
  const view = idIn(search.view);
  const approval = idIn(search.approval);
  return { ...(show ? { show } : {}), ...(view ? { view } : {}), ...(approval ? { approval } : {}) };
}
