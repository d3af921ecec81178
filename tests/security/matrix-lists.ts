import { type FunctionRule, guarded, IMPORTERS, OFFICE, reads, type TableRule } from './matrix-model';

const VIEWS = 'section 3: saved views, own and shared';
/** Everybody whose first password is changed. */
const STAFF = ['clerk', 'technician', 'supervisor', 'admin', 'dpo'] as const;
const view = (id: number) => `select 1 from ibok.saved_views where id = ${id}`;
const done = (call: string) => `select 1 from (select ${call}) as done`;

/**
 * Saved views and their pins. A person's view bears the number of the person's import in the fixture (`:import`);
 * somebody else shares a view of tasks (`:foreign`), keeps 9001 to himself, and shares others of one list each.
 */
export const LIST_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.saved_views': {
    act: VIEWS,
    columns: 'id list name login shared state created_at updated_at',
    select: [{ to: STAFF }],
    policies: {
      saved_views_own: { for: 'select', own: STAFF },
      saved_views_office: reads(OFFICE),
      saved_views_mail: reads(IMPORTERS),
      saved_views_trail: reads(['admin', 'dpo']),
      saved_views_approvals: reads(['clerk', 'supervisor', 'admin', 'dpo']),
      saved_views_accounts: reads(['clerk', 'supervisor', 'dpo']),
      saved_views_reads: reads(['dpo']),
    },
    own: 'login = session_user',
    scenarios: [
      { name: 'does not see what others keep', sql: view(9001), by: STAFF, expected: { rows: 'none' } },
      { name: 'sees a shared view of the read log', sql: view(9002), by: ['dpo'], expected: { rows: 'some' } },
      {
        name: 'does not see a shared view of the read log',
        sql: view(9002),
        by: ['clerk', 'technician', 'supervisor', 'admin'],
        expected: { rows: 'none' },
      },
      {
        name: 'sees a shared view of applications',
        sql: view(9007),
        by: ['clerk', 'supervisor', 'dpo'],
        expected: { rows: 'some' },
      },
      {
        name: 'does not see a shared view of applications',
        sql: view(9007),
        by: ['technician', 'admin'],
        expected: { rows: 'none' },
      },
      { name: 'sees a shared view of customers', sql: view(9003), by: OFFICE, expected: { rows: 'some' } },
      {
        name: 'does not see a shared view of customers, which may name them',
        sql: view(9003),
        by: ['admin'],
        expected: { rows: 'none' },
      },
      { name: 'sees a shared view of mail', sql: view(9005), by: IMPORTERS, expected: { rows: 'some' } },
      {
        name: 'does not see a shared view of mail, which may name customers',
        sql: view(9005),
        by: ['admin', 'dpo'],
        expected: { rows: 'none' },
      },
      { name: 'sees a shared view of the journal', sql: view(9004), by: ['admin', 'dpo'], expected: { rows: 'some' } },
      {
        name: 'sees a shared view of requests for approval',
        sql: view(9008),
        by: ['clerk', 'supervisor', 'admin', 'dpo'],
        expected: { rows: 'some' },
      },
      {
        name: 'does not see a shared view of requests for approval',
        sql: view(9008),
        by: ['technician'],
        expected: { rows: 'none' },
      },
      {
        name: 'does not see a shared view of the journal',
        sql: view(9004),
        by: ['clerk', 'technician', 'supervisor'],
        expected: { rows: 'none' },
      },
    ],
  },
  'ibok.saved_view_pins': {
    act: VIEWS,
    columns: 'view_id login position',
    select: [{ to: STAFF }],
    policies: { saved_view_pins_own: { for: 'select', own: STAFF } },
    own: 'login = session_user',
  },
};

