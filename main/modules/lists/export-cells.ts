import type { ListColumn } from '../../db/list-definition';

/** One column of an exported file. */
export interface ExportColumn {
  heading: string;
  type: ListColumn['type'];
  /** What the screen says for a coded value. */
  words: Readonly<Record<string, string>>;
}

/** A value as the database gives it: days as `YYYY-MM-DD`, instants as `YYYY-MM-DD HH:MM:SS` in Warsaw. */
export type ExportValue = string | number | boolean | null;

/** The word the screen shows for a value, where it has one. */
export function wordFor({ words }: ExportColumn, value: ExportValue): string | undefined {
  const key = String(value);
  return value !== null && Object.hasOwn(words, key) ? words[key] : undefined;
}

const FORMULA = /^[\s\u00a0\u3000]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * Text that a spreadsheet will not calculate: whatever begins like a formula, also after blanks and in full-width
 * forms, gets an apostrophe before it (security.md, I5).
 */
export function formulaSafe(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
