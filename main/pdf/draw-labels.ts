import type { Barcode } from './barcode';
import type { Faces } from './fonts';
import { type Label, type LabelSheet, STICKERS, type StickerSheet, type Symbology } from './labels';
import { MM, Sheets, type Style } from './sheets';
import { Volume } from './volume';

interface Look {
  /** White edge inside a sticker, and between code and text. */
  inset: number;
  /** Widest module, and how high the bars are. */
  module: number;
  bars: number;
  large: Style;
  small: Style;
}

const LOOKS: Readonly<Record<StickerSheet, Look>> = {
  a4_24: {
    inset: 4 * MM,
    module: 0.38 * MM,
    bars: 12 * MM,
    large: { size: 12, leading: 15, weight: 'bold' },
    small: { size: 8.5, leading: 11 },
  },
  a4_65: {
    inset: 2 * MM,
    module: 0.3 * MM,
    bars: 8 * MM,
    large: { size: 8, leading: 9.5, weight: 'bold' },
    small: { size: 6, leading: 7.5 },
  },
};

/** Modules of white that a scanner wants around a code (ISO/IEC 15417 and 16022; one more than the least of the latter). */
const QUIET: Readonly<Record<Symbology, number>> = { code128: 10, datamatrix: 2 };
/** A square code is seen well at more than twice the module of a bar. */
const SQUARE = 2.4;

/**
 * Two megabytes of symbologies, for which only who prints stickers waits. Where the source itself runs, its loader is
 * closed by then.
 */
const early = import.meta.env.PROD ? null : await import('./barcode');

/** Draws stickers on as many sheets as they take. The same stickers give the same bytes. Throws NoGlyph. */
export async function drawLabels(
  { sheet, symbology, first, labels, title, madeAt }: LabelSheet,
  faces: Faces,
): Promise<Uint8Array> {
  const { barcode } = early ?? (await import('./barcode'));
  const volume = await Volume.open(faces);
  const sheets = new Sheets(volume);
  const { columns, rows, width, height, left, top, gap } = STICKERS[sheet];
  for (const [at, label] of labels.entries()) {
    const place = at + first - 1;
    const onPage = place % (columns * rows);
    if (onPage === 0 && place > 0 && at > 0) sheets.turn();
    const x = (left + (onPage % columns) * (width + gap)) * MM;
    const y = (top + Math.floor(onPage / columns) * height) * MM;
    const box = { left: x, top: y, width: width * MM, height: height * MM };
    drawLabel(sheets, box, label, { symbology, code: barcode(symbology, label.code), look: LOOKS[sheet] });
  }
  sheets.bind();
  return volume.close({ title, madeAt });
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
interface Drawn {
  symbology: Symbology;
  code: Barcode;
  look: Look;
}

/** Bars stand above the text, a square code to the left of it; both are in the middle of the sticker's height. */
function drawLabel(sheets: Sheets, box: Box, { lines }: Label, { symbology, code, look }: Drawn): void {
  const room = { width: box.width - 2 * look.inset, height: box.height - 2 * look.inset };
  const quiet = QUIET[symbology];
  const textHeight = look.large.leading + (lines.length - 1) * look.small.leading;
  if (symbology === 'code128') {
    const module = Math.min(look.module, room.width / (code.width + 2 * quiet));
    const left = box.left + (box.width - code.width * module) / 2;
    const top = box.top + (box.height - look.bars - 2 - textHeight) / 2;
    ink(sheets, code, { left, top, x: module, y: look.bars });
    putLines(sheets, lines, { left: box.left + look.inset, top: top + look.bars + 2, width: room.width }, look, true);
    return;
  }
  const module = Math.min(SQUARE * look.module, room.height / (code.height + 2 * quiet));
  const side = (code.width + 2 * quiet) * module;
  const left = box.left + look.inset;
  const top = box.top + (box.height - code.height * module) / 2;
  ink(sheets, code, { left: left + quiet * module, top, x: module, y: module });
  const beside = { left: left + side, top: box.top + (box.height - textHeight) / 2, width: room.width - side };
  putLines(sheets, lines, beside, look, false);
}

function ink(sheets: Sheets, { polygons }: Barcode, at: { left: number; top: number; x: number; y: number }): void {
  sheets.ink(
    polygons.map((points) => points.map(([x, y]): [number, number] => [at.left + x * at.x, at.top + y * at.y])),
  );
}

function putLines(
  sheets: Sheets,
  lines: readonly string[],
  { left, top, width }: { left: number; top: number; width: number },
  { large, small }: Look,
  centred: boolean,
): void {
  let at = top;
  for (const [place, line] of lines.entries()) {
    const usual = place === 0 ? large : small;
    const wide = sheets.widthOf(line, usual);
    const style = wide > width ? { ...usual, size: (usual.size * width) / wide } : usual;
    const shift = centred ? (width - Math.min(wide, width)) / 2 : 0;
    sheets.put([line], { left: left + shift, top: at }, style);
    at += usual.leading;
  }
}
