/** Sheets of A4 with stickers as they are sold, by how many stand on one. Millimetres, from the top left corner. */
export const STICKERS = {
  a4_24: { columns: 3, rows: 8, width: 70, height: 37, left: 0, top: 0.5, gap: 0 },
  a4_65: { columns: 5, rows: 13, width: 38.1, height: 21.2, left: 4.75, top: 10.7, gap: 2.5 },
} as const;
export type StickerSheet = keyof typeof STICKERS;

export type Symbology = 'code128' | 'datamatrix';

export interface Label {
  /** What a scanner reads: digits, letters and signs of ASCII. */
  code: string;
  /** Beside or below the code, the first one large. Each is one line, set smaller where it is too long. */
  lines: readonly string[];
}

/** Stickers to be printed on sheets of A4. */
export interface LabelSheet {
  sheet: StickerSheet;
  symbology: Symbology;
  /** The first free sticker of the first sheet, from 1, row by row. */
  first: number;
  labels: readonly Label[];
  title: string;
  /** Instant (ISO 8601) that stands in the file as its date. */
  madeAt: string;
}
