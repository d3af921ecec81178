import type { z } from 'zod';
import type { ListInput } from '../../../shared/contract/lists';
import type { MailDetail, MailRow, templateList, WaitingMail } from '../../../shared/contract/mail';
import { HIDDEN_SECRET, type Letterhead, renderMail } from '../../../shared/domain/mail-template';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import { MAIL_LIST } from './mail.list';

type Instants = 'createdAt' | 'sendAfter' | 'sentAt';
type Dated<Row extends Pick<MailRow, Instants>> = Omit<Row, Instants> & {
  createdAt: Date;
  sendAfter: Date;
  sentAt: Date | null;
};

/** A page of the queue. Throws INVALID_INPUT for a question the list does not answer. */
export async function listMail(ctx: ReadContext, input: ListInput) {
  const { rows, nextCursor } = await listPage<Dated<MailRow>>(ctx.db, MAIL_LIST, input);
  return { rows: rows.map(undated), nextCursor };
}

function undated<Row extends Dated<MailRow>>(row: Row) {
  const { createdAt, sendAfter, sentAt } = row;
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    sendAfter: sendAfter.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  };
}

type DetailRow = Dated<MailRow> & {
  subject: string;
  body: string;
  fields: Record<string, string> | null;
  secrets: string[];
  attachment: string | null;
  resendsId: string | null;
  letterhead: Letterhead | null;
  abilities: MailDetail['abilities'];
};

/** The office as it was called on a day, for what stands under a message. `$day` is SQL. */
const letterheadOn = (day: string) => `(
  select jsonb_build_object('name', h.name, 'lines', h.lines, 'phone', h.phone, 'email', h.email, 'website', h.website,
           'registerLine', h.register_line)
    from ibok.letterheads as h where h.valid_from <= ${day} order by h.valid_from desc limit 1)`;

/** One message with the text as it was or will be sent. Throws NOT_FOUND for one the person does not see. */
export async function getMail(ctx: ReadContext, id: string): Promise<MailDetail> {
  const [row] = await ctx.db.rows<DetailRow>(
    `select ${MAIL_LIST.select}, t.subject, t.body, o.fields, k.secrets, v.file_name as attachment,
            o.resends_id as "resendsId", api.mail_abilities(o.id) as abilities,
            ${letterheadOn(`coalesce((o.sent_at at time zone 'Europe/Warsaw')::date, ibok.today())`)} as letterhead
       from ${MAIL_LIST.from} join ibok.template_keys as k on k.key = t.key
       left join ibok.document_versions as v on v.id = o.attachment_id
      where o.id = $1::bigint`,
    [id],
  );
  if (!row) throw new AppError('NOT_FOUND');
  const { body, fields, secrets, letterhead, ...rest } = row;
  const hidden = Object.fromEntries(secrets.map((name) => [name, HIDDEN_SECRET]));
  const rendered = fields && renderMail(row, { ...fields, ...hidden }, { secrets, letterhead });
  return {
    ...undated(rest),
    subject: rendered?.subject ?? row.subject,
    text: rendered?.text ?? null,
    html: rendered?.html ?? null,
    hasSecret: secrets.length > 0,
  };
}

/** The person's own messages that may still be taken back before their first attempt, the next to leave first. */
export async function waitingMail(ctx: ReadContext): Promise<WaitingMail[]> {
  return ctx.db.rows<WaitingMail>(
    `select o.id, o.to_address::text as "to", t.key as template,
            extract(epoch from o.send_after - clock_timestamp())::float8 as seconds
       from ibok.outbox as o join ibok.templates as t on t.id = o.template_id
      where o.state = 'new' and o.attempts = 0 and o.created_by = session_user and o.send_after > clock_timestamp()
      order by o.send_after, o.id limit 100`,
  );
}

/** Every text the product asks for, with its versions, and what stands under each message today. */
export async function listTemplates(ctx: ReadContext): Promise<z.infer<typeof templateList>> {
  const [row] = await ctx.db.rows<z.infer<typeof templateList>>(
    `select ibok.today()::text as today, ${letterheadOn('ibok.today()')} as letterhead,
            coalesce(jsonb_agg(jsonb_build_object(
              'key', k.key, 'channel', k.channel, 'fields', k.fields, 'secrets', k.secrets,
              'versions', coalesce(v.versions, '[]'), 'presentId', v.present) order by k.channel desc, k.key), '[]') as templates
       from ibok.template_keys as k
       left join lateral (
         select jsonb_agg(jsonb_build_object('id', t.id::text, 'subject', t.subject, 'body', t.body,
                  'validFrom', t.valid_from, 'validTo', t.valid_to, 'recordedBy', t.recorded_by,
                  'recordedByName', s.display_name) order by t.valid_from desc) as versions,
                max(t.id::text) filter (where t.valid_from <= ibok.today()
                  and (t.valid_to is null or t.valid_to >= ibok.today())) as present
           from ibok.templates as t left join ibok.staff_members as s on s.login = t.recorded_by
          where t.key = k.key) as v on true`,
  );
  if (!row) throw new Error('the database gave no answer');
  return row;
}
