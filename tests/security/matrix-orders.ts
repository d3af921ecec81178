import { type FunctionRule, guarded, IMPORTERS, OFFICE, readOnly, type TableRule } from './matrix-model';

const ACT = 'service orders (dpo: section 2, "reads")';

/** An open order of meter 9001, one that is closed by somebody else, and one that an exchange may not have closed. */
export const ORDER_ROWS = `
  insert into ibok.service_orders (id, kind, supply_point_id, meter_id) overriding system value
    values (9001, 'control_reading', 9001, 9001);
  insert into ibok.service_orders (id, kind, supply_point_id, state, result, closed_by, closed_on, closed_at)
    overriding system value values (9002, 'other', 9001, 'failed', 'no_access', 's_x', '2026-02-01', now())`;

/**
 * For `login`, under the number `id`: 600 on, an order the person has closed; 300 on, a planning of orders with one meter to
 * do; 400 on, one that has made an order, and the step that takes it back.
 */
export const ORDER_FIXTURE: readonly string[] = [
  `insert into ibok.service_orders (id, kind, supply_point_id, state, result, closed_by, closed_on, closed_at)
     overriding system value values ($1::bigint + 600, 'other', 9001, 'failed', 'no_access', $2, '2026-02-01', now())`,
  `with begun as (
     insert into ibok.bulk_acts (id, login, act, total) overriding system value
       select $1::bigint + more, $2, '{"is": "planOrders", "list": "meters", "kind": "exchange"}', 1
         from unnest('{300,400}'::int[]) as more returning id)
   insert into ibok.bulk_rows (bulk_id, record_id, place) select id, 9001, 1 from begun where id = $1::bigint + 300`,
  `with made as (
     insert into ibok.service_orders (id, kind, supply_point_id, bulk_id, made_by) overriding system value
       values ($1::bigint + 400, 'other', 9001, $1::bigint + 400, $2) returning id)
   insert into ibok.bulk_rows (bulk_id, record_id, place, outcome, made_id) select $1::bigint + 400, 9001, 1, 'changed', id from made`,
  // Not shown in the stack, whose length is counted in matrix-bulk.ts.
  `insert into ibok.undo_steps (id, login, kind, subject, fields, count) overriding system value
     values ($1::bigint + 400, $2, 'bulk', 'bulk:' || $1::bigint + 400, '{}', 0)`,
];

export const ORDER_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.service_orders': readOnly(
    'service_orders',
    ACT,
    `id kind supply_point_id meter_id case_id assignee day due_on note state result result_note result_value exchange_id
      bulk_id made_by made_at closed_by closed_on closed_at`,
    OFFICE,
  ),
};

export const ORDER_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.make_order': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'makes an order',
      sql: `select 1 from api.make_order('{"kind": "other", "meterId": "9001"}') as r where r ->> 'already' = 'false'`,
      may: IMPORTERS,
    },
    {
      name: 'makes one that comes with a case',
      sql: `select api.make_order('{"kind": "expertise", "meterId": "9001"}')`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'makes one for a meter that is not built in',
      sql: `select api.make_order('{"kind": "control_reading", "meterId": "9201"}')`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.assign_order': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'gives an order a day',
      sql: `select 1 from api.assign_order(9001, '{"day": [null, "2041-02-01"]}') as r
        where r ->> 'status' = 'saved'`,
      may: IMPORTERS,
    },
    {
      name: 'turns an order into another',
      sql: `select api.assign_order(9001, '{"kind": ["control_reading", "exchange"]}')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.close_order': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'enters a result',
      sql: `select 1 from api.close_order(9001, '{"result": "done", "on": "2026-02-03", "value": "15"}') as r
        where r ->> 'state' = 'done'`,
      may: IMPORTERS,
    },
    {
      name: 'enters one a second time',
      sql: `select api.close_order(9002, '{"result": "no_access", "on": "2026-02-03"}')`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.reopen_order': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'takes the own result back',
      sql: `select 1 from api.reopen_order(:import + 600) as r where r ->> 'state' = 'open'`,
      may: IMPORTERS,
    },
    {
      name: "takes somebody else's result back",
      sql: `select 1 from api.reopen_order(9002) as r where r ->> 'state' = 'open'`,
      may: ['supervisor'],
    },
  ),
  'api.cancel_order': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'cancels an order',
      sql: `select 1 from api.cancel_order(9001, 'zbędne') as r where r ->> 'state' = 'cancelled'`,
      may: IMPORTERS,
    },
    { name: 'cancels without a reason', sql: `select api.cancel_order(9001, ' ')`, may: [], refusal: 'IB004' },
  ),
};

/** Called by the functions above, by bulk acts, exchanges and cases alone. */
export const ORDER_INTERNAL: readonly string[] =
  `bulk_assign_orders bulk_plan_orders check_order_assignee check_order_day check_order_place check_order_value check_orders_act
    close_order ensure_order lock_open_order lock_order open_order reopen_order undo_bulk_orders untouched_orders`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
