/**
 * Until when a water meter may be used, by the mark it bears. Twin of `ibok.legalization_until` and of the trigger on
 * `ibok.legalizations`, for previews while a mark is typed; the database decides. Days are ISO `YYYY-MM-DD`.
 * Sources of the rules stand beside them in `ibok.legalization_rules`.
 */

/** `m_year` M21 · `until_year` 2024 · `until_month` 05/2027 · `done_year` 2017 · `date` 2022-03-15. */
export const MARK_KINDS = ['m_year', 'until_month', 'date', 'until_year', 'done_year'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** Why a mark cannot be: no such form, of the future, older than any rule, of a kind no longer made then. */
export const MARK_REFUSALS = ['MARK_FORM', 'MARK_FUTURE', 'MARK_TOO_OLD', 'MARK_NOT_OF_ITS_TIME'] as const;
export type MarkRefusal = (typeof MARK_REFUSALS)[number];

/** A dated rule: how marks of a kind that name a period from `marksFrom` to `marksTo` (null: open) are read. */
export interface LegalizationRule {
  id: string;
  markKind: MarkKind;
  marksFrom: string;
  marksTo: string | null;
  /** Term from the period named; 0 where the mark names the end itself. */
  months: number;
  ends: 'november_end' | 'year_end' | 'month_end' | 'same_day';
  /** How far ahead of the day it is read a mark may lie. */
  aheadMonths: number;
}

export type MarkReading = { ruleId: string; until: string } | { refused: MarkRefusal };

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const dayOf = (year: number, month: number, day: number): string => `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const parts = (day: string): [number, number, number] => day.split('-').map(Number) as [number, number, number];

/** The same day `months` later, or the last of that month where it has no such day, as PostgreSQL reckons. */
function addMonths(from: string, months: number): string {
  const [year, month, day] = parts(from);
  const count = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  return dayOf(toYear, toMonth, Math.min(day, lastDay(toYear, toMonth)));
}

function endOf(day: string, ends: LegalizationRule['ends']): string {
  const [year, month] = parts(day);
  if (ends === 'november_end') return dayOf(year, 11, 30);
  if (ends === 'year_end') return dayOf(year, 12, 31);
  return ends === 'month_end' ? dayOf(year, month, lastDay(year, month)) : day;
}

/** A mark as it is stored: without blanks, in capitals. */
export function normalMark(raw: string): string {
  return raw.replace(/\s/g, '').toUpperCase();
}

/** The first day of the period a mark names, or null where nothing of that kind looks so. */
export function markPeriod(kind: MarkKind, raw: string): string | null {
  if (kind === 'm_year') {
    const year = /^M([0-9]{2})$/.exec(raw)?.[1];
    return year ? `20${year}-01-01` : null;
  }
  if (kind === 'until_month') {
    const [, month, year] = /^(0?[1-9]|1[0-2])[./-]([12][0-9]{3})$/.exec(raw) ?? [];
    return month && year ? `${year}-${month.padStart(2, '0')}-01` : null;
  }
  if (kind === 'date') {
    if (!/^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/.test(raw)) return null;
    const [year, month, day] = parts(raw);
    return day <= lastDay(year, month) ? raw : null;
  }
  return /^[12][0-9]{3}$/.test(raw) ? `${raw}-01-01` : null;
}

/** The last day the mark allows and the rule that says so, or why there cannot be such a mark on `readOn`. */
export function readMark(rules: readonly LegalizationRule[], kind: MarkKind, raw: string, readOn: string): MarkReading {
  const named = markPeriod(kind, raw);
  if (!named) return { refused: 'MARK_FORM' };
  const ofKind = rules.filter(({ markKind }) => markKind === kind);
  const rule = ofKind.find(({ marksFrom, marksTo }) => marksFrom <= named && (marksTo === null || named <= marksTo));
  const newest = ofKind.toSorted((a, b) => b.marksFrom.localeCompare(a.marksFrom))[0];
  const ahead = rule?.aheadMonths ?? newest?.aheadMonths;
  if (ahead !== undefined && named > addMonths(readOn, ahead)) return { refused: 'MARK_FUTURE' };
  if (!rule)
    return { refused: ofKind.some(({ marksFrom }) => marksFrom <= named) ? 'MARK_NOT_OF_ITS_TIME' : 'MARK_TOO_OLD' };
  return { ruleId: rule.id, until: endOf(addMonths(named, rule.months), rule.ends) };
}

/**
 * The last day that counts: the earlier of mark and papers, or the override, and in any case the day before an early loss
 * of the legalization.
 */
export function validUntil(known: {
  computedUntil: string;
  statedUntil: string | null;
  overrideUntil: string | null;
  lostOn: string | null;
}): string {
  const { computedUntil, statedUntil, overrideUntil, lostOn } = known;
  const marked = overrideUntil ?? (statedUntil !== null && statedUntil < computedUntil ? statedUntil : computedUntil);
  if (lostOn === null) return marked;
  const eve = new Date(Date.parse(`${lostOn}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return eve < marked ? eve : marked;
}
