import type { BillingEncoding, BillingFile, BillingFileKey } from '../../shared/domain/billing-export';
import type { ImportFaultCode } from '../../shared/domain/import-faults';
import type { ExportRow } from './export-rows';
import { fileTexts } from './export-text';
import { dayOf, isoDay } from './synthetic/calendar';

/** A fault put into the export on purpose. */
export interface PlantedFault {
  file: BillingFileKey;
  /** Line of the file; the header is line 1. */
  row: number;
  /** As the header names it. */
  column: string;
  code: ImportFaultCode;
}

interface Recipe {
  column: string;
  code: ImportFaultCode;
  /** The text that is wrong, made from the right one. */
  spoil: (text: string) => string;
  /** Rows it can be planted on; default: all. */
  suits?: (row: ExportRow) => boolean;
  /** Needs a character that Windows-1250 does not have. */
  unicode?: true;
}

/** A digit that makes the check digit wrong. */
const otherDigit = (text: string) => text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10);
const tooLong = (text: string) => `${text} ${'bardzo długa nazwa '.repeat(12)}`;
const nothing = () => '';
const impossibleDay = () => '2026-02-30';

const RECIPES: Readonly<Record<BillingFileKey, readonly Recipe[]>> = {
  customers: [
    { column: 'nip', code: 'INVALID_NIP', spoil: otherDigit, suits: (row) => row.nip !== null },
    { column: 'pesel', code: 'INVALID_PESEL', spoil: otherDigit, suits: (row) => row.pesel !== null },
    { column: 'rodzaj', code: 'UNKNOWN_WORD', spoil: () => 'klient' },
    { column: 'nazwisko', code: 'REQUIRED', spoil: nothing, suits: (row) => row.kind === 'person' },
    { column: 'nazwa', code: 'TOO_LONG', spoil: tooLong, suits: (row) => row.kind === 'company' },
    {
      column: 'nazwisko',
      code: 'INVALID_TEXT',
      spoil: (name) => `${name}\u0007`,
      suits: (row) => row.kind === 'person',
    },
    { column: 'imie', code: 'INVALID_TEXT', spoil: (name) => `${name}\u202e`, unicode: true },
    { column: 'vip', code: 'INVALID_BOOL', spoil: () => 'TAK' },
    { column: 'email', code: 'INVALID_EMAIL', spoil: () => 'jan.example.com' },
    { column: 'nr_klienta', code: 'DUPLICATE_KEY', spoil: (key) => key },
  ],
  contracts: [
    { column: 'nr_klienta', code: 'UNKNOWN_REFERENCE', spoil: () => 'NIKT-01' },
    { column: 'obowiazuje_od', code: 'INVALID_DATE', spoil: impossibleDay },
    { column: 'obowiazuje_do', code: 'DATES_REVERSED', spoil: () => '1950-01-01' },
    { column: 'stan', code: 'UNKNOWN_WORD', spoil: () => 'w toku' },
    { column: 'nr_umowy', code: 'DUPLICATE_KEY', spoil: (key) => key },
  ],
  premises: [
    { column: 'miejscowosc', code: 'REQUIRED', spoil: nothing },
    { column: 'kod_pocztowy', code: 'INVALID_POSTAL_CODE', spoil: (code) => code.replace('-', '') },
    { column: 'stan_punktu', code: 'UNKNOWN_WORD', spoil: () => '?' },
    { column: 'trasa', code: 'TOO_LONG', spoil: tooLong },
  ],
  meters: [
    { column: 'q3', code: 'INVALID_DECIMAL', spoil: (value) => `${value} m3` },
    { column: 'dn', code: 'INVALID_INTEGER', spoil: () => 'DN20' },
    { column: 'data_przyjecia', code: 'INVALID_DATE', spoil: impossibleDay },
    { column: 'nr_fabryczny', code: 'REQUIRED', spoil: nothing },
  ],
  readings: [
    {
      column: 'wskazanie',
      code: 'NOT_RISING',
      spoil: () => '0',
      suits: (row) => row.kind !== 'estimate' && Number(row.value) >= 5,
    },
    { column: 'wskazanie', code: 'INVALID_DECIMAL', spoil: (value) => `${value}?` },
    { column: 'data_odczytu', code: 'INVALID_DATE', spoil: impossibleDay },
    { column: 'id_licznika', code: 'UNKNOWN_REFERENCE', spoil: () => '999999999' },
    { column: 'rodzaj', code: 'UNKNOWN_WORD', spoil: () => 'na oko' },
    { column: 'wskazanie', code: 'NOT_WHOLE', spoil: (value) => `${value},5`, suits: (row) => row.kind !== 'remote' },
  ],
  invoices: [
    { column: 'nr_klienta', code: 'UNKNOWN_REFERENCE', spoil: () => 'NIKT-01' },
    { column: 'netto', code: 'INVALID_AMOUNT', spoil: (amount) => amount.replace(',', '.') },
    { column: 'termin_platnosci', code: 'REQUIRED', spoil: nothing },
    { column: 'data_wystawienia', code: 'INVALID_DATE', spoil: impossibleDay },
    { column: 'brutto', code: 'AMOUNTS_DISAGREE', spoil: (amount) => `1${amount.replace('-', '')}` },
    {
      column: 'nr_ksef',
      code: 'INVALID_KSEF_NUMBER',
      spoil: otherDigit,
      suits: (row) => /[0-8]$/.test(String(row.ksefNo)),
    },
    { column: 'nr_faktury', code: 'DUPLICATE_KEY', spoil: (key) => key },
  ],
};

