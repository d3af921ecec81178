import type { List } from '../../db/list-definition';

/** Who did what. Events come in the order of their ids, which the key's index serves; a person or day has its own index. */
export const JOURNAL: List = {
  action: 'audit.journal',
  select: `e.id, e.at, e.login, s.display_name as "displayName", e.application, e.table_name as "table", e.row_id as "rowId",
           e.op, e.reason, e.on_behalf_of as "onBehalfOf"`,
  from: 'audit.events as e left join ibok.staff_members as s on s.login = e.login',
  key: 'e.id',
  columns: {
    at: { sql: 'e.at', type: 'instant', filters: ['dates'], sort: { column: 'e.id', type: 'bigint' } },
    login: { sql: 'e.login', type: 'text', filters: ['oneOf', 'text'] },
    table: { sql: 'e.table_name', type: 'text', filters: ['oneOf'] },
    rowId: { sql: 'e.row_id', type: 'text', filters: ['oneOf'] },
    op: { sql: 'e.op', type: 'text', filters: ['oneOf'], codes: ['insert', 'update', 'delete', 'bulk'] },
    reason: { sql: 'e.reason', type: 'text', filters: ['text', 'empty', 'filled'] },
    application: { sql: 'e.application', type: 'text', filters: ['text'] },
    onBehalfOf: { sql: 'e.on_behalf_of', type: 'text', filters: ['text', 'empty', 'filled'] },
  },
};

/** Who looked at whose personal data, when and for what. */
export const READS: List = {
  action: 'audit.reads',
  select: `r.id, r.at, r.login, s.display_name as "displayName", r.application, r.customer_id as "customerId",
           c.customer_no as "customerNo", r.purpose, r.fields, r.row_count as "rowCount"`,
  from: `audit.reads as r left join ibok.staff_members as s on s.login = r.login
         left join ibok.customers as c on c.id = r.customer_id`,
  key: 'r.id',
  columns: {
    at: { sql: 'r.at', type: 'instant', filters: ['dates'], sort: { column: 'r.id', type: 'bigint' } },
    login: { sql: 'r.login', type: 'text', filters: ['oneOf', 'text'] },
    customerNo: { sql: 'c.customer_no', type: 'text', filters: ['oneOf', 'empty', 'filled'] },
    purpose: { sql: 'r.purpose', type: 'text', filters: ['oneOf', 'text'] },
    fields: { sql: 'r.fields', type: 'text', filters: ['text'] },
    rowCount: { sql: 'r.row_count', type: 'integer', filters: ['between', 'empty', 'filled'] },
    application: { sql: 'r.application', type: 'text', filters: ['text'] },
  },
};
