import { CLERKS, closed, type FunctionRule, guarded, IMPORTERS, reads, type TableRule } from './matrix-model';

const ACT = 'edit contact data (many rows at once, and taken back)';
const IMPORT = 'imports, undo of an import: own for clerk and technician, all for supervisor';
/** Everybody whose first password is changed. */
const STAFF = ['clerk', 'technician', 'supervisor', 'admin', 'dpo'] as const;
const note = (to: string) => `'{"is": "setField", "list": "customers", "field": "officeNote", "to": "${to}"}'::jsonb`;
const plan = (kind: string) => `'{"is": "planOrders", "list": "meters", "kind": "${kind}"}'::jsonb`;
const begin = (act: string, ids: string) =>
  `select 1 where (api.begin_bulk(null, ${act}, '{}', '${ids}') ->> 'bulkId') <> ''`;

/**
 * Bulk acts, the undo stack and what a person remembers of files. Acts and steps of a person bear the number of the
 * person's import in the fixture: `:import`, and `:foreign` for somebody else's.
 */
export const BULK_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.bulk_acts': {
    act: ACT,
    columns: 'id login act total changed same refused started_at seen_at finished_at state',
    select: [{ to: IMPORTERS }],
    policies: { bulk_acts_own: { for: 'select', own: IMPORTERS }, bulk_acts_all: reads(['supervisor']) },
    own: 'login = session_user',
  },
  'ibok.bulk_rows': {
    act: `${ACT}; what a row was before is for nobody`,
    columns: 'bulk_id record_id place tries outcome error before_value after_value made_id',
    select: [{ to: IMPORTERS, columns: 'bulk_id record_id place tries outcome error made_id' }],
    policies: { bulk_rows_of_visible: { for: 'select', own: ['clerk', 'technician'], all: ['supervisor'] } },
    // The owner of the act stands in `error` in the fixture: a subquery on bulk_acts would be under its policy.
    own: 'error = session_user',
  },
  'ibok.undo_steps': closed(
    'the undo stack: values of before through api.undo alone',
    'id login kind subject fields count before_values after_values at state',
  ),
  'ibok.import_mappings': {
    act: IMPORT,
    columns: 'login signature file_kind mapping',
    select: [{ to: IMPORTERS }],
    insert: [{ to: IMPORTERS, columns: 'signature file_kind mapping' }],
    update: [{ to: IMPORTERS, columns: 'file_kind mapping' }],
    policies: { import_mappings_own: { for: 'all', own: IMPORTERS } },
    own: 'login = session_user',
    scenarios: [
      {
        name: 'remembers a mapping',
        sql: `insert into ibok.import_mappings (signature, file_kind, mapping) values (repeat('c', 64), 'meters', '[]')`,
        by: IMPORTERS,
        expected: { rows: 'some' },
      },
      {
        name: 'does not remember one for somebody else',
        sql: `insert into ibok.import_mappings (login, signature, file_kind, mapping)
          values ('s_nobody', repeat('c', 64), 'meters', '[]')`,
        by: IMPORTERS,
        granted: ['grant insert (login) on ibok.import_mappings to public'],
        expected: { refused: '42501', saying: 'row-level security' },
      },
    ],
  },
};

