import { type FunctionRule, guarded, OFFICE, readOnly, type TableRule } from './matrix-model';

const ACT = 'meters, legalization, exchange (dpo: section 2, "reads")';
const METERS = ['technician', 'supervisor'] as const;
const PORTAL = 'section 5: contract with the portal';

/**
 * Meters beside 9001, which is built in: 9201 and 9202 in stock, 9203 taken off, 9204 lost; 9201 bears legalization 9201 and
 * 9203 the withdrawn 9202.
 */
export const METER_ROWS = `
  insert into ibok.meters (id, factory_no, type_id, owner_kind, status, accepted_on) overriding system value values
    (9201, 'S-1', 9001, 'utility', 'in_stock', '2026-01-02'), (9202, 'S-1', 9001, 'utility', 'in_stock', '2026-01-02'),
    (9203, 'S-3', 9001, 'customer', 'removed', '2026-01-02'), (9204, 'S-4', 9001, 'utility', 'lost', '2026-01-02');
  insert into ibok.meter_movements (id, meter_id, kind, moved_on) overriding system value values (9201, 9201, 'accepted', '2026-01-02');
  insert into ibok.legalizations (id, meter_id, mark_kind, raw_mark, read_on) overriding system value
    values (9201, 9201, 'm_year', 'M25', '2026-01-02'), (9202, 9203, 'm_year', 'M25', '2026-01-02');
  update ibok.legalizations set withdrawn_at = now(), withdrawn_by = 's_x', withdrawn_reason = 'test' where id = 9202`;

export const METER_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.meter_movements': readOnly(
    'meter_movements',
    ACT,
    'id meter_id kind moved_on reason recorded_by recorded_at',
    OFFICE,
  ),
  'ibok.legalization_rules': readOnly(
    'legalization_rules',
    ACT,
    'id mark_kind marks_from marks_to months ends ahead_months source',
    OFFICE,
  ),
  'ibok.legalizations': {
    ...readOnly(
      'legalizations',
      ACT,
      `id meter_id mark_kind raw_mark read_on stated_until override_until override_reason override_by lost_on lost_reason
        lost_note source recorded_by recorded_at withdrawn_at withdrawn_by withdrawn_reason rule_id computed_until
        valid_until conflict`,
      OFFICE,
    ),
    generated: 'conflict',
  },
};

const meter = (more: string) =>
  `select 1 from api.add_meter('{"factoryNo": "s1", "type": 9001, "ownerKind": "utility", "acceptedOn": "2026-02-01"${more}}')`;

export const METER_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.add_meter': guarded(
    ACT,
    METERS,
    {
      name: 'accepts a meter and hears of its twins',
      sql: `${meter(', "mark": {"kind": "m_year", "raw": "M25"}')} as r
        where jsonb_array_length(r -> 'twins') = 2 and r #>> '{legalization,validUntil}' = '2030-11-30'`,
      may: METERS,
    },
    {
      name: 'accepts one with a mark of the future',
      sql: meter(', "mark": {"kind": "m_year", "raw": "M99"}'),
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.edit_meter': guarded(
    ACT,
    METERS,
    {
      name: 'puts a meter right',
      sql: `select 1 from api.edit_meter(9201, '{"stock_place": [null, "Regał 2"]}') as r where r ->> 'status' = 'saved'`,
      may: METERS,
    },
    {
      name: 'changes a status past its acts',
      sql: `select api.edit_meter(9201, '{"status": ["in_stock", "installed"]}')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.move_meter': guarded(
    ACT,
    METERS,
    {
      name: 'finds a lost meter',
      sql: `select 1 from api.move_meter(9204, 'found', '2026-03-01') as r where r ->> 'status' = 'in_stock'`,
      may: METERS,
    },
    {
      name: 'scraps a meter that is built in',
      sql: `select api.move_meter(9001, 'scrapped', '2026-03-01', 'zniszczony')`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.add_legalization': guarded(
    ACT,
    METERS,
    {
      name: 'writes down a mark',
      sql: `select 1 from api.add_legalization(9202, '{"kind": "until_month", "raw": "05/2027"}', '2026-02-01') as r
        where r ->> 'validUntil' = '2027-05-31'`,
      may: METERS,
    },
    {
      name: 'writes down month 13',
      sql: `select api.add_legalization(9202, '{"kind": "until_month", "raw": "13/2027"}', '2026-02-01')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.override_legalization': guarded(
    ACT,
    METERS,
    {
      name: 'decides until when',
      sql: `select 1 from api.override_legalization(9201, '2029-01-01', 'świadectwo') as r where r ->> 'validUntil' = '2029-01-01'`,
      may: METERS,
    },
    {
      name: 'decides without a reason',
      sql: `select api.override_legalization(9201, '2029-01-01', ' ')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.set_legalization_loss': guarded(
    ACT,
    METERS,
    {
      name: 'notes an early loss',
      sql: `select 1 from api.set_legalization_loss(9201, '2026-02-10', 'seal') as r where r ->> 'validUntil' = '2026-02-09'`,
      may: METERS,
    },
    {
      name: 'notes the loss of one that was withdrawn',
      sql: `select api.set_legalization_loss(9202, '2026-02-10', 'seal')`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.withdraw_legalization': guarded(
    ACT,
    METERS,
    {
      name: 'withdraws a mistake',
      sql: `select 1 from api.withdraw_legalization(9201, 'inny wodomierz') as r where r -> 'current' = 'null'`,
      may: METERS,
    },
    { name: 'withdraws nothing', sql: `select api.withdraw_legalization(77, 'pomyłka')`, may: [], refusal: 'IB002' },
  ),
  'portal.my_meters': guarded(
    PORTAL,
    ['portal'],
    {
      name: 'shows an account its meters, here none',
      sql: `select 1 from portal.my_meters(9401) as r where r = '[]'`,
      may: ['portal'],
    },
    { name: 'shows those of a blocked account', sql: 'select portal.my_meters(9403)', may: [], refusal: 'IB002' },
  ),
};

/** Called by the functions above, by exchanges, cases and imports alone. */
export const METER_INTERNAL: readonly string[] =
  `add_legalization check_past_day current_legalization deducts_on legalization_answer legalization_until lock_legalization
    lock_meter mark_period meter_last_day meter_legal_on meter_twins meter_type reckon_legalization refuse_mark rows_of_meter
    state_reason`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