/** A bad row: what the file gets, and what is wrong with it. */
export interface BadRow {
  texts: string[];
  column: string;
  code: ImportFaultCode;
}

/** Rows that nobody refers to, so that refusing them leaves the rest of the export whole. */
const UNUSED_KEYS: Readonly<Record<BillingFileKey, (row: ExportRow, number: number) => ExportRow>> = {
  customers: (row, number) => ({ ...row, customerNo: `ZLY-${number}` }),
  contracts: (row, number) => ({ ...row, contractNo: `ZLY-${number}` }),
  premises: (row, number) => ({
    ...row,
    pointCode: `ZLY-${number}`,
    customerNo: null,
    contractNo: null,
    suppliedFrom: null,
    suppliedTo: null,
  }),
  meters: (row, number) => ({
    ...row,
    meterId: 900_000_000 + number,
    status: 'in_stock',
    pointCode: null,
    role: null,
    parentMeterId: null,
    installedOn: null,
    removedOn: null,
    openingValue: null,
    finalValue: null,
    reason: null,
  }),
  readings: (row) => ({ ...row, readOn: isoDay(dayOf(String(row.readOn)) + 1), consumption: null }),
  invoices: (row, number) => ({ ...row, invoiceNo: `ZLY/${number}`, kind: 'invoice', correctsNo: null }),
};

/**
 * Makes the bad row number `number` of a file out of a good one; each has one fault, and all faults take turns.
 * @returns undefined where this fault does not suit the row.
 */
export function badRow(
  file: BillingFile,
  encoding: BillingEncoding,
  good: ExportRow,
  number: number,
): BadRow | undefined {
  const recipes = RECIPES[file.key].filter((recipe) => !recipe.unicode || encoding === 'utf-8');
  const recipe = recipes[number % recipes.length];
  if (!recipe || (recipe.suits && !recipe.suits(good))) return undefined;
  const row = recipe.code === 'DUPLICATE_KEY' ? good : UNUSED_KEYS[file.key](good, number);
  const texts = fileTexts(file, row);
  const place = file.columns.findIndex((column) => column.name === recipe.column);
  return { texts: texts.with(place, recipe.spoil(texts[place] ?? '')), column: recipe.column, code: recipe.code };
}
