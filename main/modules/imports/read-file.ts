import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { MAX_IMPORT_ROWS } from '../../../shared/contract/imports';
import {
  BILLING_FILES,
  type BillingEncoding,
  type BillingFile,
  type BillingFileKey,
} from '../../../shared/domain/billing-export';
import {
  ERROR_COLUMNS,
  guessFile,
  type Header,
  previewCells,
  RowChecker,
  readHeader,
} from '../../../shared/domain/import-check';
import { absentFields, type Mapping, mappedHeader } from '../../../shared/domain/import-mapping';
import { AppError } from '../../core/errors';
import { decodeExport } from './decode';
import { readLine, readRecords, splitLines } from './records';

/** A file as read and checked by itself, before the database has seen it. */
export interface ReadFile {
  name: string;
  sha256: string;
  file: BillingFile;
  encoding: BillingEncoding;
  header: Header;
  columns: string[];
  /** Every line of the file; line n is at n - 1. Kept for the file of error rows. */
  lines: string[];
  /** Lines that are rows, good and refused. */
  rows: number;
  checker: RowChecker;
  preview: string[][];
  /** How the columns were read where the header is not billing's; null where it is. */
  mapping: Mapping | null;
  /** Fields the file does not have: they stay as they are stored. */
  absent: string[];
}

/** How a file is to be read; what is left out is told by the file. */
export interface Wanted {
  kind?: BillingFileKey | undefined;
  encoding?: BillingEncoding | undefined;
  mapping?: Mapping | undefined;
}

const PREVIEW_ROWS = 5;

/**
 * Reads a file of billing: encoding, header, rows and their faults. Lets other requests have their turn after every
 * thousand lines. Throws FILE_NOT_READABLE, IMPORT_WRONG_COLUMNS (details name the columns) and IMPORT_TOO_MANY_ROWS.
 */
export async function readExport(name: string, bytes: Uint8Array, wanted: Wanted = {}): Promise<ReadFile> {
  const { text, encoding } = decodeExport(bytes, wanted.encoding);
  const lines = splitLines(text);
  const columns = headerNames(lines[0] ?? '');
  const file = BILLING_FILES.find(({ key }) => key === wanted.kind) ?? guessFile(columns);
  if (!file) throw new AppError('IMPORT_WRONG_COLUMNS', { missing: '', unknown: named(columns), duplicate: '' });
  const found = wanted.mapping ? mappedHeader(columns, file, wanted.mapping) : readHeader(columns, file);
  if ('faults' in found) {
    const { missing, unknown, duplicate } = found.faults;
    const details = { missing: named(missing), unknown: named(unknown), duplicate: named(duplicate) };
    throw new AppError('IMPORT_WRONG_COLUMNS', details);
  }
  if (lines.length > MAX_IMPORT_ROWS + 2) throw new AppError('IMPORT_TOO_MANY_ROWS', { max: MAX_IMPORT_ROWS });

  const corrected = columns.includes(ERROR_COLUMNS[2]);
  const names = new Map(
    found.header.flatMap((column, place) => (column ? [[column.field, columns[place] ?? '']] : [])),
  );
  const checker = new RowChecker(file, found.header, names);
  const preview: string[][] = [];
  let rows = 0;
  for (const block of readRecords(lines)) {
    for (const record of block) {
      if (record.row === 1) continue;
      rows++;
      if ('fault' in record) checker.refuseLine(record.row, record.fault);
      else {
        checker.add(record.row, corrected ? record.cells.map(withoutApostrophe) : record.cells);
        if (preview.length < PREVIEW_ROWS) preview.push(previewCells(found.header, record.cells));
      }
    }
    await setImmediate();
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const mapping = wanted.mapping ?? null;
  const absent = absentFields(file, found.header);
  return {
    name,
    sha256,
    file,
    encoding,
    header: found.header,
    columns,
    lines,
    rows,
    checker,
    preview,
    mapping,
    absent,
  };
}

/** The header of a file and its first rows, whatever its columns are called. Throws FILE_NOT_READABLE. */
export function peekExport(bytes: Uint8Array, encoding?: BillingEncoding): { columns: string[]; rows: string[][] } {
  const lines = splitLines(decodeExport(bytes, encoding).text);
  const columns = headerNames(lines[0] ?? '');
  const [block = []] = [...readRecords(lines.slice(1, 1 + PREVIEW_ROWS))];
  return { columns, rows: block.flatMap((record) => ('cells' in record ? [record.cells] : [])) };
}

/** What `errorRows` put before a cell that a spreadsheet would take for a formula. */
function withoutApostrophe(text: string): string {
  return text.replace(/^'(?=[=+\-@])/, '');
}

function headerNames(line: string): string[] {
  try {
    return readLine(line.slice(0, 10_000)).map((name) => name.normalize('NFC').trim());
  } catch {
    throw new AppError('IMPORT_WRONG_COLUMNS', { missing: '', unknown: '"', duplicate: '' });
  }
}

/** Names of columns for a sentence: the first eight, each at most 40 characters. */
function named(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => name.slice(0, 40).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�'));
  return shown.join(', ') + (names.length > shown.length ? ', …' : '');
}
