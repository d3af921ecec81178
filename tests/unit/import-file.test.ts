import { encode } from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeExport } from '../../main/modules/imports/decode';
import { errorRows } from '../../main/modules/imports/error-rows';
import { readExport } from '../../main/modules/imports/read-file';
import type { BillingEncoding } from '../../shared/domain/billing-export';
import { exportText, person } from '../support/export-files';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string, encoding?: BillingEncoding) => readExport('klienci.csv', utf8(text), { encoding });
const faults = async (text: string) =>
  (await read(text)).checker.faults.map(({ row, column, code }) => [row, column, code]);

/** Replaces one cell of a good customer. */
const oneWrong = (column: string, text: string) => exportText('customers', [person(1), person(2, { [column]: text })]);

describe('the encoding of a file', () => {
  const polish = 'Zażółć gęślą jaźń ĄĆĘŁŃÓŚŹŻ';

  test.each([
    ['UTF-8', utf8(polish), 'utf-8'],
    ['UTF-8 with BOM', utf8(`\ufeff${polish}`), 'utf-8'],
    ['Windows-1250', encode(polish, 'win1250'), 'windows-1250'],
  ])('%s is recognised and read without loss', (_name, bytes, encoding) => {
    expect(decodeExport(bytes)).toEqual({ text: polish, encoding });
  });

  test('one spoilt line does not turn a UTF-8 file into another encoding, and is named', async () => {
    const good = exportText('customers', [person(1), person(2)]);
    const spoilt = Buffer.concat([utf8(good), encode('00100003;osoba;Łucja;Żuk;;;;;;;;;;;;;;;;;\r\n', 'win1250')]);
    const found = await readExport('klienci.csv', spoilt);
    expect(found.encoding).toBe('utf-8');
    expect(found.checker.faults.map(({ row, column, code }) => [row, column, code])).toEqual([
      [4, 'imie', 'BAD_ENCODING'],
      [4, 'nazwisko', 'BAD_ENCODING'],
    ]);
  });

  test('a file read with the wrong table is refused cell by cell, not stored as rubbish', async () => {
    const text = exportText('customers', [person(1)]);
    const forced = await readExport('klienci.csv', utf8(text), { encoding: 'windows-1250' });
    expect(forced.checker.faults.map(({ column, code }) => [column, code])).toEqual([
      ['imie', 'BAD_ENCODING'],
      ['nazwisko', 'BAD_ENCODING'],
    ]);
    const latin2 = await readExport('klienci.csv', encode(oneWrong('imie', 'Bożena śpiąca'), 'iso-8859-2'));
    expect(latin2.checker.faults.map(({ row, column, code }) => [row, column, code])).toContainEqual([
      3,
      'imie',
      'BAD_ENCODING',
    ]);
  });

  test.each([
    ['UTF-16', Buffer.from(`\ufeff${polish}`, 'utf16le')],
    ['a workbook', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(400)])],
  ])('%s is refused with a code', (_name, bytes) => {
    expect(() => decodeExport(bytes)).toThrow('FILE_NOT_READABLE');
  });
});

describe('the header', () => {
  test('tells which file it is', async () => {
    for (const kind of ['customers', 'contracts', 'premises', 'meters', 'readings', 'invoices'] as const) {
      expect((await read(exportText(kind, []))).file.key).toBe(kind);
    }
  });

  test('missing, unknown and repeated columns are named', async () => {
    const header = exportText('customers', []).trim().replace('nip;', 'imie;').replace('pesel', 'numer_pesel');
    await expect(read(header)).rejects.toMatchObject({
      code: 'IMPORT_WRONG_COLUMNS',
      details: { missing: 'nip, pesel', unknown: 'numer_pesel', duplicate: 'imie' },
    });
  });

  test('something else altogether is refused', async () => {
    await expect(read('a,b,c\n1,2,3')).rejects.toMatchObject({ code: 'IMPORT_WRONG_COLUMNS' });
    await expect(read('')).rejects.toMatchObject({ code: 'IMPORT_WRONG_COLUMNS' });
    await expect(read('"nr_klienta;rodzaj')).rejects.toMatchObject({ code: 'IMPORT_WRONG_COLUMNS' });
  });

  test('columns may stand in any order', async () => {
    const [header = '', row = ''] = exportText('readings', [
      { id_licznika: '7', data_odczytu: '2026-01-31', wskazanie: '12', rodzaj: 'inkasent' },
    ]).split('\r\n');
    const turned = [header, row].map((line) => line.split(';').reverse().join(';')).join('\n');
    expect((await read(turned)).checker.good).toEqual([
      {
        row: 2,
        values: { meterId: '7', readOn: '2026-01-31', value: '12', kind: 'actual', consumption: null, rollover: null },
      },
    ]);
  });
});

