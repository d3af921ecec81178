import { randomUUID } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Mail, standardPorts } from '../../main/core/ports';
import { openPool } from '../../main/db/connect';
import { reader } from '../../main/db/statements';
import { smtpMail } from '../../main/hosts/worker/mail';
import { sendMails } from '../../main/modules/mail/mail.jobs';
import { readStoredMail } from '../../main/modules/mail/stored-mail';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { openSmtpSink, type SmtpBehaviour, type SmtpSink } from '../support/smtp';

const database = testDatabase();
let sink: SmtpSink;
let pool: Sequelize;
let mail: Mail;

const smtp = (port: number): Mail => {
  const opened = smtpMail({ IBOK_SMTP_URL: `smtp://127.0.0.1:${port}`, IBOK_MAIL_FROM: 'ibok@example.org' });
  if (!opened) throw new Error('no mail');
  return opened;
};

beforeAll(async () => {
  const { host, port, name } = database();
  pool = openPool({ hosts: [{ host, port }], database: name, user: 'ibok_worker', password: TEST_PASSWORD, ca: null });
});
afterAll(() => pool.close());
beforeEach(async () => {
  sink = await openSmtpSink();
  mail = smtp(sink.port);
  const root = await database().asSuperuser();
  await root.query('set session_replication_role = replica; delete from ibok.outbox');
});
afterEach(async () => {
  mail.close();
  await sink.close();
});

/** The worker's job, with a fresh memory. */
const job = (server: Mail = mail) =>
  sendMails({
    ...standardPorts(() => undefined),
    mail: server,
    archive: null,
    portalUrl: 'https://ibok.example.org',
  });
const run = (one = job()) => one.run(reader(pool));
const behave = (behaviour: SmtpBehaviour) => {
  sink.behave = behaviour;
};

/** Puts one message into the queue, as a machine does: it is due at once. */
async function enqueue(to: string, fields: Record<string, string> = {}, key = `test.${randomUUID()}`): Promise<string> {
  const root = await database().asSuperuser();
  const { rows } = await root.query(`select ibok.enqueue_mail($1, $2, 'account.blocked', $3, 'accounts:77') as id`, [
    key,
    to,
    JSON.stringify({ first_name: 'Jan', last_name: 'Żuk', reason: 'na życzenie', ...fields }),
  ]);
  return rows[0].id;
}

interface Row {
  state: string;
  attempts: number;
  last_error: string | null;
  wait: number;
}

async function rowOf(id: string): Promise<Row> {
  const root = await database().asSuperuser();
  const { rows } = await root.query(
    `select state, attempts::int, last_error, round(extract(epoch from send_after - now()))::int as wait
       from ibok.outbox where id = $1`,
    [id],
  );
  return rows[0];
}
const makeDue = async () => {
  const root = await database().asSuperuser();
  await root.query(`update ibok.outbox set send_after = now() where state = 'new'`);
};

describe('the queue', () => {
  it('keeps one message for each act and recipient, however often the act is repeated', async () => {
    const key = 'act.77.jan';
    const id = await enqueue('jan@example.org', {}, key);
    expect(await enqueue('jan@example.org', {}, key)).toBe(id);
  });

  it.each([
    ['a field that is not of the template', { login: 'jan' }],
    ['a field with a control character', { first_name: 'Jan\u0007' }],
    ['a field with a direction override', { first_name: 'Jan\u202e' }],
    ['a field of 10,001 characters', { reason: 'a'.repeat(10_001) }],
  ])('refuses %s', async (_, fields) => {
    await expect(enqueue('jan@example.org', fields)).rejects.toMatchObject({ code: 'IB004' });
  });

  it('refuses a message without one of its fields, and a template nobody knows', async () => {
    const root = await database().asSuperuser();
    const put = (template: string, fields: string) =>
      root.query(`select ibok.enqueue_mail('test.missing', 'jan@example.org', $1, $2, 'accounts:77')`, [
        template,
        fields,
      ]);
    await expect(put('account.blocked', '{"first_name": "Jan"}')).rejects.toMatchObject({ code: 'IB004' });
    await expect(put('account.unknown', '{}')).rejects.toMatchObject({ code: 'IB004' });
    await expect(put('account.email_changed', '{"first_name": "Jan", "last_name": 7}')).rejects.toMatchObject({
      code: 'IB004',
    });
  });

  it('cancels what waits about a record, and nothing else', async () => {
    const waits = await enqueue('jan@example.org');
    const sent = await enqueue('ewa@example.org');
    const root = await database().asSuperuser();
    await root.query(`update ibok.outbox set state = 'sent', sent_at = now() where id = $1`, [sent]);
    const { rows } = await root.query(`select ibok.cancel_mails_of('accounts:77') as count`);
    expect(rows[0].count).toBe('1');
    expect((await rowOf(waits)).state).toBe('cancelled');
    expect((await rowOf(sent)).state).toBe('sent');
  });
});

