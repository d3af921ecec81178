import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkit';
import { NoGlyph } from './letter';

const FILES = {
  regular: '400Regular/NotoSans_400Regular.ttf',
  bold: '700Bold/NotoSans_700Bold.ttf',
} as const;
export type Weight = keyof typeof FILES;

/** One weight of the typeface, read once. */
export class Face {
  /** Advance of each code point met so far, in em: reckoning them anew was most of the time a letter took. */
  private readonly advances = new Map<number, number>();

  constructor(
    readonly weight: Weight,
    readonly bytes: Uint8Array,
    readonly font: Font,
  ) {}

  /** Width of a text in points. Throws NoGlyph. */
  widthOf(text: string, size: number): number {
    let width = 0;
    for (const character of text) width += this.advanceOf(character);
    return width * size;
  }

  private advanceOf(character: string): number {
    const code = character.codePointAt(0) ?? 0;
    const known = this.advances.get(code);
    if (known !== undefined) return known;
    if (!this.font.hasGlyphForCodePoint(code)) {
      throw new NoGlyph(`U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
    }
    const advance = this.font.glyphForCodePoint(code).advanceWidth / this.font.unitsPerEm;
    this.advances.set(code, advance);
    return advance;
  }
}

export type Faces = Readonly<Record<Weight, Face>>;

/** Reads Noto Sans from a folder that is laid out as its package. */
export function loadFaces(folder: string): Faces {
  const load = (weight: Weight): Face => {
    const bytes = readFileSync(join(folder, FILES[weight]));
    const font = create(bytes) as Font;
    // fontkit keeps the first object it makes of a glyph. Made as a part of „Ą”, an A would not know its letter any more:
    // right on paper, and found by no search, in every later document.
    for (const code of font.characterSet) font.glyphForCodePoint(code);
    return new Face(weight, bytes, font);
  };
  return { regular: load('regular'), bold: load('bold') };
}
