import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldText, phoneKey } from '../../shared/domain/fold';
import { testDatabase } from '../support/postgres';

const database = testDatabase();

it('folds in TypeScript exactly as in SQL', async () => {
  const client = await database().asSuperuser();
  const letters = fc.string({ unit: fc.constantFrom(...'aZ09 -/„ĄąŁłŻżẞßÉéÑŘšİıKÅΩñ\u0301'), maxLength: 40 });
  const anything = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\u0000'));
  const samples = fc.sample(fc.oneof(letters, anything), { numRuns: 2_000, seed: 20261122 });
  const { rows } = await client.query<{ folded: string; key: string }>(
    `select ibok.fold(sample) as folded, ibok.phone_key(sample) as key
       from unnest($1::text[]) with ordinality as given (sample, place) order by place`,
    [samples],
  );
  expect(samples.map(foldText)).toEqual(rows.map(({ folded }) => folded));
  expect(samples.map(phoneKey)).toEqual(rows.map(({ key }) => key));
});
