import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { readStoredMail } from '../../main/modules/mail/stored-mail';

const LONG = `Zażółć gęślą jaźń – ${'bardzo długi temat '.repeat(8)}ąęśćżźółń`;

/** A message as nodemailer writes it. */
async function written(message: object): Promise<string> {
  const stream = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message: raw } = await stream.sendMail({ from: 'ibok@example.org', to: 'jan@example.org', ...message });
  return String(raw);
}

describe('a stored message', () => {
  it('has its subject, both texts and its files, in Polish letters', async () => {
    const text = `${LONG}\n\n= równość, długi wiersz ${'ąę '.repeat(60)}\n. kropka na początku`;
    const read = readStoredMail(
      await written({
        subject: LONG,
        text,
        html: `<p>${LONG}</p>`,
        attachments: [{ filename: 'kotwica.json', content: '{}' }],
      }),
    );
    expect(read.headers.get('subject')).toEqual([LONG.trim()]);
    expect(read.headers.get('to')).toEqual(['jan@example.org']);
    expect(read.text.trim()).toBe(text);
    expect(read.html.trim()).toBe(`<p>${LONG}</p>`);
    expect(read.files).toEqual(['kotwica.json']);
  });

  it('of plain text alone has no HTML', async () => {
    const read = readStoredMail(await written({ subject: 'T', text: 'Treść bez ozdób' }));
    expect(read.text.trim()).toBe('Treść bez ozdób');
    expect(read.html).toBe('');
  });

  it('that is nothing of the kind stays readable', () => {
    expect(readStoredMail('no message at all').text).toBe('');
    expect(readStoredMail('Subject: x\n\nbody').text).toBe('body');
  });
});
