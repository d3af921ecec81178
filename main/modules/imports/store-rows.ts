import type { ImportCounts, ImportMode } from '../../../shared/contract/imports';
import type { GoodRow } from '../../../shared/domain/import-check';
import { IMPORT_FAULT_CODES, type ImportFault } from '../../../shared/domain/import-faults';
import type { Reader } from '../../db/statements';
import { databaseColumn, fieldName, toDatabaseRow } from './database-rows';
import type { ReadFile } from './read-file';

/** Rows a statement takes: large enough to be quick, small enough to show progress and to stop at. */
const CHUNK = 1_000;

/** What the database says of one row. */
interface VerdictRow {
  row_no: number;
  verdict: keyof ImportCounts;
  column_name: string | null;
  code: string | null;
}

/** An import as the database opened it. `again`: this request id was used before, for this import. */
export interface OpenedImport {
  importId: string;
  again?: boolean;
}

/** What one chunk came to. */
export interface ChunkResult {
  counts: ImportCounts;
  faults: ImportFault[];
}

/** Rows stored together, and how many come before them. */
export interface Chunk {
  position: number;
  rows: GoodRow[];
}

/** Opens an import in the transaction of `db`. Throws IB001 (as NOT_ALLOWED) for a kind that this person may not import. */
export async function openImport(
  db: Reader,
  read: ReadFile,
  mode: ImportMode,
  requestId: string | null,
): Promise<OpenedImport> {
  const [row] = await db.rows<{ opened: OpenedImport }>(
    'select api.begin_import($1::uuid, $2, $3, $4, $5, $6, $7::text[]) as opened',
    [requestId, read.file.key, mode, read.name.slice(0, 120), read.sha256, read.encoding, read.absent.map(fieldName)],
  );
  if (!row) throw new Error('begin_import gave no row');
  return row.opened;
}

/** The good rows of a file in the order the database wants, without the first `handled`. */
export function* chunksOf(read: ReadFile, handled = 0): Generator<Chunk, void> {
  const rows = read.checker.ordered();
  for (let position = handled; position < rows.length; position += CHUNK) {
    yield { position, rows: rows.slice(position, position + CHUNK) };
  }
}

/** Stores the good rows of a file chunk by chunk in one transaction. */
export async function* storeRows(
  db: Reader,
  importId: string,
  read: ReadFile,
  handled = 0,
): AsyncGenerator<ChunkResult, void> {
  for (const chunk of chunksOf(read, handled)) yield storeChunk(db, importId, read, chunk);
}

/** Closes the import in its transaction; the rows refused before the database saw them are counted with the others. */
export async function closeImport(db: Reader, importId: string, read: ReadFile): Promise<void> {
  await db.rows('select api.finish_import($1::bigint, $2::integer)', [importId, read.checker.refused.size]);
}

/** Stores one chunk. Throws CONFLICT where the import has gone on elsewhere. */
export async function storeChunk(
  db: Reader,
  importId: string,
  { file, checker }: ReadFile,
  { position, rows }: Chunk,
): Promise<ChunkResult> {
  const given = JSON.stringify(rows.map((row) => toDatabaseRow(row)));
  const found = await db.rows<VerdictRow>('select * from api.import_rows($1::bigint, $2::jsonb, $3::integer)', [
    importId,
    given,
    position,
  ]);
  const counts: ImportCounts = { create: 0, update: 0, same: 0, refused: 0 };
  const faults: ImportFault[] = [];
  for (const { row_no: row, verdict, column_name: field, code } of found) {
    counts[verdict]++;
    if (verdict !== 'refused') continue;
    const known = IMPORT_FAULT_CODES.find((each) => each === code) ?? 'REFUSED_BY_DATABASE';
    faults.push({ row, column: databaseColumn(file, checker, field ?? ''), code: known });
  }
  return { counts, faults };
}
