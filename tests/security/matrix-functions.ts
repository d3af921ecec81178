import { ACCOUNT_FUNCTIONS, ACCOUNT_INTERNAL } from './matrix-accounts';
import { APPROVAL_FUNCTIONS, APPROVAL_INTERNAL } from './matrix-approvals';
import { BULK_FUNCTIONS, BULK_INTERNAL } from './matrix-bulk';
import { DELETION_FUNCTIONS, DELETION_INTERNAL } from './matrix-deletions';
import { DOCUMENT_FUNCTIONS, DOCUMENT_INTERNAL } from './matrix-documents';
import { EXCHANGE_FUNCTIONS, EXCHANGE_INTERNAL } from './matrix-exchanges';
import { LETTER_RUN_FUNCTIONS, LETTER_RUN_INTERNAL } from './matrix-letter-runs';
import { LETTER_FUNCTIONS, LETTER_INTERNAL } from './matrix-letters';
import { LIST_FUNCTIONS, LIST_INTERNAL } from './matrix-lists';
import { MAIL_FUNCTIONS, MAIL_INTERNAL } from './matrix-mail';
import { METER_CASE_FUNCTIONS, METER_CASE_INTERNAL } from './matrix-meter-cases';
import { METER_FUNCTIONS, METER_INTERNAL } from './matrix-meters';
import { ALL_STAFF, type Call, CLERKS, type FunctionRule, guarded, IMPORTERS, OFFICE, type Role } from './matrix-model';
import { OFFICE_FUNCTIONS, OFFICE_INTERNAL } from './matrix-office';
import { ORDER_FUNCTIONS, ORDER_INTERNAL } from './matrix-orders';
import { PLANNER_FUNCTIONS, PLANNER_INTERNAL } from './matrix-planner';
import { REGISTRATION_FUNCTIONS, REGISTRATION_INTERNAL } from './matrix-registrations';
import { TRAIL_FUNCTIONS, TRAIL_INTERNAL } from './matrix-trail';

/** A well-formed SCRAM verifier of no password at all. */
const VERIFIER = `SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$${'A'.repeat(43)}=:${'B'.repeat(43)}=`;

/** A function without data behind it: everybody of the staff may use it in a condition. */
const pure = (sql: string): FunctionRule => ({
  act: 'section 2: bok_staff, what all have (checks and folding that conditions use)',
  execute: ALL_STAFF,
  guarded: false,
  calls: [{ name: 'uses it', sql: `select 1 where ${sql}`, may: ALL_STAFF }],
});

const createStaff = (login: string, group: string, verifier = VERIFIER) =>
  `select 1 from api.create_staff('${login}', 'Nowa Osoba', null, null, '${group}', '${verifier}', null) as r
    where r ->> 'login' = '${login}'`;

/** In the fixtures, `:import` is an open import of meters of the person who asks, `:foreign` one of somebody else. */
const importOne = (id: string) =>
  `select 1 from api.import_rows(${id}, '[{"row": 2, "meter_id": "x"}]') where row_no = 2 and verdict = 'refused'`;

const beginImport = (kind: string) =>
  `select 1 from api.begin_import(null, '${kind}', 'good', '${kind}.csv', repeat('ab', 32), 'utf-8') as r
    where r ->> 'importId' is not null`;

const HISTORIANS = ['clerk', 'technician', 'supervisor', 'admin', 'dpo'] as const;
const history = (name: string, table: string, id: string, may: readonly Role[]): Call => ({
  name: `sees the history of ${name}`,
  sql: `select 1 from api.history('${table}', ${id}) limit 1`,
  may,
});

const upsert = (what: string, row: Record<string, unknown>): FunctionRule =>
  guarded('invoices, settlements (mirror): billing writes; section 5', ['billing'], {
    name: `delivers ${what}`,
    sql: `select 1 from billing.upsert_${what}(array['${JSON.stringify(row)}'::jsonb]) where verdict = 'create'`,
    may: ['billing'],
  });

