import { stringify } from 'devalue';
import fc from 'fast-check';
import type { z } from 'zod';
import { appRouter } from '../../main/core/router';
import { valuesOf } from './schema-values';

/** A request as both hosts take it. */
export interface FuzzedRequest {
  path: string;
  body: string;
}

/** What no answer may hold: the word of a bug, and what an error says of our insides. */
export const BUG = /INTERNAL\W|node_modules|\.ts:\d|\bat .*\(/;

/** The input schema of every procedure; null for those without input. */
export const INPUTS: ReadonlyMap<string, z.ZodType | null> = new Map(
  Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
    const { inputs } = (procedure as unknown as { _def: { inputs: z.ZodType[] } })._def;
    return [path, inputs[0] ?? null];
  }),
);

/** These end the session under test, and what follows would only be refused for that. */
const ENDS_THE_SESSION = new Set(['session.signOut', 'session.lock']);
const PROCEDURES = [...INPUTS.keys()].filter((path) => !ENDS_THE_SESSION.has(path));

const ODD = fc.constantFrom<unknown>(
  null,
  undefined,
  Number.NaN,
  -0,
  Number.POSITIVE_INFINITY,
  2n ** 70n,
  [],
  {},
  true,
  new Date(0),
  '1',
  '0',
  '9'.repeat(18),
  '9'.repeat(30),
  "'; --",
  '\u0000',
  '\ud800',
  'constructor',
  Buffer.from(JSON.stringify(['points', false, 2 ** 40, '1'])).toString('base64url'),
);

/** The name of a field, now and then one that objects have already. */
const NAMES = fc.constantFrom('id', 'text', 'filter', 'sort', 'cursor', 'limit', 'requestId', 'slot', '__proto__');

const ANY = fc.oneof(
  ODD,
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(NAMES, fc.oneof(ODD, fc.string({ unit: 'binary', maxLength: 60 })), { maxKeys: 5 }),
);

/** A value the procedure takes, with one field of it replaced or one more in it. */
function nearly(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(valid, NAMES, fc.nat(), ODD).map(([value, name, which, odd]) => {
    if (typeof value !== 'object' || value === null) return odd;
    const keys = Object.keys(value);
    return { ...value, [keys[which % (keys.length + 1)] ?? name]: odd };
  });
}

const CALLS = fc.oneof(
  ...PROCEDURES.map((path) => {
    const schema = INPUTS.get(path);
    const valid = schema ? valuesOf(schema) : fc.constant(undefined);
    const input = fc.oneof(
      { weight: 4, arbitrary: valid },
      { weight: 3, arbitrary: nearly(valid) },
      { weight: 1, arbitrary: ANY },
    );
    return input.map((value): FuzzedRequest => ({ path: `/trpc/${path}`, body: JSON.stringify(travelling(value)) }));
  }),
);

const RAW = fc
  .tuple(
    fc.oneof(fc.constantFrom(...PROCEDURES, '__proto__', 'a.b'), fc.stringMatching(/^[A-Za-z0-9_.,]{1,40}$/)),
    fc.boolean(),
    fc.oneof(
      fc.json(),
      fc.json().map((text) => text.slice(1)),
      fc.json().map((text) => JSON.stringify(text)),
      fc.string({ unit: 'binary', maxLength: 200 }),
    ),
  )
  .map(([path, batch, body]): FuzzedRequest => ({ path: `/trpc/${path}${batch ? '?batch=1' : ''}`, body }));

/** Requests of all procedures: most with input that is right or nearly so, some with none that could be read. */
export const FUZZED: fc.Arbitrary<FuzzedRequest> = fc.oneof(
  { weight: 4, arbitrary: CALLS },
  { weight: 1, arbitrary: RAW },
);

/** The value as a client would send it; what devalue itself will not send goes as a prototype key by hand. */
function travelling(input: unknown): string {
  try {
    return stringify(input);
  } catch {
    return '[{"__proto__":1},{}]';
  }
}
