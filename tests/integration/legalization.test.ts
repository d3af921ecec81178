import fc from 'fast-check';
import type { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type LegalizationRule,
  MARK_KINDS,
  type MarkKind,
  type MarkReading,
  markPeriod,
  readMark,
  validUntil,
} from '../../shared/domain/legalization';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let rules: LegalizationRule[];
let meters = 0;

beforeEach(async () => {
  root = await database().asSuperuser();
});
beforeAll(async () => {
  root = await database().asSuperuser();
  rules = (
    await root.query<LegalizationRule>(
      `select id, mark_kind as "markKind", marks_from::text as "marksFrom", marks_to::text as "marksTo", months, ends,
              ahead_months as "aheadMonths" from ibok.legalization_rules order by id`,
    )
  ).rows;
  await root.query(
    `insert into ibok.meter_types (id, maker, model, dn, q3) overriding system value values (7, 'W', 'M', 20, 2.5)`,
  );
});

/** What the database makes of a mark, in the twin's words. */
async function stored(kind: string, raw: string, readOn: string): Promise<MarkReading> {
  try {
    const { rows } = await root.query(
      'select rule_id as "ruleId", until::text from ibok.legalization_until($1, $2, $3)',
      [kind, raw, readOn],
    );
    return rows[0];
  } catch (error) {
    const { code, detail, constraint } = error as { code: string; detail: string; constraint: string };
    expect({ code, constraint }).toEqual({ code: 'IB004', constraint: detail.toLowerCase() });
    return { refused: detail as never };
  }
}

async function meter(): Promise<string> {
  meters += 1;
  const { rows } = await root.query(
    `insert into ibok.meters (factory_no, type_id, owner_kind) values ($1, 7, 'utility') returning id`,
    [`L-${meters}`],
  );
  return rows[0].id;
}

const add = async (id: string, mark: object, readOn = '2026-11-22'): Promise<string> =>
  (await root.query('select ibok.add_legalization($1, $2, $3) as id', [id, mark, readOn])).rows[0].id;
const legalOn = async (id: string, day: string): Promise<boolean> =>
  (await root.query('select ibok.meter_legal_on($1, $2) as legal', [id, day])).rows[0].legal;
const untilOf = async (legalization: string): Promise<{ until: string; conflict: boolean }> =>
  (
    await root.query('select valid_until::text as until, conflict from ibok.legalizations where id = $1', [
      legalization,
    ])
  ).rows[0];

