import { type CsvError, parse } from 'csv-parse/sync';
import { BILLING_SEPARATOR } from '../../../shared/domain/billing-export';
import type { ImportFaultCode } from '../../../shared/domain/import-faults';

/** One line of the file, counted from 1, as cells or as what is wrong with it. */
export type FileRecord = { row: number; cells: string[] } | { row: number; fault: ImportFaultCode };

/** Longer lines are refused unread: the longest honest one has twenty fields of 200 characters. */
const MAX_LINE = 16_384;

/** Lines that are parsed at once; between two blocks the caller may let others have their turn. */
const BLOCK = 1_000;

/**
 * Reads the lines of a file in blocks. No value of the format holds a line break, so every line is a record by itself:
 * a quotation mark that is never closed spoils its own line and not the rest of the file. Empty lines are passed over.
 */
export function* readRecords(lines: readonly string[]): Generator<FileRecord[], void> {
  for (let from = 0; from < lines.length; from += BLOCK) {
    yield readBlock(lines.slice(from, from + BLOCK), from + 1);
  }
}

/** The text as lines, whatever ends them. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** The cells of one line; throws CsvError where quotes are broken. */
export function readLine(line: string): string[] {
  return parse(line, OPTIONS)[0] ?? [];
}

const OPTIONS = { delimiter: BILLING_SEPARATOR, relax_column_count: true, record_delimiter: '\n' } as const;

function readBlock(lines: string[], firstRow: number): FileRecord[] {
  const whole = lines.every((line) => line !== '' && line.length <= MAX_LINE) ? parseTogether(lines) : null;
  if (whole) return whole.map((cells, place) => ({ row: firstRow + place, cells }));
  return lines.flatMap((line, place) => (line === '' ? [] : [readOne(line, firstRow + place)]));
}

/** All lines at one go, which is several times quicker; null when one of them needs a look by itself. */
function parseTogether(lines: readonly string[]): string[][] | null {
  try {
    const records = parse(lines.join('\n'), OPTIONS);
    return records.length === lines.length ? records : null;
  } catch (error) {
    if (isCsvError(error)) return null;
    throw error;
  }
}

function readOne(line: string, row: number): FileRecord {
  if (line.length > MAX_LINE) return { row, fault: 'ROW_TOO_LONG' };
  try {
    return { row, cells: readLine(line) };
  } catch (error) {
    if (isCsvError(error)) return { row, fault: 'BROKEN_QUOTES' };
    throw error;
  }
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /QUOTE/.test(error.code);
}
