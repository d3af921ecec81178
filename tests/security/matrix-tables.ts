import { ACCOUNT_TABLES } from './matrix-accounts';
import { APPROVAL_TABLES } from './matrix-approvals';
import { BULK_TABLES } from './matrix-bulk';
import { DELETION_TABLES } from './matrix-deletions';
import { DOCUMENT_TABLES } from './matrix-documents';
import { EXCHANGE_TABLES } from './matrix-exchanges';
import { LETTER_RUN_TABLES } from './matrix-letter-runs';
import { LETTER_TABLES } from './matrix-letters';
import { LIST_TABLES } from './matrix-lists';
import { MAIL_TABLES } from './matrix-mail';
import { METER_CASE_TABLES } from './matrix-meter-cases';
import { METER_TABLES } from './matrix-meters';
import { ALL_STAFF, CLERKS, closed, IMPORTERS, OFFICE, readOnly, reads, type TableRule } from './matrix-model';
import { OFFICE_TABLES } from './matrix-office';
import { ORDER_TABLES } from './matrix-orders';
import { PLANNER_TABLES } from './matrix-planner';
import { REGISTRATION_TABLES } from './matrix-registrations';
import { TRAIL_TABLES } from './matrix-trail';

const customers: TableRule = {
  act: 'find customers, list columns; phone, e-mail, postal address and identifiers only by logged functions',
  columns: `id customer_no kind first_name last_name company_name nip regon pesel bank_account identifier_override phone
    phone_alt email email_alt postal_street postal_house_no postal_flat_no postal_code postal_city deceased_on vip
    preferred_contact office_note source_updated_at created_at updated_at`,
  select: [
    {
      to: OFFICE,
      columns: `id customer_no kind first_name last_name company_name deceased_on vip source_updated_at created_at
        updated_at`,
    },
  ],
  policies: { customers_read: reads(OFFICE) },
};

const staffMembers: TableRule = {
  act: 'staff: names for everybody, all of it for admin; supervisor and dpo see',
  columns: `id login display_name phone email staff_group active must_change_password password_reset_at absent_from
    absent_to substitute_id created_at ended_at`,
  select: [
    { to: ['admin', 'supervisor', 'dpo'] },
    { to: ALL_STAFF, columns: 'id login display_name staff_group active absent_from absent_to substitute_id' },
  ],
  policies: { staff_members_read: reads(ALL_STAFF) },
};

const staffSettings: TableRule = {
  act: "section 3: staff_settings, a person's own choices and draft key",
  columns: 'login language theme density workspace draft_key text_size single_keys',
  select: [{ to: ALL_STAFF }],
  insert: [{ to: ALL_STAFF, columns: 'language theme density workspace text_size single_keys' }],
  update: [{ to: ALL_STAFF, columns: 'language theme density workspace text_size single_keys' }],
  policies: { staff_settings_own: { for: 'all', own: ALL_STAFF } },
  own: 'login = session_user',
  scenarios: [
    {
      name: 'changes the own language',
      sql: `update ibok.staff_settings set language = 'en' where login = session_user`,
      by: ALL_STAFF,
      expected: { rows: 'some' },
    },
    {
      name: "does not change others' settings",
      sql: `update ibok.staff_settings set language = 'en' where login <> session_user`,
      by: ALL_STAFF,
      expected: { rows: 'none' },
    },
    {
      name: 'makes the own settings, or changes them where they are',
      sql: `insert into ibok.staff_settings (language) values ('en') on conflict (login) do update set language = 'en'`,
      by: ALL_STAFF,
      expected: { rows: 'some' },
    },
    {
      name: "does not change others' settings by an upsert",
      sql: `insert into ibok.staff_settings (login, language) values (':target', 'en')
        on conflict (login) do update set language = 'en'`,
      by: ALL_STAFF,
      granted: ['grant insert (login) on ibok.staff_settings to public'],
      expected: { refused: '42501', saying: 'row-level security' },
    },
    {
      name: 'does not make settings for somebody else',
      sql: `insert into ibok.staff_settings (login) values ('s_nobody')`,
      by: ALL_STAFF,
      granted: ['grant insert (login) on ibok.staff_settings to public'],
      expected: { refused: '42501', saying: 'row-level security' },
    },
    {
      name: 'does not hand the own settings over',
      sql: `update ibok.staff_settings set login = 's_nobody' where login = session_user`,
      by: ALL_STAFF,
      granted: ['grant update (login) on ibok.staff_settings to public'],
      expected: { refused: '42501', saying: 'row-level security' },
    },
  ],
};

