/** A calendar day as the number of days since 1970-01-01: compared and added without time zones. */
export type Day = number;

const MS = 86_400_000;
// An office knows some forty thousand days and asks for each a thousand times.
const texts = new Map<Day, string>();
const months = new Map<Day, { year: number; month: number }>();

/** @throws RangeError when the text is no `YYYY-MM-DD` day. */
export function dayOf(text: string): Day {
  const day = Date.parse(`${text}T00:00:00Z`) / MS;
  if (!Number.isInteger(day) || isoDay(day) !== text) throw new RangeError(`No calendar day: ${text}`);
  return day;
}

/** `YYYY-MM-DD`. */
export function isoDay(day: Day): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * MS).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
}

/** Day `dayOfMonth` of a month; `month` counts from January 0 and may run over the year's end either way. */
export function dayInMonth(year: number, month: number, dayOfMonth: number): Day {
  return Date.UTC(year, month, dayOfMonth) / MS;
}

/** `month` counts from January 0. */
export function yearAndMonth(day: Day): { year: number; month: number } {
  let known = months.get(day);
  if (!known) {
    const date = new Date(day * MS);
    known = { year: date.getUTCFullYear(), month: date.getUTCMonth() };
    months.set(day, known);
  }
  return known;
}

/** Same day of the month so many months later or earlier, the last day where the month is too short. */
export function addMonths(day: Day, months: number): Day {
  const { year, month } = yearAndMonth(day);
  const dayOfMonth = new Date(day * MS).getUTCDate();
  return Math.min(dayInMonth(year, month + months, dayOfMonth), dayInMonth(year, month + months + 1, 1) - 1);
}
