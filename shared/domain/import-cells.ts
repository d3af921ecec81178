import { FORBIDDEN_TEXT } from '../contract/values';
import type { BillingColumn, ColumnKind } from './billing-export';
import { identifierDigits, ksefNumberOk, nipOk, nrbOk, peselOk, postalCodeOk, regonOk } from './identifiers';
import type { ImportFaultCode } from './import-faults';
import { normalMark } from './legalization';
import { PHONE_FORM } from './phone';

/** A value as the database takes it: text (also of numbers and days), yes or no, or nothing. */
export type CellValue = string | boolean | null;

/** The value of a cell, or why it has none. */
export type Cell = { value: CellValue } | { fault: ImportFaultCode };

const ok = (value: CellValue): Cell => ({ value });
const no = (fault: ImportFaultCode): Cell => ({ fault });

/** A decoder's mark for bytes that are no text, and Polish letters read with the wrong table. */
const WRONG_TABLE = new RegExp(
  [
    '\ufffd',
    // UTF-8 read as Windows-1250: Ä… is ą, Ĺ‚ is ł, Ăł is ó.
    'Ä[…‡™„†]|Ĺ[‚„›şĽšą»]|Ă[ł“]',
    // ISO-8859-2 read as Windows-1250: ± is ą, ¶ is ś, ˇ is Ą, ¦ is Ś, ¬ is Ź, Ľ after a small letter is ź.
    '[±¶ˇ¦¬]|\\p{Ll}Ľ',
  ].join('|'),
  'u',
);

const MAX_TEXT = 200;
const MAX_CODE = 40;
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/;

/** Fields whose form says more than their column's kind. Each takes the trimmed text and gives what is stored. */
const FORMS: Record<string, (text: string) => Cell> = {
  nip: (text) => checked(identifierDigits(text), nipOk, 'INVALID_NIP'),
  regon: (text) => checked(identifierDigits(text), regonOk, 'INVALID_REGON'),
  pesel: (text) => checked(identifierDigits(text), peselOk, 'INVALID_PESEL'),
  bankAccount: (text) => checked(identifierDigits(text).replace(/^PL/i, ''), nrbOk, 'INVALID_BANK_ACCOUNT'),
  phone: phoneNumber,
  phoneAlt: phoneNumber,
  email: (text) => checked(text, (email) => EMAIL.test(email), 'INVALID_EMAIL'),
  emailAlt: (text) => checked(text, (email) => EMAIL.test(email), 'INVALID_EMAIL'),
  postalCode: (text) => checked(text, postalCodeOk, 'INVALID_POSTAL_CODE'),
  terytTerc: (text) => checked(text, (code) => /^[0-9]{7}$/.test(code), 'INVALID_TERYT'),
  terytSimc: (text) => checked(text, (code) => /^[0-9]{7}$/.test(code), 'INVALID_TERYT'),
  terytUlic: (text) => checked(text, (code) => /^[0-9]{5}$/.test(code), 'INVALID_TERYT'),
  ksefNo: (text) => checked(text, ksefNumberOk, 'INVALID_KSEF_NUMBER'),
  rawMark: (text) => checked(normalMark(text), (mark) => /^[0-9A-Z./-]{1,16}$/.test(mark), 'MARK_FORM'),
  radioId: (text) => checked(text.toUpperCase(), (radio) => /^[0-9A-Z]{4,16}$/.test(radio), 'INVALID_RADIO_ID'),
};

/** Smallest and largest value of a number, as the table's constraints have them. */
const RANGES: Record<string, readonly [number, number]> = {
  dn: [10, 500],
  r: [40, 1000],
  digits: [3, 9],
  q3: [0.01, 9999.99],
  openingValue: [0, 999_999_999],
  finalValue: [0, 999_999_999],
  value: [0, 999_999_999],
  producedYear: [1950, 2100],
};

const KINDS: Record<ColumnKind, (text: string, column: BillingColumn) => Cell> = {
  text: ok,
  code: (text) => checked(text, (code) => /^[0-9A-Za-z][0-9A-Za-z ./_-]{0,39}$/.test(code), 'INVALID_CODE'),
  integer: (text) => checked(text, (digits) => /^[1-9][0-9]{0,17}$/.test(digits), 'INVALID_INTEGER'),
  date: (text) => checked(text, isDay, 'INVALID_DATE'),
  decimal: (text) => (/^-?[0-9]{1,9}(,[0-9]{1,3})?$/.test(text) ? ok(text.replace(',', '.')) : no('INVALID_DECIMAL')),
  amount: (text) => (/^-?[0-9]{1,9},[0-9]{2}$/.test(text) ? ok(grosze(text)) : no('INVALID_AMOUNT')),
  bool: (text) => (text === 'T' || text === 'N' ? ok(text === 'T') : no('INVALID_BOOL')),
  enum: (text, column) => {
    const word = column.words && Object.hasOwn(column.words, text) ? column.words[text] : undefined;
    return word === undefined ? no('UNKNOWN_WORD') : ok(word);
  },
};

/**
 * Reads one cell: trimmed, NFC, without characters nobody sees, in the form of its column. An empty cell is null, and a
 * fault where the column is required. Never throws, whatever the text.
 */
export function readCell(raw: string, column: BillingColumn): Cell {
  if (WRONG_TABLE.test(raw)) return no('BAD_ENCODING');
  if (FORBIDDEN_TEXT.test(raw)) return no('INVALID_TEXT');
  const text = raw.normalize('NFC').trim();
  if (text === '') return column.required ? no('REQUIRED') : ok(null);
  const max = column.kind === 'code' ? MAX_CODE : MAX_TEXT;
  // Code units first: counting characters is dear and almost never needed.
  if (text.length > max && [...text].length > max) return no('TOO_LONG');
  const cell = (FORMS[column.field] ?? KINDS[column.kind])(text, column);
  const range = RANGES[column.field];
  if (range && 'value' in cell && (Number(cell.value) < range[0] || Number(cell.value) > range[1]))
    return no('OUT_OF_RANGE');
  return cell;
}

function checked(value: string, test: (value: string) => boolean, fault: ImportFaultCode): Cell {
  return test(value) ? ok(value) : no(fault);
}

function phoneNumber(text: string): Cell {
  return checked(text, (phone) => PHONE_FORM.test(phone), 'INVALID_PHONE');
}

/** `1433,99` → `143399`; never through a float. */
function grosze(amount: string): string {
  return String(BigInt(amount.replace(',', '')));
}

/** A day of the calendar between 1900 and 2100, `YYYY-MM-DD`. */
function isDay(text: string): boolean {
  if (!/^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}
