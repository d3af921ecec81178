import { CLERKS, type FunctionRule, guarded, readOnly, type TableRule } from './matrix-model';

const ACT = 'deletion: request / approve';
const WORKER = 'section 1: functions of the worker (erasure)';
const READERS = ['clerk', 'supervisor', 'dpo'] as const;

/**
 * Accounts 9601 without a request, 9602 with one from the portal, 9603 with one sent to approval, 9604 with an approved
 * one; their customer has no legal hold.
 */
export const DELETION_ROWS = `
  insert into ibok.customers (id, customer_no, kind, first_name, last_name)
    overriding system value values (9601, '009601', 'person', 'Ewa', 'Lis');
  insert into ibok.registrations (id, channel, received_on, first_name, last_name, email, relation, customer_id)
    overriding system value select id, 'paper', '2019-06-03', 'Ewa', 'Lis', 'ewa' || id || '@example.org', 'holder', 9601
      from generate_series(9601, 9604) as id;
  insert into ibok.accounts (id, login, first_name, last_name, email, registration_id)
    overriding system value select id, 'ewa.lis' || id, 'Ewa', 'Lis', 'ewa' || id || '@example.org', id
      from generate_series(9601, 9604) as id;
  insert into ibok.account_access (account_id, customer_id, relation) select id, 9601, 'holder' from generate_series(9601, 9604) as id;
  update ibok.accounts set status = 'deleting', status_before = 'pending' where id between 9602 and 9604;
  insert into ibok.deletion_requests (id, account_id, asked_via, asked_on, due_on)
    overriding system value values (9602, 9602, 'portal', '2026-01-02', '2026-01-14');
  insert into ibok.deletion_requests (id, account_id, asked_via, asked_on, due_on, identity_method, identity_checked_by,
      identity_checked_at, forwarded_by, forwarded_at, status)
    overriding system value select id, id, 'letter', '2026-01-02', '2026-01-14', 'signature', 's_x', now(), 's_x', now(), 'forwarded'
      from generate_series(9603, 9604) as id;
  insert into ibok.approvals (id, kind, subject, subject_version, requested_by, reason)
    overriding system value select id, 'account.delete', 'deletion_requests:' || id, ibok.deletion_version(id), 's_x', 'próba'
      from generate_series(9603, 9604) as id;
  update ibok.deletion_requests set approval_id = id where id in (9603, 9604);
  update ibok.approvals set state = 'approved', decided_by = 's_y', decided_at = now() where id = 9604;
  update ibok.deletion_requests set status = 'approved' where id = 9604`;

export const DELETION_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.erasure_parts': readOnly('erasure_parts', ACT, 'part position action basis counts erases', READERS),
  'ibok.deletion_requests': readOnly(
    'deletion_requests',
    ACT,
    `id account_id asked_via asked_on recorded_at recorded_by identity_method identity_checked_by identity_checked_at note
      due_on forwarded_by forwarded_at approval_id status closed_at executed_at protocol protocol_document_id`,
    READERS,
  ),
};

const TODAY = `(now() at time zone 'Europe/Warsaw')::date`;
const ask = (account: number, via: string, method: string, day = TODAY) =>
  `api.request_deletion(${account}, '${via}', ${day}, '${method}', null, null)`;
const one = (call: string, condition: string) => `select 1 from ${call} as r where ${condition}`;
const worker = (name: string, sql: string): FunctionRule => guarded(WORKER, ['worker'], { name, sql, may: ['worker'] });

