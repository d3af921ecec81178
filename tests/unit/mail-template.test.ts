import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, type Letterhead, renderMail, templateFaults } from '../../shared/domain/mail-template';

const office: Letterhead = {
  name: 'Wodociągi <Wzór> & Sp.',
  lines: ['ul. Wzorcowa 1', '83-300 Kartuzy'],
  phone: '58 000 00 00',
  email: 'biuro@example.org',
  website: 'www.example.org',
  registerLine: 'KRS 0000000000',
};

describe('a rendered message', () => {
  it('has the fields in subject, text and HTML, days as people write them, and paragraphs by blank lines', () => {
    const { subject, text, html } = renderMail(
      { subject: 'Wniosek nr {{number}}', body: 'Szanowni Państwo,\n\ntermin: {{due_to}}\nDo: {{name}}' },
      { number: 'W-12/2026', due_to: '2026-12-03', name: 'Jan Żuk' },
    );
    expect(subject).toBe('Wniosek nr W-12/2026');
    expect(text).toBe('Szanowni Państwo,\n\ntermin: 03.12.2026\nDo: Jan Żuk\n');
    expect(html).toContain('<p style="margin:0 0 16px">Szanowni Państwo,</p>');
    expect(html).toContain('termin: 03.12.2026<br>\nDo: Jan Żuk</p>');
    expect(html).toContain('<html lang="pl">');
  });

  it('carries the office under it, escaped', () => {
    const { text, html } = renderMail({ subject: 'T', body: 'Treść' }, {}, { letterhead: office });
    expect(text).toBe(
      'Treść\n\n-- \nWodociągi <Wzór> & Sp.\nul. Wzorcowa 1, 83-300 Kartuzy\n58 000 00 00 · biuro@example.org · www.example.org\nKRS 0000000000\n',
    );
    expect(html).toContain('Wodociągi &lt;Wzór&gt; &amp; Sp.<br>');
  });

  it('makes links of the words of the office and of secrets, and never of a field', () => {
    const { html } = renderMail(
      { subject: 'T', body: 'Regulamin: https://ibok.example.org/a?b=1&c=2.\n{{link}}\n{{name}}' },
      { link: 'https://ibok.example.org/aktywacja#ab12', name: 'https://zly.example.net/x' },
      { secrets: ['link'] },
    );
    expect([...html.matchAll(/<a href="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      'https://ibok.example.org/a?b=1&amp;c=2',
      'https://ibok.example.org/aktywacja#ab12',
    ]);
    expect(html).toContain('https://zly.example.net/x');
  });

  it('leaves a field without a value by its name, and knows no field that objects bring along', () => {
    const { text } = renderMail({ subject: 'T', body: '{{missing}} {{constructor}} {{to_string}}' }, {});
    expect(text).toBe('{{missing}} {{constructor}} {{to_string}}\n');
  });

  it('has a subject of one line and at most 200 characters, whatever its fields hold', () => {
    const value = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(value, (name) => {
        const { subject } = renderMail({ subject: 'Dla {{name}}', body: 'x' }, { name });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what no header may hold
        expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect([...subject].length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('holds no element and no attribute that a field brought, and shows the field letter by letter', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.stringMatching(/^[<>"'&/=a-z {}]{0,60}$/),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        '</p><a href="//x">y</a>',
        '{{other}}',
      ),
    );
    const plain = renderMail({ subject: 'T', body: 'A {{name}} B' }, { name: '' }).html.match(/<[a-z!/][^>]*>/gi);
    fc.assert(
      fc.property(hostile, (name) => {
        const value = name.replace(/\s+/g, ' ');
        const { html } = renderMail({ subject: 'T', body: 'A {{name}} B' }, { name: value, other: '<b>' });
        expect(html.match(/<[a-z!/][^>]*>/gi)).toEqual(plain);
        const shown = (html.match(/A ([\s\S]*) B<\/p>/)?.[1] ?? '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what is taken out of every value
        expect(shown).toBe(value.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ''));
      }),
    );
  });
});

describe('a text', () => {
  const key = { fields: ['first_name', 'login'], secrets: ['activation_link'] };

  it('names its fields', () => {
    expect(fieldsOf('{{a}} {{b_c}} {{a}} {d} {{E}}')).toEqual(['a', 'b_c']);
  });

  it('is right when it names known fields alone, and the secret in its body', () => {
    expect(templateFaults({ subject: 'Dla {{login}}', body: '{{first_name}} {{activation_link}}' }, key)).toEqual({
      unknown: { subject: [], body: [] },
      stray: { subject: false, body: false },
      missing: [],
    });
  });

  it.each([
    [
      'an unknown field',
      { subject: '{{pesel}}', body: '{{activation_link}} {{bank}}' },
      { unknown: { subject: ['pesel'], body: ['bank'] } },
    ],
    [
      'a secret in the subject',
      { subject: '{{activation_link}}', body: '{{activation_link}}' },
      { unknown: { subject: ['activation_link'], body: [] } },
    ],
    [
      'braces that name nothing',
      { subject: '{{ login }}', body: '{{activation_link}} }}' },
      { stray: { subject: true, body: true } },
    ],
    ['no link', { subject: 'T', body: 'Bez odnośnika' }, { missing: ['activation_link'] }],
  ])('is wrong with %s', (_, text, faults) => {
    expect(templateFaults(text, key)).toMatchObject(faults);
  });
});