const presence: TableRule = {
  act: 'section 3: presence, who has which record open',
  columns: 'login record editing seen_at',
  select: [{ to: ALL_STAFF }],
  insert: [{ to: ALL_STAFF, columns: 'record editing' }],
  update: [{ to: ALL_STAFF, columns: 'editing' }],
  delete: ALL_STAFF,
  policies: {
    presence_read: reads(ALL_STAFF),
    presence_come: { for: 'insert', own: ALL_STAFF },
    presence_stay: { for: 'update', own: ALL_STAFF },
    presence_go: { for: 'delete', own: ALL_STAFF },
  },
  own: 'login = session_user',
  scenarios: [
    {
      name: 'comes to a record',
      sql: `insert into ibok.presence (record, editing) values ('customers:77', false)`,
      by: ALL_STAFF,
      expected: { rows: 'some' },
    },
    {
      name: 'comes a second time to the same record',
      sql: `insert into ibok.presence (record, editing) values ('customers:9001', true)
        on conflict (record, login) do update set editing = excluded.editing`,
      by: ALL_STAFF,
      expected: { rows: 'some' },
    },
    {
      name: 'starts editing',
      sql: `update ibok.presence set editing = true where login = session_user`,
      by: ALL_STAFF,
      expected: { rows: 'some' },
    },
    {
      name: "does not change others' presence",
      sql: `update ibok.presence set editing = true where login <> session_user`,
      by: ALL_STAFF,
      expected: { rows: 'none' },
    },
    {
      name: 'goes',
      sql: `delete from ibok.presence where login = session_user`,
      by: ALL_STAFF,
      expected: { rows: 'some' },
    },
    {
      name: 'does not send others away',
      sql: `delete from ibok.presence where login <> session_user`,
      by: ALL_STAFF,
      expected: { rows: 'none' },
    },
    {
      name: 'does not come as somebody else',
      sql: `insert into ibok.presence (login, record) values ('s_nobody', 'customers:77')`,
      by: ALL_STAFF,
      granted: ['grant insert (login) on ibok.presence to public'],
      expected: { refused: '42501', saying: 'row-level security' },
    },
    {
      name: 'does not become somebody else',
      sql: `update ibok.presence set login = 's_nobody' where login = session_user`,
      by: ALL_STAFF,
      granted: ['grant update (login) on ibok.presence to public'],
      expected: { refused: '42501', saying: 'row-level security' },
    },
  ],
};

