import { CHANNELS, REGISTRATION_STATES, RELATIONS } from '../../../shared/contract/registrations';
import type { List } from '../../db/list-definition';

const NAME = `concat_ws(' ', r.last_name, r.first_name)`;
/** A decided application lacks nothing any more; only open ones are asked. */
const MISSING = `case when r.status = 'incomplete' then ibok.registration_gaps(r) else '{}' end`;

/** The queue of applications for an account: what is due first comes first. */
export const REGISTRATION_LIST: List = {
  action: 'registrations.list',
  select: `r.id, ibok.registration_number(r.id) as number, ${NAME} as name, r.channel, r.received_on::text as "receivedOn",
           r.due_from::text as "dueFrom", r.due_to::text as "dueTo",
           ibok.working_days_between(ibok.today(), r.due_to) as "daysLeft",
           r.status in ('new', 'incomplete') and r.due_to < ibok.today() as overdue, r.status, r.relation,
           r.customer_id as "customerId", c.customer_no as "customerNo", c.display_name as "customerName",
           ${MISSING} as missing`,
  from: 'ibok.registrations as r left join ibok.customer_search as c on c.customer_id = r.customer_id',
  key: 'r.id',
  words: `ibok.search_words(${NAME})`,
  columns: {
    number: {
      sql: 'ibok.registration_number(r.id)',
      type: 'text',
      filters: ['text'],
      sort: { column: 'r.id', type: 'bigint' },
    },
    name: { sql: NAME, type: 'text', filters: ['text'] },
    channel: { sql: 'r.channel', type: 'text', filters: ['oneOf'], codes: CHANNELS },
    receivedOn: {
      sql: 'r.received_on',
      type: 'date',
      filters: ['dates'],
      sort: { column: 'r.received_on', type: 'date' },
    },
    dueTo: { sql: 'r.due_to', type: 'date', filters: ['dates'], sort: { column: 'r.due_to', type: 'date' } },
    daysLeft: { sql: 'ibok.working_days_between(ibok.today(), r.due_to)', type: 'integer', filters: [] },
    status: { sql: 'r.status', type: 'text', filters: ['oneOf'], codes: REGISTRATION_STATES },
    relation: { sql: 'r.relation', type: 'text', filters: ['oneOf'], codes: RELATIONS },
    customer: {
      sql: `concat_ws(' ', c.customer_no, c.display_name)`,
      type: 'text',
      filters: ['text', 'empty', 'filled'],
    },
    missing: { sql: `cardinality(${MISSING})`, type: 'integer', filters: [] },
  },
};
