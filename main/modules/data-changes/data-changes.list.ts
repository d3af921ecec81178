import { DATA_CHANGE_STATUSES } from '../../../shared/contract/data-changes';
import type { List } from '../../db/list-definition';

/** Columns of a request as the list, the account and the request itself show them. */
export const DATA_CHANGE_COLUMNS = `d.id, d.account_id as "accountId", a.login, d.customer_id as "customerId",
  c.customer_no as "customerNo", c.display_name as "customerName", d.requested_at as "requestedAt", d.status,
  d.decided_at as "decidedAt", coalesce(s.display_name, d.decided_by) as "decidedByName"`;

export const DATA_CHANGE_FROM = `ibok.data_change_requests as d
  join ibok.accounts as a on a.id = d.account_id
  join ibok.customer_search as c on c.customer_id = d.customer_id
  left join ibok.staff_members as s on s.login = d.decided_by`;

/** Changes of contact data that customers asked for. The wanted values are shown by the request itself, and logged. */
export const DATA_CHANGE_LIST: List = {
  action: 'dataChanges.list',
  select: DATA_CHANGE_COLUMNS,
  from: DATA_CHANGE_FROM,
  key: 'd.id',
  words: 'c.search_text',
  columns: {
    requestedAt: {
      sql: 'd.requested_at',
      type: 'instant',
      filters: ['dates'],
      sort: { column: 'd.id', type: 'bigint' },
    },
    customer: { sql: 'c.display_name', type: 'text', filters: ['text'], inWords: true },
    customerNo: { sql: 'c.customer_no', type: 'text', filters: ['text'], inWords: true },
    login: { sql: 'a.login', type: 'text', filters: ['text', 'empty', 'filled'] },
    status: { sql: 'd.status', type: 'text', filters: ['oneOf'], codes: DATA_CHANGE_STATUSES },
    decidedBy: { sql: 'd.decided_by', type: 'text', filters: ['oneOf', 'empty', 'filled'] },
    decidedAt: { sql: 'd.decided_at', type: 'instant', filters: ['dates', 'empty', 'filled'] },
  },
};
