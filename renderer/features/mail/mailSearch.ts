import { PRESETS, type Preset } from './mailPresets';

/** What the address asks the queue to show: which messages, a saved view by its id, or one message opened. */
export interface MailSearch {
  show?: Preset | undefined;
  view?: string | undefined;
  mail?: string | undefined;
}

const idIn = (value: unknown) => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9][0-9]{0,17}$/.test(text) ? text : undefined;
};

export function mailSearch(search: Record<string, unknown>): MailSearch {
  const show = PRESETS.find((preset) => preset === search.show);
  const view = idIn(search.view);
  const mail = idIn(search.mail);
  return { ...(show ? { show } : {}), ...(view ? { view } : {}), ...(mail ? { mail } : {}) };
}
