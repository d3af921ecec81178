-- Lists that are worked in: two fields of the office beside a customer, and the views people save of a list.

alter table ibok.customers
  add column preferred_contact text constraint customers_preferred_contact
    check (preferred_contact in ('phone', 'email', 'letter', 'visit')),
  add column office_note ibok.line;

-- Room in each page: a note or a wish of contact then changes its row in place, without touching one of the indexes.
alter table ibok.customer_search set (fillfactor = 85);
alter table ibok.customer_search
  add column vip boolean,
  add column customer_since date,
  add column preferred_contact text,
  add column office_note text;

-- Filled by rewriting the table once, which builds its indexes anew: a million rows in about a minute. An UPDATE would
-- write each of its eight indexes row by row, the trigram index among them.
create function ibok.vip_of(p_customer bigint) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as
  'select vip from ibok.customers where id = p_customer';
create function ibok.first_supply_of(p_customer bigint) returns date
language sql stable set search_path = pg_catalog, pg_temp as
  'select min(valid_from) from ibok.supplies where customer_id = p_customer';
alter table ibok.customer_search
  alter column vip type boolean using ibok.vip_of(customer_id),
  alter column customer_since type date using ibok.first_supply_of(customer_id),
  alter column vip set not null;
drop function ibok.vip_of(bigint);
drop function ibok.first_supply_of(bigint);
create index customer_search_by_since on ibok.customer_search (customer_since, customer_id);

-- How somebody looks at a list: columns, filters, order. A filter's words may name a person.
create table ibok.saved_views (
  id bigint generated always as identity constraint saved_views_pk primary key,
  list text not null constraint saved_views_list check (list ~ '^[a-z]{1,20}$'),
  name ibok.line not null constraint saved_views_name check (char_length(name) between 1 and 60),
  login text not null default session_user,
  shared boolean not null default false,
  state jsonb not null
    constraint saved_views_state check (jsonb_typeof(state) = 'object' and octet_length(state::text) <= 65536),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_views_own_name unique (login, list, name)
);

create table ibok.saved_view_pins (
  view_id bigint not null constraint saved_view_pins_view references ibok.saved_views (id) on delete cascade,
  login text not null default session_user,
  position integer not null,
  constraint saved_view_pins_pk primary key (login, view_id)
);
create index saved_view_pins_view on ibok.saved_view_pins (view_id);

-- How many rows left in one export; null for a look at one record.
alter table audit.reads add column row_count integer constraint reads_row_count check (row_count >= 0);
