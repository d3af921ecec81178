/** A reading for the arithmetic below: ISO day, and m³ as decimal text with at most three places. */
export interface DatedValue {
  day: string;
  value: string;
  /** It was reckoned, not read: a later reading may show that it was too high. */
  estimated?: boolean;
  /** m³ at which the register begins anew, where it did so since the reading before. */
  passed?: string | null;
}

const DAY_MS = 86_400_000;

/** m³ as decimal text → whole litres. */
export function toLitres(cubicMetres: string): bigint {
  const [whole = '0', places = ''] = cubicMetres.replace('-', '').split('.');
  const litres = BigInt(whole) * 1000n + BigInt(places.padEnd(3, '0').slice(0, 3));
  return cubicMetres.startsWith('-') ? -litres : litres;
}

/** Whole litres → m³ as decimal text without trailing zeros. */
export function toCubicMetres(litres: bigint): string {
  const sign = litres < 0n ? '-' : '';
  const absolute = litres < 0n ? -litres : litres;
  const places = String(absolute % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${sign}${absolute / 1000n}${places ? `.${places}` : ''}`;
}

/**
 * What each reading of one installation stands for in litres, counted on over a declared rollover; oldest first. `stands` is
 * false for an estimate that a later reading has shown to be too high, or that a real one before it has passed already:
 * nothing is reckoned from it.
 */
function counted(readings: readonly DatedValue[]): { day: string; litres: bigint; stands: boolean }[] {
  let before = 0n;
  const all = readings.map(({ day, value, passed, estimated = false }) => {
    if (passed) before += toLitres(passed);
    return { day, litres: toLitres(value) + before, estimated };
  });
  return all.map(({ day, litres, estimated }, index) => ({
    day,
    litres,
    stands:
      !estimated ||
      !(
        all.slice(index + 1).some((later) => later.litres < litres) ||
        all.slice(0, index).some((earlier) => !earlier.estimated && earlier.litres > litres)
      ),
  }));
}

/** Consumption since the reading before that stands, of one installation, in m³, oldest first; the first has none. */
export function consumptions(readings: readonly DatedValue[]): (string | null)[] {
  const all = counted(readings);
  return all.map(({ litres }, index) => {
    const before = all.slice(0, index).findLast(({ stands }) => stands);
    return before ? toCubicMetres(litres - before.litres) : null;
  });
}

/**
 * Consumption per calendar month of a supply point: what lies between two readings of one installation is spread
 * evenly over its days, and installations are added up, so that an exchange is stitched and never negative
 * (peers' trap T4). Rounded down to litres so that the months add up to the whole; the rest goes to the last month.
 * @returns months `YYYY-MM` ascending, without gaps, with m³ as decimal text
 */
export function monthlyConsumption(
  installations: readonly (readonly DatedValue[])[],
): { month: string; volume: string }[] {
  const months = new Map<string, bigint>();
  for (const readings of installations) {
    const standing = counted(readings).filter(({ stands }) => stands);
    standing.forEach((to, index) => {
      const from = standing[index - 1];
      if (from) spread(months, from, to);
    });
  }
  const keys = [...months.keys()].sort();
  const [first] = keys;
  const last = keys.at(-1);
  if (first === undefined || last === undefined) return [];
  const all: { month: string; volume: string }[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) {
    all.push({ month, volume: toCubicMetres(months.get(month) ?? 0n) });
  }
  return all;
}

interface Counted {
  day: string;
  litres: bigint;
}

function spread(months: Map<string, bigint>, from: Counted, to: Counted): void {
  const volume = to.litres - from.litres;
  const start = Date.parse(from.day);
  const days = Math.round((Date.parse(to.day) - start) / DAY_MS);
  if (days <= 0) return;
  const perMonth = new Map<string, number>();
  for (let day = 0; day < days; ) {
    const month = new Date(start + day * DAY_MS).toISOString().slice(0, 7);
    const end = Math.round((Date.parse(nextMonth(month)) - start) / DAY_MS);
    perMonth.set(month, Math.min(end, days) - day);
    day = end;
  }
  let left = volume;
  const entries = [...perMonth];
  entries.forEach(([month, share], index) => {
    const part = index === entries.length - 1 ? left : (volume * BigInt(share)) / BigInt(days);
    left -= part;
    months.set(month, (months.get(month) ?? 0n) + part);
  });
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