export const LIST_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.save_view': guarded(
    VIEWS,
    STAFF,
    { name: 'saves a view', sql: done(`api.save_view(null, 'tasks', 'matrix', '{}', false)`), may: STAFF },
    {
      name: 'saves a view of the read log',
      sql: done(`api.save_view(null, 'reads', 'matrix', '{}', false)`),
      may: ['dpo'],
      refusal: 'IB001',
    },
    {
      name: 'changes the own view',
      sql: `${done(`api.save_view(:import, 'tasks', 'matrix', '{}', true)`)}`,
      may: STAFF,
    },
    {
      name: "changes somebody else's view, even a shared one",
      sql: done(`api.save_view(:foreign, 'tasks', 'matrix', '{}', true)`),
      may: [],
      refusal: 'IB002',
    },
    {
      name: 'saves something that is no view',
      sql: done(`api.save_view(null, 'tasks', 'matrix', '[]', false)`),
      may: [],
      refusal: '23514',
    },
  ),
  'api.remove_view': guarded(
    VIEWS,
    STAFF,
    { name: 'removes the own view', sql: done('api.remove_view(:import)'), may: STAFF },
    { name: "removes somebody else's view", sql: done('api.remove_view(:foreign)'), may: [], refusal: 'IB002' },
  ),
  'api.pin_view': guarded(
    VIEWS,
    STAFF,
    { name: 'pins a shared view', sql: done('api.pin_view(:foreign, true)'), may: STAFF },
    { name: 'pins what another keeps', sql: done('api.pin_view(9001, true)'), may: [], refusal: 'IB002' },
    { name: 'pins a view of the read log', sql: done('api.pin_view(9002, true)'), may: ['dpo'], refusal: 'IB002' },
    { name: 'pins a view of customers', sql: done('api.pin_view(9003, true)'), may: OFFICE, refusal: 'IB002' },
    {
      name: 'pins a view of the journal',
      sql: done('api.pin_view(9004, true)'),
      may: ['admin', 'dpo'],
      refusal: 'IB002',
    },
  ),
  'api.log_export': guarded(
    'find customers, list columns (an export of them is written to the read log)',
    STAFF,
    { name: 'exports customers', sql: done(`api.log_export('customers', '{customerNo}', 12)`), may: OFFICE },
    { name: 'exports tasks', sql: done(`api.log_export('tasks', '{title}', 12)`), may: STAFF },
    { name: 'exports mail', sql: done(`api.log_export('outbox', '{to}', 1)`), may: IMPORTERS },
    { name: 'exports the journal', sql: done(`api.log_export('journal', '{at}', 1)`), may: ['admin', 'dpo'] },
    { name: 'exports the read log', sql: done(`api.log_export('reads', '{at}', 1)`), may: ['dpo'] },
    { name: 'exports a list that is none', sql: done(`api.log_export('staff', '{login}', 1)`), may: [] },
    {
      name: 'writes other words into the log',
      sql: done(`api.log_export('tasks', '{"Jan Żuk"}', 12)`),
      may: [],
      refusal: 'IB004',
    },
  ),
};

export const LIST_INTERNAL: readonly string[] = ['ibok.demand_list', 'ibok.may_open_list'];

/** Views of somebody whom no role of the matrix is. */
export const LIST_ROWS = `
  insert into ibok.saved_views (id, list, name, login, shared, state) overriding system value values
    (9001, 'tasks', 'own', 's_other', false, '{}'), (9002, 'reads', 'reads', 's_other', true, '{}'),
    (9003, 'customers', 'customers', 's_other', true, '{}'), (9004, 'journal', 'journal', 's_other', true, '{}'),
    (9005, 'outbox', 'outbox', 's_other', true, '{}'), (9008, 'approvals', 'approvals', 's_other', true, '{}'),
    (9007, 'registrations', 'registrations', 's_other', true, '{}')`;

/** A view of a person and its pin, by the number of the person's import and the login. */
export const LIST_FIXTURE: readonly string[] = [
  `insert into ibok.saved_views (id, list, name, login, shared, state) overriding system value
   values ($1, 'tasks', 'view', $2, $2 = 's_somebody', '{}')`,
  `insert into ibok.saved_view_pins (view_id, login, position) values ($1, $2, 1)`,
];
