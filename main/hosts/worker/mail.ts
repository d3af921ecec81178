import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { isLoopback } from '../../core/config';
import type { Mail, MailMessage } from '../../core/ports';
import { mailFault, type Progress } from './mail-fault';

/** A server may take its time over one message; even in the queue behind others this is far below its lease of 5 minutes. */
const MESSAGE_MS = 60_000;
const SILENCE_MS = 30_000;

/**
 * The worker's mail server. Environment: IBOK_SMTP_URL (`smtp://host:port`, without a password), IBOK_SMTP_USER,
 * IBOK_SMTP_PASSWORD or IBOK_SMTP_PASSWORD_FILE (a file that the system's store of secrets hands over), IBOK_MAIL_FROM.
 * Off this machine TLS is demanded. Returns null when none is named; throws a sentence for the operator when it is
 * named wrongly.
 * @param silenceMs how long the server may keep silent before a message is given up.
 */
export function smtpMail(env: NodeJS.ProcessEnv, silenceMs = SILENCE_MS): Mail | null {
  if (!env.IBOK_SMTP_URL) return null;
  const url = URL.parse(env.IBOK_SMTP_URL);
  if (!url?.hostname || !/^smtps?:$/.test(url.protocol)) {
    throw new Error('IBOK_SMTP_URL must be like smtp://mail.example.org:587');
  }
  if (url.password) throw new Error('IBOK_SMTP_URL must not hold a password: set IBOK_SMTP_PASSWORD');
  const from = env.IBOK_MAIL_FROM;
  if (!from) throw new Error('IBOK_MAIL_FROM must be set beside IBOK_SMTP_URL');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const local = isLoopback(host);
  const user = env.IBOK_SMTP_USER;
  const transport = createTransport({
    host,
    port: Number(url.port || 587),
    secure: url.protocol === 'smtps:',
    requireTLS: !local,
    ignoreTLS: local,
    pool: true,
    maxConnections: 5,
    maxMessages: 100,
    // One attempt is one: the pool would try again by itself after a broken connection, and the queue could not count it.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user ? { auth: { user, pass: smtpPassword(env) } } : {}),
  });
  // Connections that break while idle: the next message says what is wrong.
  transport.on('error', () => undefined);

  /** The body of each message under way. It is made when its session stands, and read to its end before the final dot. */
  const bodies = new WeakMap<AbortSignal, Readable>();
  transport.use('stream', ({ message, data: { signal } }, done) => {
    if (message && signal) {
      const make = message.createReadStream.bind(message);
      message.createReadStream = (options) => {
        const body = make(options);
        bodies.set(signal, body);
        return body;
      };
    }
    done();
  });
  const progressOf = (signal: AbortSignal): Progress => {
    const body = bodies.get(signal);
    if (!body) return 'nothing';
    return body.readableEnded ? 'whole' : 'session';
  };

  return {
    send: async (message) => {
      const signal = AbortSignal.timeout(MESSAGE_MS);
      try {
        await transport.sendMail({ ...envelopeOf(message, from), signal });
      } catch (error) {
        throw mailFault(error, progressOf(signal));
      }
    },
    check: async () => {
      try {
        await transport.verify();
      } catch (error) {
        throw mailFault(error, 'nothing');
      }
    },
    close: () => transport.close(),
  };
}

function envelopeOf({ to, fromName, subject, text, html, messageId, attachment }: MailMessage, from: string) {
  return {
    from: { name: fromName ?? 'IBOK Desk', address: from },
    // An object, not a text: a text is parsed, and could name a second person.
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${messageId}@${from.split('@')[1] ?? 'localhost'}>`,
    ...(html === undefined ? {} : { html }),
    ...(attachment
      ? {
          attachments: [
            {
              filename: attachment.name,
              content: typeof attachment.content === 'string' ? attachment.content : Buffer.from(attachment.content),
              ...(attachment.mime ? { contentType: attachment.mime } : {}),
            },
          ],
        }
      : {}),
  };
}

/** A file comes before the variable: systemd and Docker hand secrets over as files. Throws when it cannot be read. */
function smtpPassword(env: NodeJS.ProcessEnv): string {
  const file = env.IBOK_SMTP_PASSWORD_FILE;
  if (!file) return env.IBOK_SMTP_PASSWORD ?? '';
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new Error('IBOK_SMTP_PASSWORD_FILE cannot be read');
  }
}
