import { createHash } from 'node:crypto';
import type { Slot } from '../../../shared/bridge';
import type {
  DocumentMime,
  DocumentOwner,
  DocumentPlace,
  DocumentRecord,
  DocumentVersion,
  StagedFile,
} from '../../../shared/contract/documents';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import type { Reader } from '../../db/statements';

/** How many documents of one record travel at most. */
const LISTED = 500;
/** Bytes of one slice or part, as `api.read_document` and `api.upload_part` take them. */
export const PART_BYTES = 1024 * 1024;

const VERSION = `versions.id as "versionId", versions.version_no as no, versions.file_name as "fileName", versions.mime,
  versions.size, encode(versions.sha256, 'hex') as sha256, versions.uploaded_at as "uploadedAt",
  versions.uploaded_by as "uploadedBy", staff.display_name as "uploadedByName"`;

/** Where a document belongs; a contract is shown on its customer's card. */
const PLACE = `case documents.owner_table when 'contracts' then 'customer' else rtrim(documents.owner_table, 's') end as "placeKind",
  coalesce(contracts.customer_id, documents.owner_id) as "placeId",
  coalesce(customers.display_name, meters.factory_no, '') as label, contracts.contract_no as "contractNo"`;
const PLACES = `left join ibok.contracts as contracts
     on documents.owner_table = 'contracts' and contracts.id = documents.owner_id
  left join ibok.customer_search as customers
     on documents.owner_table in ('customers', 'contracts')
    and customers.customer_id = coalesce(contracts.customer_id, documents.owner_id)
  left join ibok.meters as meters on documents.owner_table = 'meters' and meters.id = documents.owner_id`;

const OWNED: Record<DocumentOwner['table'], string> = {
  customers: `documents.owner_table = 'customers' and documents.owner_id = $1::bigint
    or documents.owner_table = 'contracts'
      and documents.owner_id in (select id from ibok.contracts where customer_id = $1::bigint)`,
  contracts: ownedBy('contracts'),
  meters: ownedBy('meters'),
  registrations: ownedBy('registrations'),
  accounts: ownedBy('accounts'),
  regulation_versions: ownedBy('regulation_versions'),
  deletion_requests: ownedBy('deletion_requests'),
  meter_cases: ownedBy('meter_cases'),
  exchanges: ownedBy('exchanges'),
};

function ownedBy(table: DocumentOwner['table']): string {
  return `documents.owner_table = '${table}' and documents.owner_id = $1::bigint`;
}

interface VersionRow extends Omit<DocumentVersion, 'id' | 'uploadedAt'> {
  versionId: string;
  uploadedAt: Date;
}
interface PlaceRow {
  placeKind: DocumentPlace['kind'];
  placeId: string;
  label: string;
  contractNo: string | null;
}
type ListRow = Pick<DocumentRecord, 'id' | 'title' | 'category' | 'state'> & VersionRow & PlaceRow;

/** The documents of a record, each with its newest version; withdrawn ones too. */
export async function listDocuments(
  ctx: ReadContext,
  owner: DocumentOwner,
): Promise<{ documents: DocumentRecord[]; more: boolean }> {
  const rows = await ctx.db.rows<ListRow>(
    `select documents.id, documents.title, documents.category, documents.state, ${PLACE}, ${VERSION}
       from ibok.documents as documents
       join lateral (select * from ibok.document_versions where document_id = documents.id
                      order by version_no desc limit 1) as versions on true
       left join ibok.staff_members as staff on staff.login = versions.uploaded_by
       ${PLACES}
      where ${OWNED[owner.table]}
      order by versions.uploaded_at desc, documents.id desc limit ${LISTED + 1}`,
    [owner.id],
  );
  const documents = rows.slice(0, LISTED).map((row) => ({
    id: row.id,
    title: row.title,
    category: row.category,
    state: row.state,
    place: placeOf(row),
    latest: versionOf(row),
  }));
  return { documents, more: rows.length > LISTED };
}

