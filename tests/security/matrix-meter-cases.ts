import {
  ALL_STAFF,
  type FunctionRule,
  guarded,
  IMPORTERS,
  OFFICE,
  type Role,
  readOnly,
  type TableRule,
} from './matrix-model';

const ACT = 'meter cases: sub-meter and expertise';
const TODAY = `(now() at time zone 'Europe/Warsaw')::date`;
const ACCEPTORS = ['technician', 'supervisor'] as const;

/**
 * A case at each of its stages: 9851 place, 9852 acceptance, 9853 fee, 9854 annex with its document, 9855 activation, 9856
 * removal, 9857 sending, 9858 certificate, 9859 answer, 9860 cancelled. 9862 is a meter in stock for the acceptance, 9861 one
 * built in that nobody disputes yet.
 */
export const METER_CASE_ROWS = `
  insert into ibok.meters (id, factory_no, type_id, owner_kind, status) overriding system value
    select id, 'K' || id, 9001, 'customer', case when id = 9862 then 'in_stock' when id in (9857, 9858, 9859) then 'removed' else 'installed' end
      from generate_series(9853, 9862) as id;
  insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
    select id, 'until_month', '12/2030', '2026-01-02' from generate_series(9853, 9862) as id;
  insert into ibok.meter_installations (id, meter_id, supply_point_id, role, parent_id, installed_on, opening_value, removed_on, final_value)
    overriding system value
    select id, id, 9001, 'deduction', 9001, '2026-02-01', 0,
           case when id in (9857, 9858, 9859) then date '2026-02-10' end, case when id in (9857, 9858, 9859) then 5 end
      from generate_series(9853, 9861) as id;
  insert into ibok.exchanges (id, kind, supply_point_id, old_installation_id, done_on, reason, done_by) overriding system value
    select id, 'removal', 9001, id, '2026-02-10', 'expertise', 's_x' from generate_series(9857, 9859) as id;
  insert into ibok.meter_cases (id, kind, customer_id, supply_point_id, opened_on, role, place, place_agreed_on, meter_id,
      installation_id, accepted_on, sealed_on, fee_amount, fee_paid_on, annex_no, annex_on)
    overriding system value
    select id, 'sub_meter', 9001, 9001, '2026-01-20', 'deduction',
           case when id > 9851 then 'Ogród' end, case when id > 9851 then date '2026-01-25' end,
           case when id > 9852 then id end, case when id > 9852 then id end,
           case when id > 9852 then date '2026-02-01' end, case when id > 9852 then date '2026-02-01' end,
           case when id > 9853 then 0 end, case when id > 9853 then date '2026-02-01' end,
           case when id > 9854 then 'A/1' end, case when id > 9854 then date '2026-02-03' end
      from generate_series(9851, 9855) as id;
  insert into ibok.meter_cases (id, kind, customer_id, supply_point_id, meter_id, opened_on, demanded_by, removal_id, office, sent_on,
      certificate_no, certificate_on, result, cost_side, answer_due_on)
    overriding system value
    select id, 'expertise', 9001, 9001, id, '2026-02-05', 'customer', case when id > 9856 then id end,
           case when id > 9857 then 'OUM' end, case when id > 9857 then date '2026-02-12' end,
           case when id > 9858 then '1/2026' end, case when id > 9858 then date '2026-02-20' end,
           case when id > 9858 then 'meets' end, case when id > 9858 then 'customer' end,
           case when id > 9858 then date '2026-02-27' end
      from generate_series(9856, 9859) as id;
  insert into ibok.meter_cases (id, kind, customer_id, supply_point_id, opened_on, role, state, closed_at, closed_by, closing_reason)
    overriding system value values (9860, 'sub_meter', 9001, 9001, '2026-01-20', 'sub', 'cancelled', now(), 's_x', 'rezygnacja');
  insert into ibok.documents (id, title, category, owner_table, owner_id)
    overriding system value values (9854, 'Aneks', 'contract', 'meter_cases', 9854)`;

