import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mail, standardPorts } from '../../main/core/ports';
import { openPool } from '../../main/db/connect';
import { reader } from '../../main/db/statements';
import { smtpMail } from '../../main/hosts/worker/mail';
import { sendMails } from '../../main/modules/mail/mail.jobs';
import { readStoredMail } from '../../main/modules/mail/stored-mail';
import { renderMail } from '../../shared/domain/mail-template';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { openSmtpSink, type SmtpSink } from '../support/smtp';

const EVIL = 'zly@example.net';
/** What ends a header line, or looks as if it did. */
const BREAKS = ['\r\n', '\n', '\r', '\u2028', '\u2029', '\u0085', '\r\n\t', '\n\n'];
const HEADERS = [`Bcc: ${EVIL}`, `Cc: ${EVIL}`, `To: ${EVIL}`, 'Content-Type: text/html', `Reply-To: ${EVIL}`];

/** Values of a field: first name, reason and the subject are made of such. */
const IN_FIELDS = [
  ...BREAKS.flatMap((end) => HEADERS.slice(0, 2).map((header) => `Jan${end}${header}`)),
  ...HEADERS.map((header) => `Jan\r\n${header}\r\n\r\nTreść`),
  `Jan\r\n.\r\nMAIL FROM:<${EVIL}>`,
  `=?utf-8?q?Jan=0D=0ABcc:_${EVIL}?=`,
  `Jan%0d%0aBcc:${EVIL}`,
];
/** Two addresses in one, or an address with a header in it. */
const IN_ADDRESS = [
  `a@example.org, ${EVIL}`,
  `a@example.org; ${EVIL}`,
  `a@example.org ${EVIL}`,
  `a@example.org\r\nBcc: ${EVIL}`,
  `a@example.org\nRCPT TO:<${EVIL}>`,
  `Jan <a@example.org>, <${EVIL}>`,
  `group: a@example.org, ${EVIL};`,
  `"a@example.org" <${EVIL}>`,
  `<${EVIL}>a@example.org`,
  `a@example.org>\r\nRCPT TO:<${EVIL}`,
  `a@example.org NOTIFY=SUCCESS`,
  'a@[127.0.0.1]',
  'a@example.org\u0000',
  `a@example.org(${EVIL})`,
  'a@exa\u200bmple.org',
  `@relay.example.net:a@example.org`,
];

const database = testDatabase();
let sink: SmtpSink;
let mail: Mail;

beforeAll(async () => {
  sink = await openSmtpSink();
  mail = smtpMail({ IBOK_SMTP_URL: `smtp://127.0.0.1:${sink.port}`, IBOK_MAIL_FROM: 'ibok@example.org' }) as Mail;
});
afterAll(async () => {
  mail.close();
  await sink.close();
});

/** The names of all header lines, as a server reads them: up to the first empty line. */
const headerNames = (raw: string) =>
  (raw.split('\r\n\r\n')[0] ?? '').split('\r\n').flatMap((line) => /^([^\s:]+):/.exec(line)?.[1]?.toLowerCase() ?? []);

describe('a message cannot be made into another one', () => {
  it(`has ${IN_FIELDS.length + IN_ADDRESS.length} payloads, at least forty`, () => {
    expect(IN_FIELDS.length + IN_ADDRESS.length).toBeGreaterThanOrEqual(40);
  });

  // Past the database's checks, so that the second lock is proven to hold by itself.
  it.each(IN_FIELDS)('by a value in subject and text: %j', async (value) => {
    sink.taken.length = 0;
    const rendered = renderMail({ subject: 'Dla {{name}}', body: 'Do: {{name}}' }, { name: value });
    await mail.send({ to: 'jan@example.org', fromName: value.replace(/\s+/g, ' '), ...rendered, messageId: 'x-1' });
    const [taken] = sink.taken;
    expect(sink.taken).toHaveLength(1);
    expect(taken?.to).toEqual(['jan@example.org']);
    expect(headerNames(taken?.raw ?? '')).toEqual([
      'from',
      'to',
      'subject',
      'message-id',
      'date',
      'mime-version',
      'content-type',
    ]);
    expect(readStoredMail(taken?.raw ?? '').headers.get('to')).toEqual(['jan@example.org']);
  });

  it.each(IN_ADDRESS)('by an address, which the database refuses: %j', async (address) => {
    const root = await database().asSuperuser();
    const put = root.query(`select ibok.enqueue_mail('matrix.address', $1, 'deletion.done', '{}', 'accounts:77')`, [
      address,
    ]);
    await expect(put).rejects.toMatchObject({ code: expect.stringMatching(/^(23514|22021)$/) });
  });

  it.each(IN_ADDRESS.filter((address) => !address.includes('\u0000')))(
    'by an address that got past the database: %j',
    async (address) => {
      sink.taken.length = 0;
      const { html, ...rendered } = renderMail({ subject: 'T', body: 'x' }, {});
      await mail.send({ to: address, ...rendered, html, messageId: 'x-2' }).catch(() => undefined);
      // Refused, or one recipient, which is never the other address.
      for (const { to } of sink.taken) {
        expect(to).toHaveLength(1);
        expect(to).not.toContain(EVIL);
      }
    },
  );

  it('by names that the database lets in: each letter of theirs stands in the text, none in the envelope', async () => {
    const { host, port, name } = database();
    const pool = openPool({
      hosts: [{ host, port }],
      database: name,
      user: 'ibok_worker',
      password: TEST_PASSWORD,
      ca: null,
    });
    sink.taken.length = 0;
    const root = await database().asSuperuser();
    const first = `Jan, ${EVIL}; <${EVIL}> Bcc: ${EVIL}`;
    await root.query(
      `select ibok.enqueue_mail('matrix.names', 'jan@example.org', 'account.email_changed', $1, 'accounts:77')`,
      [JSON.stringify({ first_name: first, last_name: 'Ż'.repeat(200) })],
    );
    await sendMails({ ...standardPorts(() => undefined), mail, archive: null }).run(reader(pool));
    await pool.close();
    expect(sink.taken.map(({ to }) => to)).toEqual([['jan@example.org']]);
    expect(readStoredMail(sink.taken[0]?.raw ?? '').text).toContain(`Imię i nazwisko: ${first} ${'Ż'.repeat(200)}`);
  });
});