/** Every function somebody may execute: who, and calls that prove it does what it is for. */
export const FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.whoami': guarded('section 2: bok_staff, what all have', ALL_STAFF, {
    name: 'learns who signed in',
    sql: `select 1 from api.whoami() as me where me ->> 'login' = session_user and me ->> 'group' is not null`,
    may: ALL_STAFF,
  }),
  'api.change_own_password': guarded(
    'section 2: the first password must be changed',
    ALL_STAFF,
    {
      name: 'changes the own password',
      sql: `select 1 from api.change_own_password('${VERIFIER}') as r where r ->> 'status' = 'changed'`,
      may: ALL_STAFF,
    },
    {
      name: 'sends a password in clear',
      sql: `select api.change_own_password('bardzo dlugie haslo')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.create_staff': guarded(
    'staff, roles, passwords',
    ['admin'],
    { name: 'makes a clerk', sql: createStaff('s_matrix_clerk', 'bok_clerk'), may: ['admin'] },
    { name: 'makes a technician', sql: createStaff('s_matrix_tech', 'bok_technician'), may: ['admin'] },
    ...(['bok_supervisor', 'bok_admin', 'bok_dpo'] as const).map(
      (group): Call => ({
        name: `makes somebody of ${group} alone`,
        sql: createStaff('s_matrix_high', group),
        may: [],
        refusal: 'IB007',
      }),
    ),
    {
      name: 'sends a first password in clear',
      sql: createStaff('s_matrix_clear', 'bok_clerk', 'bardzo dlugie haslo'),
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'makes a login that is none of the staff',
      sql: createStaff('postgres', 'bok_clerk'),
      may: [],
      refusal: '23514',
    },
  ),
  'api.reset_password': guarded(
    'staff, roles, passwords',
    ['admin'],
    {
      name: 'resets a clerk',
      sql: `select 1 from api.reset_password(':target', '${VERIFIER}', null) as r where r ->> 'login' = ':target'`,
      may: ['admin'],
    },
    {
      name: 'resets a supervisor alone',
      sql: `select api.reset_password(':supervisor', '${VERIFIER}', null)`,
      may: [],
      refusal: 'IB007',
    },
  ),
  'api.end_staff': guarded(
    'staff, roles, passwords',
    ['admin'],
    {
      name: 'ends a leaver',
      sql: `select 1 from api.end_staff(':target', null) as r where r ->> 'login' = ':target'`,
      may: ['admin'],
    },
    { name: 'ends nobody', sql: `select api.end_staff(session_user::text, null)`, may: [], refusal: 'IB006' },
  ),
  'api.open_card': guarded(
    'open a card',
    OFFICE,
    {
      name: 'opens a card',
      sql: `select 1 from api.open_card(9001, 'visit') as card
        where card ->> 'phone' = '600100200' and card ->> 'peselMasked' = '********359'`,
      may: OFFICE,
    },
    { name: 'opens a card for no purpose', sql: `select api.open_card(9001, '')`, may: [], refusal: 'IB004' },
  ),
  'api.reveal': guarded(
    'reveal PESEL / bank account',
    [...CLERKS, 'dpo'],
    {
      name: 'reveals a PESEL',
      sql: `select 1 where api.reveal(9001, 'pesel', 'wniosek klienta') = '44051401359'`,
      may: [...CLERKS, 'dpo'],
    },
    { name: 'reveals without a reason', sql: `select api.reveal(9001, 'pesel', '')`, may: [], refusal: 'IB004' },
    { name: 'reveals any column', sql: `select api.reveal(9001, 'phone', 'wniosek')`, may: [], refusal: 'IB004' },
  ),
  'api.find_by_contact': guarded('open a card (phone, e-mail by a logged function)', OFFICE, {
    name: 'finds by a whole phone number',
    sql: `select 1 from api.find_by_contact('600 100 200') where customer_id = 9001 and reason = 'phone'`,
    may: OFFICE,
  }),
  'api.edit_contact': guarded(
    'edit contact data',
    CLERKS,
    {
      name: 'edits contact data',
      sql: `select 1 from api.edit_contact(9001, '{"phone": ["600100200", "600100300"]}') as r
        where r ->> 'status' = 'saved'`,
      may: CLERKS,
    },
    {
      name: 'edits what billing is master of',
      sql: `select api.edit_contact(9001, '{"pesel": ["44051401359", null]}')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.history': guarded(
    'audit trail, read log',
    HISTORIANS,
    history('a customer', 'customers', '9001', OFFICE),
    history('an invoice', 'invoices', '9001', CLERKS),
    history('a meter', 'meters', '9001', OFFICE),
    history('a legal hold', 'legal_holds', '9001', [...CLERKS, 'dpo']),
    history('a staff member', 'staff_members', ':member', ['admin', 'supervisor', 'dpo']),
    history('a request for approval', 'approvals', '9002', [...CLERKS, 'admin', 'dpo']),
    history('a rule', 'rule_values', '9001', HISTORIANS),
    {
      ...history(
        'a task',
        'follow_ups',
        '(select id from ibok.follow_ups where assignee = session_user limit 1)',
        HISTORIANS,
      ),
      intruder: '42501',
    },
    history("somebody's settings", 'staff_settings', '1', []),
  ),
  'api.begin_import': guarded(
    'imports, undo of an import',
    IMPORTERS,
    { name: 'begins an import of meters', sql: beginImport('meters'), may: IMPORTERS },
    ...['customers', 'premises', 'contracts', 'readings', 'invoices'].map(
      (kind): Call => ({ name: `begins an import of ${kind}`, sql: beginImport(kind), may: CLERKS }),
    ),
  ),
  'api.import_rows': guarded(
    'imports, undo of an import',
    IMPORTERS,
    { name: 'sends rows of the own import', sql: importOne(':import'), may: IMPORTERS },
    {
      name: "sends rows of somebody else's import",
      sql: importOne(':foreign'),
      may: [],
      refusal: 'IB002',
      intruder: 'IB002',
    },
  ),
  'api.finish_import': guarded(
    'imports, undo of an import',
    IMPORTERS,
    {
      name: 'finishes the own import',
      sql: 'select 1 from (select api.finish_import(:import, 0)) as done',
      may: IMPORTERS,
    },
    {
      name: "finishes somebody else's import",
      sql: 'select api.finish_import(:foreign, 0)',
      may: [],
      refusal: 'IB002',
      intruder: 'IB002',
    },
  ),
  'audit.verify_chain': guarded('audit trail, read log', ['admin', 'dpo', 'worker'], {
    name: 'verifies the chain',
    sql: `select 1 from audit.verify_chain() as r where (r ->> 'ok')::boolean and (r ->> 'seals')::int > 0`,
    may: ['admin', 'dpo', 'worker'],
  }),
  'jobs.seal': guarded('section 1: functions of the worker', ['worker'], {
    name: 'seals',
    sql: `select 1 from jobs.seal() as r where (r ->> 'sealed')::int >= 0`,
    may: ['worker'],
    alone: 'IB006',
  }),
  'jobs.reap': guarded('section 1: functions of the worker', ['worker'], {
    name: 'reaps',
    sql: `select 1 from jobs.reap(3600) as r where (r ->> 'sessions')::int >= 0`,
    may: ['worker'],
  }),
  'jobs.refresh_addresses': guarded('section 1: functions of the worker', ['worker'], {
    name: 'refreshes addresses',
    sql: `select 1 where jobs.refresh_addresses('2026-01-01') >= 1`,
    may: ['worker'],
  }),
  'jobs.purge_reads': guarded('section 1: functions of the worker (retention)', ['worker'], {
    name: 'forgets old looks and no young ones',
    sql: `select 1 where jobs.purge_reads() = 0`,
    may: ['worker'],
  }),
  'jobs.health': guarded('outbox: see health', ['worker'], {
    name: 'reports health',
    sql: `select 1 from jobs.health() as r where (r ->> 'schemaVersion')::int > 0`,
    may: ['worker'],
  }),
  ...ACCOUNT_FUNCTIONS,
  ...DOCUMENT_FUNCTIONS,
  ...OFFICE_FUNCTIONS,
  ...BULK_FUNCTIONS,
  ...TRAIL_FUNCTIONS,
  ...METER_FUNCTIONS,
  ...EXCHANGE_FUNCTIONS,
  ...ORDER_FUNCTIONS,
  ...REGISTRATION_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ...LETTER_FUNCTIONS,
  ...LETTER_RUN_FUNCTIONS,
  ...MAIL_FUNCTIONS,
  ...APPROVAL_FUNCTIONS,
  ...PLANNER_FUNCTIONS,
  ...DELETION_FUNCTIONS,
  ...METER_CASE_FUNCTIONS,
  'billing.upsert_customers': upsert('customers', { customer_no: '004712', kind: 'person', last_name: 'Nowak' }),
  'billing.upsert_contracts': upsert('contracts', {
    contract_no: 'U-2',
    customer_no: '009001',
    kind: 'water',
    valid_from: '2026-01-01',
    status: 'active',
  }),
  'billing.upsert_invoices': upsert('invoices', {
    invoice_no: 'F-2',
    kind: 'invoice',
    customer_no: '009001',
    issued_on: '2026-02-01',
    due_on: '2026-02-15',
    net_grosze: 1000,
    vat_grosze: 80,
    gross_grosze: 1080,
  }),
  'ibok.is_clean_line': pure(`ibok.is_clean_line('Żuk')`),
  'ibok.is_clean_note': pure(`ibok.is_clean_note('Żuk')`),
  'ibok.fold': pure(`ibok.fold('Żuk') = 'zuk'`),
  'ibok.search_words': pure(`ibok.search_words('Żuk, Kartuzy') = ' zuk kartuzy'`),
  'ibok.phone_key': pure(`ibok.phone_key('+48 600 100 200') = '600100200'`),
  'ibok.nip_ok': pure(`not ibok.nip_ok('1234567890')`),
  'ibok.pesel_ok': pure(`ibok.pesel_ok('44051401359')`),
  'ibok.regon_ok': pure(`ibok.regon_ok('123456785')`),
  'ibok.nrb_ok': pure(`not ibok.nrb_ok('1')`),
  'ibok.today': pure('ibok.today() between current_date - 1 and current_date + 1'),
  'ibok.address_key': pure(`ibok.address_key('ul. Gdańska', '4', '2', 'Kartuzy') = 'gdanska 4 2 kartuzy'`),
  'ibok.address_line': pure(`ibok.address_line('Gdańska', '4', '2', 'Kartuzy') = 'Gdańska 4/2, Kartuzy'`),
};

