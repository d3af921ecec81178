/** What the office is called on paper (ibok.letterheads). */
export interface Letterhead {
  name: string;
  /** Street and place, a line each. */
  lines: readonly string[];
  phone: string;
  email: string;
  website: string;
  /** Court, register number, tax number and capital, as company law wants them on letters. */
  registerLine: string;
  privacyEmail: string;
}

export interface TableColumn {
  title: string;
  /** Share of the width, in parts of the sum. */
  share: number;
  align?: 'left' | 'right';
}

/** A part of a letter's body, from top to bottom. */
export type Block =
  | { is: 'text'; text: string }
  | { is: 'heading'; text: string }
  /** A label and its value on a line each. */
  | { is: 'pairs'; rows: readonly (readonly [label: string, value: string])[] }
  | { is: 'table'; columns: readonly TableColumn[]; rows: readonly (readonly string[])[] }
  /** A line to sign on, and what stands below it; `beside` it another, on the left. */
  | { is: 'signature'; label: string; beside?: string };

/** A letter as it stands on paper, without any knowledge of what it is about. Every text is plain, in Polish. */
export interface Letter {
  letterhead: Letterhead;
  /** Name and address for the window of the envelope; empty for a paper that goes to nobody. */
  recipient: readonly string[];
  /** „Kartuzy, 22 listopada 2026 r.” */
  placeAndDate: string;
  reference: string;
  subject: string;
  blocks: readonly Block[];
  /** Instant (ISO 8601) that stands in the file as its date: the same letter is the same bytes whenever it is drawn. */
  madeAt: string;
}

/** A character that the letters' typeface cannot draw: a box on paper, and nobody would see it in the text. */
export class NoGlyph extends Error {
  constructor(
    /** As Unicode writes it: `U+1F600`. */
    readonly character: string,
  ) {
    super(`no glyph for ${character}`);
    this.name = 'NoGlyph';
  }
}
