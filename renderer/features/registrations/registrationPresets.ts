import type { ListQuestion } from '../../../shared/contract/lists';
import type { RegistrationCounters } from '../../../shared/contract/registrations';

/** Which applications: those to decide, or how they were decided. */
export const PRESETS = ['open', 'approved', 'rejected', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

/** How urgent: a filter of the last day of the term. */
export const DUES = ['overdue', 'soon', 'later'] as const;
export type Due = (typeof DUES)[number];

/** Today and the last day that counts as soon, by the office's calendar. */
export type Days = Pick<RegistrationCounters, 'asOf' | 'soonTo'>;
type Filters = ListQuestion['filters'];

const STATES: Record<Preset, string[] | null> = {
  open: ['new', 'incomplete'],
  approved: ['approved'],
  rejected: ['rejected'],
  all: null,
};

const DAY_MS = 86_400_000;
const beside = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const RANGES: Record<Due, (days: Days) => { from: string | null; to: string | null }> = {
  overdue: ({ asOf }) => ({ from: null, to: beside(asOf, -1) }),
  soon: ({ asOf, soonTo }) => ({ from: asOf, to: soonTo }),
  later: ({ soonTo }) => ({ from: beside(soonTo, 1), to: null }),
};

function without(filters: Filters, ...columns: string[]): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([column]) => !columns.includes(column)));
}

/** The question with another preset; what else narrows the list stays. What is due first comes first, what is over last. */
export function askPreset(question: ListQuestion, preset: Preset): ListQuestion {
  const filters = without(question.filters, 'status');
  const values = STATES[preset];
  return {
    ...question,
    filters: values ? { status: { is: 'oneOf', values }, ...filters } : filters,
    sort: { key: 'dueTo', descending: preset !== 'open' },
  };
}

/** The question with another urgency; null is any day. */
export function askDue(question: ListQuestion, due: Due | null, days: Days): ListQuestion {
  const filters = without(question.filters, 'dueTo');
  return { ...question, filters: due ? { ...filters, dueTo: { is: 'dates', ...RANGES[due](days) } } : filters };
}

/** The preset that a question is, by its states; null where somebody chose others. */
export function presetOf({ filters: { status } }: ListQuestion): Preset | null {
  const values = status?.is === 'oneOf' ? status.values.toSorted().join() : null;
  if (status && values === null) return null;
  return PRESETS.find((preset) => (STATES[preset]?.toSorted().join() ?? null) === values) ?? null;
}

/** The urgency that a question asks for: `all` without a filter of days, null for days of one's own choice. */
export function dueAsked({ filters: { dueTo } }: ListQuestion, days: Days): Due | 'all' | null {
  if (!dueTo) return 'all';
  if (dueTo.is !== 'dates') return null;
  return (
    DUES.find((due) => {
      const range = RANGES[due](days);
      return range.from === dueTo.from && range.to === dueTo.to;
    }) ?? null
  );
}

/** Whether anything but the preset narrows the list. */
export function isNarrowedFurther({ words, filters }: ListQuestion): boolean {
  return Boolean(words) || Object.keys(without(filters, 'status')).length > 0;
}
