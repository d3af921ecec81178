import { setTimeout } from 'node:timers/promises';
import { type Letterhead, renderMail } from '../../../shared/domain/mail-template';
import type { Job } from '../../core/jobs';
import { type Mail, MailFault, type MailOutcome, type WorkerPorts } from '../../core/ports';
import { databaseFault } from '../../db/fault';
import { planned, type Reader } from '../../db/statements';

/** Messages leased at once: enough that the pool of connections never waits for the database, few to be left unsure. */
const MOST_UNDER_WAY = 32;
const TAKE_MORE_AT = 16;
/** Ends are gathered for so long and noted with one statement. */
const GATHER_MS = 40;
/** How long a mail server that is down is left alone: a second, doubled with each look in vain. */
const LONGEST_REST_MS = 30_000;

/** Where the portal takes the token of a secret link. */
const LINK_PATHS: Readonly<Record<string, string>> = {
  activation_link: '/aktywacja',
  confirmation_link: '/potwierdzenie',
};

/** A leased message, as `jobs.take_mails` gives it. */
interface Leased {
  id: string;
  to: string;
  subject: string;
  body: string;
  fields: Record<string, string>;
  secrets: string[];
  messageId: string;
  attachmentId: string | null;
}

/** What became of a message; null: the server accepted it. */
type End = { outcome: MailOutcome; code: string } | null;

/**
 * Sends what is due, the oldest first, until nothing is. A message's end is noted as soon as it is known; where the
 * database is away just then, the end is kept and noted with the next run, so that the message does not turn unsure.
 * While the mail server is down nothing is leased. Throws what kept the run from its work; the queue waits.
 */
export function sendMails({ mail, portalUrl, log }: WorkerPorts): Job {
  const unnoted = new Map<string, End>();
  /** How often in a row the server was found down. */
  let foundAway = 0;

  return {
    name: 'mail',
    everySeconds: 1,
    run: async (db, until) => {
      if (!mail) return;
      await note(db);
      if (foundAway > 0) await lookAgain(mail, until);
      if (until?.aborted) return;
      foundAway = 0;

      const underWay = new Set<Promise<void>>();
      const counts = { sent: 0, others: 0 };
      const carry = async (leased: Leased, letterhead: Letterhead | null) => {
        const end = await deliver(db, leased, letterhead);
        if (end?.outcome === 'down') foundAway = 1;
        if (end) counts.others += 1;
        else counts.sent += 1;
        unnoted.set(leased.id, end);
        noteSoon();
      };
      let broken: unknown;
      let noting: Promise<void> | undefined;
      const noteSoon = () => {
        noting ??= setTimeout(GATHER_MS)
          .then(() => note(db))
          .catch((fault: unknown) => {
            broken = fault;
          })
          .finally(() => {
            noting = undefined;
            if (unnoted.size > 0 && broken === undefined) noteSoon();
          });
      };

      let letterhead: Letterhead | null | undefined;
      while (foundAway === 0 && broken === undefined && !until?.aborted) {
        const taken = await take(db, MOST_UNDER_WAY - underWay.size).catch((fault: unknown) => {
          broken = fault;
          return [];
        });
        if (taken.length === 0) break;
        if (letterhead === undefined) letterhead = await readLetterhead(db).catch(() => null);
        for (const leased of taken) {
          const carried: Promise<void> = carry(leased, letterhead).finally(() => underWay.delete(carried));
          underWay.add(carried);
        }
        while (underWay.size > TAKE_MORE_AT) await Promise.race(underWay);
      }
      await Promise.all(underWay);
      while (noting) await noting;
      if (counts.sent + counts.others > 0) log.info('mails', counts);
      if (broken !== undefined) throw broken;
      if (foundAway > 0) throw new MailFault('down', 'SERVER_AWAY');
    },
  };

  async function lookAgain(server: Mail, until: AbortSignal | undefined): Promise<void> {
    const rest = Math.min(1000 * 2 ** (foundAway - 1), LONGEST_REST_MS);
    await setTimeout(rest, undefined, until ? { signal: until } : {}).catch(() => undefined);
    if (until?.aborted) return;
    foundAway += 1;
    await server.check();
  }

  /** Writes down what became of messages. What cannot be written stays for the next time. */
  async function note(db: Reader): Promise<void> {
    const ends = [...unnoted];
    const sent = ends.flatMap(([id, end]) => (end ? [] : [id]));
    if (sent.length > 0) await db.rows(NOTE_SENT, [sent]);
    for (const id of sent) unnoted.delete(id);
    for (const [id, end] of ends) {
      if (!end) continue;
      await db.rows(NOTE_FAILED, [id, end.code, end.outcome]);
      unnoted.delete(id);
    }
  }

  /** Makes the message and hands it over. Never rejects: what goes wrong is its end. */
  async function deliver(db: Reader, leased: Leased, letterhead: Letterhead | null): Promise<End> {
    try {
      const links = await linksOf(db, leased);
      const rendered = renderMail(leased, { ...leased.fields, ...links }, { secrets: leased.secrets, letterhead });
      const attachment = leased.attachmentId ? await readAttachment(db, leased.id) : undefined;
      await mail?.send({
        to: leased.to,
        ...(letterhead ? { fromName: letterhead.name } : {}),
        ...rendered,
        messageId: leased.messageId,
        ...(attachment ? { attachment } : {}),
      });
      return null;
    } catch (error) {
      if (error instanceof MailFault) return { outcome: error.outcome, code: error.code };
      const fault = databaseFault(error);
      // Nothing was handed over: the server's own turn had not come.
      if (fault?.sqlstate === 'IB006' || fault?.sqlstate === 'IB002')
        return { outcome: 'refused', code: 'LINK_REFUSED' };
      return { outcome: 'later', code: fault ? 'DATABASE' : 'NOT_MADE' };
    }
  }

  /** The secret links of a message, made in the moment of sending. */
  async function linksOf(db: Reader, { id, secrets }: Leased): Promise<Record<string, string>> {
    const [name] = secrets;
    if (name === undefined) return {};
    if (!portalUrl) throw new MailFault('later', 'NO_PORTAL_URL');
    const [row] = await db.rows<{ token: string }>('select jobs.mail_secret($1::bigint) as token', [id]);
    return { [name]: `${portalUrl}${LINK_PATHS[name] ?? ''}#${row?.token ?? ''}` };
  }
}

const TAKE = planned(
  `select id, to_address as "to", subject, body, fields, secrets, message_id as "messageId", attachment_id as "attachmentId"
     from jobs.take_mails($1::int)`,
);
const NOTE_SENT = planned('select jobs.mail_sent($1::bigint[])');
const NOTE_FAILED = planned('select jobs.mail_failed($1::bigint, $2, $3)');

function take(db: Reader, most: number): Promise<Leased[]> {
  return db.rows<Leased>(TAKE, [most]);
}

async function readLetterhead(db: Reader): Promise<Letterhead | null> {
  const [row] = await db.rows<{ letterhead: Letterhead | null }>('select jobs.mail_letterhead() as letterhead');
  return row?.letterhead ?? null;
}

async function readAttachment(db: Reader, id: string) {
  const [file] = await db.rows<{ name: string; mime: string; content: Uint8Array }>(
    'select file_name as name, mime, bytes as content from jobs.mail_attachment($1::bigint)',
    [id],
  );
  if (!file) throw new Error('the attachment is not there');
  return file;
}
