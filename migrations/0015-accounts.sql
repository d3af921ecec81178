-- Accounts of the portal: applications for one, the accounts and whose data they see, regulations and consents.
-- Columns that name the person behind an account may be empty only once the account has been erased.

alter table ibok.documents
  drop constraint documents_owner_table,
  add constraint documents_owner_table check (owner_table in
    ('customers', 'contracts', 'meters', 'registrations', 'accounts', 'regulation_versions', 'deletion_requests')),
  drop constraint documents_category,
  add constraint documents_category check (category in
    ('contract', 'application', 'letter', 'protocol', 'regulations', 'photo', 'other'));

-- The regulations as they were in force. Accounts are told before a version takes effect (`announced_at`).
create table ibok.regulation_versions (
  id bigint generated always as identity constraint regulation_versions_pk primary key,
  label ibok.line not null constraint regulation_versions_label unique constraint regulation_versions_label_filled check (label <> ''),
  effective_on date not null constraint regulation_versions_effective_on unique,
  document_id bigint constraint regulation_versions_document references ibok.documents (id),
  summary ibok.note,
  recorded_at timestamptz not null default now(),
  recorded_by text not null default session_user,
  announced_at timestamptz,
  announced_by text,
  constraint regulation_versions_announced
    check ((announced_at is null) = (announced_by is null) and (announced_at is null or document_id is not null))
);
create index regulation_versions_document_id on ibok.regulation_versions (document_id);

-- What an applicant declares. Dated: an application is judged by the clauses of the day it was received.
create table ibok.clauses (
  id bigint generated always as identity constraint clauses_pk primary key,
  key text not null constraint clauses_key check (key ~ '^[a-z][a-z_]{2,40}$'),
  title ibok.line not null,
  body ibok.note not null,
  mandatory boolean not null,
  valid_from date not null,
  valid_to date,
  constraint clauses_period check (valid_to is null or valid_to >= valid_from),
  constraint clauses_no_overlap exclude using gist (key ext.gist_text_ops with =, daterange(valid_from, valid_to, '[]') with &&)
);
insert into ibok.clauses (key, title, body, mandatory, valid_from) values
  ('regulations', 'Akceptacja Regulaminu IBOK',
   'Akceptuję Regulamin Internetowego Biura Obsługi Klienta KPWiK i zawieram umowę o świadczenie usług drogą elektroniczną.', true, '2024-07-17'),
  ('privacy', 'Informacja o danych osobowych',
   'Zapoznałem(-am) się z informacją o przetwarzaniu moich danych osobowych przez KPWiK (Regulamin IBOK, § 10).', true, '2024-07-17'),
  ('truth', 'Prawdziwość danych', 'Oświadczam, że podane dane są prawdziwe.', true, '2024-07-17'),
  ('e_invoice', 'E-faktura', 'Wyrażam zgodę na otrzymywanie faktur w formie elektronicznej.', false, '2024-07-17');

-- Applications for an account, by four ways. PESEL and NIP that an applicant names are compared at once and never kept.
create table ibok.registrations (
  id bigint generated always as identity constraint registrations_pk primary key,
  channel text not null constraint registrations_channel check (channel in ('web', 'paper', 'post', 'email')),
  received_on date not null,
  recorded_at timestamptz not null default now(),
  recorded_by text not null default session_user,
  first_name ibok.line,
  last_name ibok.line,
  email ibok.email,
  phone ibok.phone,
  street ibok.line,
  house_no ibok.line,
  flat_no ibok.line,
  postal_code ibok.postal_code,
  city ibok.line,
  relation text not null constraint registrations_relation check (relation in ('holder', 'manager', 'proxy')),
  -- As the applicant wrote them; `customer_id` is the customer they were found to mean.
  customer_no_given ibok.line,
  invoice_no_given ibok.line,
  invoice_gross_given ibok.grosze,
  customer_id bigint constraint registrations_customer references ibok.customers (id),
  regulation_version_id bigint constraint registrations_regulation_version references ibok.regulation_versions (id),
  clauses text[] not null default '{}',
  identity_method text constraint registrations_identity_method check (identity_method in ('invoice', 'pesel', 'nip')),
  identity_checked_by text,
  identity_checked_at timestamptz,
  proxy_document_id bigint constraint registrations_proxy_document references ibok.documents (id),
  -- Where the paper original is filed.
  original_place ibok.line,
  due_from date not null,
  due_to date not null,
  status text not null default 'new' constraint registrations_status check (status in ('new', 'incomplete', 'approved', 'rejected')),
  decided_by text,
  decided_at timestamptz,
  rejection_reason text constraint registrations_rejection_reason check (rejection_reason in
    ('not_a_customer', 'identity_not_confirmed', 'no_proxy_document', 'missing_clauses', 'duplicate', 'withdrawn', 'other')),
  note ibok.note,
  account_id bigint,
  erased_at timestamptz,
  constraint registrations_named check (erased_at is not null or (first_name <> '' and last_name <> '') is true),
  constraint registrations_due check (due_from <= due_to),
  constraint registrations_identity
    check ((identity_method is null) = (identity_checked_by is null) and (identity_method is null) = (identity_checked_at is null)),
  constraint registrations_decided check ((status in ('approved', 'rejected')) = (decided_at is not null)
    and (decided_at is null) = (decided_by is null) and (status = 'rejected') = (rejection_reason is not null)),
  constraint registrations_account_made check ((status = 'approved') = (account_id is not null))
);
create index registrations_open on ibok.registrations (due_to, id) where status in ('new', 'incomplete');
create index registrations_due_to on ibok.registrations (due_to, id);
create index registrations_received_on on ibok.registrations (received_on, id);
create index registrations_customer_id on ibok.registrations (customer_id);
create index registrations_regulation_version_id on ibok.registrations (regulation_version_id);
create index registrations_proxy_document_id on ibok.registrations (proxy_document_id) where proxy_document_id is not null;
create index registrations_email on ibok.registrations (lower(email::text)) where email is not null;

