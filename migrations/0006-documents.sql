-- Documents by content. A version never changes, a blob's key is its SHA-256 (invariant 8).

create table ibok.blobs (
  sha256 bytea constraint blobs_pk primary key,
  bytes bytea not null,
  created_at timestamptz not null default now(),
  constraint blobs_hash check (sha256 = pg_catalog.sha256(bytes)),
  constraint blobs_size check (octet_length(bytes) <= 20971520)
);
alter table ibok.blobs alter column bytes set storage external;

create table ibok.documents (
  id bigint generated always as identity constraint documents_pk primary key,
  title ibok.line not null constraint documents_title check (title <> ''),
  category text not null constraint documents_category
    check (category in ('contract', 'application', 'letter', 'protocol', 'photo', 'other')),
  owner_table text not null constraint documents_owner_table check (owner_table in ('customers', 'contracts', 'meters')),
  owner_id bigint not null,
  personal boolean not null default true,
  retention_class text not null default 'contract'
    constraint documents_retention_class check (retention_class in ('portal', 'contract', 'invoice', 'permanent')),
  created_at timestamptz not null default now(),
  created_by text not null default session_user
);
create index documents_owner on ibok.documents (owner_table, owner_id);

create table ibok.document_versions (
  id bigint generated always as identity constraint document_versions_pk primary key,
  document_id bigint not null constraint document_versions_document references ibok.documents (id),
  version_no integer not null constraint document_versions_no check (version_no > 0),
  sha256 bytea not null constraint document_versions_blob references ibok.blobs (sha256),
  file_name ibok.line not null,
  mime text not null constraint document_versions_mime
    check (mime in ('application/pdf', 'image/jpeg', 'image/png', 'image/tiff', 'text/plain')),
  size integer not null constraint document_versions_size check (size between 1 and 20971520),
  pages integer,
  text_layer boolean,
  uploaded_by text not null default session_user,
  uploaded_at timestamptz not null default now(),
  constraint document_versions_key unique (document_id, version_no)
);
create index document_versions_sha256 on ibok.document_versions (sha256);

alter table ibok.invoices add constraint invoices_document foreign key (document_id) references ibok.documents (id);
create index invoices_document on ibok.invoices (document_id) where document_id is not null;

-- A claim, a police or tax matter that stops every purge of the subject while it lasts.
create table ibok.legal_holds (
  id bigint generated always as identity constraint legal_holds_pk primary key,
  customer_id bigint not null constraint legal_holds_customer references ibok.customers (id),
  reason ibok.line not null constraint legal_holds_reason check (reason <> ''),
  valid_from date not null default ibok.today(),
  valid_to date,
  placed_by text not null default session_user,
  placed_at timestamptz not null default now(),
  released_by text,
  released_at timestamptz,
  constraint legal_holds_period check (valid_to is null or valid_to >= valid_from),
  constraint legal_holds_release check ((released_by is null) = (released_at is null))
);
create index legal_holds_customer on ibok.legal_holds (customer_id);