/** Every table of `ibok` and `audit`: who may do what with which rows and columns, and where that stands. */
export const TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.customers': customers,
  'ibok.customer_search': readOnly(
    'customer_search',
    'find customers, list columns',
    `customer_id customer_no kind display_name sort_name name_key address sort_address city postal_code point_count
      deceased search_text vip customer_since preferred_contact office_note`,
    OFFICE,
  ),
  'ibok.customer_surnames': readOnly('customer_surnames', 'find customers, list columns', 'name_key', OFFICE),
  'ibok.premises': readOnly(
    'premises',
    'find customers, list columns',
    'id city street house_no flat_no postal_code district route teryt_terc teryt_simc teryt_ulic search_text',
    OFFICE,
  ),
  'ibok.supply_points': readOnly(
    'supply_points',
    'find customers, list columns',
    'id code premise_id place status',
    OFFICE,
  ),
  'ibok.supplies': readOnly(
    'supplies',
    'find customers, list columns',
    'id supply_point_id customer_id contract_id valid_from valid_to',
    OFFICE,
  ),
  'ibok.contracts': readOnly(
    'contracts',
    'contracts, scans, documents',
    'id contract_no customer_id kind signed_on valid_from valid_to status source_updated_at',
    OFFICE,
  ),
  'ibok.documents': {
    act: 'contracts, scans, documents; technician: none of applications, accounts and deletions',
    columns: 'id title category owner_table owner_id personal retention_class created_at created_by state',
    select: [{ to: OFFICE }],
    policies: {
      documents_read: reads(['clerk', 'supervisor', 'dpo']),
      documents_places: { for: 'select', own: ['technician'] },
    },
    own: `owner_table in ('customers', 'contracts', 'meters', 'regulation_versions', 'exchanges', 'meter_cases', 'letter_runs')`,
  },
  'ibok.document_versions': {
    act: 'contracts, scans, documents; technician: none of applications, accounts and deletions',
    columns: 'id document_id version_no sha256 file_name mime size pages text_layer uploaded_by uploaded_at',
    select: [{ to: OFFICE }],
    policies: {
      document_versions_read: reads(['clerk', 'supervisor', 'dpo']),
      document_versions_of_visible: { for: 'select', own: ['technician'] },
    },
    // By number: a subquery on documents would be under its policy. The fixtures' papers of applications begin at 9051,
    // those of letters to many at 9600.
    own: '(document_id < 9051 or document_id = 9600)',
    fixed: ['update'],
  },
  'ibok.blobs': {
    ...closed('contracts, scans, documents (bytes come through a function that logs)', 'sha256 bytes created_at'),
    fixed: ['update'],
  },
  'ibok.invoices': readOnly(
    'invoices',
    'invoices, settlements (mirror)',
    `id invoice_no kind customer_id contract_id issued_on due_on net_grosze vat_grosze gross_grosze corrects_id ksef_no
      ksef_at ksef_mode delivery upo document_id source_updated_at`,
    CLERKS,
  ),
  'ibok.meter_types': readOnly(
    'meter_types',
    'meters, legalization, exchange (dpo: section 2, "reads")',
    'id maker model dn q3 r digits',
    OFFICE,
  ),
  'ibok.meters': {
    ...readOnly(
      'meters',
      'meters, legalization, exchange (dpo: section 2, "reads")',
      `id factory_no type_id owner_kind status accepted_on radio_id source_updated_at factory_key produced_year stock_place
        note`,
      OFFICE,
    ),
    generated: 'factory_key',
  },
  'ibok.meter_installations': readOnly(
    'meter_installations',
    'meters, legalization, exchange (dpo: section 2, "reads")',
    `id meter_id supply_point_id role parent_id installed_on removed_on opening_value final_value reason
      place deducts_from reversed_at`,
    OFFICE,
  ),
  'ibok.readings': readOnly(
    'readings',
    'readings: record, verify, release (dpo: section 2, "reads")',
    `id installation_id read_on value kind source consumption checks state entered_by entered_at corrects_id photo
      superseded rollover`,
    OFFICE,
  ),
  'ibok.legal_holds': readOnly(
    'legal_holds',
    'GDPR: register, extend, close; holds',
    'id customer_id reason valid_from valid_to placed_by placed_at released_by released_at',
    ['clerk', 'supervisor', 'dpo'],
  ),
  'ibok.rule_values': readOnly(
    'rule_values',
    'dated configuration',
    'id key value valid_from valid_to source approved_by',
    ALL_STAFF,
  ),
  'ibok.holidays': readOnly(
    'holidays',
    'dated configuration',
    'day name source id statutory recorded_by recorded_at',
    ALL_STAFF,
  ),
  'ibok.schema_versions': readOnly(
    'schema_versions',
    'section 5 of architecture.md: a client checks the schema version at sign-in',
    'name sha256 applied_at',
    [...ALL_STAFF, 'worker'],
  ),
  'ibok.staff_members': staffMembers,
  'ibok.staff_settings': staffSettings,
  'ibok.presence': presence,
  'ibok.acts': {
    act: 'section 3: acts, a second click gets the first result',
    columns: 'id client_request_id login action input_digest result at',
    select: [{ to: ALL_STAFF }],
    policies: { acts_own: { for: 'select', own: ALL_STAFF } },
    own: 'login = session_user',
  },
  'ibok.imports': {
    act: 'imports, undo of an import: own for clerk and technician, all for supervisor',
    columns: `id login file_kind file_name file_sha256 encoding started_at finished_at state created updated unchanged
      refused mode position seen_at kept`,
    select: [{ to: IMPORTERS }],
    policies: { imports_own: { for: 'select', own: IMPORTERS }, imports_all: reads(['supervisor']) },
    own: 'login = session_user',
  },
  'ibok.import_rows': {
    act: 'imports, undo of an import: own for clerk and technician, all for supervisor',
    columns: 'import_id row_no table_name row_id before_image after_image',
    select: [{ to: IMPORTERS, columns: 'import_id row_no table_name row_id' }],
    policies: {
      // Follows the policies of ibok.imports, and to a supervisor every import is visible.
      import_rows_of_visible: { for: 'select', own: ['clerk', 'technician'], all: ['supervisor'] },
    },
    // table_name carries the login in the fixture, because a subquery on imports would be under its policy.
    own: 'table_name = session_user',
  },
  'audit.events': {
    ...readOnly(
      'events',
      'audit trail, read log',
      'id at xid login application request_id on_behalf_of table_name row_id op reason digest',
      ['admin', 'dpo'],
    ),
    fixed: ['update', 'delete'],
  },
  'audit.seals': {
    ...readOnly(
      'seals',
      'audit trail, read log',
      'id first_event last_event event_count previous_hash hash sealed_at',
      ['admin', 'dpo'],
    ),
    fixed: ['update', 'delete'],
  },
  'audit.alarms': readOnly('alarms', 'audit trail, read log', 'id at kind login day detail', ['admin', 'dpo']),
  'audit.event_values': readOnly(
    'event_values',
    'section 1: bok_admin the events without values',
    'event_id subject changes',
    ['dpo'],
  ),
  'audit.reads': readOnly(
    'reads',
    'audit trail, read log (section 1 keeps it from the admin)',
    'id at login application customer_id purpose fields row_count',
    ['dpo'],
  ),
  'audit.subject_keys': closed('section 1: subject keys are for nobody', 'subject key destroyed_at'),
  'audit.seal_mark': closed('section 1: the sealer alone', 'only_row last_event below_xid marked_at'),
  ...ACCOUNT_TABLES,
  ...DOCUMENT_TABLES,
  ...BULK_TABLES,
  ...OFFICE_TABLES,
  ...TRAIL_TABLES,
  ...METER_TABLES,
  ...EXCHANGE_TABLES,
  ...ORDER_TABLES,
  ...REGISTRATION_TABLES,
  ...LIST_TABLES,
  ...LETTER_TABLES,
  ...LETTER_RUN_TABLES,
  ...MAIL_TABLES,
  ...APPROVAL_TABLES,
  ...PLANNER_TABLES,
  ...DELETION_TABLES,
  ...METER_CASE_TABLES,
};
