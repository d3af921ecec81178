/**
 * Working days: Monday to Friday but the days off given. Twin of `ibok.add_working_days` and
 * `ibok.working_days_between`; days are ISO `YYYY-MM-DD`.
 */

const DAY = 86_400_000;

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const on = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

function isWorking(instant: number, daysOff: ReadonlySet<string>): boolean {
  const weekday = new Date(instant).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !daysOff.has(on(instant));
}

/** The `days`-th working day after `from`; `from` itself for 0. Throws RangeError outside 0 to 366. */
export function addWorkingDays(from: string, days: number, daysOff: ReadonlySet<string>): string {
  if (!Number.isInteger(days) || days < 0 || days > 366) throw new RangeError('days');
  let reached = at(from);
  for (let left = days; left > 0; ) {
    reached += DAY;
    if (isWorking(reached, daysOff)) left -= 1;
  }
  return on(reached);
}

/** Working days after `from` up to and with `to`; 0 on the day itself, negative for a `to` that has passed. */
export function workingDaysBetween(from: string, to: string, daysOff: ReadonlySet<string>): number {
  const [first, last] = [at(from), at(to)].toSorted((a, b) => a - b) as [number, number];
  let days = 0;
  for (let instant = first + DAY; instant <= last; instant += DAY) if (isWorking(instant, daysOff)) days += 1;
  return at(to) < at(from) && days > 0 ? -days : days;
}
