import { z } from 'zod';
import { day, id, instant, line, requestId } from './values';

/** Where a message stands. `unsure`: handed over, but the worker died before the server's answer; nobody knows. */
export const MAIL_STATES = ['new', 'held', 'sending', 'sent', 'unsure', 'failed', 'cancelled'] as const;
const mailState = z.enum(MAIL_STATES);
export type MailState = z.infer<typeof mailState>;

/** Every text the product asks for; the rows of `ibok.template_keys`. */
const templateKey = z.string().regex(/^[a-z][a-z_.]{2,60}$/);

/** Columns of the queue, as a row. */
export const mailRow = z.object({
  id,
  createdAt: instant,
  /** Null once it has been erased. */
  to: z.string().nullable(),
  template: templateKey,
  /** The record it is about: `accounts:12`. */
  record: z.string(),
  /** The record's name; null where the person may not see it. */
  recordLabel: z.string().nullable(),
  state: mailState,
  attempts: z.int(),
  sendAfter: instant,
  /** Code of the last refusal (`SMTP_550`, `ETIMEDOUT`). */
  lastError: z.string().nullable(),
  sentAt: instant.nullable(),
  createdBy: z.string(),
  /** Name of the person; null for the portal and the worker. */
  createdByName: z.string().nullable(),
  /** Whether a newer copy of it was made. */
  resent: z.boolean(),
});
export type MailRow = z.infer<typeof mailRow>;
export const mailPage = z.object({ rows: z.array(mailRow), nextCursor: z.string().nullable() });

export const letterheadLines = z.object({
  name: z.string(),
  lines: z.array(z.string()),
  phone: z.string(),
  email: z.string(),
  website: z.string(),
  registerLine: z.string(),
});

/** One message with its text as it is sent; secrets are never known here and stand as dots. */
export const mailDetail = mailRow.extend({
  subject: z.string(),
  /** Null once its values have been erased. */
  text: z.string().nullable(),
  html: z.string().nullable(),
  hasSecret: z.boolean(),
  attachment: z.string().nullable(),
  resendsId: id.nullable(),
  abilities: z.object({
    cancel: z.boolean(),
    hold: z.boolean(),
    release: z.boolean(),
    confirm: z.boolean(),
    resend: z.boolean(),
    /** Whether a copy may go to another address. */
    redirect: z.boolean(),
  }),
});
export type MailDetail = z.infer<typeof mailDetail>;

export const mailAct = z.strictObject({ id, requestId });
export const mailStateAnswer = z.object({ state: mailState });
export const resendMailInput = z.strictObject({
  id,
  requestId,
  /** Another address; null is the same. */
  to: line(200).nullable(),
});
export const mailId = z.object({ id });

/** One's own messages that are about to leave, for the notice that offers to take them back. */
export const waitingMail = z.object({
  mails: z.array(z.object({ id, to: z.string(), template: templateKey, seconds: z.number() })),
});
export type WaitingMail = z.infer<typeof waitingMail>['mails'][number];

export const templateVersion = z.object({
  id,
  subject: z.string(),
  body: z.string(),
  validFrom: day,
  validTo: day.nullable(),
  recordedBy: z.string(),
  /** Name of the person; null for the text an office started with. */
  recordedByName: z.string().nullable(),
});
export type TemplateVersion = z.infer<typeof templateVersion>;

export const template = z.object({
  key: templateKey,
  channel: z.enum(['mail', 'letter']),
  /** What the text may name. */
  fields: z.array(z.string()),
  /** What the body must name, known to the worker alone. */
  secrets: z.array(z.string()),
  /** Newest first: planned, present, past. */
  versions: z.array(templateVersion),
  presentId: id.nullable(),
});
export type Template = z.infer<typeof template>;
export const templateList = z.object({
  today: day,
  letterhead: letterheadLines.nullable(),
  templates: z.array(template),
});

/** Text of several lines: trimmed at its end, NFC, without control characters but line ends. */
const paragraphs = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) =>
      text
        .replace(/\r\n?/g, '\n')
        .replace(/[\u00a0\u2007\u202f]/g, ' ')
        .normalize('NFC')
        .trim(),
    )
    .pipe(z.string().min(1, { message: 'INVALID_INPUT' }));

export const setTemplateInput = z.strictObject({
  requestId,
  key: templateKey,
  subject: line(200).refine((text) => text.length > 0, { message: 'INVALID_INPUT' }),
  body: paragraphs(10_000),
  /** From today on; a planned version is replaced. */
  validFrom: day,
  /** Id of the newest version the person saw; null when there was none. */
  expected: id.nullable(),
});
export const templateId = z.object({ id });
export const withdrawTemplateInput = z.strictObject({ requestId, id });

/** A message the demo's mail server caught; never in the packaged program. */
export const caughtMail = z.object({ name: z.string(), at: instant, to: z.string(), subject: z.string() });
export type CaughtMail = z.infer<typeof caughtMail>;
/** Null where no such server is. */
export const caughtList = z.object({ mails: z.array(caughtMail).nullable() });
export const caughtInput = z.strictObject({ name: line(80) });
export const caughtText = caughtMail.extend({
  from: z.string(),
  text: z.string(),
  html: z.string(),
  files: z.array(z.string()),
});
export type CaughtText = z.infer<typeof caughtText>;
