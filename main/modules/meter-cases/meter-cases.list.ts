import { CASE_STAGES, CASE_STATES, SUB_METER_ROLES } from '../../../shared/contract/meter-cases';
import { CASE_KINDS } from '../../../shared/domain/meter-cases';
import type { List } from '../../db/list-definition';

const NUMBER = 'ibok.meter_case_number(c.id)';
const STAGE = 'ibok.meter_case_stage(c)';
const ADDRESS = 'ibok.address_line(p.street, p.house_no, p.flat_no, p.city)';
const OVERDUE = `(c.state = 'open' and coalesce(c.answer_due_on < ibok.today(), false))`;
const BOTH = ['true', 'false'] as const;

/** Columns of `meterCaseRow`. */
export const CASE_COLUMNS = `c.id, ${NUMBER} as number, c.kind, c.state, ${STAGE} as stage, c.opened_on::text as "openedOn",
  c.customer_id as "customerId", u.customer_no as "customerNo", u.display_name as "customerName",
  c.supply_point_id as "pointId", s.code as "pointCode", p.id as "premiseId", ${ADDRESS} as address,
  c.meter_id as "meterId", m.factory_no as "factoryNo", c.role, o.id as "orderId", o.day::text as "orderDay",
  c.answer_due_on::text as "answerDueOn",
  case when c.state = 'open' then ibok.working_days_between(ibok.today(), c.answer_due_on) end as "daysLeft",
  ${OVERDUE} as overdue`;

export const CASE_SOURCE = `ibok.meter_cases as c
  join ibok.customer_search as u on u.customer_id = c.customer_id
  join ibok.supply_points as s on s.id = c.supply_point_id
  join ibok.premises as p on p.id = s.premise_id
  left join ibok.meters as m on m.id = c.meter_id
  left join lateral (select x.id, x.day, x.assignee from ibok.service_orders as x
                      where x.case_id = c.id and x.state = 'open' order by x.id limit 1) as o on true`;

/** Cases of sub-meters and of expertises, the newest first. */
export const METER_CASE_LIST: List = {
  action: 'meterCases.list',
  select: CASE_COLUMNS,
  from: CASE_SOURCE,
  key: 'c.id',
  words: `' ' || ibok.fold(concat_ws(' ', ${NUMBER}, u.customer_no, u.display_name, s.code, ${ADDRESS}, m.factory_no))`,
  columns: {
    number: { sql: NUMBER, type: 'text', filters: ['text'], inWords: true, sort: { column: 'c.id', type: 'bigint' } },
    kind: { sql: 'c.kind', type: 'text', filters: ['oneOf'], codes: CASE_KINDS },
    stage: { sql: STAGE, type: 'text', filters: ['oneOf'], codes: CASE_STAGES },
    state: { sql: 'c.state', type: 'text', filters: ['oneOf'], codes: CASE_STATES },
    openedOn: { sql: 'c.opened_on', type: 'date', filters: ['dates'] },
    customer: { sql: `concat_ws(' ', u.customer_no, u.display_name)`, type: 'text', filters: ['text'], inWords: true },
    address: { sql: ADDRESS, type: 'text', filters: ['text'], inWords: true },
    pointCode: { sql: 's.code', type: 'text', filters: ['text'], inWords: true },
    factoryNo: { sql: 'm.factory_no', type: 'text', filters: ['text', 'empty', 'filled'], inWords: true },
    role: { sql: 'c.role', type: 'text', filters: ['oneOf'], codes: SUB_METER_ROLES },
    orderDay: { sql: 'o.day', type: 'date', filters: ['dates', 'empty', 'filled'] },
    answerDueOn: { sql: 'c.answer_due_on', type: 'date', filters: ['dates', 'empty', 'filled'] },
    overdue: { sql: OVERDUE, type: 'boolean', filters: ['oneOf'], codes: BOTH },
  },
};
