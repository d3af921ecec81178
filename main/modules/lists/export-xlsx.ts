import type { CellValue, ColumnDef } from 'hucre/xlsx';
import { type ExportColumn, type ExportValue, wordFor } from './export-cells';

/** Rows an XLSX sheet holds below its heading. */
export const MAX_SHEET_ROWS = 1_048_575;

const FORMATS: Partial<Record<ExportColumn['type'], string>> = {
  date: 'dd.mm.yyyy',
  instant: 'dd.mm.yyyy hh:mm',
};
const WIDTHS: Partial<Record<ExportColumn['type'], number>> = { integer: 10, boolean: 8, date: 12, instant: 18 };
const TEXT_WIDTH = 28;

/**
 * An XLSX file in pieces as the rows come, in constant memory. Numbers are numbers, days are days, and text is text
 * whatever it begins with: a cell of text is never calculated, and a customer number keeps its zeros.
 */
export async function* xlsxFile(
  columns: readonly ExportColumn[],
  pages: AsyncIterable<ExportValue[][]>,
  title: string,
): AsyncGenerator<Uint8Array> {
  // Half a tenth of a second to load, and hardly any start exports.
  const { writeXlsxStream } = await import('hucre/xlsx');
  yield* writeXlsxStream(cells(columns, pages), {
    name: sheetName(title),
    columns: columns.map(definition),
    freezePane: { rows: 1 },
  });
}

function definition({ heading, type }: ExportColumn): ColumnDef {
  const numFmt = FORMATS[type];
  return { header: heading, width: WIDTHS[type] ?? TEXT_WIDTH, ...(numFmt && { numFmt }) };
}

async function* cells(columns: readonly ExportColumn[], pages: AsyncIterable<ExportValue[][]>) {
  for await (const rows of pages) {
    for (const row of rows) yield columns.map((column, place) => cell(column, row[place] ?? null));
  }
}

function cell(column: ExportColumn, value: ExportValue): CellValue {
  if (value === null) return null;
  const word = wordFor(column, value);
  if (word !== undefined) return word;
  if (column.type === 'integer') return Number(value);
  // A sheet knows no zones: the clock's hands of Warsaw are written as if they were those of UTC.
  if (column.type === 'date' || column.type === 'instant')
    return new Date(`${String(value).replace(' ', 'T').padEnd(19, 'T00:00:00')}Z`);
  return value;
}

/** At most 31 characters, none of those a sheet's name may not have. */
function sheetName(title: string): string {
  return (
    title
      .replace(/[[\]:*?/\\'\s]+/g, ' ')
      .trim()
      .slice(0, 31) || '1'
  );
}
