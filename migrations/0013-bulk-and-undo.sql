-- Acts over many rows, acts that can be taken back, and what an import needs to be resumed or undone.

-- One act over many rows. It goes on in chunks, each a transaction of its own: `seen_at` is the last one's time, and an
-- act that runs without one has been cut off.
create table ibok.bulk_acts (
  id bigint generated always as identity constraint bulk_acts_pk primary key,
  login text not null default session_user,
  act jsonb not null constraint bulk_acts_act check (act ->> 'is' in ('setField', 'addTask') and act ->> 'list' = 'customers'),
  total integer not null constraint bulk_acts_total check (total between 1 and 50000),
  changed integer not null default 0,
  same integer not null default 0,
  refused integer not null default 0,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  finished_at timestamptz,
  state text not null default 'running' constraint bulk_acts_state check (state in ('running', 'done', 'cancelled', 'undone')),
  constraint bulk_acts_finished check ((state = 'running') = (finished_at is null))
);
create index bulk_acts_login on ibok.bulk_acts (login, id desc);

-- The rows of an act, frozen when it began. `made_id` is what the act made for the row.
create table ibok.bulk_rows (
  bulk_id bigint not null constraint bulk_rows_bulk references ibok.bulk_acts (id),
  record_id bigint not null,
  place integer not null,
  tries smallint not null default 0,
  outcome text constraint bulk_rows_outcome check (outcome in ('changed', 'same', 'refused')),
  error text constraint bulk_rows_error check ((outcome = 'refused') = (error is not null)),
  before_value text,
  after_value text,
  made_id bigint,
  constraint bulk_rows_pk primary key (bulk_id, record_id)
);
create index bulk_rows_waiting on ibok.bulk_rows (bulk_id, tries, place) where outcome is null;
create unique index bulk_rows_place on ibok.bulk_rows (bulk_id, place);

-- What a person did and can take back. Values stand here as long as that is possible, and are purged afterwards.
create table ibok.undo_steps (
  id bigint generated always as identity constraint undo_steps_pk primary key,
  login text not null default session_user,
  kind text not null constraint undo_steps_kind check (kind in ('editContact', 'bulk', 'import', 'task')),
  subject text not null constraint undo_steps_subject check (subject ~ '^[a-z_]{1,40}:[0-9]{1,19}$'),
  fields text[] not null default '{}',
  count integer not null,
  before_values jsonb not null default '{}',
  after_values jsonb not null default '{}',
  at timestamptz not null default now(),
  state text not null default 'open' constraint undo_steps_state check (state in ('open', 'undone', 'refused'))
);
create index undo_steps_login on ibok.undo_steps (login, id desc);
create index undo_steps_of_subject on ibok.undo_steps (subject, id desc);

-- An import in chunks goes on after the `position` rows it has handled; `kept` names the fields its file does not have.
alter table ibok.imports
  add column mode text not null default 'all' constraint imports_mode check (mode in ('all', 'good')),
  add column position integer not null default 0 constraint imports_position check (position >= 0),
  add column seen_at timestamptz not null default now(),
  add column kept text[] not null default '{}';
create index imports_open on ibok.imports (login, file_sha256) where state = 'open';

-- What an updated row became: an undo refuses where it is no longer that. Null for a created row.
alter table ibok.import_rows add column after_image jsonb;

-- How a person reads files whose columns bear other names than those of billing, by the names in the header.
create table ibok.import_mappings (
  login text not null default session_user,
  signature text not null constraint import_mappings_signature check (signature ~ '^[0-9a-f]{64}$'),
  file_kind text not null constraint import_mappings_file_kind
    check (file_kind in ('customers', 'premises', 'contracts', 'meters', 'readings', 'invoices')),
  mapping jsonb not null constraint import_mappings_size check (pg_column_size(mapping) <= 16384),
  constraint import_mappings_pk primary key (login, signature)
);
