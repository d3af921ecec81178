import { z } from 'zod';
import { BILLING_ENCODINGS, BILLING_FILES, type BillingFileKey } from '../domain/billing-export';
import { IMPORT_FAULT_CODES } from '../domain/import-faults';
import { ERROR_CODES } from '../errors';
import { FORBIDDEN_TEXT, id, instant, requestId } from './values';

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

/** Which field each column of a file is, by its name in the header; null is passed over. */
export const importMapping = z
  .array(
    z.strictObject({
      // As it stands in the file, blanks and all; what no text may hold would not reach the database.
      column: z
        .string()
        .max(200)
        .refine((text) => !FORBIDDEN_TEXT.test(text), { message: 'INVALID_TEXT' }),
      field: z.string().max(40).nullable(),
    }),
  )
  .min(1)
  .max(100);

/**
 * A file to check: its slot, or the key of one seen before (to read it again as another kind or encoding, or with a
 * mapping). Without `kind` the header decides, without `encoding` the bytes do. A header that is not billing's is read
 * with `mapping`, or with the one this person used for the same header before; with none it is refused as
 * IMPORT_WRONG_COLUMNS, whose details name the key under which the file waits for a mapping.
 */
export const checkImportInput = z
  .strictObject({
    slot: z.string().min(1).max(100).optional(),
    importKey: importKey.optional(),
    kind: importKind.optional(),
    encoding: importEncoding.optional(),
    mapping: importMapping.optional(),
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

/** A file whose columns bear other names than billing's, with what they probably are. */
export const mappingInput = z.strictObject({ importKey, kind: importKind.optional() });
export const mappingProposal = z.object({
  importKey,
  fileName: z.string(),
  /** The kind asked for, or the one that most columns speak for. */
  kind: importKind,
  /** Whether this person has mapped the same header before: then `field` is what was chosen then. */
  remembered: z.boolean(),
  /** The columns in the order of the file; samples are its first values, cut, what looks like a personal number hidden. */
  columns: z.array(z.object({ column: z.string(), field: z.string().nullable(), samples: z.array(z.string()) })),
});
export type MappingProposal = z.infer<typeof mappingProposal>;

/** An import of the same file by the same person that was cut off: it goes on after the `done` rows it has handled. */
const interruptedImport = z.object({ importId: id, done: z.int(), startedAt: instant });

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
  /** How the columns were read; null where the header is billing's own. */
  mapping: importMapping.nullable(),
  interrupted: interruptedImport.nullable(),
});
export type CheckedImport = z.infer<typeof checkedImport>;

/** `all`: every row or none. `good`: the rows without a fault. */
export const importMode = z.enum(['all', 'good']);
export type ImportMode = z.infer<typeof importMode>;

/** `resume`: the import that was cut off and goes on. */
export const runImportInput = z.strictObject({ importKey, mode: importMode, requestId, resume: id.optional() });
export type RunImportInput = z.infer<typeof runImportInput>;
export const startedImport = z.object({ importId: id });

/**
 * `done` is said only after the database has committed; `failed` and `cancelled` mean that nothing was stored;
 * `interrupted` that the first `done` rows are, and that the import can go on or be undone.
 */
export const importProgress = z.object({
  state: z.enum(['checked', 'running', 'done', 'cancelled', 'failed', 'interrupted']),
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
  state: z.enum(['running', 'interrupted', 'done', 'undone']),
  counts: importCounts,
});
export type ImportRecord = z.infer<typeof importRecord>;
export const importList = z.object({ imports: z.array(importRecord) });

export const undoImportInput = z.strictObject({ importId: id, requestId });
/** Whole or not at all. `refused` names rows that somebody changed since, or that something later stands on. */
export const undoImportResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('undone'), count: z.int(), removed: z.int(), restored: z.int() }),
  z.object({
    status: z.literal('refused'),
    count: z.int(),
    changedSince: z.array(
      z.object({
        /** `customer:12`, `meter:5` …; `label` is data. */
        subject: z.string(),
        label: z.string(),
        login: z.string(),
        reason: z.enum(['changed', 'used']),
        /** The column that was changed, or the table of what stands on the row. */
        field: z.string(),
      }),
    ),
  }),
]);
export type UndoImportResult = z.infer<typeof undoImportResult>;

/** The refused rows as a file, with the sentences of `language`. */
export const errorRowsInput = z.strictObject({ importKey, language: z.enum(['pl', 'en']) });

/** A slot with a file for the person, as {@link import('../bridge').Slot}. */
export const fileSlot = z.object({ slot: z.string(), name: z.string(), size: z.int() });