/** Functions nobody may execute but the owner's own functions and triggers. */
export const INTERNAL_FUNCTIONS: readonly string[] = [
  'api.demand_role',
  ...`announce event_hash range_hash record record_blob record_inserts redact subject_key subject_of write`
    .split(' ')
    .map((name) => `audit.${name}`),
  ...`create_login demand_group demand_login demand_verifier end_login end_sessions grant_group reap_sessions
    revoke_groups set_verifier strip_groups`
    .split(/\s+/)
    .map((name) => `keeper.${name}`),
  ...ACCOUNT_INTERNAL,
  ...DOCUMENT_INTERNAL,
  ...OFFICE_INTERNAL,
  ...BULK_INTERNAL,
  ...TRAIL_INTERNAL,
  ...METER_INTERNAL,
  ...EXCHANGE_INTERNAL,
  ...ORDER_INTERNAL,
  ...REGISTRATION_INTERNAL,
  ...LIST_INTERNAL,
  ...LETTER_INTERNAL,
  ...LETTER_RUN_INTERNAL,
  ...MAIL_INTERNAL,
  ...APPROVAL_INTERNAL,
  ...PLANNER_INTERNAL,
  ...DELETION_INTERNAL,
  ...METER_CASE_INTERNAL,
  ...`announce_presence apply_contracts apply_customers apply_invoices apply_meters apply_premises apply_readings
    billing_upsert demand_contact_value demand_importer demand_single_person_group find_act first_password_end
    guard_fetched_reading import_apply import_exchanged import_fault import_installation import_legalizations import_list import_lock_meters import_meter_rows import_parent import_plain
    import_refer import_refusal import_rising import_same_customer import_seals import_store import_verdicts log_read mark_end mark_fault mask
    may_see_history open_import password_expired reading_counts readings_rise rebuild_customer_search refill_customer_search refresh_customer_search refresh_customer_surnames refuse_change
    rule_number schema_version search_follows_customers search_follows_premises search_follows_supplies
    search_follows_supply_points set_premise_search stamp_presence store_act touch_updated_at watch_card_opens`
    .split(/\s+/)
    .map((name) => `ibok.${name}`),
];

