import { CLERKS, closed, type FunctionRule, guarded, readOnly, reads, type TableRule } from './matrix-model';

const ACT = 'account: block, unblock';
const PORTAL = 'section 5: contract with the portal';
const WORKER = 'section 1: functions of the worker';
const READERS = ['clerk', 'supervisor', 'dpo'] as const;
const HASH = '$scrypt$matrix$bWF0cml4bWF0cml4bWF0cml4';
const SESSION = '00000000-0000-4000-8000-000000009401';

/**
 * Accounts of customer 9400, whose second contract is customer 9410: 9401 active, 9402 pending with the link "matrix-link", 9403 blocked, 9404 active with a new
 * address and the link "matrix-address". 9401 has a row in each table.
 */
export const ACCOUNT_ROWS = `
  insert into ibok.customers (id, customer_no, kind, first_name, last_name, phone)
    overriding system value values (9400, '009400', 'person', 'Anna', 'Matryca', '600100400'),
      (9410, '009410', 'person', 'ANNA Maria', 'MATRYCA', null);
  insert into ibok.regulation_versions (id, label, effective_on)
    overriding system value values (9400, 'Matryca kont', '2018-05-05');
  insert into ibok.registrations (id, channel, received_on, first_name, last_name, email, relation, customer_id,
      regulation_version_id, identity_method, identity_checked_by, identity_checked_at)
    overriding system value
    select n, 'paper', '2018-06-04', 'Anna', 'Matryca', 'anna' || n || '@example.org', 'holder', 9400, 9400, 'invoice', 's_x', now()
      from generate_series(9401, 9404) as n;
  insert into ibok.accounts (id, login, first_name, last_name, email, registration_id)
    overriding system value
    select n, 'anna.matryca.' || n, 'Anna', 'Matryca', 'anna' || n || '@example.org', n from generate_series(9401, 9404) as n;
  insert into ibok.regulation_acceptances (account_id, version_id, channel)
    select n, 9400, 'paper' from generate_series(9401, 9404) as n;
  insert into ibok.account_access (id, account_id, customer_id, relation, valid_from)
    overriding system value select n, n, 9400, 'holder', '2018-06-04' from generate_series(9401, 9404) as n;
  insert into ibok.account_tokens (account_id, kind, token_hash, email, expires_at, used_at) values
    (9401, 'activation', sha256('used1'), null, '2031-01-01', now()), (9402, 'activation', sha256('matrix-link'), null, '2031-01-01', null),
    (9403, 'activation', sha256('used3'), null, '2031-01-01', now()), (9404, 'activation', sha256('used4'), null, '2031-01-01', now()),
    (9404, 'email', sha256('matrix-address'), 'nowa@example.org', '2031-01-01', null);
  insert into ibok.account_credentials (account_id, password_hash)
    select n, '${HASH}' from unnest(array[9401, 9403, 9404]) as n;
  update ibok.accounts set status = 'active', activated_at = now(), new_email = case id when 9404 then 'nowa@example.org' end
   where id in (9401, 9403, 9404);
  insert into ibok.account_blocks (account_id, reason) values (9403, 'wish');
  update ibok.accounts set status = 'blocked', block_reason = 'wish' where id = 9403;
  insert into ibok.account_sign_ins (account_id, outcome) values (9401, 'ok');
  insert into ibok.account_sessions (id, account_id) values ('${SESSION}', 9401);
  insert into ibok.account_preferences (account_id) values (9401);
  insert into ibok.consents (account_id, kind, given_channel) values (9401, 'e_invoice', 'paper');
  insert into ibok.data_change_requests (id, account_id, customer_id, changes)
    overriding system value values (9401, 9401, 9400, '{"phone": ["600100400", "600100401"]}')`;

export const ACCOUNT_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.accounts': readOnly(
    'accounts',
    ACT,
    `id login first_name last_name email new_email phone status status_before registration_id created_at created_by
      activated_at block_reason deleted_at`,
    READERS,
  ),
  'ibok.account_access': readOnly(
    'account_access',
    ACT,
    'id account_id customer_id relation document_id valid_from valid_to',
    READERS,
  ),
  'ibok.account_blocks': readOnly(
    'account_blocks',
    ACT,
    'id account_id reason note blocked_at blocked_by unblocked_at unblocked_by unblock_note',
    READERS,
  ),
  'ibok.account_sign_ins': readOnly('account_sign_ins', ACT, 'id account_id at outcome address agent', READERS),
  'ibok.consents': readOnly(
    'consents',
    ACT,
    'id account_id kind given_at given_channel given_by revoked_at revoked_channel revoked_by',
    READERS,
  ),
  'ibok.data_change_requests': {
    act: 'edit contact data: request by the portal (wanted values through api.open_data_change alone)',
    columns: 'id account_id customer_id requested_at changes status accepted decided_by decided_at note',
    select: [
      { to: READERS, columns: 'id account_id customer_id requested_at status accepted decided_by decided_at note' },
    ],
    policies: { data_change_requests_read: reads(READERS) },
  },
  'ibok.account_credentials': closed(
    'section 3: account_credentials are the portal’s alone',
    'account_id password_hash changed_at failed_sign_ins',
  ),
  'ibok.account_tokens': closed(
    'section 3: of a link only its digest is kept, for nobody',
    'id account_id kind token_hash email issued_at expires_at used_at revoked_at',
  ),
  'ibok.account_sessions': closed('section 3: sessions of the portal', 'id account_id started_at seen_at ended_at'),
  'ibok.account_preferences': closed('section 3: preferences of the portal', 'account_id preferences'),
};

