import { ASKED_VIA, DELETION_STATUSES } from '../../../shared/contract/deletions';
import type { List } from '../../db/list-definition';

const OPEN = `q.status in ('open', 'forwarded', 'approved')`;
const OVERDUE = `(${OPEN} and q.due_on < ibok.today())`;
const BOTH = ['true', 'false'] as const;
const CUSTOMERS = `array(select distinct c.customer_no::text from ibok.account_access as x
  join ibok.customers as c on c.id = x.customer_id where x.account_id = q.account_id order by 1)`;
const HELD = `(${OPEN} and api.deletion_held(q.account_id))`;

/** Columns of `deletionRow`. */
export const DELETION_COLUMNS = `q.id, ibok.deletion_number(q.id) as number, q.account_id as "accountId", a.login,
  ${CUSTOMERS} as customers, q.asked_via as "askedVia", q.asked_on::text as "askedOn", q.due_on::text as "dueOn",
  case when ${OPEN} then ibok.working_days_between(ibok.today(), q.due_on) end as "daysLeft", ${OVERDUE} as overdue,
  q.status, ${HELD} as held, coalesce(r.display_name, q.recorded_by) as "recordedByName",
  coalesce(f.display_name, q.forwarded_by) as "forwardedByName", q.closed_at as "closedAt"`;

export const DELETION_SOURCE = `ibok.deletion_requests as q join ibok.accounts as a on a.id = q.account_id
  left join ibok.staff_members as r on r.login = q.recorded_by
  left join ibok.staff_members as f on f.login = q.forwarded_by`;

/** Requests for the deletion of an account, by the day they are due. */
export const DELETION_LIST: List = {
  action: 'deletions.list',
  select: DELETION_COLUMNS,
  from: DELETION_SOURCE,
  key: 'q.id',
  words: `' ' || ibok.fold(concat_ws(' ', ibok.deletion_number(q.id), a.login, array_to_string(${CUSTOMERS}, ' ')))`,
  columns: {
    number: {
      sql: 'ibok.deletion_number(q.id)',
      type: 'text',
      filters: ['text'],
      inWords: true,
      sort: { column: 'q.id', type: 'bigint' },
    },
    login: { sql: 'a.login', type: 'text', filters: ['text', 'empty', 'filled'], inWords: true },
    customers: { sql: `array_to_string(${CUSTOMERS}, ', ')`, type: 'text', filters: ['text'] },
    askedVia: { sql: 'q.asked_via', type: 'text', filters: ['oneOf'], codes: ASKED_VIA },
    askedOn: { sql: 'q.asked_on', type: 'date', filters: ['dates'] },
    dueOn: { sql: 'q.due_on', type: 'date', filters: ['dates'], sort: { column: 'q.due_on', type: 'date' } },
    overdue: { sql: OVERDUE, type: 'boolean', filters: ['oneOf'], codes: BOTH },
    status: { sql: 'q.status', type: 'text', filters: ['oneOf'], codes: DELETION_STATUSES },
    held: { sql: HELD, type: 'boolean', filters: ['oneOf'], codes: BOTH },
    recordedByName: { sql: 'coalesce(r.display_name, q.recorded_by)', type: 'text', filters: ['text'] },
    forwardedByName: {
      sql: 'coalesce(f.display_name, q.forwarded_by)',
      type: 'text',
      filters: ['text', 'empty', 'filled'],
    },
    closedAt: { sql: 'q.closed_at', type: 'instant', filters: ['dates', 'empty', 'filled'] },
  },
};
