-- Parties and places. Name, number and identifiers are mastered by billing, contact data by Desk (schema.md, section 5).

create table ibok.customers (
  id bigint generated always as identity constraint customers_pk primary key,
  customer_no ibok.code not null constraint customers_customer_no unique,
  kind text not null constraint customers_kind check (kind in ('person', 'company')),
  first_name ibok.line not null default '',
  last_name ibok.line not null default '',
  company_name ibok.line not null default '',
  nip text,
  regon text,
  pesel text,
  bank_account text,
  identifier_override ibok.line,
  phone ibok.phone,
  phone_alt ibok.phone,
  email ibok.email,
  email_alt ibok.email,
  postal_street ibok.line,
  postal_house_no ibok.line,
  postal_flat_no ibok.line,
  postal_code ibok.postal_code,
  postal_city ibok.line,
  deceased_on date,
  vip boolean not null default false,
  source_updated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customers_named check (case kind when 'person' then last_name <> '' else company_name <> '' end),
  constraint customers_nip check (nip is null or ibok.nip_ok(nip) or identifier_override is not null),
  constraint customers_pesel check (pesel is null or ibok.pesel_ok(pesel) or identifier_override is not null),
  constraint customers_regon check (regon is null or ibok.regon_ok(regon) or identifier_override is not null),
  constraint customers_bank_account check (bank_account is null or ibok.nrb_ok(bank_account) or identifier_override is not null),
  constraint customers_identifier_form check (
    coalesce(nip, '0') ~ '^[0-9]{1,10}$' and coalesce(pesel, '0') ~ '^[0-9]{1,11}$'
    and coalesce(regon, '0') ~ '^[0-9]{1,14}$' and coalesce(bank_account, '0') ~ '^[0-9]{1,26}$')
);
create index customers_phone_key on ibok.customers (ibok.phone_key(phone)) where phone is not null;
create index customers_phone_alt_key on ibok.customers (ibok.phone_key(phone_alt)) where phone_alt is not null;
create index customers_email_key on ibok.customers (lower(email::text)) where email is not null;
create index customers_email_alt_key on ibok.customers (lower(email_alt::text)) where email_alt is not null;
create index customers_nip_key on ibok.customers (nip) where nip is not null;

create table ibok.premises (
  id bigint generated always as identity constraint premises_pk primary key,
  city ibok.line not null constraint premises_city check (city <> ''),
  street ibok.line,
  house_no ibok.line not null,
  flat_no ibok.line,
  postal_code ibok.postal_code not null,
  district ibok.line,
  route ibok.line,
  teryt_terc text constraint premises_terc check (teryt_terc ~ '^[0-9]{7}$'),
  teryt_simc text constraint premises_simc check (teryt_simc ~ '^[0-9]{7}$'),
  teryt_ulic text constraint premises_ulic check (teryt_ulic ~ '^[0-9]{5}$'),
  search_text text not null default '',
  constraint premises_address unique nulls not distinct (city, street, house_no, flat_no, postal_code)
);
create index premises_search on ibok.premises using gin (search_text ext.gin_trgm_ops);

create table ibok.supply_points (
  id bigint generated always as identity constraint supply_points_pk primary key,
  code ibok.code not null constraint supply_points_code unique,
  premise_id bigint not null constraint supply_points_premise references ibok.premises (id),
  place ibok.line,
  status text not null default 'active' constraint supply_points_status check (status in ('active', 'inactive'))
);
create index supply_points_premise on ibok.supply_points (premise_id);

create table ibok.contracts (
  id bigint generated always as identity constraint contracts_pk primary key,
  contract_no ibok.code not null constraint contracts_contract_no unique,
  customer_id bigint not null constraint contracts_customer references ibok.customers (id),
  kind text not null constraint contracts_kind check (kind in ('water', 'sewage', 'water_and_sewage')),
  signed_on date,
  valid_from date not null,
  valid_to date,
  status text not null default 'active' constraint contracts_status check (status in ('draft', 'active', 'terminated', 'expired')),
  source_updated_at timestamptz,
  constraint contracts_period check (valid_to is null or valid_to >= valid_from)
);
create index contracts_customer on ibok.contracts (customer_id);

