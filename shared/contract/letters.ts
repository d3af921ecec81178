import { z } from 'zod';
import { documentVersion } from './documents';
import { id, instant, requestId } from './values';

/** What the office makes on paper, as `ibok.letters.kind` knows it. */
export const LETTER_KINDS = [
  'activation',
  'application_copy',
  'refusal',
  'deletion_protocol',
  'regulations_confirmation',
  'expertise_result',
  'exchange_protocol',
] as const;
const letterKind = z.enum(LETTER_KINDS);
export type LetterKind = z.infer<typeof letterKind>;

/** The record a letter is about: `registrations:12`. */
const letterRecord = z
  .string()
  .regex(/^(accounts|registrations|deletion_requests|meter_cases|exchanges):[1-9][0-9]{0,17}$/);

export const makeLetterInput = z.strictObject({ kind: letterKind, record: letterRecord, requestId });
export const madeLetter = z.object({ id, documentId: id, versionId: id });
export type MadeLetter = z.infer<typeof madeLetter>;

export const lettersInput = z.strictObject({ record: letterRecord });
/** A letter as it was made; its number is its id. `printedAt` and `sentAt` are what people said of it. */
export const letter = z.object({
  id,
  kind: letterKind,
  title: z.string(),
  madeAt: instant,
  madeByName: z.string().nullable(),
  printedAt: instant.nullable(),
  sentAt: instant.nullable(),
  sentByName: z.string().nullable(),
  version: documentVersion,
});
export type LetterRow = z.infer<typeof letter>;
/** Newest first. */
export const letterList = z.object({ letters: z.array(letter) });

export const markLetterInput = z.strictObject({ id, what: z.enum(['printed', 'sent']) });
