import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { type ExportColumn, type ExportValue, formulaSafe } from '../../main/modules/lists/export-cells';
import { csvFile } from '../../main/modules/lists/export-csv';
import { xlsxFile } from '../../main/modules/lists/export-xlsx';

async function* pagesOf(...pages: ExportValue[][][]) {
  yield* pages;
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const held: Uint8Array[] = [];
  for await (const piece of pieces) held.push(piece);
  return Buffer.concat(held);
}

const column = (type: ExportColumn['type'], words: ExportColumn['words'] = {}): ExportColumn => ({
  heading: type,
  type,
  words,
});

describe('text that a spreadsheet would calculate', () => {
  it.each(['=1+1', '+48 58', '-1', '@SUM', '\t=1', '\r=1', ' =1', '\u00a0=1', '\u3000-1', '＝1', '＋1', '－1', '＠a'])(
    '%j gets an apostrophe',
    (text) => expect(formulaSafe(text)).toBe(`'${text}`),
  );

  it.each(['Żuk', '4/7', '100 %', "'=1", 'a=1', ''])('%j stays as it is', (text) =>
    expect(formulaSafe(text)).toBe(text),
  );
});

describe('a CSV file', () => {
  it('gives back any text but for the apostrophe before a formula', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), async (rows) => {
        const bytes = await whole(csvFile([column('text'), column('text')], pagesOf(rows)));
        const read = parse(bytes, { bom: true, delimiter: ';', record_delimiter: '\r\n' }) as string[][];
        expect(read.slice(1)).toEqual(rows.map((row) => row.map(formulaSafe)));
      }),
      { numRuns: 300 },
    );
  });

  it('writes a negative number as a number, with a decimal comma', async () => {
    const bytes = await whole(csvFile([column('integer'), column('integer')], pagesOf([[-3, '2.5']])));
    expect(bytes.toString('utf8').split('\r\n')[1]).toBe('-3;2,5');
  });

  it('says the words of the screen for coded values, and nothing for none', async () => {
    const coded = [column('text', { person: 'osoba' }), column('boolean', { true: 'tak' }), column('date')];
    const bytes = await whole(csvFile(coded, pagesOf([['person', true, '2026-11-22']], [['constructor', null, null]])));
    expect(bytes.toString('utf8').split('\r\n').slice(1)).toEqual(['osoba;tak;2026-11-22', 'constructor;;', '']);
  });
});

describe('an XLSX file', () => {
  it('holds text as text, numbers as numbers, days and instants as such', async () => {
    const columns = [column('text'), column('integer'), column('date'), column('instant'), column('boolean')];
    // An eighth of a day: a sheet counts time in days, and this one is exact.
    const row: ExportValue[] = ['000042', 42, '2026-03-29', '2026-03-29 03:00:00', true];
    const formula: ExportValue[] = ['=HYPERLINK("x")', '7', null, null, null];
    const [sheet] = await readXlsx(await whole(xlsxFile(columns, pagesOf([row], [formula]), 'Klienci [1/2]: "a*"?')));
    expect(sheet?.sheet).toBe('Klienci 1 2 "a "');
    expect(sheet?.data.slice(1)).toEqual([
      ['000042', 42, new Date('2026-03-29T00:00:00Z'), new Date('2026-03-29T03:00:00Z'), true],
      ['=HYPERLINK("x")', 7, null, null, null],
    ]);
  });

  it('fails as a whole when its rows do', async () => {
    async function* broken(): AsyncGenerator<ExportValue[][]> {
      yield [['a']];
      throw new RangeError('gone');
    }
    await expect(whole(xlsxFile([column('text')], broken(), 'x'))).rejects.toThrow(RangeError);
    await expect(whole(csvFile([column('text')], broken()))).rejects.toThrow(RangeError);
  });
});