-- Who is supplied at a point, from when until when (valid_to is the first day no longer supplied).
create table ibok.supplies (
  id bigint generated always as identity constraint supplies_pk primary key,
  supply_point_id bigint not null constraint supplies_supply_point references ibok.supply_points (id),
  customer_id bigint not null constraint supplies_customer references ibok.customers (id),
  contract_id bigint constraint supplies_contract references ibok.contracts (id),
  valid_from date not null,
  valid_to date,
  constraint supplies_period check (valid_to is null or valid_to > valid_from),
  constraint supplies_no_overlap exclude using gist
    (supply_point_id ext.gist_int8_ops with =, daterange(valid_from, valid_to) with &&)
);
create index supplies_customer on ibok.supplies (customer_id);
create index supplies_contract on ibok.supplies (contract_id);

-- The list's own narrow table: kept by triggers from customers, supplies and premises, never written by hand.
-- Columns of the list and of search only; no phone, e-mail or identifier stands here.
create table ibok.customer_search (
  customer_id bigint constraint customer_search_pk primary key
    constraint customer_search_customer references ibok.customers (id) on delete cascade,
  customer_no text not null,
  kind text not null,
  display_name text not null,
  sort_name text collate "pl-PL-x-icu" not null,
  name_key text collate "C" not null,
  address text not null,
  sort_address text collate "pl-PL-x-icu" not null,
  city text not null,
  postal_code text not null,
  point_count integer not null,
  deceased boolean not null,
  search_text text not null
);
create index customer_search_text on ibok.customer_search using gin (search_text ext.gin_trgm_ops);
create index customer_search_by_no on ibok.customer_search (customer_no collate "C", customer_id);
create index customer_search_by_name on ibok.customer_search (sort_name, customer_id);
create index customer_search_by_address on ibok.customer_search (sort_address, customer_id);
create index customer_search_name_key on ibok.customer_search (name_key);
create index customer_search_by_city on ibok.customer_search (city, sort_name, customer_id);
create index customer_search_by_points on ibok.customer_search (point_count, customer_id);

-- Distinct folded surnames, asked only when nothing else was found (typing errors).
create table ibok.customer_surnames (
  name_key text constraint customer_surnames_pk primary key
);
create index customer_surnames_trgm on ibok.customer_surnames using gin (name_key ext.gin_trgm_ops);

-- Heads of invoices: a mirror of billing, read-only for staff.
create table ibok.invoices (
  id bigint generated always as identity constraint invoices_pk primary key,
  invoice_no ibok.code not null constraint invoices_invoice_no unique,
  kind text not null default 'invoice' constraint invoices_kind check (kind in ('invoice', 'correction', 'duplicate')),
  customer_id bigint not null constraint invoices_customer references ibok.customers (id),
  contract_id bigint constraint invoices_contract references ibok.contracts (id),
  issued_on date not null,
  due_on date not null,
  net_grosze ibok.grosze not null,
  vat_grosze ibok.grosze not null,
  gross_grosze ibok.grosze not null,
  corrects_id bigint constraint invoices_corrects references ibok.invoices (id),
  ksef_no text,
  ksef_at timestamptz,
  ksef_mode text constraint invoices_ksef_mode check (ksef_mode in ('online', 'offline24', 'outage')),
  delivery text constraint invoices_delivery check (delivery in ('paper', 'email', 'portal', 'ksef')),
  upo boolean not null default false,
  document_id bigint,
  source_updated_at timestamptz,
  constraint invoices_amounts check (net_grosze + vat_grosze = gross_grosze),
  constraint invoices_dates check (due_on >= issued_on)
);
create index invoices_customer on ibok.invoices (customer_id, issued_on desc);
create index invoices_contract on ibok.invoices (contract_id);
create index invoices_corrects on ibok.invoices (corrects_id);
