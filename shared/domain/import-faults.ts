/**
 * Why a row of an import was refused. Their sentences stand in `import-fault-texts.ts`; a code without one does not
 * compile. The first group is found in the file alone, the second by the database.
 */
export const IMPORT_FAULT_CODES = [
  'BROKEN_QUOTES',
  'WRONG_FIELD_COUNT',
  'ROW_TOO_LONG',
  'BAD_ENCODING',
  'INVALID_TEXT',
  'TOO_LONG',
  'REQUIRED',
  'INVALID_CODE',
  'INVALID_INTEGER',
  'INVALID_DATE',
  'INVALID_DECIMAL',
  'INVALID_AMOUNT',
  'INVALID_BOOL',
  'UNKNOWN_WORD',
  'OUT_OF_RANGE',
  'INVALID_NIP',
  'INVALID_REGON',
  'INVALID_PESEL',
  'INVALID_BANK_ACCOUNT',
  'INVALID_PHONE',
  'INVALID_EMAIL',
  'INVALID_POSTAL_CODE',
  'INVALID_TERYT',
  'INVALID_RADIO_ID',
  'INVALID_KSEF_NUMBER',
  'DATES_REVERSED',
  'AMOUNTS_DISAGREE',
  'NOT_WHOLE',
  'GOES_TOGETHER',
  'DUPLICATE_KEY',
  'DISAGREES_WITH_ROW',
  'UNKNOWN_REFERENCE',
  'NO_INSTALLATION',
  'OTHER_CUSTOMER',
  'OVERLAP',
  'NOT_RISING',
  'READING_IN_WORK',
  'MARK_FORM',
  'MARK_FUTURE',
  'MARK_TOO_OLD',
  'MARK_NOT_OF_ITS_TIME',
  'OLDER_THAN_STORED',
  'REFUSED_BY_DATABASE',
] as const;

export type ImportFaultCode = (typeof IMPORT_FAULT_CODES)[number];

/** One fault: the line of the file (the header is line 1), the column as the header names it, and why. */
export interface ImportFault {
  row: number;
  /** Empty when the whole row is meant. */
  column: string;
  code: ImportFaultCode;
  /** The start of the refused text, at most 40 characters; absent for identifiers that are shown to nobody unasked. */
  value?: string | undefined;
  /** For DISAGREES_WITH_ROW and DUPLICATE_KEY: the earlier line. */
  earlierRow?: number | undefined;
}