export const DELETION_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'ibok.deletion_number': {
    act: `${ACT} (what lists show of a request)`,
    execute: READERS,
    guarded: false,
    calls: [{ name: 'uses it', sql: `select 1 where ibok.deletion_number(12) = 'U-000012'`, may: READERS }],
  },
  'api.request_deletion': guarded(
    ACT,
    CLERKS,
    {
      name: 'takes a written request',
      sql: one(ask(9601, 'letter', 'signature'), `r ->> 'approvalId' is not null`),
      may: CLERKS,
    },
    { name: 'asks as if from the portal', sql: `select ${ask(9601, 'portal', 'portal')}`, may: [], refusal: 'IB004' },
    { name: 'checks identity another way', sql: `select ${ask(9601, 'letter', 'portal')}`, may: [], refusal: 'IB004' },
    {
      name: 'asks for tomorrow',
      sql: `select ${ask(9601, 'letter', 'signature', `${TODAY} + 1`)}`,
      may: [],
      refusal: 'IB004',
    },
    { name: 'asks twice', sql: `select ${ask(9602, 'letter', 'signature')}`, may: [], refusal: 'IB006' },
  ),
  'api.forward_deletion': guarded(
    ACT,
    CLERKS,
    {
      name: 'sends the request of the portal on',
      sql: one(`api.forward_deletion(9602, 'portal', null, null)`, `r ->> 'approvalId' is not null`),
      may: CLERKS,
    },
    {
      name: 'sends on without a check of identity',
      sql: 'select api.forward_deletion(9602, null, null, null)',
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'sends on what was sent on',
      sql: `select api.forward_deletion(9603, 'signature', null, null)`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.withdraw_deletion': guarded(
    ACT,
    CLERKS,
    {
      name: 'gives the account back',
      sql: one(`api.withdraw_deletion(9603, 'rozmyślił się', null)`, `r ->> 'id' = '9603'`),
      may: CLERKS,
    },
    {
      name: 'withdraws without a reason',
      sql: `select api.withdraw_deletion(9602, ' ', null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'withdraws what is approved',
      sql: `select api.withdraw_deletion(9604, 'rozmyślił się', null)`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.deletion_preview': guarded(ACT, READERS, {
    name: 'sees what a deletion would touch',
    sql: one('api.deletion_preview(9602)', `jsonb_array_length(r -> 'parts') > 10`),
    may: READERS,
  }),
  'api.deletion_held': guarded(ACT, READERS, {
    name: 'sees whether a hold stops it',
    sql: 'select 1 where not api.deletion_held(9602)',
    may: READERS,
  }),
  'api.deletion_mails': guarded(ACT, READERS, {
    name: 'sees how far the mails are',
    sql: one('api.deletion_mails(9602)', `r = '[]'`),
    may: READERS,
  }),
  'jobs.due_deletions': worker('sees what is due', 'select 1 from jobs.due_deletions() as id where id = 9604'),
  'jobs.execute_deletion': guarded(
    WORKER,
    ['worker'],
    {
      name: 'carries out what is approved',
      sql: one('jobs.execute_deletion(9604)', `r ->> 'outcome' = 'done'`),
      may: ['worker'],
    },
    {
      name: 'leaves alone what is not',
      sql: one('jobs.execute_deletion(9603)', `r ->> 'outcome' = 'not_approved'`),
      may: ['worker'],
    },
    { name: 'carries out nothing', sql: 'select jobs.execute_deletion(1)', may: [], refusal: 'IB002' },
  ),
  'jobs.deletions_without_protocol': worker(
    'asks for protocols to make',
    'select 1 from (select count(*) from jobs.deletions_without_protocol()) as d',
  ),
  'jobs.clear_confirmations': worker('clears what has left', 'select 1 where jobs.clear_confirmations() >= 0'),
  'jobs.watch_deletions': worker('watches the days', 'select 1 where jobs.watch_deletions() > 0'),
  'jobs.purge_deletions': worker('lets go of what is old', 'select 1 where jobs.purge_deletions() = 0'),
  'portal.request_deletion': guarded(
    'deletion: request (section 5)',
    ['portal'],
    {
      name: 'asks for the holder',
      sql: one('portal.request_deletion(9601, null)', `r ->> 'number' like 'U-%'`),
      may: ['portal'],
    },
    { name: 'asks for nobody', sql: 'select portal.request_deletion(1, null)', may: [], refusal: 'IB002' },
    {
      name: 'sends too long a note',
      sql: `select portal.request_deletion(9601, repeat('x', 1001))`,
      may: [],
      refusal: 'IB004',
    },
  ),
};

const PARTS =
  `sessions credentials tokens sign_ins preferences change_requests blocks tasks mails documents access registrations
  remarks account trail`.split(/\s+/);
const KEPT = 'acceptances notices consents requests customers contracts invoices'.split(' ');

/** Called by the functions above, by other areas' functions, and by the registry of erasure alone. */
export const DELETION_INTERNAL: readonly string[] = [
  'audit.deletion_subject',
  ...[...PARTS, ...KEPT].map((part) => `ibok.count_${part}`),
  ...PARTS.map((part) => `ibok.erase_${part}`),
  ...`check_deletion_identity contracts_kept_until counted counted_until customers_of_account deletion_approved
    deletion_dropped deletion_impact deletion_kept_until deletion_reason deletion_version documents_of_account drop_documents
    erase_parts empty_trail_of erasure_plan forward_deletion give_account_back hold_record holds_of_account
    invoice_kept_until lock_deletion mails_of_account open_deletion records_of_account refuse_erased_owner
    registrations_of_account subjects_of_account`
    .split(/\s+/)
    .map((name) => `ibok.${name}`),
];
