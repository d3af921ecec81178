import { z } from 'zod';
import { BILLING_ENCODINGS, BILLING_FILES, type BillingFileKey } from '../domain/billing-export';
import { IMPORT_FAULT_CODES } from '../domain/import-faults';
import { ERROR_CODES } from '../errors';
import { id, instant, requestId } from './values';

/** The most rows one file may hold; a year of readings of ten thousand meters fits ten times over. */
export const MAX_IMPORT_ROWS = 200_000;

/** How many faults travel to the screen; the file of error rows holds all of them. */
export const MAX_FAULTS_SHOWN = 200;

const KINDS = BILLING_FILES.map(({ key }) => key) as [BillingFileKey, ...BillingFileKey[]];
export const importKind = z.enum(KINDS);
export const importEncoding = z.enum(BILLING_ENCODINGS);

/** Names a checked file that waits in the core for its run. */
const importKey = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
export const byImportKey = z.strictObject({ importKey });

/**
 * A file to check: its slot, or the key of one checked before (to read it again as another kind or encoding).
 * Without `kind` the header decides, without `encoding` the bytes do.
 */
export const checkImportInput = z
  .strictObject({
    slot: z.string().min(1).max(100).optional(),
    importKey: importKey.optional(),
    kind: importKind.optional(),
    encoding: importEncoding.optional(),
  })
  .refine((input) => (input.slot === undefined) !== (input.importKey === undefined), { message: 'INVALID_INPUT' });
export type CheckImportInput = z.infer<typeof checkImportInput>;

/** What became, or would become, of the rows. `same` rows are not written. */
export const importCounts = z.object({ create: z.int(), update: z.int(), same: z.int(), refused: z.int() });
export type ImportCounts = z.infer<typeof importCounts>;

export const importFault = z.object({
  row: z.int(),
  column: z.string(),
  code: z.enum(IMPORT_FAULT_CODES),
  value: z.string().max(40).optional(),
  earlierRow: z.int().optional(),
});

/** The verdict of the dry run. `faults` holds the first {@link MAX_FAULTS_SHOWN} of `faultCount`. */
export const checkedImport = z.object({
  importKey,
  fileName: z.string(),
  kind: importKind,
  encoding: importEncoding,
  rows: z.int(),
  verdicts: importCounts,
  faults: z.array(importFault),
  faultCount: z.int(),
  /** The first rows as they stand in the file, cells cut to 40 characters, personal numbers masked. */
  preview: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
});
export type CheckedImport = z.infer<typeof checkedImport>;

/** `all`: every row or none. `good`: the rows without a fault. */
export const importMode = z.enum(['all', 'good']);
export type ImportMode = z.infer<typeof importMode>;

export const runImportInput = z.strictObject({ importKey, mode: importMode, requestId });
export type RunImportInput = z.infer<typeof runImportInput>;
export const startedImport = z.object({ importId: id });

/** `done` is said only after the database has committed; `failed` and `cancelled` mean that nothing was stored. */
export const importProgress = z.object({
  state: z.enum(['checked', 'running', 'done', 'cancelled', 'failed']),
  importId: id.nullable(),
  done: z.int(),
  total: z.int(),
  counts: importCounts,
  /** Why it failed. */
  error: z.enum(ERROR_CODES).nullable(),
  faults: z.array(importFault),
  faultCount: z.int(),
});
export type ImportProgress = z.infer<typeof importProgress>;

export const importRecord = z.object({
  id,
  kind: importKind,
  fileName: z.string(),
  login: z.string(),
  displayName: z.string().nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  state: z.enum(['open', 'done', 'cancelled', 'undone']),
  counts: importCounts,
});
export type ImportRecord = z.infer<typeof importRecord>;
export const importList = z.object({ imports: z.array(importRecord) });

/** The refused rows as a file, with the sentences of `language`. */
export const errorRowsInput = z.strictObject({ importKey, language: z.enum(['pl', 'en']) });

/** A slot with a file for the person, as {@link import('../bridge').Slot}. */
export const fileSlot = z.object({ slot: z.string(), name: z.string(), size: z.int() });
