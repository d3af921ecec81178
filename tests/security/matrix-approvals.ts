import { ALL_STAFF, type Call, closed, type FunctionRule, guarded, reads, type TableRule } from './matrix-model';

const ACT = 'deletion: request / approve; staff, roles, passwords (second person)';
const READERS = ['clerk', 'supervisor', 'admin', 'dpo'] as const;
const DECIDERS = ['supervisor', 'admin', 'dpo'] as const;
/** A well-formed SCRAM verifier of no password at all. */
const VERIFIER = `SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$${'A'.repeat(43)}=:${'B'.repeat(43)}=`;
const REASON = `'na potrzeby próby'`;

const one = (call: string, condition: string) => `select 1 from ${call} as r where ${condition}`;
const refused = (name: string, call: string, refusal: string): Call => ({
  name,
  sql: `select ${call}`,
  may: [],
  refusal,
});

export const APPROVAL_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.approval_kinds': {
    act: ACT,
    columns: `kind subject_table version_function impact_function approved_function dropped_function requesters deciders
      plain_request`,
    select: [{ to: ALL_STAFF }],
    policies: { approval_kinds_read: reads(ALL_STAFF) },
  },
  'ibok.approval_payloads': {
    ...closed('section 1: what an approved act needs is for nobody', 'approval_id payload'),
    fixed: ['update'],
  },
  'ibok.approvals': {
    act: ACT,
    columns: `id kind subject subject_version requested_by requested_at reason impact state decided_by decided_at note
      execute_after expires_at executed_at void_reason voided_at`,
    select: [{ to: READERS }],
    policies: {
      approvals_all: reads(['supervisor', 'dpo']),
      approvals_of_own_kinds: { for: 'select', own: ['clerk', 'supervisor', 'admin'] },
    },
    // What of the fixture's kinds somebody may ask for or decide.
    own: `(kind = 'matrix.any' or kind = 'account.delete' and pg_has_role(session_user, 'bok_clerk', 'usage')
      or kind like 'staff.%' and (pg_has_role(session_user, 'bok_admin', 'usage') or pg_has_role(session_user, 'bok_dpo', 'usage')))`,
    fixed: ['delete'],
  },
};

const requestStaff = (login: string, group: string, verifier = VERIFIER) =>
  `api.request_staff('${login}', 'Nowa Osoba', null, null, '${group}', '${verifier}', ${REASON}, null)`;
const requestReset = (login: string, verifier = VERIFIER) =>
  `api.request_password_reset('${login}', '${verifier}', ${REASON}, null)`;
const requestGroup = (login: string, from: string, to: string) =>
  `api.request_group_change('${login}', '${from}', '${to}', ${REASON}, null)`;

