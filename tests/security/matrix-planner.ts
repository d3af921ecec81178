import { type FunctionRule, guarded, OFFICE, readOnly, type TableRule } from './matrix-model';

const ACT = 'meters, legalization, exchange (dpo: section 2, "reads")';

/** The register and the plan of legalizations: kept by triggers, read by the office, written by nobody. */
export const PLANNER_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.meter_registry': {
    ...readOnly(
      'meter_registry',
      ACT,
      `meter_id factory_no factory_key maker model dn q3 r digits owner_kind status accepted_on produced_year radio_id
        stock_place twin valid_until mark_kind raw_mark conflict lost installation_id role parent_meter_id installed_on
        place supply_point_id point_code premise_id city street house_no flat_no district route seal_nos order_id order_day
        order_assignee letter_on plan_month round_order search_text`,
      OFFICE,
    ),
    generated: 'plan_month',
    scenarios: [
      {
        name: 'sees where meter 9001 is built in',
        sql: 'select 1 from ibok.meter_registry where meter_id = 9001 and installation_id is not null',
        by: OFFICE,
        expected: { rows: 'some' },
      },
      {
        name: 'moves a legalization past its meter',
        sql: `update ibok.meter_registry set valid_until = '2099-12-31' where meter_id = 9001`,
        by: ['clerk', 'technician', 'supervisor', 'admin', 'dpo', 'newcomer', 'portal', 'billing', 'worker'],
        expected: { refused: '42501' },
      },
    ],
  },
  'ibok.legalization_counts': readOnly('legalization_counts', ACT, 'id month role owner_kind route count', OFFICE),
};

export const PLANNER_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'jobs.fold_legalization_counts': guarded('section 1: functions of the worker', ['worker'], {
    name: 'adds up how many legalizations end per month',
    sql: 'select 1 from jobs.fold_legalization_counts() as left_out where left_out >= 0',
    may: ['worker'],
  }),
};

export const PLANNER_INTERNAL: readonly string[] =
  `count_legalizations hold_registry natural_key refill_meter_registry refresh_meters
  registry_held registry_lock release_registry
  registry_follows_installations registry_follows_letter_runs registry_follows_meter_types registry_follows_meters
  registry_follows_papers registry_follows_premises registry_follows_supply_points round_order`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
