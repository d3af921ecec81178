import type { Block, TableColumn } from './letter';
import { MARGIN, MM, type Sheets, type Style, TEXT_WIDTH } from './sheets';

export const BODY: Style = { size: 10.5, leading: 15 };
const HEADING: Style = { size: 10.5, leading: 15, weight: 'bold' };
const CELL: Style = { size: 9.5, leading: 13 };
const HEAD: Style = { size: 9.5, leading: 13, weight: 'bold' };
const LABEL: Style = { ...CELL, grey: true };
const SIGN: Style = { size: 8.5, leading: 11, grey: true };
const GAP = 8;
const PAD = { x: 5, y: 3 };
const SIGNATURE = { width: 70 * MM, space: 20 * MM };

/** Draws a part of the body where the sheets stand, and goes on below it. Throws NoGlyph. */
export function drawBlock(sheets: Sheets, block: Block): void {
  switch (block.is) {
    case 'text':
      drawText(sheets, block.text);
      break;
    case 'heading':
      drawHeading(sheets, block.text);
      break;
    case 'pairs':
      drawRows(sheets, PAIRS, block.rows, LABEL);
      break;
    case 'table':
      drawTable(sheets, block.columns, block.rows);
      break;
    case 'signature':
      drawSignature(sheets, block.label, block.beside);
      break;
  }
}

const PAIRS: readonly TableColumn[] = [
  { title: '', share: 2 },
  { title: '', share: 5 },
];

/** A heading never stands alone at the foot of a page. */
function drawHeading(sheets: Sheets, text: string): void {
  sheets.need(HEADING.leading + 3 * BODY.leading);
  drawLines(sheets, sheets.lines(text, TEXT_WIDTH, HEADING), HEADING);
  sheets.top += GAP / 2;
}

function drawText(sheets: Sheets, text: string): void {
  const lines = sheets.lines(text, TEXT_WIDTH, BODY);
  // No single line of a paragraph alone at the foot of a page.
  sheets.need(Math.min(lines.length, 2) * BODY.leading);
  drawLines(sheets, lines, BODY);
  sheets.top += GAP;
}

/** Draws lines, over as many pages as they take. */
function drawLines(sheets: Sheets, lines: readonly string[], style: Style): void {
  for (const line of lines) {
    sheets.need(style.leading);
    sheets.put([line], { left: MARGIN.left, top: sheets.top }, style);
    sheets.top += style.leading;
  }
}

function drawTable(sheets: Sheets, columns: readonly TableColumn[], rows: readonly (readonly string[])[]): void {
  const head = columns.map(({ title }) => title);
  const cells = places(columns);
  const drawHead = () => {
    const lines = cells.map(({ width }, at) => sheets.lines(head[at] ?? '', width, HEAD));
    const height = rowHeight(lines, HEAD);
    sheets.shade(MARGIN.left, sheets.top, TEXT_WIDTH, height);
    putRow(sheets, cells, lines, HEAD);
    sheets.top += height;
  };
  sheets.need(6 * CELL.leading);
  drawHead();
  drawRows(sheets, columns, rows, CELL, drawHead);
}

/** Draws rows with a hair line below each. A row that does not fit goes on on the next page, below `again`. */
function drawRows(
  sheets: Sheets,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  first: Style,
  again: () => void = () => undefined,
): void {
  const cells = places(columns);
  for (const row of rows) {
    let lines = cells.map(({ width }, at) => sheets.lines(row[at] ?? '', width, at === 0 ? first : CELL));
    while (lines.some((cell) => cell.length > 0)) {
      const most = Math.max(...lines.map((cell) => cell.length));
      if (sheets.room() < Math.min(most, 3) * CELL.leading + 2 * PAD.y) {
        sheets.turn();
        again();
      }
      const fit = Math.floor((sheets.room() - 2 * PAD.y) / CELL.leading);
      const now = lines.map((cell) => cell.slice(0, fit));
      lines = lines.map((cell) => cell.slice(fit));
      putRow(sheets, cells, now, CELL, first);
      sheets.top += rowHeight(now, CELL);
      sheets.rule(MARGIN.left, sheets.top, TEXT_WIDTH);
    }
  }
  sheets.top += GAP * 1.5;
}

interface Place {
  left: number;
  width: number;
  align: 'left' | 'right';
}

/** Where the text of each column stands, inside its padding. */
function places(columns: readonly TableColumn[]): Place[] {
  const sum = columns.reduce((total, { share }) => total + share, 0);
  let left = MARGIN.left;
  return columns.map(({ share, align = 'left' }) => {
    const full = (TEXT_WIDTH * share) / sum;
    const place = { left: left + PAD.x, width: full - 2 * PAD.x, align };
    left += full;
    return place;
  });
}

function rowHeight(lines: readonly (readonly string[])[], style: Style): number {
  return Math.max(...lines.map((cell) => cell.length)) * style.leading + 2 * PAD.y;
}

function putRow(
  sheets: Sheets,
  cells: readonly Place[],
  lines: readonly string[][],
  style: Style,
  first = style,
): void {
  for (const [at, cell] of cells.entries()) {
    sheets.put(lines[at] ?? [], { ...cell, top: sheets.top + PAD.y }, at === 0 ? first : style);
  }
}

function drawSignature(sheets: Sheets, label: string, beside?: string): void {
  const right = { left: MARGIN.left + TEXT_WIDTH - SIGNATURE.width, lines: sheets.lines(label, SIGNATURE.width, SIGN) };
  const left = beside && { left: MARGIN.left, lines: sheets.lines(beside, SIGNATURE.width, SIGN) };
  const places = left ? [left, right] : [right];
  const height = Math.max(...places.map(({ lines }) => lines.length)) * SIGN.leading;
  sheets.need(SIGNATURE.space + height);
  sheets.top += SIGNATURE.space;
  for (const { left: from, lines } of places) {
    sheets.rule(from, sheets.top, SIGNATURE.width);
    sheets.put(lines, { left: from, top: sheets.top + 3 }, SIGN);
  }
  sheets.top += 3 + height + GAP;
}
