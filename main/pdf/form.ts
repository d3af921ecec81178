/** A column of a form: printed cells, or a box that is filled in by hand. */
export interface FormColumn {
  title: string;
  /** Share of the width, in parts of the sum. */
  share: number;
  align?: 'left' | 'right';
}

/** Lines of one cell, top to bottom; empty for a box to write in. */
export type FormCell = readonly { text: string; strong?: boolean; faint?: boolean }[];

/** A list to take along and fill in by hand, of A4 pages: a head, then rows with a box around each cell. */
export interface Form {
  title: string;
  /** Beneath the title. */
  facts: readonly string[];
  columns: readonly FormColumn[];
  /** A heading between the rows stands as a text. */
  rows: readonly (string | readonly FormCell[])[];
  /** At the left foot of each page. */
  foot: string;
  /** Instant (ISO 8601) that stands in the file as its date. */
  madeAt: string;
}
