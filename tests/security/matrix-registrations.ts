import { ALL_STAFF, CLERKS, type FunctionRule, guarded, type Role, readOnly, type TableRule } from './matrix-model';

const ACT = 'registration: approve, reject';
const READERS = ['clerk', 'supervisor', 'dpo'] as const;

/**
 * Before any clause was mandatory: 9001 lacks nothing, 9002 its identity, 9003 was rejected. A proxy's document of 9001 has the same number.
 */
export const REGISTRATION_ROWS = `
  insert into ibok.regulation_versions (id, label, effective_on)
    overriding system value values (9050, 'Matryca', '2019-05-05');
  insert into ibok.documents (id, title, category, owner_table, owner_id)
    overriding system value values (9051, 'Pełnomocnictwo', 'application', 'registrations', 9001);
  insert into ibok.document_versions (id, document_id, version_no, sha256, file_name, mime, size)
    overriding system value values (9051, 9051, 1, sha256('x'), 'pelnomocnictwo.pdf', 'application/pdf', 1);
  -- Announced, so that it binds although the accounts of the matrix have an older one.
  update ibok.regulation_versions set announced_at = now(), announced_by = 's_x', document_id = 9051 where id = 9050;
  insert into ibok.registrations (id, channel, received_on, first_name, last_name, email, relation, customer_no_given,
      customer_id, regulation_version_id, identity_method, identity_checked_by, identity_checked_at, original_place)
    overriding system value values
    (9001, 'paper', '2019-06-03', 'Jan', 'Żuk', 'jan@example.org', 'holder', '009001', 9001, 9050, 'invoice', 's_x', now(), 'Segregator'),
    (9002, 'paper', '2019-06-03', 'Jan', 'Żuk', 'jan@example.org', 'holder', '009001', 9001, 9050, null, null, null, 'Segregator');
  insert into ibok.registrations (id, channel, received_on, first_name, last_name, relation, status, decided_by, decided_at,
      rejection_reason)
    overriding system value values
    (9003, 'paper', '2019-06-03', 'Ewa', 'Żuk', 'holder', 'rejected', 's_x', now(), 'withdrawn')`;

export const REGISTRATION_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.registrations': readOnly(
    'registrations',
    ACT,
    `id channel received_on recorded_at recorded_by first_name last_name email phone street house_no flat_no postal_code
      city relation customer_no_given invoice_no_given invoice_gross_given customer_id regulation_version_id clauses
      identity_method identity_checked_by identity_checked_at proxy_document_id original_place due_from due_to status
      decided_by decided_at rejection_reason note account_id erased_at`,
    READERS,
  ),
  'ibok.clauses': readOnly('clauses', ACT, 'id key title body mandatory valid_from valid_to', ALL_STAFF),
};

/** Without data of their own behind them: they answer with the rights of whoever asks. */
const pure = (to: readonly Role[], sql: string): FunctionRule => ({
  act: `${ACT} (what lists show of an application)`,
  execute: to,
  guarded: false,
  calls: [{ name: 'uses it', sql: `select 1 where ${sql}`, may: to }],
});

const paper = (more = '') =>
  `select 1 from api.create_registration('{"channel": "paper", "received_on": "2026-01-02", "first_name": "Ewa",
    "last_name": "Nowa", "relation": "holder"${more}}'::jsonb
    || jsonb_build_object('received_on', (now() at time zone 'Europe/Warsaw')::date), null) as r where r ->> 'number' like 'W-%'`;
const pesel = (number: string) => `'pesel', '{"pesel": "${number}"}'`;
const check = (id: number, values: string) =>
  `select 1 from api.check_identity(${id}, '009001', ${values}, null) as r where r ->> 'outcome' = 'confirmed'`;
const reject = (id: number, reason: string, note = 'null') =>
  `select 1 from api.reject_registration(${id}, '${reason}', ${note}, null) as r where r ->> 'notice' = 'mail'`;

const application = (more = '') => `'{"requestId": "00000000-0000-4000-8000-000000009001", "firstName": "Ewa",
  "lastName": "Nowa", "email": "ewa@example.org", "relation": "holder", "customerNo": "009001", "clauses": [],
  "regulationVersionId": "9050", "identity": {"method": "pesel", "pesel": "44051401359"}${more}}'`;