create table ibok.accounts (
  id bigint generated always as identity constraint accounts_pk primary key,
  login text constraint accounts_login unique
    constraint accounts_login_form check (login ~ '^[a-z0-9][a-z0-9._-]{2,62}[a-z0-9]$'),
  first_name ibok.line,
  last_name ibok.line,
  email ibok.email,
  -- Waits for the holder's confirmation.
  new_email ibok.email,
  phone ibok.phone,
  status text not null default 'pending'
    constraint accounts_status check (status in ('pending', 'active', 'blocked', 'deleting', 'deleted')),
  -- What a refused deletion gives back.
  status_before text constraint accounts_status_before check (status_before in ('pending', 'active', 'blocked')),
  registration_id bigint not null constraint accounts_registration references ibok.registrations (id)
    constraint accounts_one_per_registration unique,
  created_at timestamptz not null default now(),
  created_by text not null default session_user,
  activated_at timestamptz,
  block_reason text constraint accounts_block_reason
    check (block_reason in ('breach', 'security', 'wish', 'death', 'contract_end', 'failed_sign_ins')),
  deleted_at timestamptz,
  constraint accounts_blocked check ((status = 'blocked') <= (block_reason is not null)),
  constraint accounts_deleting check ((status = 'deleting') = (status_before is not null)),
  constraint accounts_deleted check ((status = 'deleted') = (deleted_at is not null)),
  constraint accounts_erased check (case when status = 'deleted'
    then num_nonnulls(login, first_name, last_name, email, new_email, phone) = 0
    else num_nulls(login, first_name, last_name, email) = 0 end),
  constraint accounts_activated check ((status = 'active') <= (activated_at is not null))
);
create index accounts_name on ibok.accounts (last_name collate "pl-PL-x-icu", first_name collate "pl-PL-x-icu", id);
create index accounts_email on ibok.accounts (lower(email::text)) where email is not null;
alter table ibok.registrations add constraint registrations_account foreign key (account_id) references ibok.accounts (id);
create index registrations_account_id on ibok.registrations (account_id);

-- Whose data an account sees: several customers an account, several accounts a customer, each with dates.
create table ibok.account_access (
  id bigint generated always as identity constraint account_access_pk primary key,
  account_id bigint not null constraint account_access_account references ibok.accounts (id),
  customer_id bigint not null constraint account_access_customer references ibok.customers (id),
  relation text not null constraint account_access_relation check (relation in ('holder', 'manager', 'proxy')),
  document_id bigint constraint account_access_document references ibok.documents (id),
  valid_from date not null default ibok.today(),
  valid_to date,
  constraint account_access_period check (valid_to is null or valid_to >= valid_from),
  constraint account_access_no_overlap exclude using gist
    (account_id ext.gist_int8_ops with =, customer_id ext.gist_int8_ops with =, daterange(valid_from, valid_to, '[]') with &&)
);
create index account_access_customer_id on ibok.account_access (customer_id);
create index account_access_document_id on ibok.account_access (document_id) where document_id is not null;

-- Each block with its end: the account's timeline.
create table ibok.account_blocks (
  id bigint generated always as identity constraint account_blocks_pk primary key,
  account_id bigint not null constraint account_blocks_account references ibok.accounts (id),
  reason text not null constraint account_blocks_reason
    check (reason in ('breach', 'security', 'wish', 'death', 'contract_end', 'failed_sign_ins')),
  note ibok.note,
  blocked_at timestamptz not null default now(),
  blocked_by text not null default session_user,
  unblocked_at timestamptz,
  unblocked_by text,
  unblock_note ibok.note,
  constraint account_blocks_end check ((unblocked_at is null) = (unblocked_by is null))
);
create unique index account_blocks_open on ibok.account_blocks (account_id) where unblocked_at is null;
create index account_blocks_account_id on ibok.account_blocks (account_id, id desc);