export const METER_CASE_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.meter_cases': readOnly(
    'meter_cases',
    ACT,
    `id kind customer_id supply_point_id meter_id installation_id opened_on state note role place place_agreed_on accepted_on
      sealed_on fee_amount fee_paid_on annex_no annex_on activated_on demanded_by removal_id office sent_on certificate_no certificate_on
      result cost_side answer_due_on answered_on recorded_by recorded_at closed_at closed_by closing_reason`,
    OFFICE,
  ),
};

const shown = (call: string, condition: string): FunctionRule => ({
  act: `${ACT} (what lists show of a case)`,
  execute: OFFICE,
  guarded: false,
  calls: [
    {
      name: 'uses it',
      sql: `select 1 from ibok.meter_cases c where c.id = 9852 and ${call} = ${condition}`,
      may: OFFICE,
    },
  ],
});

const done = (call: string, id: number) => `select 1 from ${call} as r where r ->> 'id' = '${id}'`;

/** An act on a case: one that goes, one out of its order, one on a day to come, and one on a closed case. */
const step = (
  name: string,
  call: (id: number, day: string) => string,
  at: number,
  { wrong, by = IMPORTERS }: { wrong: number; by?: readonly Role[] },
): FunctionRule =>
  guarded(
    ACT,
    by,
    { name, sql: done(call(at, `'2026-02-25'`), at), may: by },
    { name: `${name} out of its order`, sql: `select ${call(wrong, `'2026-02-25'`)}`, may: [], refusal: 'IB006' },
    { name: `${name} tomorrow`, sql: `select ${call(at, `${TODAY} + 1`)}`, may: [], refusal: 'IB004' },
    {
      name: `${name} of a case that is not there`,
      sql: `select ${call(1, `'2026-02-25'`)}`,
      may: [],
      refusal: 'IB002',
    },
  );

const demand = (more: object) =>
  `'${JSON.stringify({ customerId: '9001', pointId: '9001', openedOn: '2026-02-20', ...more })}'`;
const acceptance = (more: object = {}) =>
  `'${JSON.stringify({
    meterId: '9862',
    openingValue: '0',
    doneOn: '2026-02-25',
    seals: [{ sealNo: 'PL-1', kind: 'plastic', place: 'coupling' }],
    ...more,
  })}'`;