export const REGISTRATION_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'ibok.add_working_days': pure(ALL_STAFF, `ibok.add_working_days('2026-12-23', 1) = '2026-12-28'`),
  'ibok.weekdays_until': pure(ALL_STAFF, `ibok.weekdays_until('0001-01-09') = 7`),
  'ibok.working_days_between': pure(ALL_STAFF, `ibok.working_days_between('2026-12-23', '2026-12-28') = 1`),
  'ibok.registration_number': pure(READERS, `ibok.registration_number(12) = 'W-000012'`),
  'ibok.regulations_on': pure(READERS, `ibok.regulations_on('2019-06-03') is not null`),
  'ibok.regulations_bind': pure(
    READERS,
    `(select ibok.regulations_bind(v) from ibok.regulation_versions v where v.id = 9050)`,
  ),
  'ibok.is_contract_person': pure(READERS, `ibok.is_contract_person('Jan Jerzy', 'Żuk', 'person', 'JAN', 'ZUK')`),
  'ibok.registration_gaps': pure(
    READERS,
    `(select ibok.registration_gaps(r) from ibok.registrations r where id = 9001) = '{}'`,
  ),
  'ibok.registration_missing': pure(READERS, `ibok.registration_missing(9002) = '{identity}'`),
  'api.create_registration': guarded(
    ACT,
    CLERKS,
    { name: 'records an application on paper', sql: paper(), may: CLERKS },
    { name: 'records what only the portal may', sql: paper(', "channel": "web"'), may: [], refusal: 'IB004' },
    { name: 'sets what the server decides', sql: paper(', "due_to": "2031-01-01"'), may: [], refusal: 'IB004' },
    {
      name: 'records two addresses in one',
      sql: paper(', "email": "a@example.org, b@example.org"'),
      may: [],
      refusal: '23514',
    },
  ),
  'api.edit_registration': guarded(
    ACT,
    CLERKS,
    {
      name: 'corrects an application',
      sql: `select 1 from api.edit_registration(9001, '{"phone": [null, "600100200"]}', null) as r where r ->> 'status' = 'saved'`,
      may: CLERKS,
    },
    {
      name: 'writes that identity was confirmed',
      sql: `select api.edit_registration(9002, '{"identity_method": [null, "pesel"]}', null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'corrects one that was decided',
      sql: `select api.edit_registration(9003, '{"phone": [null, "600100200"]}', null)`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.check_identity': guarded(
    ACT,
    CLERKS,
    { name: 'confirms identity by PESEL', sql: check(9002, pesel('44051401359')), may: CLERKS },
    {
      name: 'confirms identity by one of the last invoices',
      sql: check(9002, `'invoice', '{"invoiceNo": "f-9001", "grossGrosze": 1080}'`),
      may: CLERKS,
    },
    { name: 'checks a PESEL with a wrong digit', sql: check(9002, pesel('44051401358')), may: [], refusal: 'IB004' },
    { name: 'checks an identity card', sql: check(9002, `'card', '{"card": "ABC123456"}'`), may: [], refusal: 'IB004' },
  ),
  'api.set_registration_document': guarded(
    ACT,
    CLERKS,
    {
      name: 'names the document of a proxy',
      sql: 'select 1 from api.set_registration_document(9001, 9051, null) as r where r is not null',
      may: CLERKS,
    },
    {
      name: "names another record's document",
      sql: 'select api.set_registration_document(9001, 9001, null)',
      may: [],
      refusal: 'IB002',
    },
  ),
  'api.registration_checks': guarded(ACT, READERS, {
    name: 'sees what is missing and who may be the same person',
    sql: `select 1 from api.registration_checks(9002) as r where r -> 'missing' = '["identity"]'
      and r -> 'customer' ->> 'hasPesel' = 'true' and r #>> '{duplicates,0,id}' = '9001'`,
    may: READERS,
  }),
  'api.approve_registration': guarded(
    ACT,
    CLERKS,
    {
      name: 'approves an application that lacks nothing',
      sql: `select 1 from api.approve_registration(9001, null, null) as r where r ->> 'login' = 'jan.zuk'`,
      may: CLERKS,
    },
    {
      name: 'approves one without identity',
      sql: 'select api.approve_registration(9002, null, null)',
      may: [],
      refusal: 'IB006',
    },
    {
      name: 'approves one that was rejected',
      sql: 'select api.approve_registration(9003, null, null)',
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.reject_registration': guarded(
    ACT,
    CLERKS,
    { name: 'rejects with a reason', sql: reject(9002, 'identity_not_confirmed'), may: CLERKS },
    { name: 'rejects for a reason of no list', sql: reject(9002, 'dislike'), may: [], refusal: 'IB004' },
    { name: 'rejects for another reason without saying it', sql: reject(9002, 'other'), may: [], refusal: 'IB004' },
    { name: 'rejects one that was rejected', sql: reject(9003, 'withdrawn'), may: [], refusal: 'IB006' },
  ),
  'api.registration_counters': guarded(ACT, READERS, {
    name: 'counts what waits',
    sql: `select 1 from api.registration_counters() as r where (r ->> 'overdue')::int >= 2`,
    may: READERS,
  }),
  'portal.application_form': guarded('registration: create by the portal; section 5', ['portal'], {
    name: 'shows what an applicant has to accept',
    sql: `select 1 from portal.application_form() as r where jsonb_array_length(r -> 'clauses') >= 3`,
    may: ['portal'],
  }),
  'portal.register': guarded(
    'registration: create by the portal; section 5',
    ['portal'],
    {
      name: 'takes an application',
      sql: `select 1 from portal.register(${application()}) as r where r ->> 'number' like 'W-%'`,
      may: ['portal'],
    },
    {
      name: 'takes one that decides itself',
      sql: `select portal.register(${application(', "status": "approved"')})`,
      may: [],
      refusal: 'IB004',
    },
  ),
};

/** Called by the functions above alone. */
export const REGISTRATION_INTERNAL: readonly string[] =
  `ask_to_complete check_application check_applications_waiting check_identity_values check_received_on check_registration_fields
    check_registration_value clauses_of compare_identity confirm_receipt customer_by_number free_login identity_tries_spent
    lock_registration open_account registration_duplicates registration_term rejection_words settle_by_document
    settle_registration try_identity`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
