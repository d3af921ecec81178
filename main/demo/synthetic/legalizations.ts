import { addMonths, type Day, dayInMonth, dayOf, isoDay, yearAndMonth } from './calendar';
import type { Ledger } from './ledger';
import { Random } from './random';
import type { LegalizationRow, MeterRow, OfficeRows } from './rows';

/** A mark as it stands on a meter, with what its dated rule makes of it. */
export type Mark = Pick<LegalizationRow, 'markKind' | 'rawMark' | 'ruleId' | 'computedUntil'>;

/** Chance by the meter's number, so that marks change nothing else of the office. */
const SALT = 60;
const TERM_MONTHS = 60;
const MARKS = [
  ['new', 62],
  ['re-verified', 28],
  ['to the day', 8],
  ['long ago', 2],
] as const;

/**
 * The mark that a meter bore when it was taken into stock, and the year it was made in: most are new, some re-verified,
 * and a few bear marks of times before, which have run out since. Many of those taken in five years ago come from one
 * large purchase, whose marks all end in one November.
 */
export function markOf(meterId: number, today: Day, acceptedOn: Day): { mark: Mark; producedYear: number } {
  const random = new Random(SALT, meterId);
  const kind = random.weighted(MARKS);
  const { year } = yearAndMonth(acceptedOn);
  if (kind === 'new') {
    const marked = yearOfMake(random, today, acceptedOn);
    return { mark: markOfMake(marked), producedYear: marked };
  }
  if (kind === 'long ago' && year <= LAST_OLD_MARKS) return { mark: oldMark(random), producedYear: 2012 };
  const checkedOn = acceptedOn - random.int(0, 40);
  const producedYear = year - random.int(5, 6);
  return { mark: kind === 'to the day' ? markOfDay(checkedOn) : markOfMonth(checkedOn), producedYear };
}

/** Marks of before 2019 were still on the shelf so long. */
const LAST_OLD_MARKS = 2022;

function yearOfMake(random: Random, today: Day, acceptedOn: Day): number {
  const { year } = yearAndMonth(acceptedOn);
  const purchase = yearAndMonth(addMonths(today, 1) - 1).year - 5;
  const ofPurchase = year === purchase + 1 ? 0.65 : year === purchase + 2 ? 0.25 : 0;
  if (random.chance(ofPurchase)) return purchase;
  return random.chance(0.05) ? year - 1 : year;
}

function markOfMake(year: number): Mark {
  const computedUntil = isoDay(dayInMonth(year + 5, 10, 30));
  return { markKind: 'm_year', rawMark: `M${String(year % 100).padStart(2, '0')}`, ruleId: 'm_year_60', computedUntil };
}

function markOfMonth(checkedOn: Day): Mark {
  const { year, month } = yearAndMonth(addMonths(checkedOn, TERM_MONTHS));
  const computedUntil = isoDay(dayInMonth(year, month + 1, 1) - 1);
  const rawMark = `${String(month + 1).padStart(2, '0')}/${year}`;
  return { markKind: 'until_month', rawMark, ruleId: 'until_month_2019', computedUntil };
}

function markOfDay(checkedOn: Day): Mark {
  const computedUntil = isoDay(addMonths(checkedOn, TERM_MONTHS));
  return { markKind: 'date', rawMark: isoDay(checkedOn), ruleId: 'to_the_day_60', computedUntil };
}

function oldMark(random: Random): Mark {
  if (random.chance(0.5)) {
    const until = random.int(2023, 2024);
    const computedUntil = `${until}-12-31`;
    return { markKind: 'until_year', rawMark: String(until), ruleId: 'until_year_2017', computedUntil };
  }
  return { markKind: 'done_year', rawMark: '2017', ruleId: 'done_year_60', computedUntil: '2022-12-31' };
}

/**
 * Adds the legalization that the mark gives: with papers that agree or say another day, sometimes an override of that, and
 * here and there a loss before its time. The last day that counts is worked out as the database does it.
 */
export function legalize(ledger: Ledger, part: OfficeRows, meter: MeterRow, mark: Mark, installedOn: Day): void {
  const random = new Random(SALT + 1, meter.id);
  const statedUntil = random.chance(0.3) ? papers(random, mark) : null;
  const overridden = statedUntil !== null && statedUntil !== mark.computedUntil && random.chance(0.2);
  const lostOn =
    random.chance(0.004) && installedOn < ledger.today - 2
      ? isoDay(random.int(Math.max(installedOn + 1, ledger.today - 400), ledger.today - 1))
      : null;
  const counted = overridden || statedUntil === null ? mark.computedUntil : earlier(mark.computedUntil, statedUntil);
  part.legalizations.push({
    id: ledger.nextId('legalizations'),
    meterId: meter.id,
    ...mark,
    readOn: meter.acceptedOn,
    statedUntil,
    overrideUntil: overridden ? mark.computedUntil : null,
    overrideReason: overridden ? 'Świadectwo sprawdzone w urzędzie miar: liczy się cecha' : null,
    overrideBy: overridden ? 's_barbara' : null,
    lostOn,
    lostReason: lostOn === null ? null : random.pick(['seal', 'damage', 'mark'] as const),
    validUntil: lostOn === null ? counted : earlier(counted, isoDay(dayOf(lostOn) - 1)),
  });
}

/** Now and then somebody counted five years from the wrong day. */
function papers(random: Random, { computedUntil }: Mark): string {
  if (!random.chance(0.06)) return computedUntil;
  return isoDay(addMonths(dayOf(computedUntil), random.pick([1, -1, -12, 12])));
}

const earlier = (one: string, other: string) => (one < other ? one : other);
