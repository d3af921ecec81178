import { type FunctionRule, guarded, OFFICE, readOnly, type TableRule } from './matrix-model';

const ACT = 'meters, legalization, exchange (dpo: section 2, "reads")';
const METERS = ['technician', 'supervisor'] as const;

/**
 * At point 9301 hangs meter 9301, sealed, and 9302 waits in stock; at point 9302 act 9301 has built in meter 9303 (with its
 * protocol), and act 9302 was taken back.
 */
export const EXCHANGE_ROWS = `
  insert into ibok.supply_points (id, code, premise_id) overriding system value values (9301, 'PP-9301', 9001), (9302, 'PP-9302', 9001);
  insert into ibok.meters (id, factory_no, type_id, owner_kind, status) overriding system value values
    (9301, 'X-1', 9001, 'utility', 'installed'), (9302, 'X-2', 9001, 'utility', 'in_stock'), (9303, 'X-3', 9001, 'utility', 'installed');
  insert into ibok.legalizations (id, meter_id, mark_kind, raw_mark, read_on) overriding system value
    values (9302000, 9302, 'm_year', 'M25', '2026-01-02');
  insert into ibok.meter_installations (id, meter_id, supply_point_id, installed_on, opening_value, removed_on, final_value, reversed_at)
    overriding system value values (9301, 9301, 9301, '2024-01-01', 0, null, null, null), (9302, 9303, 9302, '2026-01-10', 0, null, null, null),
    (9303, 9302, 9302, '2026-01-09', 0, '2026-01-09', 0, now());
  insert into ibok.exchanges (id, kind, supply_point_id, new_installation_id, done_on, reason, done_by, before) overriding system value values
    (9301, 'installation', 9302, 9302, '2026-01-10', 'new_point', 's_x', '{"newStatus": "in_stock", "children": [], "orders": []}'),
    (9302, 'installation', 9302, 9303, '2026-01-09', 'new_point', 's_x', '{}');
  update ibok.exchanges set reversed_at = now(), reversed_by = 's_x', reversal_reason = 'pomylony' where id = 9302;
  insert into ibok.seals (id, seal_no, kind, meter_id, installation_id, place, put_on, put_by) overriding system value
    values (9301, 'KP-1', 'plastic', 9301, 9301, 'coupling', '2024-01-01', 's_x');
  insert into ibok.documents (id, title, category, owner_table, owner_id) overriding system value
    values (9301, 'Protokół', 'protocol', 'exchanges', 9301);
  insert into ibok.letters (id, kind, record, document_id) overriding system value values (9301, 'exchange_protocol', 'exchanges:9301', 9301)`;

export const EXCHANGE_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.exchanges': readOnly(
    'exchanges',
    ACT,
    `id kind supply_point_id old_installation_id new_installation_id done_on reason note done_by recorded_by recorded_at before
      reversed_at reversed_by reversal_reason`,
    OFFICE,
  ),
  'ibok.seals': readOnly(
    'seals',
    ACT,
    `id seal_no kind meter_id installation_id place put_on put_by removed_on removed_by removed_reason put_exchange_id
      removed_exchange_id recorded_by recorded_at`,
    OFFICE,
  ),
};

const exchange = (doneOn: string) =>
  `select 1 from api.exchange_meter(jsonb_build_object('kind', 'exchange', 'pointId', 9301, 'oldInstallationId', 9301, 'finalValue', 10,
    'newMeterId', 9302, 'openingValue', 0, 'doneOn', '${doneOn}', 'reason', 'legalization', 'doneBy', session_user)) as r
    where r ->> 'already' = 'false'`;

export const EXCHANGE_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.exchange_meter': guarded(
    ACT,
    METERS,
    { name: 'exchanges a meter', sql: exchange('2026-02-01'), may: METERS },
    { name: 'exchanges it before it was built in', sql: exchange('2023-12-31'), may: [], refusal: 'IB004' },
  ),
  'api.reverse_exchange': guarded(
    ACT,
    METERS,
    {
      name: 'takes an act back',
      sql: `select 1 from api.reverse_exchange(9301, 'pomylony wodomierz') as r where r ->> 'id' = '9301'`,
      may: METERS,
    },
    { name: 'takes it back twice', sql: `select api.reverse_exchange(9302, 'pomylony')`, may: [], refusal: 'IB006' },
    { name: 'takes it back for no reason', sql: `select api.reverse_exchange(9301, ' ')`, may: [], refusal: 'IB004' },
    {
      name: 'takes back what never was',
      sql: `select api.reverse_exchange(77, 'pomylony')`,
      may: [],
      refusal: 'IB002',
    },
  ),
  'api.reversal_obstacle': guarded(ACT, OFFICE, {
    name: 'learns why an act stays',
    sql: `select 1 where api.reversal_obstacle(9302) = 'reversed'`,
    may: OFFICE,
  }),
};

/** Called by the functions above, or by triggers, alone. */
export const EXCHANGE_INTERNAL: readonly string[] =
  `build_in check_exchange_form check_final_value check_meter_free check_register_value exchange_answer exchange_letter_facts
    exchange_seals exchange_side find_exchange first_place keep_photos lock_for_exchange lock_places move_children
    orders_of_exchange put_seals record_exchange refuse_exchange refuse_parent_loop register_on reversal_obstacle
    reverse_readings take_back_exchange take_out`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
