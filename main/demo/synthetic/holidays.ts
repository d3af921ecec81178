import { type Day, dayInMonth, isoDay } from './calendar';

export interface Holiday {
  day: string;
  name: string;
  source: string;
}

const ACT = 'Ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy, art. 1';

/** Month from January 0. */
const FIXED = [
  [0, 1, 'Nowy Rok'],
  [0, 6, 'Trzech Króli'],
  [4, 1, 'Święto Państwowe'],
  [4, 3, 'Święto Narodowe Trzeciego Maja'],
  [7, 15, 'Wniebowzięcie Najświętszej Maryi Panny'],
  [10, 1, 'Wszystkich Świętych'],
  [10, 11, 'Narodowe Święto Niepodległości'],
  [11, 25, 'Boże Narodzenie (pierwszy dzień)'],
  [11, 26, 'Boże Narodzenie (drugi dzień)'],
] as const;

/** Days after Easter Sunday. */
const MOVABLE = [
  [0, 'Wielkanoc (pierwszy dzień)'],
  [1, 'Poniedziałek Wielkanocny'],
  [49, 'Zielone Świątki'],
  [60, 'Boże Ciało'],
] as const;

/** Statutory holidays of a year, in order: thirteen, and fourteen since Christmas Eve became one in 2025. */
export function polishHolidays(year: number): Holiday[] {
  const sunday = easter(year);
  const days: [Day, string, string][] = [
    ...FIXED.map(([month, day, name]): [Day, string, string] => [dayInMonth(year, month, day), name, ACT]),
    ...MOVABLE.map(([after, name]): [Day, string, string] => [sunday + after, name, ACT]),
  ];
  if (year >= 2025) days.push([dayInMonth(year, 11, 24), 'Wigilia Bożego Narodzenia', `${ACT} (od 2025 r.)`]);
  return days.sort(([a], [b]) => a - b).map(([day, name, source]) => ({ day: isoDay(day), name, source }));
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher; J. Meeus, Astronomical Algorithms, ch. 8). */
function easter(year: number): Day {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const correction = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const count = epact + weekday - 7 * late + 114;
  return dayInMonth(year, Math.floor(count / 31) - 1, (count % 31) + 1);
}
