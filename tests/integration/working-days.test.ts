import fc from 'fast-check';
import type { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addWorkingDays, workingDaysBetween } from '../../shared/domain/working-days';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let daysOff: Set<string>;

beforeEach(async () => {
  root = await database().asSuperuser();
});
beforeAll(async () => {
  root = await database().asSuperuser();
  // One that no law gave, and one on a Saturday, which is none twice.
  await root.query(
    `insert into ibok.holidays (day, name, source) values ('2031-03-03', 'Patron', 'test'), ('2031-03-08', 'Sobota', 'test')`,
  );
  const { rows } = await root.query<{ day: string }>('select day::text from ibok.holidays');
  daysOff = new Set(rows.map(({ day }) => day));
});

const added = async (from: string, days: number): Promise<string> =>
  (await root.query('select ibok.add_working_days($1, $2)::text as day', [from, days])).rows[0].day;
const between = async (from: string, to: string): Promise<number> =>
  (await root.query('select ibok.working_days_between($1, $2) as days', [from, to])).rows[0].days;

describe('the working day after so many', () => {
  it.each<[string, string, number, string]>([
    ['the same day', '2026-11-22', 0, '2026-11-22'],
    ['the next of a week', '2026-11-23', 1, '2026-11-24'],
    ['over a weekend', '2026-11-20', 1, '2026-11-23'],
    ['received on a Sunday', '2026-11-22', 7, '2026-12-01'],
    ['over Christmas Eve 2026, off by law, and the two days of Christmas', '2026-12-23', 1, '2026-12-28'],
    ['over Christmas Eve 2024, a working day then', '2024-12-23', 1, '2024-12-24'],
    ['over the Monday of Easter', '2027-03-26', 1, '2027-03-30'],
    ['over Corpus Christi', '2026-06-03', 1, '2026-06-05'],
    ['over New Year and Epiphany', '2026-12-31', 3, '2027-01-07'],
    ['over a day the office has given', '2031-02-28', 1, '2031-03-04'],
  ])('%s', async (_, from, days, wanted) => {
    expect(await added(from, days)).toBe(wanted);
    expect(addWorkingDays(from, days, daysOff)).toBe(wanted);
  });

  it.each([-1, 367])('refuses %d days', async (days) => {
    await expect(added('2026-11-22', days)).rejects.toMatchObject({ code: 'IB004' });
    expect(() => addWorkingDays('2026-11-22', days, daysOff)).toThrow(RangeError);
  });
});

describe('the working days between two days', () => {
  it.each<[string, string, string, number]>([
    ['on the day itself', '2026-11-24', '2026-11-24', 0],
    ['to the next', '2026-11-24', '2026-11-25', 1],
    ['over a weekend', '2026-11-20', '2026-11-23', 1],
    ['a day that has passed', '2026-11-25', '2026-11-24', -1],
    ['over Christmas', '2026-12-23', '2026-12-29', 2],
    ['from Friday to Sunday', '2026-11-20', '2026-11-22', 0],
  ])('%s', async (_, from, to, wanted) => {
    expect(await between(from, to)).toBe(wanted);
    expect(workingDaysBetween(from, to, daysOff)).toBe(wanted);
  });
});

describe('in SQL and in TypeScript', () => {
  const day = fc
    .date({ min: new Date('2018-01-01'), max: new Date('2050-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('any period counts alike', async () => {
    const asked = fc.sample(fc.tuple(day, fc.integer({ min: 0, max: 60 }), day), 200);
    const { rows } = await root.query<{ added: string; between: number }>(
      `select ibok.add_working_days(a, n)::text as added, ibok.working_days_between(a, b) as between
         from unnest($1::date[], $2::int[], $3::date[]) with ordinality as asked (a, n, b, place) order by place`,
      [asked.map(([a]) => a), asked.map(([, n]) => n), asked.map(([, , b]) => b)],
    );
    const here = asked.map(([a, n, b]) => ({
      added: addWorkingDays(a, n, daysOff),
      between: workingDaysBetween(a, b, daysOff),
    }));
    expect(rows).toEqual(here);
  });
});
