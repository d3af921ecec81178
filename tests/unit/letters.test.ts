import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderLetter } from '../../main/modules/letters/letters.render';
import { LETTER_KINDS } from '../../shared/contract/letters';
import { letterFacts, SIGNS } from '../support/letters';
import { readPdf } from '../support/pdf-text';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const A4 = { width: 595.28, height: 841.89 };
const MILLIMETRE = 72 / 25.4;

const draw = (facts: ReturnType<typeof letterFacts>) => renderLetter(facts.kind, facts, facts.letterhead);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a letter', () => {
  it.each(LETTER_KINDS)('%s says who, what, when and on which page, as text that can be searched', async (kind) => {
    const { pages, info, language } = await readPdf(await draw(letterFacts(kind)));
    const text = pages.map((page) => page.text).join(' ');
    for (const said of [
      'Wodociągi Próbne Sp. z o.o.',
      'Kartuzy, 22 listopada 2026 r.',
      'IBOK/W-000012/2026',
      `Pismo próbne: ${kind}`,
      SIGNS,
      'kapitał zakładowy 8 696 000,00 zł',
      'iod@example.com',
      `Strona 1 z ${pages.length}`,
    ]) {
      expect(text).toContain(said);
    }
    if (kind === 'deletion_protocol') expect(text).not.toContain('Żuk');
    else if (kind === 'exchange_protocol') expect(text).toContain('Adres Mściwoja II 4/7, 83-300 Kartuzy');
    else expect(text).toContain('Zofia Żuk Mściwoja II 4/7 83-300 Kartuzy');
    expect(info).toMatchObject({
      Title: `Pismo próbne: ${kind}`,
      Author: 'Wodociągi Próbne Sp. z o.o.',
      CreationDate: 'D:20261122120000Z',
      ModDate: 'D:20261122120000Z',
    });
    expect(language).toBe('pl-PL');
  });

  it('has the data of an application, and what a protocol kept until when', async () => {
    const copy = await readPdf(await draw(letterFacts('application_copy')));
    expect(copy.pages[0]?.text).toMatch(/Kwota brutto faktury 1 433,99 zł .*Wyrażam zgodę na e-faktury\. nie/);
    const template = { subject: 'Protokół', body: 'Data czynności: 22.11.2026\nPunkt poboru: W-1' };
    const exchange = await readPdf(await draw(letterFacts('exchange_protocol', { template })));
    expect(exchange.pages).toHaveLength(1);
    expect(exchange.pages[0]?.text).toMatch(
      /Odbiorca Zofia Żuk, nr klienta 000123 .*398 m³ \(końcowy\) 1 m³ \(początkowy\) .*48 m³ .*założona KP-100 .*podpis wykonującego/,
    );
    const protocol = await readPdf(await draw(letterFacts('deletion_protocol')));
    expect(protocol.pages[0]?.text).toMatch(/Sesje w IBOK usunięto 2 .*Faktury przepisy podatkowe .* 31\.12\.2032 3/);
  });

  it('is the same bytes from the same facts, here and in another process', async () => {
    const facts = letterFacts('application_copy');
    const here = sha256(await draw(facts));
    expect(sha256(await draw(facts))).toBe(here);
    const script = join(root, 'tests/support/draw-letter.mjs');
    const { stdout } = await run(process.execPath, [script, JSON.stringify(facts)], { cwd: root });
    expect(stdout).toBe(here);
    expect(sha256(await draw({ ...facts, madeAt: '2026-11-22T12:00:01Z' }))).not.toBe(here);
  });

  it('is refused, by the character, where the typeface would draw a box', async () => {
    await expect(draw(letterFacts('refusal', { name: 'Jan 😀' }))).rejects.toMatchObject({
      code: 'LETTER_CHARACTER',
      details: { character: 'U+1F600' },
    });
    // The thread goes on with the next one.
    expect((await draw(letterFacts('refusal'))).length).toBeGreaterThan(5000);
  });

  it.each([
    ['with spaces', 'Ąćęłńóśźż Wielowyrazowe '.repeat(10).slice(0, 200)],
    ['without any', 'Ąćęłńóśźż'.repeat(23).slice(0, 200)],
  ])('keeps a name of 200 characters %s on the paper, whole', async (_, name) => {
    const head = { ...letterFacts('refusal').letterhead, name };
    const { pages } = await readPdf(await draw(letterFacts('refusal', { name, letterhead: head })));
    const bare = (text: string) => text.replaceAll(' ', '');
    const text = bare(pages[0]?.text ?? '');
    expect(text.split(bare(name)).length - 1).toBe(2);
    for (const { left, right, bottom } of pages.flatMap(({ runs }) => runs)) {
      expect(left).toBeGreaterThanOrEqual(25 * MILLIMETRE - 1);
      expect(right).toBeLessThanOrEqual(A4.width - 20 * MILLIMETRE + 1);
      expect(bottom).toBeGreaterThan(0);
    }
    // The address is what the window of the envelope shows, 45 to 90 mm below the upper edge.
    const place = pages[0]?.runs.find(({ text: said }) => said === '83-300 Kartuzy');
    expect(A4.height - (place?.bottom ?? 0)).toBeLessThanOrEqual(90 * MILLIMETRE);
  });

  it('has no hole where a field is empty', async () => {
    const details = { ...letterFacts('application_copy').details, email: null, phone: null, invoiceGross: null };
    const { pages } = await readPdf(await draw(letterFacts('application_copy', { address: null, details })));
    expect(pages[0]?.text).toMatch(/E-mail — Telefon — /);
  });

  it('goes on over as many pages as it takes, with no paragraph lost', async () => {
    const paragraphs = Array.from(
      { length: 50 },
      (_, at) => `Akapit ${at + 1}: ${'woda i ścieki, '.repeat(12)}koniec.`,
    );
    const template = { subject: 'Długie pismo', body: paragraphs.join('\n\n') };
    const { pages } = await readPdf(await draw(letterFacts('refusal', { template })));
    expect(pages.length).toBeGreaterThanOrEqual(3);
    const text = pages.map((page) => page.text).join(' ');
    for (const at of [1, 25, 50]) expect(text).toContain(`Akapit ${at}:`);
    expect(text.match(/koniec\./g)).toHaveLength(50);
    for (const [at, page] of pages.entries()) expect(page.text).toContain(`Strona ${at + 1} z ${pages.length}`);
  });

  it('leaves no one-letter word at the end of a line, and no number in two', async () => {
    const body = 'Opłata w wysokości 8 696 000,00 zł i z odsetkami '.repeat(30);
    const { pages } = await readPdf(await draw(letterFacts('refusal', { template: { subject: 'Opłata', body } })));
    const lines = pages.flatMap(({ runs }) => runs.map(({ text }) => text));
    expect(lines.filter((line) => line.startsWith('Opłata') || line.includes('odsetkami')).length).toBeGreaterThan(10);
    expect(lines.filter((line) => / [iwz]$| \d{3}$| 8$/.test(line))).toEqual([]);
  });
});
