import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INPUTS } from '../support/fuzz';
import { valuesOf } from '../support/schema-values';

const schemas = [...INPUTS].flatMap(([path, schema]) => (schema ? [{ path, schema }] : []));

describe('the input of every procedure', () => {
  test.each(schemas)(
    '$path: what is taken is taken again and stays what it is, and nothing is thrown',
    ({ schema }) => {
      const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
      let taken = 0;
      fc.assert(
        fc.property(
          fc.oneof({ weight: 4, arbitrary: valuesOf(schema) }, { weight: 1, arbitrary: anything }),
          (value) => {
            const first = schema.safeParse(value);
            if (!first.success) return;
            taken += 1;
            expect(schema.parse(first.data)).toEqual(first.data);
            // What has a name of no field is refused, not dropped: a client that thinks it was stored would be wrong.
            if (typeof value === 'object' && value !== null) {
              expect(schema.safeParse({ ...value, noSuchField: 1 }).success).toBe(false);
            }
          },
        ),
        { numRuns: 1_000 },
      );
      expect(taken, 'inputs that were right').toBeGreaterThan(20);
    },
  );
});
