import {
  beginText,
  closePath,
  endText,
  fill,
  fillEvenOdd,
  lineTo,
  moveText,
  moveTo,
  nextLine,
  type PDFFont,
  type PDFOperator,
  rectangle,
  setFillingRgbColor,
  setFontAndSize,
  setLineHeight,
  setLineWidth,
  setStrokingRgbColor,
  showText,
  stroke,
} from 'pdf-lib';
import type { Weight } from './fonts';
import type { Volume } from './volume';
import { wrap } from './wrap';

/** Points in a millimetre. */
export const MM = 72 / 25.4;
export const PAGE = { width: 210 * MM, height: 297 * MM };
export const MARGIN = { left: 25 * MM, right: 20 * MM, top: 28 * MM, bottom: 32 * MM };
export const TEXT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right;

/** Red, green and blue, from 0 to 1. */
type Colour = readonly [number, number, number];
const INK: Colour = [0.11, 0.13, 0.16];
const GREY: Colour = [0.38, 0.41, 0.45];
const HAIR: Colour = [0.78, 0.8, 0.83];
const SHADE: Colour = [0.945, 0.95, 0.96];

/** How a text is set; sizes in points. */
export interface Style {
  size: number;
  /** From one line to the next. */
  leading: number;
  weight?: Weight;
  grey?: boolean;
}

/** White edges of a page, in points. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export type Fonts = Readonly<Record<Weight, PDFFont>>;

/** Hundredths of a point are finer than any printer, and shorter than what a sum of millimetres comes to. */
export function round(points: number): number {
  return Math.round(points * 100) / 100;
}

/** One page while it is written. */
export type Sheet = PDFOperator[];

/**
 * The pages of a letter, written from top to bottom. Places are measured in points from the top left corner. Nothing of
 * them is in the document before `bind`, so that a letter that cannot be drawn to its end leaves nothing behind.
 */
export class Sheets {
  readonly pages: Sheet[] = [[]];
  /** Where the next part begins on the last page. */
  top: number;

  constructor(
    private readonly volume: Volume,
    readonly margins: Margins = MARGIN,
  ) {
    this.top = margins.top;
  }

  turn(): void {
    this.pages.push([]);
    this.top = this.margins.top;
  }

  /** Puts the pages at the end of the document. */
  bind(): void {
    for (const page of this.pages) this.volume.bind(page);
  }

  /** What is left of the last page. */
  room(): number {
    return PAGE.height - this.margins.bottom - this.top;
  }

  /** Turns the page unless `height` still fits. */
  need(height: number): void {
    if (this.room() < height) this.turn();
  }

  /** Throws NoGlyph. */
  lines(text: string, width: number, { size, weight = 'regular' }: Style): string[] {
    const face = this.volume.faces[weight];
    return wrap(text.normalize('NFC'), width, (part) => face.widthOf(part, size));
  }

  widthOf(text: string, { size, weight = 'regular' }: Style): number {
    return this.volume.faces[weight].widthOf(text, size);
  }

  /** Puts lines one below the other, the first in a line box that begins at `top`. */
  put(
    lines: readonly string[],
    at: { left: number; top: number; width?: number; align?: 'left' | 'right'; page?: Sheet },
    style: Style,
  ): void {
    const page = at.page ?? this.page();
    const { size, leading, grey = false } = style;
    // The middle of the capitals, which are 0.71 em high in Noto Sans, is the middle of the line.
    const baseline = PAGE.height - at.top - leading / 2 - size * 0.357;
    page.push(setFillingRgbColor(...(grey ? GREY : INK)));
    if (at.align !== 'right' || !at.width) {
      page.push(...this.text(lines, at.left, baseline, style));
      return;
    }
    for (const [place, line] of lines.entries()) {
      const shift = at.width - this.widthOf(line, style);
      page.push(...this.text([line], at.left + shift, baseline - place * leading, style));
    }
  }

  /** The operators that show lines one below the other, the first on the baseline at `x`, `y`. */
  private text(lines: readonly string[], x: number, y: number, { size, leading, weight = 'regular' }: Style): Sheet {
    return [
      beginText(),
      setFontAndSize(weight, size),
      setLineHeight(leading),
      moveText(round(x), round(y)),
      ...lines.flatMap((line, at) => [...(at > 0 ? [nextLine()] : []), showText(this.volume.encode(line, weight))]),
      endText(),
    ];
  }

  /** A hair line to the right. */
  rule(left: number, top: number, width: number, page = this.page()): void {
    this.line([left, top], [left + width, top], page);
  }

  /** A hair line downwards. */
  stroke(left: number, top: number, height: number): void {
    this.line([left, top], [left, top + height], this.page());
  }

  private line([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], page: Sheet): void {
    page.push(setStrokingRgbColor(...HAIR), setLineWidth(0.6));
    page.push(moveTo(round(x1), round(PAGE.height - y1)), lineTo(round(x2), round(PAGE.height - y2)), stroke());
  }

  /** Fills the insides of polygons with ink, by the even-odd rule; each point from the top left corner. */
  ink(polygons: readonly (readonly (readonly [number, number])[])[]): void {
    const page = this.page();
    page.push(setFillingRgbColor(0, 0, 0));
    for (const points of polygons) {
      for (const [at, [x, y]] of points.entries()) {
        page.push((at === 0 ? moveTo : lineTo)(round(x), round(PAGE.height - y)));
      }
      page.push(closePath());
    }
    page.push(fillEvenOdd());
  }

  shade(left: number, top: number, width: number, height: number): void {
    const bottom = round(PAGE.height - top - height);
    this.page().push(setFillingRgbColor(...SHADE), rectangle(round(left), bottom, round(width), round(height)), fill());
  }

  private page(): Sheet {
    const page = this.pages.at(-1);
    if (!page) throw new Error('no page was begun');
    return page;
  }
}
