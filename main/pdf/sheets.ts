import { type PDFDocument, type PDFFont, type PDFPage, rgb } from 'pdf-lib';
import type { Faces, Weight } from './fonts';
import { wrap } from './wrap';

/** Points in a millimetre. */
export const MM = 72 / 25.4;
export const PAGE = { width: 210 * MM, height: 297 * MM };
export const MARGIN = { left: 25 * MM, right: 20 * MM, top: 28 * MM, bottom: 32 * MM };
export const TEXT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right;

const INK = rgb(0.11, 0.13, 0.16);
const GREY = rgb(0.38, 0.41, 0.45);
const HAIR = rgb(0.78, 0.8, 0.83);
const SHADE = rgb(0.945, 0.95, 0.96);

/** How a text is set; sizes in points. */
export interface Style {
  size: number;
  /** From one line to the next. */
  leading: number;
  weight?: Weight;
  grey?: boolean;
}

export type Fonts = Readonly<Record<Weight, PDFFont>>;

/** The pages of a document, written from top to bottom. Places are measured in points from the top left corner. */
export class Sheets {
  readonly pages: PDFPage[] = [];
  /** Where the next part begins on the last page. */
  top = MARGIN.top;

  constructor(
    private readonly document: PDFDocument,
    private readonly faces: Faces,
    private readonly fonts: Fonts,
  ) {
    this.turn();
  }

  turn(): void {
    this.pages.push(this.document.addPage([PAGE.width, PAGE.height]));
    this.top = MARGIN.top;
  }

  /** What is left of the last page. */
  room(): number {
    return PAGE.height - MARGIN.bottom - this.top;
  }

  /** Turns the page unless `height` still fits. */
  need(height: number): void {
    if (this.room() < height) this.turn();
  }

  /** Throws NoGlyph. */
  lines(text: string, width: number, { size, weight = 'regular' }: Style): string[] {
    const face = this.faces[weight];
    return wrap(text.normalize('NFC'), width, (part) => face.widthOf(part, size));
  }

  widthOf(text: string, { size, weight = 'regular' }: Style): number {
    return this.faces[weight].widthOf(text, size);
  }

  /** Puts lines one below the other, the first in a line box that begins at `top`. */
  put(
    lines: readonly string[],
    at: { left: number; top: number; width?: number; align?: 'left' | 'right'; page?: PDFPage },
    style: Style,
  ): void {
    const page = at.page ?? this.page();
    const { size, leading, weight = 'regular', grey = false } = style;
    // The middle of the capitals, which are 0.71 em high in Noto Sans, is the middle of the line.
    const baseline = leading / 2 + size * 0.357;
    for (const [place, line] of lines.entries()) {
      if (line === '') continue;
      const shift = at.align === 'right' && at.width ? at.width - this.widthOf(line, style) : 0;
      page.drawText(line, {
        x: at.left + shift,
        y: PAGE.height - at.top - place * leading - baseline,
        size,
        font: this.fonts[weight],
        color: grey ? GREY : INK,
      });
    }
  }

  rule(left: number, top: number, width: number, page = this.page()): void {
    const y = PAGE.height - top;
    page.drawLine({ start: { x: left, y }, end: { x: left + width, y }, thickness: 0.6, color: HAIR });
  }

  shade(left: number, top: number, width: number, height: number): void {
    this.page().drawRectangle({ x: left, y: PAGE.height - top - height, width, height, color: SHADE });
  }

  private page(): PDFPage {
    const page = this.pages.at(-1);
    if (!page) throw new Error('no page was begun');
    return page;
  }
}