describe('a message', () => {
  it('leaves once, to one address, in text and HTML, with its fields and the office under it', async () => {
    const id = await enqueue('jan@example.org', { reason: 'umowa <wygasła> & koniec' });
    await run();
    await run();
    expect(sink.taken).toHaveLength(1);
    expect(sink.taken[0]?.to).toEqual(['jan@example.org']);
    const read = readStoredMail(sink.taken[0]?.raw ?? '');
    expect(read.headers.get('subject')).toEqual(['Blokada konta IBOK']);
    expect(read.headers.get('to')).toEqual(['jan@example.org']);
    expect(read.text).toContain('Imię i nazwisko: Jan Żuk\nPowód: umowa <wygasła> & koniec');
    expect(read.text).toContain('Kartuskie Przedsiębiorstwo Wodociągów i Kanalizacji');
    expect(read.html).toContain('Powód: umowa &lt;wygasła&gt; &amp; koniec');
    expect(await rowOf(id)).toMatchObject({ state: 'sent', attempts: 1, last_error: null });
  });

  it('keeps its Message-ID from attempt to attempt', async () => {
    const id = await enqueue('jan@example.org');
    const root = await database().asSuperuser();
    const { rows } = await root.query('select message_id from ibok.outbox where id = $1', [id]);
    behave({ atEnd: () => 451 });
    await run();
    behave({});
    await makeDue();
    await run();
    expect(sink.taken[0]?.messageId).toBe(`${rows[0].message_id}@example.org`);
  });

  it('that the server refuses for good fails at once, while the others go', async () => {
    const refused = await enqueue('odmowa@example.org');
    const others = await Promise.all([enqueue('a@example.org'), enqueue('b@example.org')]);
    behave({ refuse: (to) => (to.startsWith('odmowa') ? 550 : undefined) });
    await run();
    expect(await rowOf(refused)).toMatchObject({ state: 'failed', attempts: 1, last_error: 'SMTP_550' });
    for (const id of others) expect((await rowOf(id)).state).toBe('sent');
    expect(sink.taken).toHaveLength(2);
  });

  it('that the server refuses for now is tried again after 1, 2, 4 minutes, and fails when its attempts are used up', async () => {
    const id = await enqueue('pozniej@example.org');
    behave({ refuse: () => 451 });
    const one = job();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      await run(one);
      const row = await rowOf(id);
      expect(row).toMatchObject({ state: 'new', attempts: attempt + 1, last_error: 'SMTP_451' });
      waits.push(row.wait);
      await makeDue();
    }
    expect(waits).toEqual([60, 120, 240]);
    const root = await database().asSuperuser();
    await root.query('update ibok.outbox set attempts = 7 where id = $1', [id]);
    await run(one);
    expect(await rowOf(id)).toMatchObject({ state: 'failed', attempts: 8 });
    expect(sink.taken).toHaveLength(0);
  });

  it('waits for at most six hours between two attempts', async () => {
    const id = await enqueue('pozniej@example.org');
    const root = await database().asSuperuser();
    await root.query(`update ibok.outbox set attempts = 15 where id = $1`, [id]);
    await root.query(`update ibok.rule_values set value = '20' where key = 'mail.attempts'`);
    behave({ refuse: () => 451 });
    await run();
    expect((await rowOf(id)).wait).toBe(6 * 3600);
    await root.query(`update ibok.rule_values set value = '8' where key = 'mail.attempts'`);
  });

  it('whose connection breaks after the final dot is unsure, whether the server took it or not, and is never sent again', async () => {
    const ids = [await enqueue('zerwij@example.org'), await enqueue('wzial@example.org')];
    behave({ atEnd: (to) => (to.startsWith('wzial') ? 'takeAndDrop' : 'drop') });
    const one = job();
    await run(one);
    behave({});
    await run(one);
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ state: 'unsure', attempts: 1 });
    expect(sink.taken).toHaveLength(1);
  });

  it('that the server never answers is unsure', async () => {
    const id = await enqueue('cisza@example.org');
    behave({ atEnd: () => 'silence' });
    const impatient = smtpMail(
      { IBOK_SMTP_URL: `smtp://127.0.0.1:${sink.port}`, IBOK_MAIL_FROM: 'ibok@example.org' },
      300,
    );
    await run(job(impatient as Mail));
    impatient?.close();
    expect(await rowOf(id)).toMatchObject({ state: 'unsure', last_error: 'ETIMEDOUT' });
    await run();
    expect(sink.taken).toHaveLength(0);
  });

  it('whose connection breaks before its text was handed over is tried again', async () => {
    const id = await enqueue('jan@example.org');
    behave({ refuse: () => 'drop' });
    await run();
    expect(await rowOf(id)).toMatchObject({ state: 'new', attempts: 1, last_error: 'ECONNECTION' });
    behave({});
    await makeDue();
    await run();
    expect((await rowOf(id)).state).toBe('sent');
  });

  it('waits without losing an attempt while the server is down, and leaves when it is back', async () => {
    const ids = await Promise.all([enqueue('a@example.org'), enqueue('b@example.org')]);
    const { port } = sink;
    await sink.close();
    const one = job();
    await expect(run(one)).rejects.toMatchObject({ outcome: 'down' });
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ state: 'new', attempts: 0 });
    await expect(run(one)).rejects.toMatchObject({ outcome: 'down' });
    sink = await openSmtpSink({}, port);
    await run(one);
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(sink.taken).toHaveLength(2);
  });

  it('whose lease ran out is unsure and stays so', async () => {
    const id = await enqueue('jan@example.org');
    const root = await database().asSuperuser();
    await root.query(
      `update ibok.outbox set state = 'sending', attempts = 1, lease_until = now() - interval '1 second' where id = $1`,
      [id],
    );
    await run();
    expect(await rowOf(id)).toMatchObject({ state: 'unsure', last_error: 'LEASE_RAN_OUT' });
    expect(sink.taken).toHaveLength(0);
  });

  it('is sent although its end could not be noted at first: the next run notes it', async () => {
    const id = await enqueue('jan@example.org');
    const root = await database().asSuperuser();
    await root.query('alter function jobs.mail_sent(bigint[]) rename to mail_sent_away');
    const one = job();
    await expect(run(one)).rejects.toThrow();
    expect((await rowOf(id)).state).toBe('sending');
    await root.query('alter function jobs.mail_sent_away(bigint[]) rename to mail_sent');
    await run(one);
    expect((await rowOf(id)).state).toBe('sent');
    expect(sink.taken).toHaveLength(1);
  });

  it('goes to one worker when two take at once', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, place) => enqueue(`osoba${place}@example.org`)));
    await Promise.all([run(), run(), run()]);
    expect(sink.taken).toHaveLength(60);
    expect(new Set(sink.taken.map(({ messageId }) => messageId)).size).toBe(60);
  });
});

