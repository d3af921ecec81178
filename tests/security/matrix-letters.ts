import {
  ALL_STAFF,
  CLERKS,
  type FunctionRule,
  guarded,
  IMPORTERS,
  type Role,
  readOnly,
  reads,
  type TableRule,
} from './matrix-model';

const LETTERS = 'service orders / letters';
const REGULATIONS = 'templates, recipient groups, regulations versions: staff see, supervisor and admin write';
const READERS = ['clerk', 'supervisor', 'dpo'] as const;
/** Staff with a group: everybody but who still holds a first password. */
const WITH_GROUP = ['clerk', 'technician', 'supervisor', 'admin', 'dpo'] as const;
const AUTHORS = ['supervisor', 'admin'] as const;

/**
 * An account of its own, a letter of it, a version of the regulations that everybody was told of and one planned far ahead
 * with a text; a refused application and an erased account have letters to be made.
 */
export const LETTER_ROWS = `
  insert into ibok.registrations (id, channel, received_on, first_name, last_name, email, relation, due_from, due_to)
    overriding system value
    values (9400, 'paper', '2026-01-01', 'Ewa', 'List', 'list@example.org', 'holder', '2026-01-08', '2026-01-12');
  insert into ibok.accounts (id, login, first_name, last_name, email, registration_id)
    overriding system value values (9400, 'ewa.list', 'Ewa', 'List', 'list@example.org', 9400);
  insert into ibok.documents (id, title, category, owner_table, owner_id) overriding system value
    values (9400, 'Pismo', 'letter', 'accounts', 9400), (9041, 'Regulamin', 'regulations', 'regulation_versions', 9401);
  insert into ibok.document_versions (id, document_id, version_no, sha256, file_name, mime, size) overriding system value
    select id, id, 1, sha256('x'), 'pismo.pdf', 'application/pdf', 1 from ibok.documents where id in (9041, 9400);
  insert into ibok.letters (id, kind, record, document_id) overriding system value values (9400, 'activation', 'accounts:9400', 9400);
  insert into ibok.regulation_versions (id, label, effective_on, document_id) overriding system value
    values (9401, 'Matryca planowana', '2041-01-01', 9041);
  insert into ibok.outbox (id, key, to_address, template_id, fields, record, state, last_error) overriding system value
    select 9400, 'matrix.regulations', 'list@example.org', t.id, '{}', 'accounts:9400', 'failed', 'E550'
      from ibok.templates t where t.key = 'regulations.announcement';
  insert into ibok.regulation_acceptances (account_id, version_id, channel) values (9400, 9401, 'paper');
  insert into ibok.regulation_notices (version_id, account_id, outbox_id) values (9401, 9400, 9400);
  insert into ibok.deletion_requests (id, account_id, asked_via, asked_on, due_on, identity_method, identity_checked_by,
      identity_checked_at, forwarded_by, forwarded_at, status, closed_at, executed_at, protocol) overriding system value
    values (9400, 9400, 'letter', '2026-01-01', '2026-01-12', 'signature', 's_x', now(), 's_x', now(), 'executed', now(), now(),
      '{"parts": []}');
  -- A file in PDF on its way in, for those who bring regulations and letters; its key follows from the login.
  insert into ibok.uploads (id, login, file_name, mime, size, sha256)
    select md5('pdf' || login)::uuid, login, 'pismo.pdf', 'application/pdf', 5, sha256('%PDF-') from ibok.staff_members;
  insert into ibok.upload_parts (upload_id, part_no, bytes)
    select id, 0, '%PDF-' from ibok.uploads where file_name = 'pismo.pdf'`;

