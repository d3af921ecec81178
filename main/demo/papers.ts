import { createHash } from 'node:crypto';
import type { Client } from 'pg';

/** Keeps a file's bytes; answers their hash, by which any number of documents may refer to them. */
export async function storeFile(client: Client, bytes: Buffer): Promise<Buffer> {
  const hash = createHash('sha256').update(bytes).digest();
  await client.query('insert into ibok.blobs (sha256, bytes) values ($1, $2)', [hash, bytes]);
  return hash;
}

/** Gives every document that has none yet its one version, a PDF. */
export async function addVersions(client: Client, sha256: Buffer, size: number, fileName: string): Promise<void> {
  await client.query(
    `insert into ibok.document_versions (document_id, version_no, sha256, file_name, mime, size, uploaded_by, uploaded_at)
     select d.id, 1, $1, $2, 'application/pdf', $3, d.created_by, d.created_at from ibok.documents d
      where not exists (select from ibok.document_versions v where v.document_id = d.id) order by d.id`,
    [sha256, fileName, size],
  );
}