describe('a message with a link', () => {
  const activation = async (to: string): Promise<string> => {
    const root = await database().asSuperuser();
    const { rows } = await root.query(
      `select ibok.enqueue_mail($1, $2, 'account.activation', $3, 'accounts:900') as id`,
      [
        `test.${randomUUID()}`,
        to,
        JSON.stringify({ first_name: 'Ewa', last_name: 'Nowak', login: 'ewa.nowak', hours: '72' }),
      ],
    );
    return rows[0].id;
  };
  const account = async () => {
    const root = await database().asSuperuser();
    await root.query(`
      insert into ibok.registrations (id, channel, received_on, first_name, last_name, relation, due_from, due_to)
        overriding system value values (900, 'paper', ibok.today(), 'Ewa', 'Nowak', 'holder', ibok.today(), ibok.today())
        on conflict do nothing;
      insert into ibok.accounts (id, login, first_name, last_name, email, registration_id)
        overriding system value values (900, 'ewa.nowak', 'Ewa', 'Nowak', 'ewa@example.org', 900) on conflict do nothing`);
    return root;
  };

  it('brings a token that is made when it leaves, and that no table holds in clear', async () => {
    const root = await account();
    const id = await activation('ewa@example.org');
    await run();
    expect((await rowOf(id)).state).toBe('sent');
    const { text, html } = readStoredMail(sink.taken[0]?.raw ?? '');
    const token = /https:\/\/ibok\.example\.org\/aktywacja#([0-9a-f]{64})/.exec(text)?.[1] ?? '';
    expect(html).toContain(`href="https://ibok.example.org/aktywacja#${token}"`);
    const { rows } = await root.query(
      `select token_hash = sha256(convert_to($1, 'UTF8')) as known from ibok.account_tokens where account_id = 900`,
      [token],
    );
    expect(rows).toEqual([{ known: true }]);
    const kept = await root.query(`select from ibok.outbox where outbox::text like '%' || $1 || '%'`, [token]);
    expect(kept.rowCount).toBe(0);
  });

  it("does not leave for an address that is not the account's any more", async () => {
    await account();
    const id = await activation('dawny@example.org');
    await run();
    expect(await rowOf(id)).toMatchObject({ state: 'failed', last_error: 'LINK_REFUSED' });
    expect(sink.taken).toHaveLength(0);
  });

  it('waits where the worker does not know the portal', async () => {
    await account();
    const id = await activation('ewa@example.org');
    await sendMails({ ...standardPorts(() => undefined), mail, archive: null }).run(reader(pool));
    expect(await rowOf(id)).toMatchObject({ state: 'new', attempts: 1, last_error: 'NO_PORTAL_URL' });
  });
});