describe('faults of rows', () => {
  test.each([
    ['nr_klienta', '', 'REQUIRED'],
    ['nr_klienta', 'ŻŹ-1', 'INVALID_CODE'],
    ['nr_klienta', '1'.repeat(41), 'TOO_LONG'],
    ['rodzaj', 'instytucja', 'UNKNOWN_WORD'],
    ['rodzaj', '__proto__', 'UNKNOWN_WORD'],
    ['nazwisko', '', 'REQUIRED'],
    ['nazwisko', 'Ż'.repeat(201), 'TOO_LONG'],
    ['nazwisko', 'Żuk\u0000', 'INVALID_TEXT'],
    ['nazwisko', 'Żuk\u202eabc', 'INVALID_TEXT'],
    ['nazwisko', 'Żu\u200bk', 'INVALID_TEXT'],
    ['nip', '5891435080', 'INVALID_NIP'],
    ['regon', '191254980', 'INVALID_REGON'],
    ['pesel', '44051401358', 'INVALID_PESEL'],
    ['nr_rachunku', '11 1020 1026 0000 0000 0000 0000', 'INVALID_BANK_ACCOUNT'],
    ['telefon', 'zadzwoń', 'INVALID_PHONE'],
    ['email', 'a@b', 'INVALID_EMAIL'],
    ['koresp_kod', '83300', 'INVALID_POSTAL_CODE'],
    ['data_zgonu', '2026-02-30', 'INVALID_DATE'],
    ['data_zgonu', '30.01.2026', 'INVALID_DATE'],
    ['vip', 'tak', 'INVALID_BOOL'],
  ])('%s = %j is %s', async (column, text, code) => {
    expect(await faults(oneWrong(column, text))).toEqual([[3, column, code]]);
  });

  test('a cell of a megabyte spoils its own row only', async () => {
    const text = exportText('customers', [person(1), person(2, { nazwisko: 'x'.repeat(1_000_000) }), person(3)]);
    expect(await faults(text)).toEqual([[3, '', 'ROW_TOO_LONG']]);
  });

  test('broken quotes are named and the rows after them are read', async () => {
    const [header, first, second, third] = exportText('customers', [person(1), person(2), person(3)]).split('\r\n');
    const opened = second?.replace(';Łucja;', ';"Łucja;');
    const stray = third?.replace(';Łucja;', ';Łu"cja;');
    expect(await faults([header, first, opened, stray, first?.replace('00100001', '00100009')].join('\n'))).toEqual([
      [3, '', 'BROKEN_QUOTES'],
      [4, '', 'BROKEN_QUOTES'],
    ]);
  });

  test('too few and too many fields are named', async () => {
    const text = exportText('customers', [person(1), person(2)])
      .replace('00100001;', '')
      .replace('00100002;', '00100002;;');
    expect(await faults(text)).toEqual([
      [2, '', 'WRONG_FIELD_COUNT'],
      [3, '', 'WRONG_FIELD_COUNT'],
    ]);
  });

  test('a repeated key is named with the row that has it already', async () => {
    const { checker } = await read(exportText('customers', [person(1), person(2), person(1)]));
    expect(checker.faults).toEqual([{ row: 4, column: 'nr_klienta', code: 'DUPLICATE_KEY', earlierRow: 2 }]);
  });

  test('all faults of one row are found', async () => {
    const text = exportText('customers', [person(1, { nip: '1', pesel: '2', email: 'x', vip: '?' })]);
    expect((await faults(text)).map(([, column]) => column)).toEqual(['nip', 'pesel', 'email', 'vip']);
  });

  test('an identifier is never quoted beside its fault', async () => {
    const { checker, preview } = await read(oneWrong('pesel', '44051401358'));
    expect(JSON.stringify([checker.faults, preview])).not.toContain('44051401358');
  });

  test('a point told differently in two of its rows is named', async () => {
    const point = {
      kod_punktu: 'P1',
      miejscowosc: 'Kartuzy',
      nr_domu: '4',
      kod_pocztowy: '83-300',
      stan_punktu: 'czynny',
    };
    const { checker } = await read(
      exportText('premises', [
        { ...point, nr_klienta: '1', dostawa_od: '2020-01-01', dostawa_do: '2021-01-01' },
        { ...point, nr_domu: '5', nr_klienta: '2', dostawa_od: '2021-01-01' },
      ]),
    );
    expect(checker.faults).toEqual([{ row: 3, column: 'nr_domu', code: 'DISAGREES_WITH_ROW', earlierRow: 2 }]);
  });

  test('amounts, decimals and days are read exactly', async () => {
    const invoice = {
      nr_faktury: 'F/1',
      rodzaj: 'faktura',
      nr_klienta: '1',
      data_wystawienia: '2026-01-10',
      termin_platnosci: '2026-01-24',
    };
    const ok = await read(
      exportText('invoices', [{ ...invoice, netto: '-1433,99', vat: '-114,72', brutto: '-1548,71' }]),
    );
    expect(ok.checker.good[0]?.values).toMatchObject({ net: '-143399', vat: '-11472', gross: '-154871' });
    const bad = await read(exportText('invoices', [{ ...invoice, netto: '10,00', vat: '0,80', brutto: '10,81' }]));
    expect(bad.checker.faults).toMatchObject([{ row: 2, column: 'brutto', code: 'AMOUNTS_DISAGREE' }]);
  });
});

