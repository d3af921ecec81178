import { describe, expect, it } from 'vitest';
import { type LabelSheet, STICKERS, type StickerSheet, type Symbology } from '../../main/pdf/labels';
import { renderPaper } from '../../main/pdf/threads';
import { bounds, filledShapes, isDark, readCode128, readDataMatrix } from '../support/codes';
import { readPdf } from '../support/pdf-text';

const MILLIMETRE = 72 / 25.4;
const HEIGHT = 297 * MILLIMETRE;
const CODES = ['1000000000123', '5001', '77', '999999999999'];

const draw = (more: Partial<LabelSheet> = {}) =>
  renderPaper({
    is: 'labels',
    labels: {
      sheet: 'a4_24',
      symbology: 'code128',
      first: 1,
      labels: CODES.map((code) => ({ code, lines: [code, 'Nr fabr. AB-12 345', 'Próbny JS DN 15'] })),
      title: 'Etykiety',
      madeAt: '2026-11-22T12:00:00Z',
      ...more,
    },
  });

/** What a scanner sees that knows nothing but the shapes on the paper: dark and light in the middle of each module. */
function scan(shapes: Parameters<typeof isDark>[0], symbology: Symbology): string {
  const { left, right, top, bottom } = bounds(shapes);
  if (symbology === 'code128') {
    // The first bar is two modules wide; every sign has eleven, the stop thirteen.
    const [first] = shapes;
    const about = ((first?.[1]?.[0] ?? 0) - (first?.[0]?.[0] ?? 0)) / 2;
    const count = 11 * Math.round(((right - left) / about - 13) / 11) + 13;
    const module = (right - left) / count;
    const middle = (top + bottom) / 2;
    return readCode128(Array.from({ length: count }, (_, at) => isDark(shapes, left + (at + 0.5) * module, middle)));
  }
  const sides = [10, 12, 14, 16, 18, 20];
  for (const size of sides) {
    const module = (right - left) / size;
    const rows = Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, at) => isDark(shapes, left + (at + 0.5) * module, top - (row + 0.5) * module)),
    );
    // The upper edge alternates: only in its own raster does it so.
    if (rows[0]?.every((dark, at) => dark === (at % 2 === 0)) && rows.every(([dark]) => dark))
      return readDataMatrix(rows);
  }
  throw new Error('no raster');
}

const cases = (Object.keys(STICKERS) as StickerSheet[]).flatMap((sheet) =>
  (['code128', 'datamatrix'] as const).map((symbology) => [sheet, symbology] as const),
);

describe('labels', () => {
  it.each(cases)(
    'on %s as %s are read as the number of each meter, whole and inside its sticker',
    async (sheet, symbology) => {
      const bytes = await draw({ sheet, symbology });
      const [codes = []] = await filledShapes(bytes);
      expect(codes.map((shapes) => scan(shapes, symbology))).toEqual(CODES);
      const { left, top, width, height, gap } = STICKERS[sheet];
      for (const [at, shapes] of codes.slice(0, 3).entries()) {
        const box = bounds(shapes);
        const stickerLeft = (left + at * (width + gap)) * MILLIMETRE;
        expect(box.left).toBeGreaterThan(stickerLeft + MILLIMETRE);
        expect(box.right).toBeLessThan(stickerLeft + (width - 1) * MILLIMETRE);
        expect(HEIGHT - box.top).toBeGreaterThan((top + 1) * MILLIMETRE);
        expect(HEIGHT - box.bottom).toBeLessThan((top + height - 1) * MILLIMETRE);
      }
    },
  );

  it('are not read where a module is the other way round', async () => {
    const [[code = []] = []] = await filledShapes(await draw({ symbology: 'datamatrix' }));
    const { left, top, right } = bounds(code);
    const module = (right - left) / 14;
    const [x, y] = [left + 5 * module, top - 5 * module];
    const wrong = [
      ...code,
      [
        [x, y],
        [x + module, y],
        [x + module, y - module],
        [x, y - module],
      ] as const,
    ];
    expect(() => scan(wrong, 'datamatrix')).toThrow('correction');
  });

  it('begin at the first free sticker and go on over the next sheets', async () => {
    const labels = Array.from({ length: 30 }, (_, at) => ({ code: String(1000 + at), lines: [String(1000 + at)] }));
    const bytes = await draw({ first: 23, labels });
    const pages = await filledShapes(bytes);
    expect(pages.map((codes) => codes.length)).toEqual([2, 24, 4]);
    const box = bounds(pages[0]?.[0] ?? []);
    expect((box.left + box.right) / 2).toBeCloseTo(105 * MILLIMETRE, 0);
    expect((HEIGHT - box.top) / MILLIMETRE).toBeGreaterThan(7 * 37);
  });

  it('say in words what the code says, however long the factory number is', async () => {
    const long = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_';
    const bytes = await draw({
      sheet: 'a4_65',
      symbology: 'datamatrix',
      labels: [{ code: '5001', lines: ['5001', `Nr fabr. ${long}`] }],
    });
    const [page] = (await readPdf(bytes)).pages;
    expect(page?.text).toContain(long);
    for (const { right } of page?.runs ?? []) expect(right).toBeLessThan((4.75 + 38.1) * MILLIMETRE);
  });

  it('are the same bytes from the same meters', async () => {
    expect(Buffer.from(await draw()).equals(Buffer.from(await draw()))).toBe(true);
  });
});
