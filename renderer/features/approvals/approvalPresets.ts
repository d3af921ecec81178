import type { ListQuestion } from '../../../shared/contract/lists';

/** Which requests: what waits for me, what I asked for and is open, all that are open, what is settled. */
export const PRESETS = ['waiting', 'mine', 'open', 'decided'] as const;
export type Preset = (typeof PRESETS)[number];

type Filters = ListQuestion['filters'];
const oneOf = (...values: string[]): Filters[string] => ({ is: 'oneOf', values });

function filtersOf(preset: Preset, login: string): Filters {
  const filters: Record<Preset, Filters> = {
    waiting: { waiting: oneOf('true') },
    mine: { requestedBy: oneOf(login), state: oneOf('open') },
    open: { state: oneOf('open') },
    decided: { state: oneOf('approved', 'executed', 'rejected', 'void') },
  };
  return filters[preset];
}

/** The list's question for a preset: what waits the oldest first, else the newest. */
export function questionOf(preset: Preset, login: string): ListQuestion {
  const oldest = preset === 'waiting' || preset === 'open';
  return { filters: filtersOf(preset, login), sort: { key: 'requestedAt', descending: !oldest } };
}

/** The preset whose filters a question has, and no others; null where somebody narrowed it otherwise. */
export function presetOf({ words, filters }: ListQuestion, login: string): Preset | null {
  if (words) return null;
  const asked = written(filters);
  return PRESETS.find((preset) => written(filtersOf(preset, login)) === asked) ?? null;
}

/** Filters as text, whatever order their parts came in. */
function written(filters: Filters): string {
  return JSON.stringify(
    Object.entries(filters)
      .map(([column, filter]) => [column, Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}
