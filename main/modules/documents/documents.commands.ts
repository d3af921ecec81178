import { createHash } from 'node:crypto';
import type {
  AddDocumentInput,
  AddedVersion,
  EditDocumentInput,
  EditDocumentResult,
  StagedFile,
} from '../../../shared/contract/documents';
import type { LongContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { findDuplicates, PART_BYTES } from './documents.queries';
import { fileType } from './file-type';

/**
 * Looks at a file and sends it to the database in parts, each a short transaction of its own; whatever breaks off in
 * between is visible to nobody and gone within a day. The name must be a clean one (as slots give it). For every module
 * that attaches a file: send it, then have a function of the database attach the upload.
 * Throws FILE_EMPTY, FILE_TYPE_REFUSED, FILE_TWO_KINDS, FILE_WRONG_EXTENSION, FILE_INCOMPLETE, FILE_IMAGE_TOO_LARGE.
 */
export async function uploadFile(
  ctx: LongContext,
  name: string,
  bytes: Uint8Array,
): Promise<Omit<StagedFile, 'duplicates'>> {
  const mime = fileType(name, bytes);
  const size = bytes.byteLength;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const upload = await ctx.transact(async (db) => {
    const [begun] = await db.rows<{ upload: string }>(
      `select api.begin_upload($1, $2, $3::int, decode($4, 'hex')) as upload`,
      [name, mime, size, sha256],
    );
    if (!begun) throw new AppError('NOT_ALLOWED');
    return begun.upload;
  });
  for (let offset = 0; offset < size; offset += PART_BYTES) {
    // A copy of its own: the driver sends the whole memory behind a view.
    const part = Buffer.from(bytes.subarray(offset, offset + PART_BYTES));
    await ctx.transact((db) =>
      db.rows('select api.upload_part($1::uuid, $2::int, $3::bytea)', [upload, offset / PART_BYTES, part]),
    );
  }
  return { upload, fileName: name, mime, size, sha256 };
}

/**
 * As `uploadFile`, and says which documents hold the very same bytes; then `addDocument` or `addVersion` with the
 * upload's id.
 */
export async function stageFile(ctx: LongContext, name: string, bytes: Uint8Array): Promise<StagedFile> {
  const sent = await uploadFile(ctx, name, bytes);
  return { ...sent, duplicates: await ctx.transact((db) => findDuplicates(db, sent.sha256)) };
}

/** Stages the file in a slot of this window. Throws FILE_GONE, and what `stageFile` throws. */
export async function stageSlot(ctx: LongContext, slot: string): Promise<StagedFile> {
  const file = ctx.slots.take(ctx.caller.id, slot);
  if (!file) throw new AppError('FILE_GONE');
  return stageFile(ctx, file.name, file.bytes);
}

/**
 * Makes a staged file the first version of a new document. The same request id is the same document.
 * Throws NOT_FOUND (record or upload), FILE_DAMAGED (the parts are not the file), FILE_SPACE_FULL, REQUEST_ID_REUSED.
 */
export async function addDocument(ctx: WriteContext, input: AddDocumentInput): Promise<AddedVersion> {
  const { owner, title, category, upload, requestId } = input;
  return added(
    await ctx.db.rows(`select api.add_document($1, $2::bigint, $3, $4, $5::uuid, $6::uuid) as answer`, [
      owner.table,
      owner.id,
      title,
      category,
      upload,
      requestId,
    ]),
  );
}

/** Makes a staged file the newest version of a document. Throws as `addDocument`, and CONFLICT when it was withdrawn. */
export async function addVersion(
  ctx: WriteContext,
  input: { id: string; upload: string; requestId: string },
): Promise<AddedVersion> {
  return added(
    await ctx.db.rows('select api.add_version($1::bigint, $2::uuid, $3::uuid) as answer', [
      input.id,
      input.upload,
      input.requestId,
    ]),
  );
}

/** Makes an older version the newest, as a version of its own. Throws NOT_FOUND, CONFLICT, FILE_SPACE_FULL. */
export async function restoreVersion(
  ctx: WriteContext,
  input: { versionId: string; requestId: string },
): Promise<AddedVersion> {
  return added(
    await ctx.db.rows('select api.restore_version($1::bigint, $2::uuid) as answer', [input.versionId, input.requestId]),
  );
}

/** Renames or recategorises, compared field by field. Throws NOT_FOUND, CONFLICT (withdrawn), INVALID_TEXT. */
export async function editDocument(ctx: WriteContext, input: EditDocumentInput): Promise<EditDocumentResult> {
  const changes = Object.fromEntries(
    Object.entries(input.changes).flatMap(([field, change]) => (change ? [[field, [change.from, change.to]]] : [])),
  );
  const [row] = await ctx.db.rows<{ answer: EditDocumentResult }>(
    'select api.edit_document($1::bigint, $2::jsonb, $3::uuid) as answer',
    [input.id, JSON.stringify(changes), input.requestId],
  );
  if (!row) throw new AppError('NOT_FOUND');
  return row.answer;
}

/** Withdraws a document, or takes it back into work. Throws NOT_FOUND, INVALID_INPUT without a reason. */
export async function setDocumentState(
  ctx: WriteContext,
  input: { id: string; state: 'active' | 'withdrawn'; reason: string; requestId: string },
): Promise<void> {
  await ctx.db.rows('select api.set_document_state($1::bigint, $2, $3, $4::uuid)', [
    input.id,
    input.state,
    input.reason,
    input.requestId,
  ]);
}

function added(rows: object[]): AddedVersion {
  const [row] = rows as { answer: AddedVersion }[];
  if (!row) throw new AppError('NOT_FOUND');
  return row.answer;
}
