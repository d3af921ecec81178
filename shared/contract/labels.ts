import { z } from 'zod';
import { selection } from './lists';

/** Sheets of A4 with 24 stickers of 70 × 37 mm, or 65 of 38 × 21 mm. */
export const LABEL_SHEETS = { a4_24: 24, a4_65: 65 } as const;
const SHEETS = Object.keys(LABEL_SHEETS) as [keyof typeof LABEL_SHEETS, ...(keyof typeof LABEL_SHEETS)[]];
export const LABEL_CODES = ['code128', 'datamatrix'] as const;
/** The most stickers of one print: forty sheets of the larger ones. */
export const MAX_LABELS = 1_000;

/** `first`: the first free sticker of the first sheet, from 1, row by row. */
export const labelsInput = z
  .strictObject({
    selection,
    sheet: z.enum(SHEETS),
    code: z.enum(LABEL_CODES),
    first: z.int().min(1).max(65),
  })
  .refine(({ sheet, first }) => first <= LABEL_SHEETS[sheet], { message: 'INVALID_INPUT', path: ['first'] });
export type LabelsInput = z.infer<typeof labelsInput>;