export const LETTER_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.letters': {
    act: `${LETTERS}; technician: those about meters`,
    columns: 'id kind record template_id document_id made_at made_by printed_at sent_at sent_by',
    select: [{ to: [...READERS, 'technician'] }],
    policies: { letters_read: reads(READERS), letters_of_meters: { for: 'select', own: ['technician'] } },
    own: `kind in ('exchange_protocol', 'legalization_notice', 'expertise_result')`,
  },
  'ibok.letterheads': readOnly(
    'letterheads',
    'section 2: bok_staff, what all have',
    'id valid_from name lines phone email website register_line privacy_email recorded_by',
    ALL_STAFF,
  ),
  'ibok.regulation_versions': readOnly(
    'regulation_versions',
    REGULATIONS,
    'id label effective_on document_id summary recorded_at recorded_by announced_at announced_by',
    ALL_STAFF,
  ),
  'ibok.regulation_acceptances': readOnly(
    'regulation_acceptances',
    REGULATIONS,
    'id account_id version_id accepted_at channel',
    READERS,
  ),
  'ibok.regulation_notices': readOnly('regulation_notices', REGULATIONS, 'version_id account_id outbox_id', READERS),
};

const OWN_PDF = `md5('pdf' || session_user)::uuid`;
const FOREIGN_PDF = `md5('pdf:target')::uuid`;
const addVersion = (upload: string, on = '2040-01-01') =>
  `select 1 from api.add_regulation_version('Nowa', '${on}', 'Zmiany', ${upload}) as r where r ->> 'id' is not null`;
const addLetter = (upload: string, record = 'accounts:9400') =>
  `select 1 from api.add_letter('activation', '${record}', ${upload}) as r where r ->> 'versionId' is not null`;
const addProtocol = (upload: string, record = 'exchanges:9301') =>
  `select 1 from api.add_letter('exchange_protocol', '${record}', ${upload}) as r where r ->> 'versionId' is not null`;
const CLERKS_AND_DPO: readonly Role[] = READERS;

