import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { standardPorts } from '../../main/core/ports';
import { openPool } from '../../main/db/connect';
import { scramVerifier } from '../../main/db/scram';
import { reader } from '../../main/db/statements';
import { smtpMail } from '../../main/hosts/worker/mail';
import { sendMails } from '../../main/modules/mail/mail.jobs';
import { type Letterhead, renderMail } from '../../shared/domain/mail-template';
import { round, type Value } from './measure';
import { type BenchOffice, DATABASE } from './office';

const MAILS = 10_000;
/** The two ways take turns, so that what else the machine does meets both. */
const TURNS = 4;
const PER_TURN = MAILS / TURNS;
const FIELDS = { first_name: 'Jan', last_name: 'Żuk', reason: 'prośba posiadacza konta' };

interface Counted {
  messages: number;
  doubled: number;
  others: number;
}

/**
 * Ten thousand messages from the queue to a mail server on this machine, leased, sent and noted one by one with durable
 * commits, beside the same messages through bare pooled nodemailer. Counted by the server: what was lost or doubled.
 */
export async function mails(office: BenchOffice): Promise<Value[]> {
  const sink = fork(fileURLToPath(new URL('./mail-sink.mjs', import.meta.url)), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
    return await inTurns(office, sink, port);
  } finally {
    sink.kill();
  }
}

async function inTurns(office: BenchOffice, sink: ChildProcess, port: number): Promise<Value[]> {
  const queue = await openQueue(office, port);
  const bare = await openBare(office, port);
  const ms = { queue: 0, bare: 0 };
  const total: Counted = { messages: 0, doubled: 0, others: 0 };
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      ms.bare += await bare.send(PER_TURN);
      await ask(sink);
      await queue.fill(PER_TURN, turn);
      ms.queue += await queue.send();
      const counted = await ask(sink);
      for (const key of ['messages', 'doubled', 'others'] as const) total[key] += counted[key];
    }
    const rate = (time: number) => Math.round((MAILS * 1000) / time);
    const what = `${MAILS} messages`;
    return [
      { what: `${what}: queue, per second`, value: rate(ms.queue), unit: '1/s' },
      { what: `${what}: bare pooled nodemailer, per second`, value: rate(ms.bare), unit: '1/s' },
      {
        what: `${what}: time of the queue against bare nodemailer`,
        value: round(ms.queue / ms.bare),
        unit: '×',
        goal: 1.25,
      },
      { what: `${what}: lost`, value: MAILS - total.messages + (await queue.unsent()), unit: 'messages', goal: 0 },
      { what: `${what}: doubled`, value: total.doubled, unit: 'messages', goal: 0 },
      { what: `${what}: not to one recipient`, value: total.others, unit: 'messages', goal: 0 },
    ];
  } finally {
    bare.close();
    await queue.close();
  }
}

async function ask(sink: ChildProcess): Promise<Counted> {
  sink.send('count');
  const [counted] = (await once(sink, 'message')) as [Counted];
  return counted;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The product's queue, its job and its mail port. */
async function openQueue({ superuser, server, password }: BenchOffice, port: number) {
  await superuser.query(`alter role ibok_worker password '${await scramVerifier(password)}'`);
  const address = { hosts: [{ host: server.host, port: server.port }], database: DATABASE };
  const pool = openPool({ ...address, user: 'ibok_worker', password, ca: null });
  const mail = smtpMail({ IBOK_SMTP_URL: `smtp://127.0.0.1:${port}`, IBOK_MAIL_FROM: 'ibok@example.org' });
  const job = sendMails({ ...standardPorts(() => undefined), mail, archive: null });
  const run = randomUUID();
  return {
    fill: (count: number, turn: number) =>
      superuser.query(
        `select count(ibok.enqueue_mail('bench.' || $1 || '.' || $2 || '.' || n, 'osoba' || n || '@example.org',
                 'account.blocked', $3, 'accounts:' || n))
           from generate_series(1, $4::int) as n`,
        [run, turn, JSON.stringify(FIELDS), count],
      ),
    send: () => timed(() => job.run(reader(pool))),
    unsent: async () => {
      const { rows } = await superuser.query<{ count: number }>(
        `select count(*)::int as count from ibok.outbox where key like 'bench.' || $1 || '%' and state <> 'sent'`,
        [run],
      );
      return rows[0]?.count ?? 0;
    },
    close: async () => {
      mail?.close();
      await pool.close();
      // The office is kept for the next run, and starts that one with an empty queue.
      await superuser.query('set session_replication_role = replica');
      await superuser.query('delete from ibok.outbox');
      await superuser.query('set session_replication_role = origin');
    },
  };
}

/** The same messages, made once, through the library alone. */
async function openBare({ superuser }: BenchOffice, port: number) {
  const { rows } = await superuser.query<{ subject: string; body: string; letterhead: Letterhead }>(
    `select t.subject, t.body, (select jsonb_build_object('name', h.name, 'lines', h.lines, 'phone', h.phone, 'email', h.email,
              'website', h.website, 'registerLine', h.register_line) from ibok.letterheads h order by valid_from desc limit 1) as letterhead
       from ibok.templates t where t.key = 'account.blocked' order by t.valid_from limit 1`,
  );
  const [template] = rows;
  if (!template) throw new Error('no template');
  const { subject, text, html } = renderMail(template, FIELDS, { letterhead: template.letterhead });
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    pool: true,
    maxConnections: 5,
    maxMessages: 100,
  });
  const from = { name: template.letterhead.name, address: 'ibok@example.org' };
  return {
    send: (count: number) =>
      timed(() =>
        Promise.all(
          Array.from({ length: count }, (_, n) =>
            transport.sendMail({
              from,
              to: { name: '', address: `osoba${n}@example.org` },
              subject,
              text,
              html,
              messageId: `<${randomUUID()}@example.org>`,
            }),
          ),
        ),
      ),
    close: () => transport.close(),
  };
}
