import { type Day, dayInMonth, yearAndMonth } from './calendar';
import type { Random } from './random';

/** How much water a place takes, in litres a day. */
export interface Habits {
  /** All the year. */
  indoors: number;
  /** More, on days when gardens are watered. */
  garden: number;
}

/** Households by persons at 83 l a day and head (Pawelek 2015: small towns of Poland); others by their size. */
export function habits(random: Random, use: 'household' | 'business' | 'building'): Habits {
  if (use === 'household') {
    const persons = random.weighted([
      [1, 3],
      [2, 4],
      [3, 4],
      [4, 4],
      [5, 2],
      [6, 1],
    ]);
    return { indoors: persons * random.int(60, 105), garden: random.chance(0.35) ? random.int(80, 420) : 0 };
  }
  if (use === 'building') return { indoors: random.int(1_500, 9_000), garden: 0 };
  return { indoors: random.int(120, 6_000), garden: 0 };
}

/** Litres taken from one day to another: a mild summer peak, gardens from 15 April to 15 September, and chance. */
export function litres(random: Random, use: Habits, from: Day, to: Day): number {
  const middle = yearAndMonth(Math.floor((from + to) / 2)).month;
  const season = 1 + 0.12 * Math.cos(((middle - 6.5) / 12) * 2 * Math.PI);
  const indoors = (to - from) * use.indoors * season * (0.84 + 0.32 * random.next());
  return Math.round(indoors + gardenLitres(use, from, to));
}

/** Exactly what the garden took, so that a garden meter never shows more than the main meter before it. */
export function gardenLitres(use: Habits, from: Day, to: Day): number {
  let days = 0;
  for (let year = yearAndMonth(from).year; year <= yearAndMonth(to).year; year += 1) {
    days += Math.max(0, Math.min(to, dayInMonth(year, 8, 15)) - Math.max(from, dayInMonth(year, 3, 15)));
  }
  return days * use.garden;
}
