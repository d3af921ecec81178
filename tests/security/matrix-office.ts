import {
  ALL_STAFF,
  type Call,
  type FunctionRule,
  guarded,
  OFFICE,
  type Role,
  readOnly,
  type TableRule,
} from './matrix-model';

/** Staff with a group: everybody but who still holds a first password. */
const WITH_GROUP = ['clerk', 'technician', 'supervisor', 'admin', 'dpo'] as const;
const CONFIGURERS = ['admin', 'supervisor', 'dpo'] as const;

/**
 * An open and a done task for each member of staff, titled by its assignee's group; 9001 is the target's. A rule of each kind, one with
 * a value that begins in 2031; a day off that no law gave.
 */
export const OFFICE_ROWS = `
  insert into ibok.follow_ups (id, title, subject, due_on, assignee, created_by) overriding system value
    select 9000 + row_number() over (order by display_name <> 'target', id), staff_group, 'customer:9001', '2031-01-10',
      login, login from ibok.staff_members;
  insert into ibok.follow_ups (id, title, due_on, assignee, created_by, state, closed_at, closed_by)
    overriding system value
    select 9500 + id, staff_group, '2031-01-10', login, login, 'done', now(), login from ibok.staff_members;
  insert into ibok.rule_keys (key, kind, unit, least, most)
    select 'matrix.' || kind, kind, 'days', 1, 30 from unnest(array['deadline', 'threshold', 'retention']) as kind;
  insert into ibok.rule_values (id, key, value, valid_from, source)
    overriding system value values (9002, 'matrix.threshold', '5', '2031-01-01', 'test');
  insert into ibok.holidays (id, day, name, source)
    overriding system value values (9001, '2031-03-03', 'Dzień patrona', 'test')`;

export const OFFICE_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.follow_ups': {
    act: "section 3: follow_ups; the assignee's group, creator and substitute, and supervisors see a task",
    columns: 'id title note subject due_on assignee created_by created_at state closed_at closed_by',
    select: [{ to: WITH_GROUP }],
    policies: {
      follow_ups_concern: { for: 'select', own: WITH_GROUP },
      follow_ups_supervised: { for: 'select', all: ['supervisor'] },
    },
    own: `pg_has_role(session_user, title, 'usage')`,
  },
  'ibok.rule_keys': readOnly('rule_keys', 'dated configuration', 'key kind unit least most decimals', ALL_STAFF),
};

const ownTask = `(select id from ibok.follow_ups where assignee = session_user and state = 'open')`;
const doneTask = `(select id from ibok.follow_ups where assignee = session_user and state = 'done')`;

/** A call upon one's own task, and one upon a task that is not there; an intruder cannot even ask for an own one. */
const taskAct = (act: string, name: string, call: (id: string) => string, target = ownTask): FunctionRule =>
  guarded(
    act,
    WITH_GROUP,
    {
      name: `${name} a task of its own`,
      sql: `select 1 from ${call(target)} as r where r is not null`,
      may: WITH_GROUP,
      intruder: '42501',
    },
    { name: `${name} a task that is not there`, sql: `select ${call('9999')}`, may: [], refusal: 'IB002' },
  );

const TASKS = 'section 3: follow_ups';
const CONFIGURATION = 'dated configuration';

const setRule = (kind: string, may: readonly Role[]): Call => ({
  name: `sets a ${kind}`,
  sql: `select 1 from api.set_rule('matrix.${kind}', 7, '2031-06-01', 'test', null,
    ${kind === 'threshold' ? '9002' : 'null'}, null) as r where r ->> 'id' is not null`,
  may,
  refusal: 'IB001',
});

