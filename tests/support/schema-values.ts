import fc from 'fast-check';
import { z } from 'zod';

/** The part of JSON Schema that the contracts come to. */
interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
}

/** Values that a schema nearly always takes: what fails deep in a procedure is only met by input that gets there. */
export function valuesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return of(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
}

const ODD_TEXTS = fc.constantFrom('', ' ', '%', "'", '\u0000', '\ud800', '\u202e', 'żuk', '\\', 'x'.repeat(3_000));

function of(schema: Schema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(of));
  if (schema.allOf) return fc.tuple(...schema.allOf.map(of)).map((all) => Object.assign({}, ...all));
  if (schema.type === 'object') return object(schema);
  if (schema.type === 'array')
    return fc.array(of(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 4, 4) });
  if (schema.type === 'string')
    return fc.oneof({ weight: 7, arbitrary: text(schema) }, { weight: 1, arbitrary: ODD_TEXTS });
  if (schema.type === 'integer') {
    const { minimum = 1, maximum = 200 } = schema;
    return fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: minimum, max: Math.max(minimum, Math.min(maximum, 2 ** 31)) }) },
      fc.integer(),
    );
  }
  if (schema.type === 'number') return fc.double();
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'null') return fc.constant(null);
  return fc.jsonValue({ maxDepth: 2 });
}

function object({
  properties = {},
  required = [],
  propertyNames,
  additionalProperties,
}: Schema): fc.Arbitrary<unknown> {
  if (propertyNames && typeof additionalProperties === 'object') {
    return fc.dictionary(of(propertyNames) as fc.Arbitrary<string>, of(additionalProperties), { maxKeys: 4 });
  }
  const parts = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, of(part)]));
  return fc.record(parts, { requiredKeys: required.filter((name) => name in parts) });
}

function text({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date') return fc.date({ noInvalidDate: true }).map((day) => day.toISOString().slice(-24, -14));
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((day) => day.toISOString());
  if (pattern && !pattern.includes('(?')) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 60) });
}
