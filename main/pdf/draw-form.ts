import type { Faces } from './fonts';
import type { Form, FormCell, FormColumn } from './form';
import { MM, PAGE, Sheets, type Style } from './sheets';
import { Volume } from './volume';

const MARGINS = { left: 15 * MM, right: 15 * MM, top: 14 * MM, bottom: 16 * MM };
const WIDTH = PAGE.width - MARGINS.left - MARGINS.right;
const TITLE: Style = { size: 14, leading: 19, weight: 'bold' };
const FACT: Style = { size: 9, leading: 12, grey: true };
const HEAD: Style = { size: 8, leading: 10, weight: 'bold' };
const GROUP: Style = { size: 9, leading: 12, weight: 'bold' };
const PLAIN: Style = { size: 9, leading: 11.5 };
const STRONG: Style = { ...PLAIN, weight: 'bold' };
const FAINT: Style = { size: 8, leading: 10, grey: true };
const FOOT: Style = { size: 7.5, leading: 10, grey: true };
const PAD = { x: 4, y: 3.5 };
/** The least height of a row: room to write by hand. */
const HAND = 14 * MM;

/** Draws a form on A4. The same form gives the same bytes. Throws NoGlyph. */
export async function drawForm(form: Form, faces: Faces): Promise<Uint8Array> {
  const volume = await Volume.open(faces);
  const sheets = new Sheets(volume, MARGINS);
  for (const [lines, style] of [
    [[form.title], TITLE],
    [form.facts, FACT],
  ] as const) {
    const broken = lines.flatMap((line) => sheets.lines(line, WIDTH, style));
    sheets.put(broken, { left: MARGINS.left, top: sheets.top }, style);
    sheets.top += broken.length * style.leading;
  }
  sheets.top += 8;
  drawRows(sheets, form);
  drawFeet(sheets, form);
  sheets.bind();
  return volume.close({ title: form.title, madeAt: form.madeAt });
}

interface Box {
  left: number;
  width: number;
  align: 'left' | 'right';
}

function boxesOf(columns: readonly FormColumn[]): Box[] {
  const sum = columns.reduce((total, { share }) => total + share, 0);
  let left = MARGINS.left;
  return columns.map(({ share, align = 'left' }) => {
    const box = { left, width: (WIDTH * share) / sum, align };
    left += box.width;
    return box;
  });
}

function drawRows(sheets: Sheets, { columns, rows }: Form): void {
  const boxes = boxesOf(columns);
  drawHead(sheets, boxes, columns);
  const turn = () => {
    sheets.turn();
    drawHead(sheets, boxes, columns);
  };
  for (const row of rows) {
    if (typeof row === 'string') {
      const height = GROUP.leading + 2 * PAD.y;
      // A heading never stands alone at the foot of a page.
      if (sheets.room() < height + HAND) turn();
      sheets.shade(MARGINS.left, sheets.top, WIDTH, height);
      const [line = ''] = sheets.lines(row, WIDTH - 2 * PAD.x, GROUP);
      sheets.put([line], { left: MARGINS.left + PAD.x, top: sheets.top + PAD.y }, GROUP);
      drawEdges(sheets, [], height);
      continue;
    }
    const cells = boxes.map(({ width }, at) => linesOf(sheets, row[at] ?? [], width - 2 * PAD.x));
    const height = Math.max(HAND, ...cells.map((lines) => heightOf(lines) + 2 * PAD.y));
    if (sheets.room() < height) turn();
    for (const [at, lines] of cells.entries()) putCell(sheets, boxes[at] as Box, lines);
    drawEdges(sheets, boxes, height);
  }
}

function drawHead(sheets: Sheets, boxes: readonly Box[], columns: readonly FormColumn[]): void {
  const titles = boxes.map(({ width }, at) => sheets.lines(columns[at]?.title ?? '', width - 2 * PAD.x, HEAD));
  const height = Math.max(...titles.map((lines) => lines.length)) * HEAD.leading + 2 * PAD.y;
  sheets.shade(MARGINS.left, sheets.top, WIDTH, height);
  sheets.rule(MARGINS.left, sheets.top, WIDTH);
  for (const [at, box] of boxes.entries()) {
    sheets.put(titles[at] ?? [], { ...inside(box), top: sheets.top + PAD.y }, HEAD);
  }
  drawEdges(sheets, boxes, height);
}

/** The lines around what was put at the sheets' place, and goes on below it. */
function drawEdges(sheets: Sheets, boxes: readonly Box[], height: number): void {
  for (const left of [...boxes.map((box) => box.left), MARGINS.left, MARGINS.left + WIDTH]) {
    sheets.stroke(left, sheets.top, height);
  }
  sheets.top += height;
  sheets.rule(MARGINS.left, sheets.top, WIDTH);
}

interface Line {
  text: string;
  style: Style;
}

function linesOf(sheets: Sheets, cell: FormCell, width: number): Line[] {
  return cell.flatMap(({ text, strong, faint }) => {
    const style = strong ? STRONG : faint ? FAINT : PLAIN;
    return sheets.lines(text, width, style).map((line) => ({ text: line, style }));
  });
}

function heightOf(lines: readonly Line[]): number {
  return lines.reduce((height, { style }) => height + style.leading, 0);
}

function putCell(sheets: Sheets, box: Box, lines: readonly Line[]): void {
  let top = sheets.top + PAD.y;
  for (const { text, style } of lines) {
    sheets.put([text], { ...inside(box), top }, style);
    top += style.leading;
  }
}

function inside({ left, width, align }: Box): Box {
  return { left: left + PAD.x, width: width - 2 * PAD.x, align };
}

function drawFeet(sheets: Sheets, { foot }: Form): void {
  const top = PAGE.height - 11 * MM;
  for (const [at, page] of sheets.pages.entries()) {
    sheets.put([foot], { left: MARGINS.left, top, page }, FOOT);
    const number = [`Strona ${at + 1} z ${sheets.pages.length}`];
    sheets.put(number, { left: MARGINS.left, top, width: WIDTH, align: 'right', page }, FOOT);
  }
}
