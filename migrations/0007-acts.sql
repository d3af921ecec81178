-- Dated rules, the two-person rule's table, acts done once, and imports with their before-image.

create table ibok.rule_values (
  id bigint generated always as identity constraint rule_values_pk primary key,
  key text not null constraint rule_values_key check (key ~ '^[a-z][a-z_.]{2,60}$'),
  value jsonb not null,
  valid_from date not null,
  valid_to date,
  source ibok.note not null,
  approved_by text not null default session_user,
  constraint rule_values_period check (valid_to is null or valid_to >= valid_from),
  constraint rule_values_no_overlap exclude using gist
    (key ext.gist_text_ops with =, daterange(valid_from, valid_to, '[]') with &&)
);

create table ibok.holidays (
  day date constraint holidays_pk primary key,
  name ibok.line not null,
  source ibok.line not null
);

create table ibok.approvals (
  id bigint generated always as identity constraint approvals_pk primary key,
  kind text not null constraint approvals_kind check (kind ~ '^[a-z][a-z_.]{2,40}$'),
  subject text not null constraint approvals_subject check (subject ~ '^[a-z_]{1,40}:[0-9]{1,19}$'),
  subject_version text not null,
  requested_by text not null default session_user,
  requested_at timestamptz not null default now(),
  reason ibok.note not null,
  impact jsonb not null default '{}',
  state text not null default 'open' constraint approvals_state
    check (state in ('open', 'approved', 'rejected', 'void', 'executed')),
  decided_by text,
  decided_at timestamptz,
  note ibok.note,
  execute_after timestamptz,
  expires_at timestamptz not null default now() + interval '14 days',
  constraint approvals_two_persons check (decided_by <> requested_by),
  constraint approvals_decided check ((state in ('approved', 'rejected', 'executed')) <= (decided_by is not null and decided_at is not null))
);
create unique index approvals_one_open on ibok.approvals (kind, subject) where state = 'open';

-- One row per act: the client's request id is unique, a second click gets the first result (invariant 5).
create table ibok.acts (
  id bigint generated always as identity constraint acts_pk primary key,
  client_request_id uuid not null constraint acts_request unique,
  login text not null default session_user,
  action text not null,
  input_digest bytea not null,
  result jsonb,
  at timestamptz not null default now()
);

create table ibok.imports (
  id bigint generated always as identity constraint imports_pk primary key,
  login text not null default session_user,
  file_kind text not null constraint imports_file_kind
    check (file_kind in ('customers', 'premises', 'contracts', 'meters', 'readings', 'invoices')),
  file_name ibok.line not null,
  file_sha256 bytea not null,
  encoding text not null constraint imports_encoding check (encoding in ('utf-8', 'windows-1250')),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  state text not null default 'open' constraint imports_state check (state in ('open', 'done', 'cancelled', 'undone')),
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  refused integer not null default 0
);

-- What each imported row was before (null: it did not exist), so that an import can be undone whole.
create table ibok.import_rows (
  import_id bigint not null constraint import_rows_import references ibok.imports (id),
  row_no integer not null,
  table_name text not null,
  row_id bigint not null,
  before_image jsonb,
  constraint import_rows_pk primary key (import_id, row_no, table_name, row_id)
);