const verifierCall = (object: string, login: string, verifier: string) =>
  `select ${object}('${login}', '${verifier}', null)`;

const GOOD_LOGIN = 's_matrix_keeper';

/** The keeper checks forms by itself, whatever the functions before it let through. */
export const KEEPER_REFUSALS = [
  ...['keeper.create_login', 'keeper.set_verifier'].flatMap((object) => [
    { object, name: 'touches a superuser', sql: verifierCall(object, 'postgres', VERIFIER) },
    { object, name: 'touches the owner', sql: verifierCall(object, 'ibok_owner', VERIFIER) },
    { object, name: 'smuggles a second command', sql: verifierCall(object, 's_x; alter role', VERIFIER) },
    { object, name: 'takes a password in clear', sql: verifierCall(object, GOOD_LOGIN, 'haslo') },
    {
      object,
      name: 'takes a verifier of few rounds',
      sql: verifierCall(object, GOOD_LOGIN, VERIFIER.replace('4096', '1000')),
    },
  ]),
  ...['pg_execute_server_program', 'ibok_owner', 'postgres', 'bok_staff'].map((group) => ({
    object: 'keeper.grant_group',
    name: `grants ${group}`,
    sql: `select keeper.grant_group('${GOOD_LOGIN}', '${group}')`,
  })),
  {
    object: 'keeper.grant_group',
    name: 'grants to the owner',
    sql: `select keeper.grant_group('ibok_owner', 'bok_clerk')`,
  },
  ...['strip_groups', 'revoke_groups', 'end_sessions', 'end_login'].map((name) => ({
    object: `keeper.${name}`,
    name: 'touches the worker',
    sql: `select keeper.${name}('ibok_worker')`,
  })),
];
