import { stringify } from 'csv-stringify/sync';
import { BILLING_SEPARATOR } from '../../../shared/domain/billing-export';
import { ERROR_COLUMNS } from '../../../shared/domain/import-check';
import { faultSentence } from '../../../shared/domain/import-fault-texts';
import type { ImportFault } from '../../../shared/domain/import-faults';
import type { ReadFile } from './read-file';
import { readLine } from './records';

/**
 * The refused rows as they stood in the file, each once, with the line, the columns at fault and why. UTF-8 with BOM
 * and `;` for Polish Excel; a cell that a spreadsheet would take for a formula begins with an apostrophe. Corrected,
 * the file can be imported as it is.
 */
export function errorRows(read: ReadFile, faults: readonly ImportFault[], language: 'pl' | 'en'): Uint8Array {
  const byRow = Map.groupBy(faults, ({ row }) => row);
  const ours = new Set<string>(ERROR_COLUMNS);
  const kept = read.columns.flatMap((name, place) => (ours.has(name) ? [] : [place]));
  const table = [[...kept.map((place) => read.columns[place] ?? ''), ...ERROR_COLUMNS]];
  for (const [row, found] of [...byRow].sort(([a], [b]) => a - b)) {
    const cells = cellsOf(read.lines[row - 1] ?? '');
    const columns = [...new Set(found.map(({ column }) => column).filter(Boolean))].join(', ');
    const reasons = found.map((fault) => sentence(fault, language)).join('; ');
    table.push([...kept.map((place) => cells[place] ?? ''), String(row), columns, reasons]);
  }
  const text = stringify(table, {
    delimiter: BILLING_SEPARATOR,
    record_delimiter: '\r\n',
    escape_formulas: true,
    bom: true,
  });
  return new TextEncoder().encode(text);
}

/** The sentence of a fault, with its column in front so that several stay apart. */
export function sentence(fault: ImportFault, language: 'pl' | 'en'): string {
  const text = faultSentence(fault, language);
  return fault.column ? `${fault.column}: ${text}` : text;
}

/** The cells of a refused line; one that cannot be split stands whole in the first column. */
function cellsOf(line: string): string[] {
  const readable = line.slice(0, 1_000);
  try {
    return readLine(readable).map(visible);
  } catch {
    return [visible(readable)];
  }
}

/** Characters nobody sees would be carried into the corrected file. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '�');
}
