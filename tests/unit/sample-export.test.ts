import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { decode } from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportRows } from '../../main/demo/export-rows';
import { fileTexts } from '../../main/demo/export-text';
import { generateOffice } from '../../main/demo/generate';
import { type SampleExportOptions, writeSampleExport } from '../../main/demo/sample-export';
import { BILLING_FILES, type BillingFile } from '../../shared/domain/billing-export';
import { nipOk, peselOk } from '../../shared/domain/identifiers';

const OFFICE = { customers: 400, today: '2026-11-22' };

describe('the sample export', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ibok-export-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(options: Partial<SampleExportOptions> = {}) {
    return writeSampleExport(folder, { ...OFFICE, ...options });
  }

  async function read(file: BillingFile, encoding = 'utf8'): Promise<string[][]> {
    const text = decode(await readFile(join(folder, file.fileName)), encoding);
    return parse(text, { delimiter: ';', bom: true });
  }

  it.each([
    ['utf-8', 'utf8'],
    ['windows-1250', 'win1250'],
  ] as const)('reads back in %s as the office it came from', async (encoding, decoder) => {
    const { rows, faults } = await write({ encoding });
    const parts = [...generateOffice(OFFICE)].map(exportRows);
    expect(faults).toEqual([]);
    for (const file of BILLING_FILES) {
      const [header, ...lines] = await read(file, decoder);
      expect(header).toEqual(file.columns.map((column) => column.name));
      expect(lines).toEqual(parts.flatMap((part) => part[file.key]).map((row) => fileTexts(file, row)));
      expect(lines).toHaveLength(rows[file.key]);
    }
  });

  it('fills every required column, each identity once, and refers backwards only', async () => {
    await write();
    const known: Record<string, Set<string>> = {};
    const REFERENCES = ['customerNo', 'contractNo', 'pointCode', 'meterId'];
    for (const file of BILLING_FILES) {
      const [, ...lines] = await read(file);
      const at = (field: string) => file.columns.findIndex((column) => column.field === field);
      for (const [place, column] of file.columns.entries()) {
        if (column.required)
          expect(
            lines.filter((line) => line[place] === ''),
            column.name,
          ).toEqual([]);
        const earlier = known[column.field];
        if (earlier) expect(lines.filter((line) => line[place] !== '' && !earlier.has(line[place] ?? ''))).toEqual([]);
      }
      const identities = lines.map((line) => file.identity.map((field) => line[at(field)]).join('|'));
      expect(new Set(identities).size).toBe(identities.length);
      const [own = ''] = file.identity;
      if (REFERENCES.includes(own)) known[own] ??= new Set(lines.map((line) => line[at(own)] ?? ''));
    }
    expect(Object.keys(known)).toEqual(REFERENCES);
  });

  it.each(['utf-8', 'windows-1250'] as const)(
    'in %s takes bad rows in beside the good ones, and says where',
    async (encoding) => {
      const whole = await write({ encoding });
      const good = new Map(
        await Promise.all(
          BILLING_FILES.map(async (file) => [file.key, await readFile(join(folder, file.fileName), 'latin1')] as const),
        ),
      );
      const { rows, faults } = await write({ encoding, faulty: true });
      for (const file of BILLING_FILES) {
        const text = await readFile(join(folder, file.fileName), 'latin1');
        const bad = new Set(faults.filter((fault) => fault.file === file.key).map((fault) => fault.row));
        expect(bad.size, file.key).toBeGreaterThan(2);
        expect(rows[file.key]).toBe(whole.rows[file.key] + bad.size);
        const kept = text.split('\r\n').filter((_, place) => !bad.has(place + 1));
        expect(kept.join('\r\n')).toBe(good.get(file.key));
      }
      expect(faults.length / Object.values(whole.rows).reduce((sum, count) => sum + count)).toBeGreaterThan(0.01);
    },
  );

  it('has the fault in the column it names', async () => {
    const { faults } = await write({ faulty: true, customers: 1_500 });
    const seen = new Set<string>();
    for (const file of BILLING_FILES) {
      const [header = [], ...lines] = await read(file);
      for (const { row, column, code } of faults.filter((fault) => fault.file === file.key)) {
        const line = lines[row - 2] ?? [];
        const text = line[header.indexOf(column)] ?? 'no such column';
        const key = header[0] ? line[0] : '';
        seen.add(code);
        if (code === 'INVALID_NIP') expect(nipOk(text)).toBe(false);
        else if (code === 'INVALID_PESEL') expect(peselOk(text)).toBe(false);
        else if (code === 'REQUIRED') expect(text).toBe('');
        else if (code === 'TOO_LONG') expect(text.length).toBeGreaterThan(200);
        else if (code === 'INVALID_DATE') expect(text).toBe('2026-02-30');
        else if (code === 'INVALID_TEXT') expect(['\u0007', '\u202e']).toContain(text.at(-1));
        else if (code === 'DUPLICATE_KEY') expect(lines.findIndex((other) => other[0] === key)).toBeLessThan(row - 2);
        else if (code === 'NOT_RISING')
          expect(Number(text)).toBeLessThan(Number(lines[row - 3]?.[2]?.replace(',', '.')));
        else if (code === 'UNKNOWN_REFERENCE') expect(text).toMatch(/^(NIKT-01|999999999)$/);
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual(17);
  });
});