export const BULK_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.begin_bulk': guarded(
    ACT,
    IMPORTERS,
    { name: 'begins an act over many customers', sql: begin(note('x'), '{9001}'), may: CLERKS },
    { name: 'plans orders for many meters', sql: begin(plan('exchange'), '{9001}'), may: IMPORTERS },
    { name: 'plans what comes with a case', sql: begin(plan('expertise'), '{9001}'), may: [], refusal: 'IB004' },
    { name: 'begins an act over nothing', sql: begin(plan('exchange'), '{}'), may: [], refusal: '23514' },
  ),
  'api.bulk_rows': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'goes on with the own act',
      sql: `select 1 from api.bulk_rows(:import) as r where r ->> 'state' = 'running' and r ->> 'done' = '1'`,
      may: CLERKS,
    },
    {
      name: 'goes on with the own planning',
      sql: `select 1 from api.bulk_rows(:import + 300) as r where r ->> 'state' = 'running' and r ->> 'done' = '1'`,
      may: IMPORTERS,
    },
    {
      name: "goes on with somebody else's act",
      sql: 'select api.bulk_rows(:foreign)',
      may: [],
      refusal: 'IB002',
      intruder: 'IB002',
    },
  ),
  'api.cancel_bulk': guarded(
    ACT,
    IMPORTERS,
    { name: 'stops the own act', sql: 'select 1 from (select api.cancel_bulk(:import)) as done', may: CLERKS },
    {
      name: 'stops the own planning',
      sql: 'select 1 from (select api.cancel_bulk(:import + 300)) as done',
      may: IMPORTERS,
    },
    {
      name: "stops somebody else's act",
      sql: 'select api.cancel_bulk(:foreign)',
      may: [],
      refusal: 'IB002',
      intruder: 'IB002',
    },
  ),
  'api.undo_stack': guarded('what every group has (own acts)', STAFF, {
    name: 'sees the own acts',
    sql: `select 1 where jsonb_array_length(api.undo_stack()) = 2`,
    may: STAFF,
  }),
  'api.undo': guarded(
    'what every group has (own acts, as far as the act itself is theirs)',
    STAFF,
    {
      name: 'takes the own edit back',
      sql: `select 1 from api.undo(:import) as r where r ->> 'status' = 'undone'`,
      may: CLERKS,
    },
    { name: "takes somebody else's act back", sql: 'select api.undo(:foreign)', may: [], refusal: 'IB002' },
    {
      name: 'takes the own change of a task back that is a technician’s now',
      sql: `select 1 from api.undo(:import + 500) as r where r ->> 'status' = 'undone'`,
      may: ['technician', 'supervisor'],
      refusal: 'IB002',
    },
    {
      name: 'takes the own planning of orders back',
      sql: `select 1 from api.undo(:import + 400) as r where r ->> 'status' = 'undone' and r ->> 'count' = '1'`,
      may: IMPORTERS,
    },
    {
      name: 'takes the own import back, imported in another role',
      sql: `select 1 from api.undo(:import + 600) as r where r ->> 'status' = 'undone'`,
      may: IMPORTERS,
      refusal: 'IB001',
    },
  ),
  'api.undo_import': guarded(
    IMPORT,
    IMPORTERS,
    {
      name: 'takes the own import back',
      sql: `select 1 from api.undo_import(:import) as r where r ->> 'status' = 'undone'`,
      may: IMPORTERS,
    },
    {
      name: "takes somebody else's import back",
      sql: `select 1 from api.undo_import(:foreign) as r where r ->> 'status' = 'undone'`,
      may: ['supervisor'],
      refusal: 'IB002',
    },
  ),
  'api.cancel_import': guarded(
    IMPORT,
    IMPORTERS,
    {
      name: 'stops the own import',
      sql: `select 1 from api.cancel_import(:import) as r where r ->> 'status' = 'undone'`,
      may: IMPORTERS,
    },
    { name: "stops somebody else's import", sql: 'select api.cancel_import(:foreign)', may: [], refusal: 'IB002' },
  ),
  'jobs.purge_undo': guarded('section 1: functions of the worker (retention)', ['worker'], {
    name: 'forgets old steps and no young ones',
    sql: `select 1 where jobs.purge_undo() = 0`,
    may: ['worker'],
  }),
};

/** Called by the functions above alone. */
export const BULK_INTERNAL: readonly string[] =
  `add_undo_step bulk_add_tasks bulk_apply bulk_changed_since bulk_column bulk_lock bulk_set_field demand_bulk_role import_changed_since import_changes
    import_fill import_kept import_kept_columns import_obstacles import_tables import_take_back import_used_since is_own_save
    last_writer own_bulk row_subject subject_label undo_bulk undo_import undo_refusal undo_row undo_window`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);

/**
 * For `login`, under the number `id`: an act that has one row to do, an edit that can be taken back, a mapping; 500 on,
 * a change of a technician's task.
 */
export const BULK_FIXTURE: readonly string[] = [
  `insert into ibok.bulk_acts (id, login, act, total) overriding system value
     values ($1, $2, '{"is": "setField", "list": "customers", "field": "officeNote", "to": "x"}', 2)`,
  `insert into ibok.bulk_rows (bulk_id, record_id, place, outcome, error)
     values ($1::bigint, 9001, 1, null, null), ($1::bigint, 9002, 2, 'refused', $2)`,
  `insert into ibok.undo_steps (id, login, kind, subject, fields, count, before_values, after_values)
     overriding system value values ($1, $2, 'editContact', 'customer:9001', '{phone}', 1, '{"phone": "600100299"}',
     '{"phone": "600100200"}')`,
  // Not shown in the stack, whose length is counted above.
  `insert into ibok.undo_steps (id, login, kind, subject, fields, count, before_values, after_values)
     overriding system value select $1::bigint + 500, $2, 'task', 'task:' || id, '{title}', 0, '{"title": "Odczyt"}',
     jsonb_build_object('title', title) from ibok.follow_ups where title = 'bok_technician' and state = 'open'
     order by id desc limit 1`,
  // Shown in the stack: its own test counts two.
  `insert into ibok.undo_steps (id, login, kind, subject, fields, count, before_values, after_values)
     overriding system value values ($1::bigint + 600, $2, 'import', 'import:' || $1, '{}', 1, '{}', '{}')`,
  `insert into ibok.import_mappings (login, signature, file_kind, mapping) select $2, md5($1::bigint::text) || md5($2), 'meters', '[]'`,
];
