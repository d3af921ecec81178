import { stringify } from 'csv-stringify/sync';
import { type ExportColumn, type ExportValue, formulaSafe, wordFor } from './export-cells';

/** As a Polish Excel opens it by double click: its list separator, its line ends, its mark of UTF-8. */
const POLISH = { delimiter: ';', record_delimiter: '\r\n' };
const BYTE_ORDER_MARK = '\ufeff';

/** A CSV file for Polish Excel, in pieces as the rows come. Only text is made safe: a number stays a number. */
export async function* csvFile(
  columns: readonly ExportColumn[],
  pages: AsyncIterable<ExportValue[][]>,
): AsyncGenerator<Uint8Array> {
  const headings = columns.map(({ heading }) => formulaSafe(heading));
  yield Buffer.from(BYTE_ORDER_MARK + stringify([headings], POLISH));
  for await (const rows of pages) {
    const cells = rows.map((row) => columns.map((column, place) => cell(column, row[place] ?? null)));
    yield Buffer.from(stringify(cells, POLISH));
  }
}

function cell(column: ExportColumn, value: ExportValue): string {
  if (value === null) return '';
  const word = wordFor(column, value);
  if (word !== undefined) return formulaSafe(word);
  if (column.type === 'integer') return String(value).replace('.', ',');
  return formulaSafe(String(value));
}
