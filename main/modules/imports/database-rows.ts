import type { BillingFile } from '../../../shared/domain/billing-export';
import type { GoodRow, RowChecker } from '../../../shared/domain/import-check';

/** Fields whose column in the database is not simply their name in snake case. */
const NAMES: Record<string, string> = {
  sourceUpdatedOn: 'source_updated_at',
  ksefOn: 'ksef_at',
  net: 'net_grosze',
  vat: 'vat_grosze',
  gross: 'gross_grosze',
};

/** A field as the database names it. */
export function fieldName(field: string): string {
  return NAMES[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A row as `api.import_rows` and `billing.upsert_*` take it: `{"row": 2, "customer_no": "004711", …}`. */
export function toDatabaseRow({ row, values }: GoodRow): Record<string, unknown> {
  return { row, ...Object.fromEntries(Object.entries(values).map(([field, value]) => [fieldName(field), value])) };
}

/** The column of the file behind a name in the database's answer; empty when the whole row is meant. */
export function databaseColumn(file: BillingFile, checker: RowChecker, name: string): string {
  const column = file.columns.find(({ field }) => fieldName(field) === name);
  return column ? checker.nameOf(column.field) : '';
}
