import type { ListQuestion } from '../../../shared/contract/lists';

/** Whose tasks: what waits for me, what I asked of others, what my colleagues have, what is over. */
export const PRESETS = ['mine', 'given', 'office', 'closed'] as const;
export type Preset = (typeof PRESETS)[number];

/** How urgent: a filter of the due day. */
export const DUES = ['overdue', 'today', 'week', 'later'] as const;
export type Due = (typeof DUES)[number];

const DAY_MS = 86_400_000;
/** A day some days on, `YYYY-MM-DD`; calendar days have no zone. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Sunday that ends the day's week. */
export function endOfWeek(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return dayAfter(day, (7 - weekday) % 7);
}

/** How urgent an open task is, seen from today. A Sunday's week ends with it: what comes after is later. */
export function dueOf(dueOn: string, today: string): Due {
  if (dueOn < today) return 'overdue';
  if (dueOn === today) return 'today';
  return dueOn <= endOfWeek(today) ? 'week' : 'later';
}

const RANGES: Record<Due, (today: string) => { from: string | null; to: string | null }> = {
  overdue: (today) => ({ from: null, to: dayAfter(today, -1) }),
  today: (today) => ({ from: today, to: today }),
  week: (today) => ({ from: dayAfter(today, 1), to: endOfWeek(today) }),
  later: (today) => ({ from: dayAfter(endOfWeek(today), 1), to: null }),
};

type Filters = ListQuestion['filters'];

/** Columns that a preset sets. */
const WHOSE = ['state', 'mine', 'createdBy'] as const;

function whose(preset: Preset, login: string): Filters {
  const open = { is: 'oneOf' as const, values: ['open'] };
  const filters: Record<Preset, Filters> = {
    mine: { state: open, mine: { is: 'oneOf', values: ['assigned', 'substitute'] } },
    given: { state: open, createdBy: { is: 'oneOf', values: [login] } },
    office: { state: open },
    closed: { state: { is: 'oneOf', values: ['done', 'cancelled'] } },
  };
  return filters[preset];
}

function without(filters: Filters, columns: readonly string[]): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([column]) => !columns.includes(column)));
}

/** The question with another preset; what else narrows the list stays. The nearest day first, of what is over the last. */
export function askWhose(question: ListQuestion, preset: Preset, login: string): ListQuestion {
  const filters = { ...whose(preset, login), ...without(question.filters, WHOSE) };
  return { ...question, filters, sort: { key: 'dueOn', descending: preset === 'closed' } };
}

/** The question with another urgency; null is any day. */
export function askDue(question: ListQuestion, due: Due | null, today: string): ListQuestion {
  const filters = without(question.filters, ['dueOn']);
  return { ...question, filters: due ? { ...filters, dueOn: { is: 'dates', ...RANGES[due](today) } } : filters };
}

/** The list's question for a preset and an urgency. */
export function questionOf(preset: Preset, due: Due | null, login: string, today: string): ListQuestion {
  return askDue(askWhose({ filters: {}, sort: { key: 'dueOn', descending: false } }, preset, login), due, today);
}

/** The preset that a question is, by its filters; null where somebody narrowed it otherwise. */
export function presetOf({ filters }: ListQuestion, login: string): Preset | null {
  const asked = pick(filters, WHOSE);
  return PRESETS.find((preset) => pick(whose(preset, login), WHOSE) === asked) ?? null;
}

/** The urgency that a question asks for: `all` without a filter of days, null for days of one's own choice. */
export function dueAsked({ filters }: ListQuestion, today: string): Due | 'all' | null {
  if (!filters.dueOn) return 'all';
  const asked = pick(filters, ['dueOn']);
  return DUES.find((due) => pick({ dueOn: { is: 'dates', ...RANGES[due](today) } }, ['dueOn']) === asked) ?? null;
}

/** Whether more than preset and urgency narrows the list. */
export function isNarrowedFurther({ words, filters }: ListQuestion): boolean {
  return Boolean(words) || Object.keys(without(filters, [...WHOSE, 'dueOn'])).length > 0;
}

/** The filters of some columns as text, whatever order their parts came in. */
function pick(filters: Filters, columns: readonly string[]): string {
  return JSON.stringify(
    columns.map((column) => Object.entries(filters[column] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}
