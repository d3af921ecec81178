-- Meters, where they are built in, and their readings.

create table ibok.meter_types (
  id bigint generated always as identity constraint meter_types_pk primary key,
  maker ibok.line not null,
  model ibok.line not null,
  dn smallint not null constraint meter_types_dn check (dn between 10 and 500),
  q3 numeric(6, 2) not null constraint meter_types_q3 check (q3 > 0),
  r smallint constraint meter_types_r check (r between 40 and 1000),
  digits smallint not null default 5 constraint meter_types_digits check (digits between 3 and 9),
  constraint meter_types_key unique (maker, model, dn, q3)
);

-- id is the number the portal shows; the factory number is not unique across makers and years. Billing numbers its
-- meters below 1,000,000,000,000 and Desk from there on, so that an import never has to move the sequence: that could not
-- be rolled back.
create table ibok.meters (
  id bigint generated always as identity (minvalue 1000000000000) constraint meters_pk primary key,
  factory_no ibok.code not null,
  type_id bigint not null constraint meters_type references ibok.meter_types (id),
  owner_kind text not null constraint meters_owner_kind check (owner_kind in ('utility', 'customer')),
  status text not null default 'in_stock'
    constraint meters_status check (status in ('in_stock', 'installed', 'removed', 'scrapped', 'lost')),
  accepted_on date,
  radio_id text constraint meters_radio_id check (radio_id ~ '^[0-9A-Z]{4,16}$'),
  source_updated_at timestamptz,
  factory_key text not null generated always as (lower(regexp_replace(factory_no::text, '[^0-9A-Za-z]', '', 'g'))) stored
);
create index meters_factory_key on ibok.meters using gin (factory_key ext.gin_trgm_ops);
create index meters_radio_id on ibok.meters (radio_id) where radio_id is not null;
create index meters_type on ibok.meters (type_id);

create table ibok.meter_installations (
  id bigint generated always as identity constraint meter_installations_pk primary key,
  meter_id bigint not null constraint meter_installations_meter references ibok.meters (id),
  supply_point_id bigint not null constraint meter_installations_point references ibok.supply_points (id),
  role text not null default 'main' constraint meter_installations_role check (role in ('main', 'sub', 'deduction')),
  parent_id bigint constraint meter_installations_parent references ibok.meter_installations (id),
  installed_on date not null,
  removed_on date,
  opening_value numeric(12, 3) not null constraint meter_installations_opening check (opening_value between 0 and 999999999),
  final_value numeric(12, 3) constraint meter_installations_final check (final_value between 0 and 999999999),
  reason ibok.line,
  constraint meter_installations_period check (removed_on is null or removed_on >= installed_on),
  constraint meter_installations_closed check ((removed_on is null) = (final_value is null)),
  constraint meter_installations_not_own_parent check (parent_id <> id),
  constraint meter_installations_no_overlap exclude using gist
    (meter_id ext.gist_int8_ops with =, daterange(installed_on, removed_on) with &&)
);
create index meter_installations_point on ibok.meter_installations (supply_point_id, installed_on);
create index meter_installations_parent on ibok.meter_installations (parent_id) where parent_id is not null;

create table ibok.readings (
  id bigint generated always as identity constraint readings_pk primary key,
  installation_id bigint not null constraint readings_installation references ibok.meter_installations (id),
  read_on date not null,
  value numeric(12, 3) not null constraint readings_value check (value between 0 and 999999999),
  kind text not null constraint readings_kind
    check (kind in ('actual', 'customer', 'remote', 'control', 'estimate', 'opening', 'final')),
  source text not null constraint readings_source check (source in ('import', 'staff', 'portal', 'radio')),
  consumption numeric(12, 3),
  checks jsonb not null default '[]',
  state text not null constraint readings_state check (state in
    ('received', 'flagged', 'deferred', 'released', 'rejected', 'withdrawn', 'fetched', 'acknowledged', 'refused', 'reversed')),
  entered_by text not null default session_user,
  entered_at timestamptz not null default now(),
  corrects_id bigint constraint readings_corrects references ibok.readings (id),
  photo bytea,
  superseded boolean not null default false,
  -- Declared by a person: the register passed its highest value and began anew.
  rollover boolean not null default false,
  constraint readings_whole check (kind = 'remote' or value = trunc(value))
);
create unique index readings_one_a_day on ibok.readings (installation_id, read_on) where not superseded;
create index readings_corrects on ibok.readings (corrects_id) where corrects_id is not null;
create index readings_by_day on ibok.readings (read_on);