export const LETTER_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.letter_facts': guarded(
    LETTERS,
    IMPORTERS,
    {
      name: 'reads what a letter is drawn from',
      sql: `select 1 from api.letter_facts('activation', 'accounts:9400') as f where f ->> 'name' = 'Ewa List' and not f ? 'customer'`,
      may: CLERKS,
    },
    {
      name: 'reads what a protocol is drawn from',
      sql: `select 1 from api.letter_facts('exchange_protocol', 'exchanges:9301') as f where f #>> '{details,new,meterId}' = '9303'`,
      may: IMPORTERS,
    },
    {
      name: 'reads it for a record of another kind',
      sql: `select api.letter_facts('exchange_protocol', 'customers:9001')`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'reads it for an exchange that was taken back',
      sql: `select api.letter_facts('exchange_protocol', 'exchanges:9302')`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.add_letter': guarded(
    LETTERS,
    IMPORTERS,
    { name: 'keeps a letter', sql: addLetter(OWN_PDF), may: CLERKS },
    { name: 'keeps a protocol', sql: addProtocol(OWN_PDF), may: IMPORTERS },
    { name: "keeps somebody else's file", sql: addProtocol(FOREIGN_PDF), may: [], refusal: 'IB002' },
    { name: 'keeps a text as a letter', sql: addProtocol('md5(session_user)::uuid'), may: [], refusal: 'IB004' },
    { name: 'keeps a letter of nobody', sql: addProtocol(OWN_PDF, 'exchanges:77'), may: [], refusal: 'IB002' },
  ),
  'api.mark_letter': guarded(
    LETTERS,
    IMPORTERS,
    { name: 'notes a letter as sent', sql: `select 1 where api.mark_letter(9400, 'sent') is not null`, may: CLERKS },
    {
      name: 'notes a protocol as printed',
      sql: `select 1 where api.mark_letter(9301, 'printed') is not null`,
      may: IMPORTERS,
    },
    { name: 'notes something else', sql: `select api.mark_letter(9301, 'lost')`, may: [], refusal: 'IB004' },
    { name: 'notes a letter that is not there', sql: `select api.mark_letter(77, 'sent')`, may: [], refusal: 'IB002' },
  ),
  'jobs.letter_facts': guarded(
    'section 1: functions of the worker',
    ['worker'],
    {
      name: 'reads what a protocol is drawn from',
      sql: `select 1 from jobs.letter_facts('deletion_protocol', 'deletion_requests:9400') as f where f ->> 'name' is null`,
      may: ['worker'],
    },
    {
      name: 'reads a letter that names somebody',
      sql: `select jobs.letter_facts('activation', 'accounts:9400')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'jobs.store_letter': guarded(
    'section 1: functions of the worker',
    ['worker'],
    {
      name: 'keeps a protocol',
      sql: `select 1 where jobs.store_letter('deletion_protocol', 'deletion_requests:9400', 'p.pdf', '%PDF-1') is not null`,
      may: ['worker'],
    },
    {
      name: 'keeps a program as a protocol',
      sql: `select jobs.store_letter('deletion_protocol', 'deletion_requests:9400', 'p.pdf', 'MZ')`,
      may: [],
      refusal: '23514',
    },
    {
      name: 'keeps another letter',
      sql: `select jobs.store_letter('activation', 'accounts:9400', 'p.pdf', '%PDF-1')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.list_regulations': guarded(REGULATIONS, WITH_GROUP, {
    name: 'sees the versions',
    sql: `select 1 where jsonb_array_length(api.list_regulations() -> 'versions') > 0`,
    may: WITH_GROUP,
  }),
  'api.read_regulations': guarded(
    REGULATIONS,
    WITH_GROUP,
    { name: 'reads the text', sql: `select 1 where api.read_regulations(9401, 0, 1024) = 'x'`, may: WITH_GROUP },
    { name: 'reads a text that is not there', sql: 'select api.read_regulations(77, 0, 1)', may: [], refusal: 'IB002' },
  ),
  'api.add_regulation_version': guarded(
    REGULATIONS,
    AUTHORS,
    { name: 'adds a version', sql: addVersion(OWN_PDF), may: AUTHORS },
    { name: 'adds one that begins too soon', sql: addVersion(OWN_PDF, '2026-02-01'), may: [], refusal: 'IB006' },
    { name: "adds somebody else's file", sql: addVersion(FOREIGN_PDF), may: [], refusal: 'IB002' },
    { name: 'adds a text that is no PDF', sql: addVersion('md5(session_user)::uuid'), may: [], refusal: 'IB004' },
  ),
  'api.move_regulation_version': guarded(
    REGULATIONS,
    AUTHORS,
    {
      name: 'gives a version another day',
      sql: `select 1 where api.move_regulation_version(9401, '2041-02-01') is not null`,
      may: AUTHORS,
    },
    {
      name: 'moves a version in force',
      sql: `select api.move_regulation_version(9050, '2041-03-01')`,
      may: [],
      refusal: 'IB006',
    },
  ),
  'api.announce_regulations': guarded(
    REGULATIONS,
    AUTHORS,
    {
      name: 'tells the accounts',
      sql: `select 1 from api.announce_regulations(9401) as r where r ->> 'left' = '0'`,
      may: AUTHORS,
    },
    { name: 'tells of a version too late', sql: 'select api.announce_regulations(9050)', may: [], refusal: 'IB006' },
  ),
  'api.regulation_accounts': guarded(
    `${REGULATIONS}; whom a number means, for those who see accounts`,
    CLERKS_AND_DPO,
    {
      name: 'sees whose mail did not arrive',
      sql: `select 1 from api.regulation_accounts(9401, 'undelivered') where mail_id = 9400`,
      may: CLERKS_AND_DPO,
    },
    { name: 'asks for others', sql: `select api.regulation_accounts(9401, 'all')`, may: [], refusal: 'IB004' },
  ),
};

/** Called by the functions above alone. */
export const LETTER_INTERNAL: readonly string[] =
  `account_letter_facts accounts_to_notify application_facts check_notice demand_letter earliest_effective_on insert_letter latest_mail
    letter_address letter_document letter_facts letter_record letter_reference letter_template letterhead_on lock_regulations
    protocol_facts refusal_words`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
