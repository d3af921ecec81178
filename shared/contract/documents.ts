import { z } from 'zod';
import { id, instant, line, requestId } from './values';

/** Records that documents can belong to, as `documents.owner_table` knows them. */
export const DOCUMENT_OWNERS = [
  'customers',
  'contracts',
  'meters',
  'registrations',
  'accounts',
  'regulation_versions',
  'deletion_requests',
  'meter_cases',
  'exchanges',
] as const;
export const documentOwner = z.strictObject({ table: z.enum(DOCUMENT_OWNERS), id });
export type DocumentOwner = z.infer<typeof documentOwner>;

export const DOCUMENT_CATEGORIES = [
  'contract',
  'application',
  'letter',
  'protocol',
  'regulations',
  'photo',
  'other',
] as const;
export const documentCategory = z.enum(DOCUMENT_CATEGORIES);
export type DocumentCategory = z.infer<typeof documentCategory>;

export const documentMime = z.enum(['application/pdf', 'image/jpeg', 'image/png', 'image/tiff', 'text/plain']);
export type DocumentMime = z.infer<typeof documentMime>;

export const documentState = z.enum(['active', 'withdrawn']);

/** How many files one act may bring (security.md I1). */
export const MAX_FILES_AT_ONCE = 10;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A version as it was stored; it never changes. `size` in bytes, `uploadedBy` a login. */
export const documentVersion = z.object({
  id,
  no: z.int(),
  fileName: z.string(),
  mime: documentMime,
  size: z.int(),
  sha256,
  uploadedAt: instant,
  uploadedBy: z.string(),
  uploadedByName: z.string().nullable(),
});
export type DocumentVersion = z.infer<typeof documentVersion>;

/** Where a document belongs: the screen to open, and what stands on it. */
const documentPlace = z.object({
  kind: z.enum([
    'customer',
    'meter',
    'registration',
    'account',
    'regulation_version',
    'deletion_request',
    'meter_case',
    'exchange',
  ]),
  id,
  /** A customer's name, or a meter's factory number; empty for other records, which their kind and number name. */
  label: z.string(),
  /** The contract it hangs on, if it does. */
  contractNo: z.string().nullable(),
});
export type DocumentPlace = z.infer<typeof documentPlace>;

export const documentRecord = z.object({
  id,
  title: z.string(),
  category: documentCategory,
  state: documentState,
  place: documentPlace,
  latest: documentVersion,
});
export type DocumentRecord = z.infer<typeof documentRecord>;

/** Newest first; of a customer, those of the contracts too. `more`: there are more than the 500 that travel. */
export const documentList = z.object({ documents: z.array(documentRecord), more: z.boolean() });
export const documentListInput = z.strictObject({ owner: documentOwner });

/** Newest first. */
export const documentVersions = z.object({ versions: z.array(documentVersion) });

export const stageInput = z.strictObject({ slot: z.string().min(1).max(100) });

/** A file that was looked at and waits in the database for a day, and the documents that hold the very same bytes. */
export const stagedFile = z.object({
  upload: z.uuid(),
  fileName: z.string(),
  mime: documentMime,
  size: z.int(),
  sha256,
  duplicates: z.array(
    z.object({ id, title: z.string(), versionNo: z.int(), state: documentState, place: documentPlace }),
  ),
});
export type StagedFile = z.infer<typeof stagedFile>;

const title = line().refine((text) => text !== '', { message: 'INVALID_INPUT' });

export const addDocumentInput = z.strictObject({
  owner: documentOwner,
  title,
  category: documentCategory,
  upload: z.uuid(),
  requestId,
});
export type AddDocumentInput = z.infer<typeof addDocumentInput>;

export const addVersionInput = z.strictObject({ id, upload: z.uuid(), requestId });
export const restoreVersionInput = z.strictObject({ versionId: id, requestId });
export const addedVersion = z.object({ documentId: id, versionId: id, versionNo: z.int() });
export type AddedVersion = z.infer<typeof addedVersion>;

/** Field → the value it was changed from and to. */
export const editDocumentInput = z.strictObject({
  id,
  requestId,
  changes: z.strictObject({
    title: z.strictObject({ from: line(200), to: title }).optional(),
    category: z.strictObject({ from: documentCategory, to: documentCategory }).optional(),
  }),
});
export type EditDocumentInput = z.infer<typeof editDocumentInput>;
const sides = z.object({ mine: z.string(), theirs: z.string(), original: z.string() });
export const editDocumentResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved'), changed: z.array(z.enum(['title', 'category'])) }),
  z.object({ status: z.literal('conflict'), fields: z.partialRecord(z.enum(['title', 'category']), sides) }),
]);
export type EditDocumentResult = z.infer<typeof editDocumentResult>;

/** Withdrawing wants a reason of five characters; it stands in the history. */
export const setStateInput = z.strictObject({ id, state: documentState, reason: line(), requestId });

export const openDocumentInput = z.strictObject({ versionId: id });
/** The bytes of a version in a slot, and what they are. */
export const openedDocument = z.object({ slot: z.string(), name: z.string(), size: z.int(), mime: documentMime });

/** A PDF made on demand and stored nowhere, in a slot. */
export const madePdf = openedDocument.extend({ mime: z.literal('application/pdf') });
export type MadePdf = z.infer<typeof madePdf>;