describe('the file of error rows', () => {
  test('holds each refused row once, with its line, columns and reasons, safe to open in a spreadsheet', async () => {
    const found = await read(
      exportText('customers', [
        person(1),
        person(2, { nazwisko: '=HYPERLINK("http://example.org")', nip: '1', vip: '?' }),
      ]),
    );
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(errorRows(found, found.checker.faults, 'pl'));
    expect(text.startsWith('\ufeffnr_klienta;')).toBe(true);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/;wiersz;kolumna;błąd$/);
    expect(lines[1]).toContain(`;"'=HYPERLINK(""http://example.org"")";`);
    expect(lines[1]).toMatch(/;3;nip, vip;.*nip: Niepoprawny NIP.*vip: Dozwolone: T albo N"$/);
  });

  test.each(['=1+1', '+48 58', '-1', '@SUM', '\t=1', '\r=1'])('%j does not begin a cell', async (text) => {
    const found = await read(oneWrong('imie', text).replace('00100002;osoba', '00100002;?'));
    const cells = new TextDecoder().decode(errorRows(found, found.checker.faults, 'pl')).split(/[;\n]/);
    expect(cells.filter((cell) => /^"?[=+\-@\t\r]./.test(cell))).toEqual([]);
  });

  test('corrected, is imported as it is', async () => {
    const found = await read(exportText('customers', [person(2, { telefon: '+48 586810246', vip: '?' })]));
    const corrected = new TextDecoder().decode(errorRows(found, found.checker.faults, 'pl')).replace(';?;', ';T;');
    const again = await read(corrected);
    expect(again.checker.faults).toEqual([]);
    expect(again.checker.good[0]?.values).toMatchObject({ vip: true, phone: '+48 586810246' });
  });
});