export const OFFICE_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.create_follow_up': guarded(
    TASKS,
    WITH_GROUP,
    {
      name: 'makes a task for itself',
      sql: `select 1 from api.create_follow_up('Oddzwonić', null, null, '2031-01-10', null, null) as r
        where r ->> 'id' is not null`,
      may: WITH_GROUP,
    },
    {
      name: 'makes a task about a customer',
      sql: `select 1 from api.create_follow_up('Oddzwonić', null, 'customer:9001', '2031-01-10', null, null)`,
      may: OFFICE,
      refusal: 'IB001',
    },
    {
      name: 'makes a task for nobody of the office',
      sql: `select api.create_follow_up('Oddzwonić', null, null, '2031-01-10', 'postgres', null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.change_follow_up': taskAct(
    TASKS,
    'changes',
    (id) => `api.change_follow_up(${id}, '{"due_on": ["2031-01-10", "2031-01-11"]}', null)`,
  ),
  'api.complete_follow_up': taskAct(TASKS, 'completes', (id) => `api.complete_follow_up(${id}, null)`),
  'api.cancel_follow_up': taskAct(TASKS, 'cancels', (id) => `api.cancel_follow_up(${id}, null)`),
  'api.reopen_follow_up': taskAct(TASKS, 'reopens', (id) => `api.reopen_follow_up(${id}, null)`, doneTask),
  'api.take_over_follow_up': taskAct(TASKS, 'takes over', (id) => `api.take_over_follow_up(${id}, null)`),
  'api.follow_up_counters': guarded(TASKS, WITH_GROUP, {
    name: 'counts its own tasks',
    sql: `select 1 from api.follow_up_counters() as c where (c ->> 'open')::int = 1`,
    may: WITH_GROUP,
  }),
  'api.subject_label': guarded(TASKS, WITH_GROUP, {
    name: 'learns what a customer is called only who may see customers',
    sql: `select 1 where (api.subject_label('customer:9001') is not null)
        = has_any_column_privilege('ibok.customers', 'select')`,
    may: WITH_GROUP,
  }),
  'api.open_follow_ups': guarded('staff, roles, passwords: a leaver hands tasks over', ['admin', 'supervisor'], {
    name: 'counts the tasks of somebody',
    sql: `select 1 where api.open_follow_ups(':target') = 1`,
    may: ['admin', 'supervisor'],
  }),
  'api.change_staff_details': guarded('staff, roles, passwords', ['admin'], {
    name: 'changes a phone number',
    sql: `select 1 from api.change_staff_details(':target', '{"phone": [null, "500100200"]}', null) as r
      where r ->> 'status' = 'saved'`,
    may: ['admin'],
  }),
  'api.change_staff_group': guarded(
    'staff, roles, passwords; supervisor and admin: second person',
    ['admin'],
    {
      name: 'makes a clerk a technician',
      sql: `select 1 from api.change_staff_group(':target', 'bok_clerk', 'bok_technician', null) as r
        where r ->> 'group' = 'bok_technician'`,
      may: ['admin'],
    },
    ...['bok_supervisor', 'bok_admin', 'bok_dpo'].map(
      (group): Call => ({
        name: `puts somebody into ${group} alone`,
        sql: `select api.change_staff_group(':target', 'bok_clerk', '${group}', null)`,
        may: [],
        refusal: 'IB007',
      }),
    ),
    {
      name: 'takes a supervisor down alone',
      sql: `select api.change_staff_group(':supervisor', 'bok_supervisor', 'bok_clerk', null)`,
      may: [],
      refusal: 'IB007',
    },
    {
      name: 'grants a role that is no group of the staff',
      sql: `select api.change_staff_group(':target', 'bok_clerk', 'ibok_owner', null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.change_absence': guarded(
    'section 3: staff_members, absences',
    WITH_GROUP,
    {
      name: 'is away',
      sql: `select 1 from api.change_absence(session_user::text, '{"absent_from": [null, "2031-01-01"]}', null) as r
        where r ->> 'status' = 'saved'`,
      may: WITH_GROUP,
    },
    {
      name: 'says that somebody else is away',
      sql: `select 1 from api.change_absence(':target', '{"absent_from": [null, "2031-01-01"]}', null) as r
        where r ->> 'status' = 'saved'`,
      may: ['admin', 'supervisor'],
      refusal: 'IB001',
    },
  ),
  'api.set_rule': guarded(
    CONFIGURATION,
    CONFIGURERS,
    setRule('deadline', ['admin']),
    setRule('threshold', ['admin', 'supervisor']),
    setRule('retention', ['admin', 'dpo']),
    {
      name: 'sets a rule that the product does not know',
      sql: `select api.set_rule('matrix.rule', 7, '2031-06-01', 'test', null, null, null)`,
      may: [],
      refusal: 'IB002',
    },
  ),
  'api.withdraw_rule': guarded(
    CONFIGURATION,
    CONFIGURERS,
    {
      name: 'takes a planned threshold back',
      sql: `select 1 from api.withdraw_rule(9002, 'pomyłka w dacie', null) as r where r ->> 'id' = '9002'`,
      may: ['admin', 'supervisor'],
      refusal: 'IB001',
    },
    {
      name: 'takes back what nobody planned',
      sql: `select api.withdraw_rule(999999, 'pomyłka w dacie', null)`,
      may: [],
      refusal: 'IB002',
    },
  ),
  'api.add_holiday': guarded(CONFIGURATION, ['admin'], {
    name: 'adds a day off',
    sql: `select 1 from api.add_holiday('2031-06-20', 'Dzień wolny zarządu', 'zarządzenie', null) as r
      where r ->> 'id' is not null`,
    may: ['admin'],
  }),
  'api.remove_holiday': guarded(
    CONFIGURATION,
    ['admin'],
    {
      name: 'takes an added day off back',
      sql: `select 1 from api.remove_holiday(9001, 'odwołany', null) as r where r ->> 'id' = '9001'`,
      may: ['admin'],
    },
    {
      name: 'takes a day off that the law gave',
      sql: `select api.remove_holiday(1, 'odwołany', null)`,
      may: [],
      refusal: 'IB006',
    },
  ),
};

export const OFFICE_INTERNAL: readonly string[] = `add_follow_up compare_fields demand_active_member check_assignee
  demand_follow_up check_reason demand_rule_key demand_subject demand_substitute easter may_change_follow_up
  may_see_follow_up may_see_follow_up_history move_follow_up newest_rule_value remember_follow_up same_group stands_in statutory_holidays
  undo_follow_up`
  .split(/\s+/)
  .map((name) => `ibok.${name}`);
