import type { DocumentVersion } from '../../../shared/contract/documents';
import type { LetterRow } from '../../../shared/contract/letters';
import type { ReadContext } from '../../core/context';

/** How many letters of one record travel at most. */
const LISTED = 200;

type Row = Pick<LetterRow, 'id' | 'kind' | 'title' | 'madeByName' | 'sentByName'> & {
  madeAt: Date;
  printedAt: Date | null;
  sentAt: Date | null;
  version: DocumentVersion;
};

/** The letters made of a record, newest first, each with its file. */
export async function listLetters(ctx: ReadContext, record: string): Promise<{ letters: LetterRow[] }> {
  const rows = await ctx.db.rows<Row>(
    `select letters.id, letters.kind, documents.title, letters.made_at as "madeAt", maker.display_name as "madeByName",
            letters.printed_at as "printedAt", letters.sent_at as "sentAt", sender.display_name as "sentByName",
            jsonb_build_object('id', versions.id::text, 'no', versions.version_no, 'fileName', versions.file_name,
              'mime', versions.mime, 'size', versions.size, 'sha256', encode(versions.sha256, 'hex'),
              'uploadedAt', to_char(versions.uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
              'uploadedBy', versions.uploaded_by, 'uploadedByName', maker.display_name) as version
       from ibok.letters as letters
       join ibok.documents as documents on documents.id = letters.document_id
       join ibok.document_versions as versions on versions.document_id = documents.id and versions.version_no = 1
       left join ibok.staff_members as maker on maker.login = letters.made_by
       left join ibok.staff_members as sender on sender.login = letters.sent_by
      where letters.record = $1
      order by letters.id desc limit ${LISTED}`,
    [record],
  );
  return {
    letters: rows.map((row) => ({
      ...row,
      madeAt: row.madeAt.toISOString(),
      printedAt: row.printedAt?.toISOString() ?? null,
      sentAt: row.sentAt?.toISOString() ?? null,
    })),
  };
}