/** 9002 is an open request of the target about the newcomer, 9003 one about a supervisor's password; `:import` an own one. */
export const APPROVAL_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.request_approval': guarded(
    ACT,
    READERS,
    {
      name: 'asks for an act of two persons',
      sql: one(`api.request_approval('matrix.any', :member, null, ${REASON}, null)`, `r ->> 'id' is not null`),
      may: READERS,
    },
    refused(
      'asks past the function that checks more',
      `api.request_approval('staff.reset_password', :member, null, ${REASON}, null)`,
      'IB001',
    ),
  ),
  'api.decide_approval': guarded(
    ACT,
    READERS,
    {
      name: 'approves what another one asked for',
      sql: one('api.decide_approval(9002, true, null, null)', `r ->> 'state' = 'executed'`),
      may: DECIDERS,
    },
    refused('approves an own request', 'api.decide_approval(:import, true, null, null)', 'IB007'),
    refused('rejects without a word', 'api.decide_approval(9002, false, null, null)', 'IB004'),
    refused('approves what is not there', 'api.decide_approval(8999, true, null, null)', 'IB002'),
  ),
  'api.withdraw_approval': guarded(
    ACT,
    READERS,
    {
      name: 'withdraws an own request',
      sql: one('api.withdraw_approval(:import, null)', `r ->> 'voidReason' = 'withdrawn'`),
      may: READERS,
    },
    refused("withdraws somebody else's", 'api.withdraw_approval(9002, null)', 'IB001'),
  ),
  'api.approvals_waiting': guarded(ACT, READERS, {
    name: 'sees what waits for its decision',
    sql: `select 1 where (9002 in (select api.approvals_waiting()))
      = (select bool_or(pg_has_role(session_user, g, 'usage')) from unnest(array['bok_supervisor', 'bok_admin', 'bok_dpo']) as g)`,
    may: READERS,
  }),
  'api.approval_counters': guarded(ACT, READERS, {
    name: 'counts its own requests',
    sql: one('api.approval_counters()', `(r ->> 'mine')::int = 1`),
    may: READERS,
  }),
  'api.look_at_approval': guarded(
    ACT,
    READERS,
    {
      name: 'looks at a request',
      sql: one('api.look_at_approval(9002)', `r ->> 'changed' = 'false'`),
      may: READERS,
    },
    {
      name: 'looks at a request about a supervisor',
      sql: one('api.look_at_approval(9003)', 'r is not null'),
      may: DECIDERS,
      refusal: 'IB002',
    },
  ),
  'api.approval_label': guarded(ACT, READERS, {
    name: 'learns whom a request is about',
    sql: `select 1 where api.approval_label(9002) = 'newcomer'`,
    may: READERS,
  }),
  'api.request_staff': guarded(
    'staff, roles, passwords',
    ['admin'],
    {
      name: 'asks for a supervisor',
      sql: one(requestStaff('s_matrix_boss', 'bok_supervisor'), `r ->> 'approvalId' is not null`),
      may: ['admin'],
    },
    refused('asks for a clerk, who takes one person', requestStaff('s_matrix_clerk', 'bok_clerk'), 'IB004'),
    refused('sends a first password in clear', requestStaff('s_matrix_boss', 'bok_admin', 'dlugie haslo'), 'IB004'),
    refused('asks for a login that is none of the staff', requestStaff('postgres', 'bok_admin'), 'IB004'),
  ),
  'api.request_password_reset': guarded(
    'staff, roles, passwords',
    ['admin'],
    {
      name: "asks for a supervisor's new password",
      sql: one(requestReset(':supervisor'), `r ->> 'approvalId' is not null`),
      may: ['admin'],
    },
    refused('asks for a clerk, who takes one person', requestReset(':target'), 'IB004'),
    refused('sends a first password in clear', requestReset(':supervisor', 'dlugie haslo'), 'IB004'),
  ),
  'api.request_group_change': guarded(
    'staff, roles, passwords',
    ['admin'],
    {
      name: 'asks to make a supervisor an administrator',
      sql: one(requestGroup(':supervisor', 'bok_supervisor', 'bok_admin'), `r ->> 'approvalId' is not null`),
      may: ['admin'],
    },
    refused('asks for what takes one person', requestGroup(':target', 'bok_clerk', 'bok_technician'), 'IB004'),
    refused('asks for a role that is no group', requestGroup(':supervisor', 'bok_supervisor', 'ibok_owner'), 'IB004'),
  ),
  'jobs.expire_approvals': guarded('section 1: functions of the worker', ['worker'], {
    name: 'lets open requests be',
    sql: 'select 1 where jobs.expire_approvals() = 0',
    may: ['worker'],
  }),
};

/** Called by the functions above, by other areas' functions, and by triggers alone. */
export const APPROVAL_INTERNAL: readonly string[] =
  `add_member approval_executed approval_impact approval_kind_of approval_subject_id approval_subject_version
    check_two_person_group create_approved_member decision_answer decision_obstacle demand_decision fresh_until guard_approval
    is_active_member is_in_groups lock_approval lock_approval_subject may_see_approval may_see_approval_history member_impact
    member_version move_approved_member move_member new_member_impact new_member_version next_member_id open_approval
    reset_approved_member reset_member subject_table void_approval waiting_approvals`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);

/** A kind that every group may ask for (were a technician let in, it would show), and whose approval moves somebody to the group the person is in already. */
export const APPROVAL_ROWS = `
  insert into ibok.approval_kinds (kind, subject_table, version_function, impact_function, approved_function, requesters,
    deciders, plain_request)
    values ('matrix.any', 'staff_members', 'member_version', 'member_impact', 'move_approved_member',
      '{bok_clerk,bok_technician,bok_admin,bok_dpo}', '{bok_technician,bok_supervisor,bok_admin,bok_dpo}', true);
  insert into ibok.approvals (id, kind, subject, subject_version, requested_by, reason, impact) overriding system value
    select 9002, 'matrix.any', 'staff_members:' || n.id, ibok.member_version(n.id), t.login, 'próba',
      '{"new_group": "bok_clerk"}'
      from ibok.staff_members n, ibok.staff_members t where n.display_name = 'newcomer' and t.display_name = 'target';
  insert into ibok.approvals (id, kind, subject, subject_version, requested_by, reason) overriding system value
    values (9003, 'staff.reset_password', 'staff_members:8999', 'x', 's_somebody', 'próba');
  insert into ibok.approval_payloads (approval_id, payload) values (9003, '{"verifier": "x"}')`;

/** For each login, under the number of its import, a request of its own. */
export const APPROVAL_FIXTURE: readonly string[] = [
  `insert into ibok.approvals (id, kind, subject, subject_version, requested_by, reason) overriding system value
     values ($1, 'matrix.any', 'staff_members:' || $1::bigint, 'x', $2, 'próba')`,
];