describe('a mark, as the database and the preview read it', () => {
  it.each<[string, MarkKind, string, string, string]>([
    ['a new meter of 2021', 'm_year', 'M21', '2026-11-22', '2026-11-30'],
    ['a new meter of this year', 'm_year', 'M26', '2026-11-22', '2031-11-30'],
    ['the first year the mark was made', 'm_year', 'M06', '2026-11-22', '2011-11-30'],
    ['re-verified in 2017, the last year of year-done stamps', 'done_year', '2017', '2026-11-22', '2022-12-31'],
    ['re-verified long ago', 'done_year', '1990', '2026-11-22', '1995-12-31'],
    ['the last year-until stamp', 'until_year', '2024', '2019-01-10', '2024-12-31'],
    ['a year-until stamp of the first days', 'until_year', '2023', '2018-01-15', '2023-12-31'],
    ['month and year', 'until_month', '05/2027', '2026-11-22', '2027-05-31'],
    ['month and year, written short', 'until_month', '5.2027', '2026-11-22', '2027-05-31'],
    ['February of a leap year', 'until_month', '02/2028', '2026-11-22', '2028-02-29'],
    ['the farthest month', 'until_month', '11/2031', '2026-11-22', '2031-11-30'],
    ['an explicit day', 'date', '2022-03-15', '2026-11-22', '2027-03-15'],
    ['29 February', 'date', '2024-02-29', '2026-11-22', '2029-02-28'],
    ['today', 'date', '2026-11-22', '2026-11-22', '2031-11-22'],
  ])('%s', async (_, kind, raw, readOn, until) => {
    expect(await stored(kind, raw, readOn)).toMatchObject({ until });
    expect(readMark(rules, kind, raw, readOn)).toMatchObject({ until });
  });

  it.each<[string, MarkKind, string, string]>([
    ['M99', 'm_year', 'M99', 'MARK_FUTURE'],
    ['next year', 'm_year', 'M27', 'MARK_FUTURE'],
    ['before there was such a mark', 'm_year', 'M05', 'MARK_TOO_OLD'],
    ['a year instead of two digits', 'm_year', 'M2021', 'MARK_FORM'],
    ['month 13', 'until_month', '13/2027', 'MARK_FORM'],
    ['month 0', 'until_month', '00/2027', 'MARK_FORM'],
    ['a month beyond the longest term', 'until_month', '12/2031', 'MARK_FUTURE'],
    ['a month before such stamps', 'until_month', '12/2018', 'MARK_TOO_OLD'],
    ['a future done-year', 'done_year', '2031', 'MARK_FUTURE'],
    ['a done-year after such stamps', 'done_year', '2018', 'MARK_NOT_OF_ITS_TIME'],
    ['an until-year after such stamps', 'until_year', '2025', 'MARK_NOT_OF_ITS_TIME'],
    ['an until-year before such stamps', 'until_year', '2017', 'MARK_TOO_OLD'],
    ['31 April', 'date', '2022-04-31', 'MARK_FORM'],
    ['29 February of a common year', 'date', '2023-02-29', 'MARK_FORM'],
    ['tomorrow', 'date', '2026-11-23', 'MARK_FUTURE'],
    ['nothing', 'm_year', '', 'MARK_FORM'],
  ])('refuses %s', async (_, kind, raw, refused) => {
    expect(await stored(kind, raw, '2026-11-22')).toEqual({ refused });
    expect(readMark(rules, kind, raw, '2026-11-22')).toEqual({ refused });
  });

  const kinds = fc.constantFrom(...MARK_KINDS);
  const two = (value: number) => String(value).padStart(2, '0');
  const years = fc.integer({ min: 1985, max: 2040 });
  const marksOf: Record<MarkKind, fc.Arbitrary<string>> = {
    m_year: fc.integer({ min: 0, max: 99 }).map((year) => `M${two(year)}`),
    until_year: years.map(String),
    done_year: years.map(String),
    until_month: fc.tuple(fc.integer({ min: 0, max: 14 }), years).map(([month, year]) => `${two(month)}/${year}`),
    date: fc
      .tuple(years, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
      .map(([year, month, date]) => `${year}-${two(month)}-${two(date)}`),
  };
  const marks = fc.oneof(
    fc.tuple(kinds, fc.string({ maxLength: 6 })),
    fc.tuple(kinds, fc.stringMatching(/^M?[0-9]{1,4}([./-][0-9]{1,4}){0,2}$/)),
    kinds.chain((kind) => fc.tuple(fc.constant(kind), marksOf[kind])),
  );
  const pairs = kinds.chain((kind) => fc.tuple(fc.constant(kind), marksOf[kind], marksOf[kind]));
  const readings = fc.date({ min: new Date('1995-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
  const iso = (date: Date) => date.toISOString().slice(0, 10);

  it('is the same in both, whatever it looks like and whenever it is read', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(marks, readings, async ([kind, raw], day) => {
        fc.pre(!raw.includes('\0'));
        expect(await stored(kind, raw, iso(day))).toEqual(readMark(rules, kind, raw, iso(day)));
      }),
      { numRuns: 1500 },
    );
  });

  it('never ends before the period it names, nor more than five years after it', () => {
    fc.assert(
      fc.property(marks, readings, ([kind, raw], day) => {
        const read = readMark(rules, kind, raw, iso(day));
        fc.pre('until' in read);
        const named = markPeriod(kind, raw) ?? '';
        expect(read.until >= named).toBe(true);
        expect(Number(read.until.slice(0, 4)) - Number(named.slice(0, 4))).toBeLessThanOrEqual(5);
      }),
      { numRuns: 1000 },
    );
  });

  it('never ends earlier for a later mark of the same kind', () => {
    fc.assert(
      fc.property(pairs, readings, ([kind, one, other], day) => {
        const [first, second] = [markPeriod(kind, one), markPeriod(kind, other)];
        fc.pre(first !== null && second !== null && first <= second);
        const [a, b] = [readMark(rules, kind, one, iso(day)), readMark(rules, kind, other, iso(day))];
        fc.pre('until' in a && 'until' in b);
        expect(a.until <= b.until).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the last day that counts', () => {
  it('is the earlier of mark and papers, flagged until somebody decides', async () => {
    const id = await meter();
    const legalization = await add(id, { kind: 'm_year', raw: 'm 21', statedUntil: '2026-06-30' });
    expect(await untilOf(legalization)).toEqual({ until: '2026-06-30', conflict: true });
    await root.query(
      `update ibok.legalizations set override_until = '2026-11-30', override_reason = 'Świadectwo', override_by = 's_tomasz' where id = $1`,
      [legalization],
    );
    expect(await untilOf(legalization)).toEqual({ until: '2026-11-30', conflict: false });
  });

  it('is the mark, where the papers say a later day', async () => {
    const legalization = await add(await meter(), { kind: 'm_year', raw: 'M21', statedUntil: '2027-06-30' });
    expect(await untilOf(legalization)).toEqual({ until: '2026-11-30', conflict: true });
  });

  it('is the day before an early loss, even where an override says later', async () => {
    const legalization = await add(await meter(), { kind: 'm_year', raw: 'M24' });
    await root.query(
      `update ibok.legalizations set override_until = '2030-01-01', override_reason = 'x', override_by = 's_tomasz',
              lost_on = '2026-11-20', lost_reason = 'seal' where id = $1`,
      [legalization],
    );
    expect((await untilOf(legalization)).until).toBe('2026-11-19');
  });

  it('is what the trigger reckons, whatever a statement says', async () => {
    const legalization = await add(await meter(), { kind: 'm_year', raw: 'M24' });
    await root.query(
      `update ibok.legalizations set valid_until = '2099-01-01', computed_until = '2099-01-01' where id = $1`,
      [legalization],
    );
    expect((await untilOf(legalization)).until).toBe('2029-11-30');
  });

  it('is the same in the preview', { timeout: 60_000 }, async () => {
    const legalization = await add(await meter(), { kind: 'm_year', raw: 'M24' });
    const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
    const maybe = fc.option(days.map((day) => day.toISOString().slice(0, 10)));
    await fc.assert(
      fc.asyncProperty(maybe, maybe, maybe, async (statedUntil, overrideUntil, lostOn) => {
        await root.query(
          `update ibok.legalizations set stated_until = $2::date, override_until = $3::date,
                  override_reason = case when $3::date is not null then 'x' end, override_by = case when $3::date is not null then 'x' end,
                  lost_on = $4::date, lost_reason = case when $4::date is not null then 'seal' end where id = $1`,
          [legalization, statedUntil, overrideUntil, lostOn],
        );
        expect((await untilOf(legalization)).until).toBe(
          validUntil({ computedUntil: '2029-11-30', statedUntil, overrideUntil, lostOn }),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('a meter on a day', () => {
  it('is legal up to the last day of its mark, and was before somebody wrote it down', async () => {
    const id = await meter();
    expect(await legalOn(id, '2026-11-22')).toBe(false);
    await add(id, { kind: 'm_year', raw: 'M21' });
    expect([await legalOn(id, '2023-05-05'), await legalOn(id, '2026-11-30'), await legalOn(id, '2026-12-01')]).toEqual(
      [true, true, false],
    );
  });

  it('stays illegal for the days between two marks', async () => {
    const id = await meter();
    await add(id, { kind: 'until_month', raw: '01/2026' }, '2024-01-10');
    await add(id, { kind: 'until_month', raw: '06/2031' }, '2026-06-15');
    const days = ['2026-01-31', '2026-03-01', '2026-06-14', '2026-06-15'];
    const legal = [];
    for (const day of days) legal.push(await legalOn(id, day));
    expect(legal).toEqual([true, false, false, true]);
  });

  it('forgets a mark that was withdrawn', async () => {
    const id = await meter();
    await add(id, { kind: 'm_year', raw: 'M21' });
    const wrong = await add(id, { kind: 'm_year', raw: 'M24' });
    expect(await legalOn(id, '2028-01-01')).toBe(true);
    await root.query(
      `update ibok.legalizations set withdrawn_at = now(), withdrawn_by = 's_tomasz', withdrawn_reason = 'pomyłka' where id = $1`,
      [wrong],
    );
    expect(await legalOn(id, '2028-01-01')).toBe(false);
    const current = await root.query('select raw_mark from ibok.current_legalization($1)', [id]);
    expect(current.rows[0].raw_mark).toBe('M21');
  });

  it('bears the mark that was read last, whenever it was written down', async () => {
    const id = await meter();
    const latest = await add(id, { kind: 'm_year', raw: 'M25' }, '2025-10-01');
    await add(id, { kind: 'm_year', raw: 'M16' }, '2016-10-01');
    const asked = await root.query(
      `select (ibok.current_legalization($1)).id as current, (select raw_mark from ibok.meter_registry where meter_id = $1) as listed,
         (select valid_until::text from ibok.plan_letter_run(array[$1::bigint], 'letter', false)) as written,
         ibok.meter_legal_on($1, ibok.today()) as legal`,
      [id],
    );
    expect(asked.rows[0]).toEqual({ current: latest, listed: 'M25', written: '2030-11-30', legal: true });
    await root.query(
      `insert into ibok.premises (id, city, house_no, postal_code) overriding system value values (6, 'Kartuzy', '2', '83-300')`,
    );
    await root.query(
      `insert into ibok.supply_points (id, code, premise_id) overriding system value values (6, 'L-6', 6)`,
    );
    const { rows } = await root.query(
      `insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value)
       values ($1, 6, '2025-11-01', 0) returning id`,
      [id],
    );
    const side = await root.query(`select ibok.exchange_side($1, '2025-12-01') ->> 'mark' as mark`, [rows[0].id]);
    expect(side.rows[0].mark).toBe('M25');
  });

  it('bears one mark, however often it is written down', async () => {
    const id = await meter();
    const first = await add(id, { kind: 'm_year', raw: 'M24' });
    expect(await add(id, { kind: 'm_year', raw: ' m24' })).toBe(first);
    expect(await add(id, { kind: 'm_year', raw: 'M24', statedUntil: '2029-10-01' })).not.toBe(first);
  });

  it('bears no mark read tomorrow', async () => {
    const id = await meter();
    await expect(add(id, { kind: 'm_year', raw: 'M24' }, '2099-01-01')).rejects.toMatchObject({ code: 'IB004' });
  });
});

describe('the water of a sub-meter', () => {
  it('is deducted from the day its case is complete, while the meter hangs there and is legal', async () => {
    const id = await meter();
    await add(id, { kind: 'until_month', raw: '06/2026' }, '2025-01-01');
    await root.query(
      `insert into ibok.premises (id, city, house_no, postal_code) overriding system value values (5, 'Kartuzy', '1', '83-300')`,
    );
    await root.query(
      `insert into ibok.supply_points (id, code, premise_id) overriding system value values (5, 'L-5', 5)`,
    );
    const installation = (
      await root.query(
        `insert into ibok.meter_installations (meter_id, supply_point_id, role, installed_on, opening_value, deducts_from)
         values ($1, 5, 'sub', '2025-02-01', 0, '2025-03-01') returning id`,
        [id],
      )
    ).rows[0].id;
    const deducts = async (day: string) =>
      (await root.query('select ibok.deducts_on($1, $2) as it', [installation, day])).rows[0].it;
    expect([
      await deducts('2025-02-28'),
      await deducts('2025-03-01'),
      await deducts('2026-06-30'),
      await deducts('2026-07-01'),
    ]).toEqual([false, true, true, false]);
    await root.query(`update ibok.meter_installations set removed_on = '2026-01-10', final_value = 4 where id = $1`, [
      installation,
    ]);
    expect([await deducts('2026-01-10'), await deducts('2026-01-11')]).toEqual([true, false]);
  });
});
