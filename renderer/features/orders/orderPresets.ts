import type { ListQuestion } from '../../../shared/contract/lists';

/** Which orders: what waits, by how it is planned, or what is over. */
export const PRESETS = ['open', 'today', 'unplanned', 'overdue', 'closed', 'all'] as const;
export type Preset = (typeof PRESETS)[number];
type Filters = ListQuestion['filters'];

const OPEN = { state: { is: 'oneOf', values: ['open'] } } as const satisfies Filters;
/** The columns a preset speaks of. */
const ASKED = ['state', 'day', 'overdue'] as const;

const FILTERS: Readonly<Record<Preset, (today: string) => Filters>> = {
  open: () => ({ ...OPEN }),
  today: (today) => ({ ...OPEN, day: { is: 'dates', from: today, to: today } }),
  unplanned: () => ({ ...OPEN, day: { is: 'empty' } }),
  overdue: () => ({ ...OPEN, overdue: { is: 'oneOf', values: ['true'] } }),
  closed: () => ({ state: { is: 'oneOf', values: ['done', 'failed', 'cancelled'] } }),
  all: () => ({}),
};

/** The question with another preset; what else narrows the list stays. What is planned next comes first. */
export function askPreset(question: ListQuestion, preset: Preset, today: string): ListQuestion {
  const rest = Object.fromEntries(Object.entries(question.filters).filter(([key]) => !ASKED.includes(key as 'day')));
  return {
    ...question,
    filters: { ...FILTERS[preset](today), ...rest },
    sort:
      preset === 'closed' || preset === 'all' ? { key: 'number', descending: true } : { key: 'day', descending: false },
  };
}

/** The preset that a question is; null where somebody asked for something else. */
export function presetOf({ filters }: ListQuestion, today: string): Preset | null {
  const asked = pick(filters);
  return PRESETS.find((preset) => pick(FILTERS[preset](today)) === asked) ?? null;
}

/** Whether anything but the preset narrows the list. */
export function isNarrowedFurther({ words, filters }: ListQuestion): boolean {
  return Boolean(words) || Object.keys(filters).some((key) => !ASKED.includes(key as 'day'));
}

/** The filters a preset speaks of as text, whatever order their parts came in. */
function pick(filters: Filters): string {
  const sorted = (value: unknown) => (Array.isArray(value) ? value.toSorted() : value);
  return JSON.stringify(
    ASKED.map((key) =>
      Object.entries(filters[key] ?? {})
        .map(([part, value]) => [part, sorted(value)])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ),
  );
}