export const METER_CASE_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'ibok.next_working_day': {
    act: 'working days',
    execute: ALL_STAFF,
    guarded: false,
    calls: [
      { name: 'uses it', sql: `select 1 where ibok.next_working_day('2026-12-24') = '2026-12-28'`, may: ALL_STAFF },
    ],
  },
  'ibok.meter_case_number': shown('ibok.meter_case_number(c.id)', `'S-009852'`),
  'ibok.meter_case_stage': shown('ibok.meter_case_stage(c)', `'acceptance'`),
  'ibok.sub_meter_stands': shown('ibok.sub_meter_stands(c)', 'false'),
  'api.open_sub_meter_case': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'takes an application for a sub-meter',
      sql: `select 1 from api.open_sub_meter_case(${demand({ role: 'sub' })}, null) as r where r ->> 'number' like 'S-%'`,
      may: IMPORTERS,
    },
    {
      name: 'takes one as a main meter',
      sql: `select api.open_sub_meter_case(${demand({ role: 'main' })}, null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'takes one of somebody who is not supplied there',
      sql: `select api.open_sub_meter_case(${demand({ role: 'sub', customerId: '1' })}, null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.open_expertise_case': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'takes a demand for an expertise',
      sql: `select 1 from api.open_expertise_case(${demand({ meterId: '9861' })}, null) as r where r ->> 'number' like 'S-%'`,
      may: IMPORTERS,
    },
    {
      name: 'takes one of a meter that never was there',
      sql: `select api.open_expertise_case(${demand({ meterId: '9862' })}, null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'takes a second one',
      sql: `select api.open_expertise_case(${demand({ meterId: '9856' })}, null)`,
      may: [],
      refusal: '23505',
    },
  ),
  'api.agree_case_place': step(
    'agrees the place',
    (id, day) => `api.agree_case_place(${id}, 'Garaż', ${day}, null)`,
    9851,
    {
      wrong: 9853,
    },
  ),
  'api.order_meter_case': guarded(
    ACT,
    IMPORTERS,
    { name: 'sends a technician', sql: done(`api.order_meter_case(9852, '{}', null)`, 9852), may: IMPORTERS },
    {
      name: 'sends one before the place is known',
      sql: `select api.order_meter_case(9851, '{}', null)`,
      may: [],
      refusal: 'IB006',
    },
    {
      name: 'sends one yesterday',
      sql: `select api.order_meter_case(9852, jsonb_build_object('dueOn', ${TODAY} - 1), null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.accept_sub_meter': guarded(
    ACT,
    ACCEPTORS,
    {
      name: 'accepts and seals a sub-meter',
      sql: done(`api.accept_sub_meter(9852, ${acceptance()}, null)`, 9852),
      may: ACCEPTORS,
    },
    {
      name: 'accepts one without a seal',
      sql: `select api.accept_sub_meter(9852, ${acceptance({ seals: [] })}, null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'accepts one twice',
      sql: `select api.accept_sub_meter(9853, ${acceptance()}, null)`,
      may: [],
      refusal: 'IB006',
    },
    {
      name: 'accepts one of a cancelled case',
      sql: `select api.accept_sub_meter(9860, ${acceptance()}, null)`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.record_case_fee': step('notes the fee', (id, day) => `api.record_case_fee(${id}, null, ${day}, null)`, 9853, {
    wrong: 9851,
  }),
  'api.record_case_annex': step(
    'notes the annex',
    (id, day) => `api.record_case_annex(${id}, 'A/2', ${day}, 9854, null)`,
    9854,
    { wrong: 9853 },
  ),
  'api.activate_sub_meter': step('makes it active', (id, day) => `api.activate_sub_meter(${id}, ${day}, null)`, 9855, {
    wrong: 9854,
  }),
  'api.send_to_expertise': step(
    'sends it away',
    (id, day) => `api.send_to_expertise(${id}, 'OUM', ${day}, null)`,
    9857,
    {
      wrong: 9856,
    },
  ),
  'api.record_certificate': step(
    'notes the certificate',
    (id, day) => `api.record_certificate(${id}, '2/2026', ${day}, 'fails', null)`,
    9858,
    { wrong: 9857 },
  ),
  'api.answer_expertise': step('answers', (id, day) => `api.answer_expertise(${id}, ${day}, null)`, 9859, {
    wrong: 9858,
  }),
  'api.cancel_meter_case': guarded(
    ACT,
    IMPORTERS,
    { name: 'cancels a case', sql: done(`api.cancel_meter_case(9852, 'rezygnacja', null)`, 9852), may: IMPORTERS },
    {
      name: 'cancels one without a reason',
      sql: `select api.cancel_meter_case(9852, ' ', null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'cancels one whose meter is built in',
      sql: `select api.cancel_meter_case(9853, 'rezygnacja', null)`,
      may: [],
      refusal: 'IB006',
    },
    {
      name: 'cancels one that owes an answer',
      sql: `select api.cancel_meter_case(9859, 'rezygnacja', null)`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.edit_meter_case': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'notes something',
      sql: `select 1 from api.edit_meter_case(9860, '{"note": [null, "pies"]}', null) as r where r ->> 'status' = 'saved'`,
      may: IMPORTERS,
    },
    {
      name: 'changes a step as if it were the note',
      sql: `select api.edit_meter_case(9851, '{"fee_paid_on": [null, "2026-02-01"]}', null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.meter_case_doers': guarded(ACT, OFFICE, {
    name: 'sees who did the steps',
    sql: `select 1 from api.meter_case_doers(9855) as r where jsonb_typeof(r) = 'object'`,
    may: OFFICE,
  }),
};

/** Called by the functions above, by the triggers and by the letters alone. */
export const METER_CASE_INTERNAL: readonly string[] =
  `case_order certificate_note check_case_day check_case_opening check_case_step expertise_letter_facts follow_exchange
    guard_deduction guard_meter_case lock_meter_case lose_legalization main_installation removal_of restore_legalization`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
