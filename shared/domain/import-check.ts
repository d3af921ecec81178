import { BILLING_FILES, type BillingColumn, type BillingFile } from './billing-export';
import { readCell } from './import-cells';
import type { ImportFault } from './import-faults';
import { REPEATED, ROW_ORDER, ROW_RULES, type RowValues } from './import-rules';

/** Columns that the file of error rows adds; a corrected one can be imported as it is. */
export const ERROR_COLUMNS = ['wiersz', 'kolumna', 'błąd'] as const;

/** Fields that are shown to nobody unasked: not in a preview, not beside a fault. */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set(['pesel', 'bankAccount']);

/** What is wrong with a header, by the names of the columns. */
export interface HeaderFaults {
  missing: string[];
  unknown: string[];
  duplicate: string[];
}

/** Where each column stands in the file; undefined at the place of a column that is passed over. */
export type Header = (BillingColumn | undefined)[];

/** The file whose columns a header names most of; undefined when it names none's required ones at all. */
export function guessFile(names: readonly string[]): BillingFile | undefined {
  const known = new Set(names);
  const share = (file: BillingFile) => file.columns.filter(({ name }) => known.has(name)).length / file.columns.length;
  const best = BILLING_FILES.toSorted((a, b) => share(b) - share(a))[0];
  return best && share(best) >= 0.5 ? best : undefined;
}

/** Finds each column of the file in its header. */
export function readHeader(names: readonly string[], file: BillingFile): { header: Header } | { faults: HeaderFaults } {
  const byName = new Map(file.columns.map((column) => [column.name, column]));
  const ours: readonly string[] = ERROR_COLUMNS;
  const faults = {
    missing: file.columns
      .filter(({ name, mayBeAbsent }) => !mayBeAbsent && !names.includes(name))
      .map(({ name }) => name),
    unknown: names.filter((name) => !byName.has(name) && !ours.includes(name)),
    duplicate: [...new Set(names.filter((name, place) => names.indexOf(name) !== place))],
  };
  const bad = Object.values(faults).some((list) => list.length > 0);
  return bad ? { faults } : { header: names.map((name) => byName.get(name)) };
}

/** A row without fault: its line in the file and its values by field. */
export interface GoodRow {
  row: number;
  values: RowValues;
}

/**
 * Checks the rows of one file against each other and by themselves, one after another, so that the caller may pause.
 * Finds every fault of every row; pure.
 */
export class RowChecker {
  readonly good: GoodRow[] = [];
  readonly faults: ImportFault[] = [];
  /** Lines that are refused. */
  readonly refused = new Set<number>();
  private readonly seen = new Map<string, number>();
  private readonly firsts: Map<string, GoodRow>[];

  /** @param names what the file calls its columns, by field, where that is not what billing calls them. */
  constructor(
    private readonly file: BillingFile,
    private readonly header: Header,
    private readonly names: ReadonlyMap<string, string> = new Map(),
  ) {
    this.firsts = REPEATED[file.key].map(() => new Map());
  }

  /** A line that is no row at all. */
  refuseLine(row: number, code: ImportFault['code']): void {
    this.report({ row, column: '', code });
  }

  add(row: number, cells: readonly string[]): void {
    if (cells.length !== this.header.length) {
      this.refuseLine(row, 'WRONG_FIELD_COUNT');
      return;
    }
    const values: RowValues = {};
    const raw = new Map<string, string>();
    this.header.forEach((column, place) => {
      if (!column) return;
      const text = cells[place] ?? '';
      raw.set(column.field, text);
      const cell = readCell(text, column);
      if ('value' in cell) values[column.field] = cell.value;
      else this.reportField(row, column.field, cell.fault, text);
    });
    ROW_RULES[this.file.key](values, (field, code) => this.reportField(row, field, code, raw.get(field) ?? ''));
    this.checkKey(row, values);
    this.checkRepeated({ row, values });
    if (!this.refused.has(row)) this.good.push({ row, values });
  }

  /** The good rows in the order in which the database wants them. */
  ordered(): GoodRow[] {
    const key = ROW_ORDER[this.file.key];
    if (!key) return this.good;
    const keyed = this.good.map((row) => ({ row, key: key(row.values) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.row - b.row.row)).map(({ row }) => row);
  }

  /** A second row with the same key is at fault, and so would be every further one. */
  private checkKey(row: number, values: RowValues): void {
    const { identity } = this.file;
    if (identity.some((field) => values[field] === undefined)) return;
    const key = joined(values, identity);
    const earlierRow = this.seen.get(key);
    if (earlierRow === undefined) this.seen.set(key, row);
    else this.report({ row, column: this.nameOf(identity[0] ?? ''), code: 'DUPLICATE_KEY', earlierRow });
  }

  private checkRepeated(good: GoodRow): void {
    REPEATED[this.file.key].forEach(({ key, same }, place) => {
      if (key.some((field) => good.values[field] === undefined)) return;
      const known = this.firsts[place];
      const first = known?.get(joined(good.values, key));
      if (!first) {
        // A row at fault is no measure for others.
        if (!this.refused.has(good.row)) known?.set(joined(good.values, key), good);
        return;
      }
      for (const field of same) {
        const value = good.values[field];
        if (value !== undefined && value !== first.values[field]) {
          this.report({ row: good.row, column: this.nameOf(field), code: 'DISAGREES_WITH_ROW', earlierRow: first.row });
        }
      }
    });
  }

  private reportField(row: number, field: string, code: ImportFault['code'], text: string): void {
    const shown = PRIVATE_FIELDS.has(field) ? {} : { value: excerpt(text) };
    this.report({ row, column: this.nameOf(field), code, ...shown });
  }

  private report(fault: ImportFault): void {
    this.refused.add(fault.row);
    this.faults.push(fault);
  }

  /** The column of the file that holds a field. */
  nameOf(field: string): string {
    return this.names.get(field) ?? this.file.columns.find((column) => column.field === field)?.name ?? field;
  }
}

/** The first cells of a row as they may be shown: cut, and identifiers hidden. */
export function previewCells(header: Header, cells: readonly string[]): string[] {
  return cells.map((text, place) => {
    const field = header[place]?.field;
    return text !== '' && field && PRIVATE_FIELDS.has(field) ? '•••' : excerpt(text);
  });
}

/** At most 40 characters, with a sign in place of what cannot be seen. */
function excerpt(text: string): string {
  return text.slice(0, 40).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '�');
}

function joined(values: RowValues, fields: readonly string[]): string {
  return fields.map((field) => values[field] ?? '').join('\n');
}
