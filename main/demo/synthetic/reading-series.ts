import { type Day, dayInMonth, isoDay, yearAndMonth } from './calendar';
import { gardenLitres, type Habits, litres } from './consumption';
import type { Ledger } from './ledger';
import type { Random } from './random';
import type { InstallationRow, OfficeRows, ReadingRow } from './rows';

/** When a route is read: which month of the quarter and which day; radio meters every month. */
export interface Cycle {
  monthOfQuarter: number;
  dayOfMonth: number;
}

export interface Stay {
  installation: InstallationRow;
  /** First day of the history shown; a meter built in earlier starts with a reading of its first cycle. */
  since: Day;
  from: Day;
  /** Day of removal, or the day after which nobody reads any more. */
  to: Day;
  removed: boolean;
  /** From this day on the meter reports by radio, undefined: never. */
  radioSince: Day | undefined;
  cycle: Cycle;
  /** `garden` meters see only the garden's water and are read in March, June and September. */
  role: 'main' | 'garden';
}

/** m³ that billing charges for, on the day they were read. */
export interface Usage {
  day: Day;
  volume: number;
}

interface Step {
  day: Day;
  kind: ReadingRow['kind'];
}

/**
 * Adds the readings of one stay of a meter, strictly rising, and sets the final value of a removed one.
 * @returns what was used between the readings, in whole m³.
 */
export function addReadings(ledger: Ledger, part: OfficeRows, random: Random, stay: Stay, use: Habits): Usage[] {
  const { installation } = stay;
  const taken = (from: Day, to: Day) =>
    stay.role === 'main' ? litres(random, use, from, to) : gardenLitres(use, from, to);
  const usages: Usage[] = [];
  let stand = Number(installation.openingValue) * 1000;
  let at = stay.from;
  let last: number | undefined;
  for (const step of steps(random, stay)) {
    const next = stand + taken(at, step.day);
    const shown = step.kind === 'opening' ? stand : shownValue(step.kind, last ?? stand, next);
    part.readings.push(readingRow(ledger, installation.id, step, shown, last));
    if (last !== undefined) usages.push({ day: step.day, volume: Math.floor(shown / 1000) - Math.floor(last / 1000) });
    stand = Math.max(next, shown);
    last = shown;
    at = step.day;
  }
  if (stay.removed) {
    installation.finalValue = String(Math.floor((last ?? stand) / 1000));
    installation.removedOn = isoDay(stay.to);
  }
  return usages;
}

/** What the register or the clerk shows, in litres; always above the reading before. */
function shownValue(kind: ReadingRow['kind'], last: number, next: number): number {
  if (kind === 'remote') return Math.max(next, last + 1);
  const wholeBelow = Math.floor((kind === 'estimate' ? last + 0.85 * (next - last) : next) / 1000) * 1000;
  return wholeBelow > last ? wholeBelow : (Math.floor(last / 1000) + 1) * 1000;
}

function* steps(random: Random, stay: Stay): Generator<Step> {
  if (stay.from >= stay.since) yield { day: stay.from, kind: 'opening' };
  const begin = yearAndMonth(Math.max(stay.from, stay.since));
  for (let month = begin.month; ; month += 1) {
    const day = dayInMonth(begin.year, month, stay.cycle.dayOfMonth);
    if (day >= stay.to) break;
    const kind = day > stay.from && day >= stay.since ? kindOn(random, stay, day, month % 12) : undefined;
    if (kind) yield { day, kind };
  }
  if (stay.removed) yield { day: stay.to, kind: 'final' };
}

/** What happens in a month of the cycle: nothing, a visit, an estimate, a message from the customer or from the module. */
function kindOn(random: Random, stay: Stay, day: Day, month: number): ReadingRow['kind'] | undefined {
  if (stay.role === 'garden') return [2, 5, 8].includes(month) ? (month === 5 ? 'customer' : 'actual') : undefined;
  if (stay.radioSince !== undefined && day >= stay.radioSince) return 'remote';
  if (month % 3 !== stay.cycle.monthOfQuarter) return undefined;
  return random.weighted(VISITS);
}

const VISITS = [
  ['actual', 70],
  ['customer', 20],
  ['estimate', 7],
  ['control', 3],
] as const;

function readingRow(
  ledger: Ledger,
  installationId: number,
  step: Step,
  shown: number,
  last: number | undefined,
): ReadingRow {
  const readOn = isoDay(step.day);
  const radio = step.kind === 'remote';
  return {
    id: ledger.nextId('readings'),
    installationId,
    readOn,
    value: cubicMetres(shown),
    kind: step.kind,
    source: radio ? 'radio' : 'import',
    consumption: last === undefined ? null : cubicMetres(shown - last),
    state: 'acknowledged',
    enteredBy: 'ibok_billing',
    enteredAt: `${readOn} 15:00`,
  };
}

/** Litres as m³ with three places, or whole where they are whole. */
function cubicMetres(litresShown: number): string {
  const whole = Math.floor(litresShown / 1000);
  const rest = litresShown % 1000;
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(3, '0')}`;
}
