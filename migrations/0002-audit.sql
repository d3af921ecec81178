-- The append-only trail. Rows come only from audit.record(); nobody but the owner's functions can touch them.

create table audit.events (
  id bigint generated always as identity constraint events_pk primary key,
  at timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  login text not null,
  application text not null,
  request_id text,
  on_behalf_of text,
  table_name text not null,
  row_id text not null,
  op text not null constraint events_op check (op in ('insert', 'update', 'delete', 'bulk')),
  reason text,
  digest bytea not null
);
create index events_row on audit.events (table_name, row_id, id);
create index events_login_at on audit.events (login, at);

-- Clear values live apart, so that erasing a person leaves the chain verifiable (invariant 11).
create table audit.event_values (
  event_id bigint constraint event_values_pk primary key
    constraint event_values_event references audit.events (id),
  subject text not null,
  changes jsonb not null
);
create index event_values_subject on audit.event_values (subject, event_id);

create table audit.subject_keys (
  subject text constraint subject_keys_pk primary key,
  key bytea,
  destroyed_at timestamptz,
  constraint subject_keys_state check ((key is null) = (destroyed_at is not null))
);

-- A seal covers a range of event ids that no running transaction can still add to; each chains the one before.
create table audit.seals (
  id bigint generated always as identity constraint seals_pk primary key,
  first_event bigint not null,
  last_event bigint not null,
  event_count bigint not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default clock_timestamp(),
  constraint seals_range check (first_event <= last_event)
);
create unique index seals_last on audit.seals (last_event);

-- One row: the highest event id seen, and the transaction id below which all must have ended before it may be sealed.
create table audit.seal_mark (
  only_row boolean default true constraint seal_mark_pk primary key constraint seal_mark_one check (only_row),
  last_event bigint not null,
  below_xid xid8 not null,
  marked_at timestamptz not null default clock_timestamp()
);

-- Who opened whose personal data, when and for what (kept 12 months, or as the rule retention.read_log_months says).
create table audit.reads (
  id bigint generated always as identity constraint reads_pk primary key,
  at timestamptz not null default clock_timestamp(),
  login text not null,
  application text not null,
  customer_id bigint,
  purpose text not null,
  fields text not null
);
create index reads_customer on audit.reads (customer_id, at);
create index reads_login on audit.reads (login, at);

create table audit.alarms (
  id bigint generated always as identity constraint alarms_pk primary key,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  login text not null,
  day date not null,
  detail text not null,
  constraint alarms_once unique (kind, login, day)
);
