import { ORDER_KINDS, ORDER_RESULTS, ORDER_STATES } from '../../../shared/contract/orders';
import { ADDRESS } from '../../db/address';
import type { List } from '../../db/list-definition';

const OVERDUE = `(o.state = 'open' and coalesce(o.due_on < ibok.today(), false))`;

/** What a row of the list says of an order. */
export const ORDER_ROW = `o.id, o.kind, o.state, o.result, o.result_note as "resultNote",
  trim_scale(o.result_value)::text as "resultValue", o.note, o.day::text as day, o.due_on::text as "dueOn",
  ${OVERDUE} as overdue, o.assignee, a.display_name as "assigneeName", o.meter_id as "meterId", m.factory_no as "factoryNo",
  o.supply_point_id as "pointId", points.code as "pointCode", premises.id as "premiseId", ${ADDRESS} as address,
  premises.route, o.case_id as "caseId", o.exchange_id as "exchangeId", o.made_at as "madeAt",
  coalesce(b.display_name, o.made_by) as "madeByName", o.closed_on::text as "closedOn", o.closed_by as "closedBy",
  coalesce(c.display_name, o.closed_by) as "closedByName"`;

export const ORDERS = `ibok.service_orders as o
  join ibok.supply_points as points on points.id = o.supply_point_id
  join ibok.premises as premises on premises.id = points.premise_id
  left join ibok.meters as m on m.id = o.meter_id
  left join ibok.staff_members as a on a.login = o.assignee
  left join ibok.staff_members as b on b.login = o.made_by
  left join ibok.staff_members as c on c.login = o.closed_by`;

/** All service orders, by the day they are planned for; those without one come last. */
export const ORDER_LIST: List = {
  action: 'orders.list',
  select: ORDER_ROW,
  from: ORDERS,
  key: 'o.id',
  // Both texts have the form of ibok.search_words: a space before every word.
  // A factory number is found as it is written and without its signs.
  words: `(premises.search_text || coalesce(' ' || m.factory_key || ' ' || ibok.fold(m.factory_no), ''))`,
  columns: {
    number: { sql: 'o.id', type: 'integer', filters: ['between'], sort: { column: 'o.id', type: 'bigint' } },
    kind: { sql: 'o.kind', type: 'text', filters: ['oneOf'], codes: ORDER_KINDS },
    address: { sql: ADDRESS, type: 'text', filters: ['text'] },
    city: { sql: 'premises.city', type: 'text', filters: ['text'] },
    street: { sql: 'premises.street', type: 'text', filters: ['text', 'empty'] },
    route: { sql: 'premises.route', type: 'text', filters: ['text', 'empty', 'filled'] },
    meter: { sql: 'm.factory_no', type: 'text', filters: ['text', 'empty', 'filled'] },
    assignee: { sql: 'o.assignee', type: 'text', filters: ['oneOf', 'empty', 'filled'] },
    day: {
      sql: 'o.day',
      type: 'date',
      filters: ['dates', 'empty', 'filled'],
      sort: { column: 'o.day', type: 'date', nullable: true },
    },
    dueOn: { sql: 'o.due_on', type: 'date', filters: ['dates', 'empty', 'filled'] },
    overdue: { sql: OVERDUE, type: 'boolean', filters: ['oneOf'], codes: ['true', 'false'] },
    state: { sql: 'o.state', type: 'text', filters: ['oneOf'], codes: ORDER_STATES },
    result: { sql: 'o.result', type: 'text', filters: ['oneOf', 'empty', 'filled'], codes: ORDER_RESULTS },
    resultValue: { sql: 'o.result_value', type: 'integer', filters: ['between', 'empty', 'filled'] },
    closedOn: { sql: 'o.closed_on', type: 'date', filters: ['dates', 'empty', 'filled'] },
    note: { sql: 'o.note', type: 'text', filters: ['text', 'empty', 'filled'] },
    meterId: { sql: 'o.meter_id', type: 'integer', filters: ['between'] },
    bulk: { sql: 'o.bulk_id', type: 'integer', filters: ['between'] },
  },
};