/** Every version of a document, newest first. Throws NOT_FOUND. */
export async function listVersions(ctx: ReadContext, documentId: string): Promise<DocumentVersion[]> {
  const rows = await ctx.db.rows<VersionRow>(
    `select ${VERSION} from ibok.document_versions as versions
       left join ibok.staff_members as staff on staff.login = versions.uploaded_by
      where versions.document_id = $1::bigint order by versions.version_no desc`,
    [documentId],
  );
  if (rows.length === 0) throw new AppError('NOT_FOUND');
  return rows.map(versionOf);
}

/** The documents that hold the very same bytes, as far as the person whose connection `db` is may see them. */
export async function findDuplicates(db: Reader, sha256: string): Promise<StagedFile['duplicates']> {
  const rows = await db.rows<Pick<ListRow, 'id' | 'title' | 'state'> & { versionNo: number } & PlaceRow>(
    `select documents.id, documents.title, documents.state, max(versions.version_no) as "versionNo", ${PLACE}
       from ibok.document_versions as versions
       join ibok.documents as documents on documents.id = versions.document_id
       ${PLACES}
      where versions.sha256 = decode($1, 'hex')
      group by documents.id, contracts.customer_id, contracts.contract_no, customers.display_name, meters.factory_no
      order by documents.id limit 20`,
    [sha256],
  );
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    versionNo: row.versionNo,
    state: row.state,
    place: placeOf(row),
  }));
}

interface Stored {
  title: string;
  fileName: string;
  mime: DocumentMime;
  size: number;
  sha256: string;
}

/**
 * Reads a version slice by slice into a slot and reckons its hash on the way; a personal document's reading is logged
 * by the database. Throws NOT_FOUND, and FILE_DAMAGED when the bytes are not those that were stored.
 */
export async function openVersion(ctx: ReadContext, versionId: string): Promise<Slot & { mime: DocumentMime }> {
  const [stored] = await ctx.db.rows<Stored>(
    `select documents.title, versions.file_name as "fileName", versions.mime, versions.size,
            encode(versions.sha256, 'hex') as sha256
       from ibok.document_versions as versions join ibok.documents as documents on documents.id = versions.document_id
      where versions.id = $1::bigint`,
    [versionId],
  );
  if (!stored) throw new AppError('NOT_FOUND');
  const bytes = Buffer.alloc(stored.size);
  const hash = createHash('sha256');
  for (let offset = 0; offset < stored.size; offset += PART_BYTES) {
    const [row] = await ctx.db.rows<{ slice: Buffer | null }>(
      'select api.read_document($1::bigint, $2::int, $3::int) as slice',
      [versionId, offset, PART_BYTES],
    );
    const slice = row?.slice;
    if (!slice || slice.length !== Math.min(PART_BYTES, stored.size - offset)) throw new AppError('FILE_DAMAGED');
    hash.update(slice);
    slice.copy(bytes, offset);
  }
  if (hash.digest('hex') !== stored.sha256) throw new AppError('FILE_DAMAGED');
  return { ...ctx.slots.put(ctx.caller.id, saveName(stored), bytes), mime: stored.mime };
}

/** The title as a file's name. The extension is the stored file's, so that what is shown is what is used. */
function saveName({ title, fileName }: Stored): string {
  const extension = fileName.slice(fileName.lastIndexOf('.'));
  return title.toLowerCase().endsWith(extension.toLowerCase()) ? title : `${title}${extension}`;
}

function versionOf(row: VersionRow): DocumentVersion {
  const { versionId, no, fileName, mime, size, sha256, uploadedAt, uploadedBy, uploadedByName } = row;
  return {
    id: versionId,
    no,
    fileName,
    mime,
    size,
    sha256,
    uploadedAt: uploadedAt.toISOString(),
    uploadedBy,
    uploadedByName,
  };
}

function placeOf({ placeKind, placeId, label, contractNo }: PlaceRow): DocumentPlace {
  return { kind: placeKind, id: placeId, label, contractNo };
}
