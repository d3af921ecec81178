import type { ListQuestion } from '../../../shared/contract/lists';

/** What people look for: everything in work, what a clerk has to check first, what is late or held, and what is over. */
export const PRESETS = ['open', 'check', 'overdue', 'held', 'closed'] as const;
export type Preset = (typeof PRESETS)[number];

type Filters = ListQuestion['filters'];

/** Columns that a preset sets. */
const SET = ['status', 'overdue', 'held'] as const;

const yes = { is: 'oneOf' as const, values: ['true'] };
const states = (...values: string[]) => ({ is: 'oneOf' as const, values });

const FILTERS: Record<Preset, Filters> = {
  open: { status: states('open', 'forwarded', 'approved') },
  check: { status: states('open') },
  overdue: { overdue: yes },
  held: { held: yes },
  closed: { status: states('rejected', 'withdrawn', 'executed') },
};

/** The list's question for a preset: what is due first comes first, of what is over the last. */
export function questionOf(preset: Preset): ListQuestion {
  return { filters: FILTERS[preset], sort: { key: 'dueOn', descending: preset === 'closed' } };
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
