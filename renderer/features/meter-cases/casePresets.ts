import type { ListQuestion } from '../../../shared/contract/lists';

/** What people look for: everything in work, what waits for a technician, for an answer, what is late, and what is over. */
export const PRESETS = ['open', 'acceptance', 'removal', 'answer', 'overdue', 'closed'] as const;
export type Preset = (typeof PRESETS)[number];

type Filters = ListQuestion['filters'];

/** Columns that a preset sets. */
const SET = ['state', 'stage', 'overdue'] as const;

const oneOf = (...values: string[]) => ({ is: 'oneOf' as const, values });

const FILTERS: Record<Preset, Filters> = {
  open: { state: oneOf('open') },
  acceptance: { stage: oneOf('acceptance') },
  removal: { stage: oneOf('removal') },
  answer: { stage: oneOf('answer') },
  overdue: { overdue: oneOf('true') },
  closed: { state: oneOf('done', 'cancelled') },
};

/** The list's question for a preset: the oldest case first, of what is over the last. */
export function questionOf(preset: Preset): ListQuestion {
  return { filters: FILTERS[preset], sort: { key: 'number', descending: preset === 'closed' } };
}

/** The preset that a question is, by its filters; null where somebody narrowed it otherwise. */
export function presetOf({ filters }: ListQuestion): Preset | null {
  const asked = pick(filters);
  return PRESETS.find((preset) => pick(FILTERS[preset]) === asked) ?? null;
}

/** Whether more than a preset narrows the list. */
export function isNarrowedFurther({ words, filters }: ListQuestion): boolean {
  return Boolean(words) || Object.keys(filters).some((column) => !SET.some((each) => each === column));
}

/** The filters of the preset's columns as text, whatever order their parts came in. */
function pick(filters: Filters): string {
  return JSON.stringify(
    SET.map((column) => Object.entries(filters[column] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}
