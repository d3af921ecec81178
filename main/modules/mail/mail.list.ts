import type { List } from '../../db/list-definition';

/** A copy of a message names the one it repeats. */
const RESENT = 'exists (select from ibok.outbox as copy where copy.resends_id = o.id)';

/** The queue of mail. Whose messages a person sees, the row policies of `ibok.outbox` decide. */
export const MAIL_LIST: List = {
  action: 'mail.list',
  select: `o.id, o.created_at as "createdAt", o.to_address::text as "to", t.key as template, o.record,
           api.subject_label(replace(o.record, 's:', ':')) as "recordLabel", o.state, o.attempts::int as attempts,
           o.send_after as "sendAfter", o.last_error as "lastError", o.sent_at as "sentAt", o.created_by as "createdBy",
           s.display_name as "createdByName", ${RESENT} as resent`,
  from: `ibok.outbox as o join ibok.templates as t on t.id = o.template_id
         left join ibok.staff_members as s on s.login = o.created_by`,
  key: 'o.id',
  words: `ibok.search_words(coalesce(o.to_address::text, ''))`,
  columns: {
    createdAt: { sql: 'o.created_at', type: 'instant', filters: ['dates'], sort: { column: 'o.id', type: 'bigint' } },
    to: { sql: 'o.to_address::text', type: 'text', filters: ['text', 'empty', 'filled'] },
    template: { sql: 't.key', type: 'text', filters: ['oneOf'] },
    record: { sql: 'o.record', type: 'text', filters: ['oneOf'] },
    state: {
      sql: 'o.state',
      type: 'text',
      filters: ['oneOf'],
      codes: ['new', 'held', 'sending', 'sent', 'unsure', 'failed', 'cancelled'],
    },
    attempts: { sql: 'o.attempts::int', type: 'integer', filters: ['between'] },
    lastError: { sql: 'o.last_error', type: 'text', filters: ['text', 'empty', 'filled'] },
    sentAt: { sql: 'o.sent_at', type: 'instant', filters: ['dates', 'empty', 'filled'] },
    createdBy: { sql: 'o.created_by', type: 'text', filters: ['oneOf'] },
    resent: { sql: RESENT, type: 'boolean', filters: ['oneOf'], codes: ['true', 'false'] },
  },
};
