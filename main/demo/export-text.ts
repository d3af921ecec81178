import type { BillingColumn, BillingFile } from '../../shared/domain/billing-export';
import type { ExportRow } from './export-rows';

/** A row as the file writes it: one text for each column, in the order of the file's columns. */
export function fileTexts(file: BillingFile, row: ExportRow): string[] {
  return file.columns.map((column) => fileText(column, row[column.field] ?? null));
}

/** @throws RangeError when an enum value has no word in the file. */
function fileText(column: BillingColumn, value: ExportRow[string]): string {
  if (value === null || value === undefined) return '';
  if (column.kind === 'amount') return amountText(Number(value));
  if (column.kind === 'decimal') return String(value).replace('.', ',');
  if (column.kind === 'bool') return value ? 'T' : 'N';
  if (column.kind !== 'enum') return String(value);
  const word = Object.entries(column.words ?? {}).find(([, meaning]) => meaning === value)?.[0];
  if (word === undefined) throw new RangeError(`${column.name} has no word for ${value}`);
  return word;
}

/** Grosze as złoty with a decimal comma: -100001 → `-1000,01`. */
export function amountText(grosze: number): string {
  const digits = String(Math.abs(grosze)).padStart(3, '0');
  return `${grosze < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}
