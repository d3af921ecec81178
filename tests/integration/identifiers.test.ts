import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { syntheticNip, syntheticNrb, syntheticPesel, syntheticRegon } from '../../main/demo/synthetic/identifiers';
import { Random } from '../../main/demo/synthetic/random';
import { nipOk, nrbOk, peselOk, regonOk } from '../../shared/domain/identifiers';
import { testDatabase } from '../support/postgres';

const database = testDatabase();

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

/** Numbers that pass, the same with one place changed, any digits of about the right length, and any text. */
function candidates(length: number, valid: (random: Random, seed: number) => string) {
  const right = fc.nat().map((seed) => valid(new Random(seed), seed));
  const changed = fc
    .tuple(right, fc.nat(length - 1), fc.constantFrom(...'0123456789aż٣ -'))
    .map(([number, place, character]) => number.slice(0, place) + character + number.slice(place + 1));
  const anyText = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0'));
  return fc.oneof(right, changed, digits(length), digits(length - 1), digits(length + 1), anyText);
}

/** Any ten digits with each last digit: one of the ten is right, so that impossible days are judged as days. */
const peselOfAnyDay = digits(10).map((body) => Array.from({ length: 10 }, (_, last) => `${body}${last}`));

const JUDGES = [
  ['nip', nipOk, candidates(10, (random) => syntheticNip(random))],
  [
    'pesel',
    peselOk,
    candidates(11, (random, seed) => syntheticPesel(random, seed % 2 ? '1960-02-29' : '2001-12-31', seed % 3 === 0)),
  ],
  ['regon', regonOk, candidates(9, (random, seed) => syntheticRegon(random, seed % 2 === 0))],
  ['nrb', nrbOk, candidates(26, (_, seed) => syntheticNrb(seed))],
] as const;

describe('PostgreSQL and TypeScript judge alike', () => {
  let ask: (judge: string, values: string[]) => Promise<boolean[]>;

  beforeEach(async () => {
    const client = await database().asSuperuser();
    ask = async (judge, values) => {
      const sql = `select ibok.${judge}_ok(value) as ok from unnest($1::text[]) with ordinality as v (value, place) order by place`;
      return (await client.query<{ ok: boolean }>(sql, [values])).rows.map((row) => row.ok);
    };
  });

  it.each(JUDGES)('a %s', async (name, judge, candidate) => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(candidate, { minLength: 20, maxLength: 60 }), async (values) => {
        const ours = values.map(judge);
        passed += ours.filter(Boolean).length;
        expect(await ask(name, values)).toEqual(ours);
      }),
      { numRuns: 60 },
    );
    // Agreement on refusals alone would prove little.
    expect(passed).toBeGreaterThan(100);
  });

  it('a PESEL of any day, possible or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(peselOfAnyDay, { minLength: 20, maxLength: 40 }), async (lists) => {
        const values = lists.flat();
        expect(await ask('pesel', values)).toEqual(values.map(peselOk));
      }),
      { numRuns: 40 },
    );
  });

  it('every 29 February of five centuries', async () => {
    const years = Array.from({ length: 100 }, (_, year) => String(year).padStart(2, '0'));
    const bodies = years.flatMap((year) => ['82', '02', '22', '42', '62'].map((month) => `${year}${month}291234`));
    const values = bodies.flatMap((body) => Array.from({ length: 10 }, (_, last) => `${body}${last}`));
    const ours = values.map(peselOk);
    // Of 25 years divisible by four, the first of a century is a leap year in 2000 only.
    expect(ours.filter(Boolean)).toHaveLength(4 * 24 + 25);
    expect(await ask('pesel', values)).toEqual(ours);
  });
});
