import { createTransport } from 'nodemailer';
import { isLoopback } from '../../core/config';
import type { Mail } from '../../core/ports';

/**
 * The worker's mail server. Environment: IBOK_SMTP_URL (`smtp://host:port`, without a password), IBOK_SMTP_USER,
 * IBOK_SMTP_PASSWORD, IBOK_MAIL_FROM. Off this machine TLS is demanded. Returns null when none is named; throws a
 * sentence for the operator when it is named wrongly.
 */
export function smtpMail(env: NodeJS.ProcessEnv): Mail | null {
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
    connectionTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user ? { auth: { user, pass: env.IBOK_SMTP_PASSWORD ?? '' } } : {}),
  });
  return {
    send: async ({ to, subject, text, messageId, attachment }) => {
      await transport.sendMail({
        from: { name: 'IBOK Desk', address: from },
        // An object, not a text: a text is parsed, and could name a second person.
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${messageId}@${from.split('@')[1] ?? 'localhost'}>`,
        ...(attachment ? { attachments: [{ filename: attachment.name, content: attachment.text }] } : {}),
      });
    },
  };
}
