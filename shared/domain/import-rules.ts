import type { BillingFileKey } from './billing-export';
import type { CellValue } from './import-cells';
import type { ImportFaultCode } from './import-faults';

/** The values of a row by field; a field that is at fault is missing. */
export type RowValues = Partial<Record<string, CellValue>>;

type Report = (field: string, code: ImportFaultCode) => void;

/** Text of a field, or undefined when it is empty or at fault, so that one slip is not reported twice. */
function text(row: RowValues, field: string): string | undefined {
  const value = row[field];
  return typeof value === 'string' ? value : undefined;
}

/** Whether the field was read and is empty. */
const empty = (row: RowValues, field: string) => row[field] === null;

/** Of several fields either all or none are filled; the empty ones are at fault. */
function together(row: RowValues, fields: readonly string[], report: Report): void {
  if (fields.every((field) => !text(row, field))) return;
  for (const field of fields) if (empty(row, field)) report(field, 'GOES_TOGETHER');
}

/** `field` may only be filled where `needed` is. */
function needs(row: RowValues, field: string, needed: string, report: Report): void {
  if (text(row, field) && empty(row, needed)) report(needed, 'GOES_TOGETHER');
}

/** ISO days compare as text. */
function ordered(row: RowValues, from: string, to: string, report: Report, mayBeEqual = true): void {
  const [start, end] = [text(row, from), text(row, to)];
  if (start && end && (end < start || (end === start && !mayBeEqual))) report(to, 'DATES_REVERSED');
}

/** Billing numbers its meters below 1,000,000,000,000; from there on the numbers are Desk's own (`ibok.meters`). */
const METER_ID_DIGITS = 12;

/** What the fields of one row must be to each other, by file. The tables' constraints say the same. */
export const ROW_RULES: Record<BillingFileKey, (row: RowValues, report: Report) => void> = {
  customers(row, report) {
    const name = row.kind === 'person' ? 'lastName' : 'companyName';
    if (row.kind && empty(row, name)) report(name, 'REQUIRED');
  },
  contracts(row, report) {
    ordered(row, 'validFrom', 'validTo', report);
  },
  premises(row, report) {
    together(row, ['customerNo', 'suppliedFrom'], report);
    needs(row, 'contractNo', 'customerNo', report);
    needs(row, 'suppliedTo', 'suppliedFrom', report);
    ordered(row, 'suppliedFrom', 'suppliedTo', report, false);
  },
  meters(row, report) {
    if ((text(row, 'meterId') ?? '').length > METER_ID_DIGITS) report('meterId', 'OUT_OF_RANGE');
    together(row, ['pointCode', 'role', 'installedOn', 'openingValue'], report);
    together(row, ['removedOn', 'finalValue'], report);
    needs(row, 'removedOn', 'installedOn', report);
    needs(row, 'parentMeterId', 'pointCode', report);
    together(row, ['markKind', 'rawMark'], report);
    needs(row, 'statedUntil', 'rawMark', report);
    ordered(row, 'installedOn', 'removedOn', report);
  },
  readings(row, report) {
    const value = text(row, 'value');
    if (value && row.kind && row.kind !== 'remote' && /\.[0-9]*[1-9]/.test(value)) report('value', 'NOT_WHOLE');
  },
  invoices(row, report) {
    const [net, vat, gross] = [text(row, 'net'), text(row, 'vat'), text(row, 'gross')];
    if (net && vat && gross && BigInt(net) + BigInt(vat) !== BigInt(gross)) report('gross', 'AMOUNTS_DISAGREE');
    ordered(row, 'issuedOn', 'dueOn', report);
  },
};

/** A record that stands in several rows of a file: rows with the same `key` must agree in `same`. */
export interface Repeated {
  key: readonly string[];
  same: readonly string[];
}

const PREMISE = ['city', 'street', 'houseNo', 'flatNo', 'postalCode'] as const;

/** The premise, point, meter and meter type behind several rows of one file. */
export const REPEATED: Record<BillingFileKey, readonly Repeated[]> = {
  customers: [],
  contracts: [],
  premises: [
    { key: ['pointCode'], same: [...PREMISE, 'place', 'pointStatus'] },
    { key: PREMISE, same: ['district', 'route', 'terytTerc', 'terytSimc', 'terytUlic'] },
  ],
  meters: [
    {
      key: ['meterId'],
      same: [
        'factoryNo',
        'maker',
        'model',
        'dn',
        'q3',
        'ownerKind',
        'status',
        'acceptedOn',
        'radioId',
        'sourceUpdatedOn',
        'producedYear',
        'markKind',
        'rawMark',
        'statedUntil',
      ],
    },
    { key: ['maker', 'model', 'dn', 'q3'], same: ['r', 'digits'] },
  ],
  readings: [],
  invoices: [],
};

const ROLE_ORDER: Partial<Record<string, string>> = { main: '0', sub: '1', deduction: '2' };

/** The order in which rows reach the database: an earlier period before the next, a parent before its sub-meters. */
export const ROW_ORDER: Record<BillingFileKey, ((row: RowValues) => string) | null> = {
  customers: null,
  contracts: null,
  premises: (row) => `${row.pointCode} ${row.suppliedFrom ?? ''}`,
  meters: (row) => `${ROLE_ORDER[String(row.role)] ?? ''} ${String(row.meterId).padStart(18)} ${row.installedOn ?? ''}`,
  readings: (row) => `${String(row.meterId).padStart(18)} ${row.readOn}`,
  invoices: null,
};
