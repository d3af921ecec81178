import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportCounts, ImportMode } from '../../../shared/contract/imports';
import { BILLING_FILES, type BillingFileKey } from '../../../shared/domain/billing-export';
import type { ImportFault } from '../../../shared/domain/import-faults';
import { AppError } from '../../core/errors';
import type { Reader } from '../../db/statements';
import { readExport } from './read-file';
import { closeImport, openImport, storeRows } from './store-rows';

export { sentence } from './error-rows';

/** What became of one file of a folder. */
export interface FileReport {
  kind: BillingFileKey;
  fileName: string;
  rows: number;
  /** Whether it was stored; with mode `all` a single fault is enough that it was not. */
  stored: boolean;
  counts: ImportCounts;
  faults: ImportFault[];
}

/** One connection of the importing person, outside a transaction. */
export interface ImportConnection extends Reader {
  /** Begin, commit or rollback; each file is one transaction. */
  command(sql: 'begin' | 'commit' | 'rollback'): Promise<void>;
}

/**
 * Imports the files of a folder in the order in which they refer to each other; files that are not there are passed
 * over. Each is a transaction of its own, and with mode `all` the first that holds a fault ends the import: what comes
 * after would refer to rows that are missing. `onFile` hears of each file as it is done. Throws what `readExport` throws.
 */
export async function importFolder(
  connection: ImportConnection,
  folder: string,
  mode: ImportMode,
  onFile: (report: FileReport) => void,
): Promise<boolean> {
  let found = 0;
  for (const { fileName, key } of BILLING_FILES) {
    const bytes = await readFile(join(folder, fileName)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (!bytes) continue;
    found++;
    const report = await importFile(connection, key, fileName, bytes, mode);
    onFile(report);
    if (!report.stored) return false;
  }
  if (found === 0) throw new AppError('NOT_FOUND');
  return true;
}

async function importFile(
  connection: ImportConnection,
  kind: BillingFileKey,
  fileName: string,
  bytes: Uint8Array,
  mode: ImportMode,
): Promise<FileReport> {
  const read = await readExport(fileName, bytes, { kind });
  const counts: ImportCounts = { create: 0, update: 0, same: 0, refused: read.checker.refused.size };
  const faults = [...read.checker.faults];
  await connection.command('begin');
  try {
    const { importId } = await openImport(connection, read, mode, null);
    for await (const chunk of storeRows(connection, importId, read)) {
      for (const verdict of ['create', 'update', 'same', 'refused'] as const) counts[verdict] += chunk.counts[verdict];
      faults.push(...chunk.faults);
    }
    const stored = mode === 'good' || faults.length === 0;
    if (stored) await closeImport(connection, importId, read);
    await connection.command(stored ? 'commit' : 'rollback');
    return { kind, fileName, rows: read.rows, stored, counts, faults: faults.sort((a, b) => a.row - b.row) };
  } catch (error) {
    await connection.command('rollback').catch(() => undefined);
    throw error;
  }
}
