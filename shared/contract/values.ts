import { z } from 'zod';

/** A database key as it travels: bigint arrives as text from the driver and stays text; 18 digits always fit. */
export const id = z.string().regex(/^[1-9][0-9]{0,17}$/);

/** ISO calendar day, `YYYY-MM-DD`. */
export const day = z.iso.date();

/** An instant with zone, ISO 8601. */
export const instant = z.iso.datetime({ offset: true });

/** m³ as a decimal string with up to three places; no floats. */
export const cubicMetres = z.string().regex(/^-?[0-9]{1,9}(\.[0-9]{1,3})?$/);

/** Characters that no text of ours may hold: control, bidi override, zero width, and lone surrogates (invariant 10). */
export const FORBIDDEN_TEXT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** One line of text: trimmed, NFC, no-break spaces (as copied from a document) made plain, without forbidden characters. `max` counts code units. */
export const line = (max = 200) =>
  z
    .string()
    .max(max)
    .refine((text) => !FORBIDDEN_TEXT.test(text), { message: 'INVALID_TEXT' })
    .transform((text) =>
      text
        .replace(/[\u00a0\u2007\u202f]/g, ' ')
        .normalize('NFC')
        .trim(),
    );

/** A client's request id: one act each, however often it is sent. */
export const requestId = z.uuid();