/** A function whose answer says nothing: it did not refuse. */
const done = (call: string) => `select 1 from (select ${call}) as d`;

export const ACCOUNT_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.account_state': guarded(ACT, READERS, {
    name: 'sees what an account lacks',
    sql: `select 1 from api.account_state(9402) as r
      where r -> 'missing' = '["activation"]' and r -> 'activation' ->> 'state' = 'sent'`,
    may: READERS,
  }),
  'api.block_account': guarded(
    ACT,
    CLERKS,
    { name: 'blocks an account', sql: done(`api.block_account(9401, 'wish', null, null)`), may: CLERKS },
    {
      name: 'blocks for a reason of no list',
      sql: `select api.block_account(9401, 'dislike', null, null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'blocks one that is blocked',
      sql: `select api.block_account(9403, 'wish', null, null)`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.unblock_account': guarded(
    ACT,
    CLERKS,
    { name: 'unblocks an account', sql: done(`api.unblock_account(9403, 'koniec', null)`), may: CLERKS },
    { name: 'unblocks without a word', sql: `select api.unblock_account(9403, ' ', null)`, may: [], refusal: 'IB004' },
  ),
  'api.renew_activation': guarded(
    ACT,
    CLERKS,
    { name: 'sends a new link', sql: done('api.renew_activation(9402, null)'), may: CLERKS },
    {
      name: 'sends one to a blocked account',
      sql: 'select api.renew_activation(9403, null)',
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.change_account_email': guarded(
    ACT,
    CLERKS,
    {
      name: 'asks for another address',
      sql: done(`api.change_account_email(9401, 'inna@example.org', 'phone', null)`),
      may: CLERKS,
    },
    {
      name: 'asks without knowing who asks',
      sql: `select api.change_account_email(9401, 'inna@example.org', 'guess', null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.add_account_access': guarded(
    ACT,
    CLERKS,
    {
      name: 'lets an account see a customer whose contract is its own',
      sql: done(`api.add_account_access(9401, 9410, 'holder', null, '2031-01-01', null, null)`),
      may: CLERKS,
    },
    {
      name: "lets an account see a stranger's data as its own",
      sql: `select api.add_account_access(9401, 9001, 'holder', null, '2031-01-01', null, null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'lets a proxy see one without a paper',
      sql: `select api.add_account_access(9401, 9001, 'proxy', null, '2031-01-01', null, null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: "lets a proxy see one by another record's paper",
      sql: `select api.add_account_access(9402, 9400, 'proxy', 9051, '2031-01-01', null, null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.end_account_access': guarded(
    ACT,
    CLERKS,
    { name: 'ends an access', sql: done(`api.end_account_access(9401, '2031-01-01', null)`), may: CLERKS },
    {
      name: 'ends one in the past',
      sql: `select api.end_account_access(9401, '2026-01-01', null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.set_account_consent': guarded(
    ACT,
    CLERKS,
    {
      name: 'notes a consent',
      sql: done(`api.set_account_consent(9402, 'e_invoice', true, 'paper', '2026-01-02', null)`),
      may: CLERKS,
    },
    {
      name: 'revokes one that was not given',
      sql: `select api.set_account_consent(9402, 'e_invoice', false, 'paper', '2026-01-02', null)`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.record_acceptance': guarded(
    ACT,
    CLERKS,
    {
      name: 'notes accepted regulations',
      sql: done(`api.record_acceptance(9402, 9050, 'paper', '2026-01-02', null)`),
      may: CLERKS,
    },
    {
      name: 'notes a version that is none',
      sql: `select api.record_acceptance(9402, 999999, 'paper', '2026-01-02', null)`,
      may: [],
      refusal: 'IB002',
    },
  ),
  'api.open_data_change': guarded('edit contact data: request by the portal', READERS, {
    name: 'sees what a customer wants changed',
    sql: `select 1 from api.open_data_change(9401) as r where r #>> '{fields,0,now}' = '600100400'`,
    may: READERS,
  }),
  'api.decide_data_change': guarded(
    'edit contact data: request by the portal',
    CLERKS,
    {
      name: 'takes what a customer wants changed',
      sql: `select 1 from api.decide_data_change(9401, '{"phone": "600100400"}', null, null) as r where r ->> 'status' = 'accepted'`,
      may: CLERKS,
    },
    {
      name: 'takes what nobody asked for',
      sql: `select api.decide_data_change(9401, '{"email": null}', null, null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'jobs.block_ended_accounts': guarded(WORKER, ['worker'], {
    name: 'blocks accounts of the dead',
    sql: `select 1 from jobs.block_ended_accounts() as r where r ->> 'failed' = '0'`,
    may: ['worker'],
  }),
  'jobs.purge_account_tokens': guarded(`${WORKER} (retention)`, ['worker'], {
    name: 'forgets old links and no young ones',
    sql: 'select 1 where jobs.purge_account_tokens() = 0',
    may: ['worker'],
  }),
  'portal.activate': guarded(
    PORTAL,
    ['portal'],
    {
      name: 'activates by a link',
      sql: `select 1 from portal.activate('matrix-link', '${HASH}') as r where r ->> 'account' = '9402'`,
      may: ['portal'],
    },
    { name: 'activates by a guess', sql: `select portal.activate('guess', '${HASH}')`, may: [], refusal: 'IB002' },
    { name: 'activates by a used link', sql: `select portal.activate('used1', '${HASH}')`, may: [], refusal: 'IB011' },
    {
      name: 'stores a password in clear',
      sql: `select portal.activate('matrix-link', 'haslo-w-jawnej-postaci')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'portal.confirm_email': guarded(
    PORTAL,
    ['portal'],
    {
      name: 'confirms an address',
      sql: `select 1 from portal.confirm_email('matrix-address') as r where r ->> 'email' = 'nowa@example.org'`,
      may: ['portal'],
    },
    {
      name: 'confirms by another kind of link',
      sql: `select portal.confirm_email('matrix-link')`,
      may: [],
      refusal: 'IB002',
    },
  ),
  'portal.credentials': guarded(PORTAL, ['portal'], {
    name: 'gets the hash of an active account alone',
    sql: `select 1 where portal.credentials('anna.matryca.9401') ->> 'passwordHash' = '${HASH}'
      and portal.credentials('anna.matryca.9403') = portal.credentials('nikogo.takiego')`,
    may: ['portal'],
  }),
  'portal.record_sign_in': guarded(
    PORTAL,
    ['portal'],
    {
      name: 'notes a sign-in',
      sql: `select 1 from portal.record_sign_in(9401, 'ok', null, null, gen_random_uuid()) as r where r ->> 'signedIn' = 'true'`,
      may: ['portal'],
    },
    {
      name: 'signs in to a blocked account',
      sql: `select 1 from portal.record_sign_in(9403, 'ok', null, null, gen_random_uuid()) as r where r ->> 'signedIn' = 'false'`,
      may: ['portal'],
    },
  ),
  'portal.keep_session': guarded(PORTAL, ['portal'], {
    name: 'keeps a session',
    sql: `select 1 where portal.keep_session(9401, '${SESSION}') and not portal.keep_session(9404, '${SESSION}')`,
    may: ['portal'],
  }),
  'portal.sign_out': guarded(PORTAL, ['portal'], {
    name: 'ends a session',
    sql: done(`portal.sign_out(9401, '${SESSION}')`),
    may: ['portal'],
  }),
  'portal.change_password': guarded(
    PORTAL,
    ['portal'],
    { name: 'changes a password', sql: done(`portal.change_password(9401, '${HASH}')`), may: ['portal'] },
    {
      name: 'changes that of a blocked account',
      sql: `select portal.change_password(9403, '${HASH}')`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'portal.accept_regulations': guarded(PORTAL, ['portal'], {
    name: 'accepts regulations',
    sql: done('portal.accept_regulations(9401, 9050)'),
    may: ['portal'],
  }),
  'portal.set_consent': guarded(
    PORTAL,
    ['portal'],
    { name: 'revokes a consent', sql: done(`portal.set_consent(9401, 'e_invoice', false)`), may: ['portal'] },
    { name: 'gives one of no list', sql: `select portal.set_consent(9401, 'spam', true)`, may: [], refusal: 'IB004' },
  ),
  'portal.request_data_change': guarded(
    PORTAL,
    ['portal'],
    {
      name: 'asks for another phone number',
      sql: `select 1 from portal.request_data_change(9401, 9400, '{"phone": "600100402"}') as r where r ->> 'request' is not null`,
      may: ['portal'],
    },
    {
      name: "asks for somebody else's",
      sql: `select portal.request_data_change(9401, 9001, '{"phone": "600100402"}')`,
      may: [],
      refusal: 'IB002',
    },
    {
      name: 'asks for another PESEL',
      sql: `select portal.request_data_change(9401, 9400, '{"pesel": "44051401359"}')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'portal.my_profile': guarded(
    PORTAL,
    ['portal'],
    {
      name: 'shows an account its own data',
      sql: `select 1 from portal.my_profile(9401) as r where r #>> '{customers,0,customerNo}' = '009400'`,
      may: ['portal'],
    },
    { name: 'shows a blocked account its data', sql: 'select portal.my_profile(9403)', may: [], refusal: 'IB002' },
  ),
};

/** Called by the functions above, by triggers and by other modules' functions alone. */
export const ACCOUNT_INTERNAL: readonly string[] =
  `accept_regulations account_end account_obstacles block_account block_reason_words check_access_document
    check_password_hash data_change_columns declared_at demand_portal_customer guard_account issue_account_token lock_account
    lock_account_token portal_account revoke_account_access send_activation set_account_consent tell_account unblock_account`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