-- The portal's alone: no role of the staff reads these two. The portal makes the hash; a token is kept as its SHA-256.
create table ibok.account_credentials (
  account_id bigint constraint account_credentials_pk primary key constraint account_credentials_account references ibok.accounts (id),
  password_hash text not null constraint account_credentials_password_hash check (char_length(password_hash) between 20 and 500),
  changed_at timestamptz not null default now(),
  failed_sign_ins integer not null default 0
);
create table ibok.account_tokens (
  id bigint generated always as identity constraint account_tokens_pk primary key,
  account_id bigint not null constraint account_tokens_account references ibok.accounts (id),
  kind text not null constraint account_tokens_kind check (kind in ('activation', 'email')),
  token_hash bytea not null constraint account_tokens_hash unique constraint account_tokens_hash_length check (octet_length(token_hash) = 32),
  email ibok.email,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  constraint account_tokens_email check ((kind = 'email') = (email is not null))
);
create index account_tokens_account_id on ibok.account_tokens (account_id);

create table ibok.account_sign_ins (
  id bigint generated always as identity constraint account_sign_ins_pk primary key,
  account_id bigint not null constraint account_sign_ins_account references ibok.accounts (id),
  at timestamptz not null default now(),
  outcome text not null constraint account_sign_ins_outcome check (outcome in ('ok', 'wrong_password', 'refused')),
  address inet,
  agent ibok.line
);
create index account_sign_ins_account_id on ibok.account_sign_ins (account_id, id desc);
create table ibok.account_sessions (
  id uuid constraint account_sessions_pk primary key,
  account_id bigint not null constraint account_sessions_account references ibok.accounts (id),
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ended_at timestamptz
);
create index account_sessions_account_id on ibok.account_sessions (account_id);
create table ibok.account_preferences (
  account_id bigint constraint account_preferences_pk primary key constraint account_preferences_account references ibok.accounts (id),
  preferences jsonb not null default '{}' constraint account_preferences_size check (pg_column_size(preferences) <= 16384)
);

-- Contact data a customer wants changed, sent through the portal: {column: [old, new]} of ibok.customers, decided field by field.
create table ibok.data_change_requests (
  id bigint generated always as identity constraint data_change_requests_pk primary key,
  account_id bigint not null constraint data_change_requests_account references ibok.accounts (id),
  customer_id bigint not null constraint data_change_requests_customer references ibok.customers (id),
  requested_at timestamptz not null default now(),
  changes jsonb not null constraint data_change_requests_changes
    check (jsonb_typeof(changes) = 'object' and changes <> '{}' and pg_column_size(changes) <= 16384),
  status text not null default 'open' constraint data_change_requests_status check (status in ('open', 'accepted', 'partly', 'rejected')),
  accepted text[] not null default '{}',
  decided_by text,
  decided_at timestamptz,
  note ibok.note,
  constraint data_change_requests_decided check ((status = 'open') = (decided_at is null) and (decided_at is null) = (decided_by is null))
);
create index data_change_requests_open on ibok.data_change_requests (requested_at, id) where status = 'open';
create index data_change_requests_account_id on ibok.data_change_requests (account_id);
create index data_change_requests_customer_id on ibok.data_change_requests (customer_id);

create table ibok.regulation_acceptances (
  id bigint generated always as identity constraint regulation_acceptances_pk primary key,
  account_id bigint not null constraint regulation_acceptances_account references ibok.accounts (id),
  version_id bigint not null constraint regulation_acceptances_version references ibok.regulation_versions (id),
  accepted_at timestamptz not null default now(),
  channel text not null constraint regulation_acceptances_channel check (channel in ('web', 'paper', 'post', 'email')),
  constraint regulation_acceptances_once unique (account_id, version_id)
);
create index regulation_acceptances_version_id on ibok.regulation_acceptances (version_id);

-- Agreements beside the regulations: given and revoked, each with its way; nothing is overwritten.
create table ibok.consents (
  id bigint generated always as identity constraint consents_pk primary key,
  account_id bigint not null constraint consents_account references ibok.accounts (id),
  kind text not null constraint consents_kind check (kind in ('e_invoice')),
  given_at timestamptz not null default now(),
  given_channel text not null constraint consents_given_channel check (given_channel in ('web', 'paper', 'post', 'email')),
  given_by text not null default session_user,
  revoked_at timestamptz,
  revoked_channel text constraint consents_revoked_channel check (revoked_channel in ('web', 'paper', 'post', 'email')),
  revoked_by text,
  constraint consents_revoked check ((revoked_at is null) = (revoked_channel is null) and (revoked_at is null) = (revoked_by is null))
);
create unique index consents_open on ibok.consents (account_id, kind) where revoked_at is null;
create index consents_account_id on ibok.consents (account_id);
