-- Mail and letters: dated templates, the queue the worker sends from, and what was made on paper.

-- Every template the product asks for, with the fields its text may name. `secret` fields are known to the worker alone,
-- in the moment of sending.
create table ibok.template_keys (
  key text constraint template_keys_pk primary key constraint template_keys_form check (key ~ '^[a-z][a-z_.]{2,60}$'),
  channel text not null constraint template_keys_channel check (channel in ('mail', 'letter')),
  fields text[] not null,
  secrets text[] not null default '{}'
);

create table ibok.templates (
  id bigint generated always as identity constraint templates_pk primary key,
  key text not null constraint templates_key references ibok.template_keys (key),
  subject ibok.line not null constraint templates_subject check (subject <> ''),
  body ibok.note not null constraint templates_body check (body <> ''),
  valid_from date not null,
  valid_to date,
  recorded_by text not null default session_user,
  recorded_at timestamptz not null default now(),
  constraint templates_period check (valid_to is null or valid_to >= valid_from),
  constraint templates_no_overlap exclude using gist (key ext.gist_text_ops with =, daterange(valid_from, valid_to, '[]') with &&)
);

-- One row per act and recipient (`key`); a message in the gap between the mail server's answer and our note of it is
-- `unsure` and waits for a person. Address and text may be empty only once they have been erased.
create table ibok.outbox (
  id bigint generated always as identity constraint outbox_pk primary key,
  key text not null constraint outbox_key unique constraint outbox_key_form check (key ~ '^[a-z][a-z0-9_.:-]{2,120}$'),
  to_address ibok.email,
  template_id bigint not null constraint outbox_template references ibok.templates (id),
  fields jsonb constraint outbox_fields check (jsonb_typeof(fields) = 'object' and pg_column_size(fields) <= 65536),
  -- The record it is about: 'accounts:12'.
  record text not null constraint outbox_record check (record ~ '^[a-z_]{1,40}:[1-9][0-9]{0,17}$'),
  -- A file that goes with it, by content.
  attachment_id bigint constraint outbox_attachment references ibok.document_versions (id),
  created_at timestamptz not null default now(),
  created_by text not null default session_user,
  send_after timestamptz not null default now(),
  state text not null default 'new' constraint outbox_state
    check (state in ('new', 'held', 'sending', 'sent', 'unsure', 'failed', 'cancelled')),
  attempts smallint not null default 0,
  lease_until timestamptz,
  message_id uuid not null default gen_random_uuid() constraint outbox_message_id unique,
  -- Code of the last refusal, without the server's words: they may name the person.
  last_error text constraint outbox_last_error check (last_error ~ '^[A-Z0-9_]{1,40}$'),
  sent_at timestamptz,
  resends_id bigint constraint outbox_resends references ibok.outbox (id),
  erased_at timestamptz,
  constraint outbox_filled check ((erased_at is null) = (to_address is not null) and (erased_at is null) = (fields is not null)),
  constraint outbox_sent check ((state = 'sent') = (sent_at is not null)),
  constraint outbox_leased check ((state = 'sending') = (lease_until is not null))
);
create index outbox_due on ibok.outbox (send_after, id) where state = 'new';
create index outbox_leases on ibok.outbox (lease_until) where state = 'sending';
create index outbox_unsettled on ibok.outbox (id) where state in ('held', 'unsure', 'failed');
create index outbox_created_by on ibok.outbox (created_by, id desc);
create index outbox_of_record on ibok.outbox (record, id desc);
create index outbox_template_id on ibok.outbox (template_id);
create index outbox_resends_id on ibok.outbox (resends_id) where resends_id is not null;
create index outbox_attachment_id on ibok.outbox (attachment_id) where attachment_id is not null;

-- Individual notices of a new version of the regulations.
create table ibok.regulation_notices (
  version_id bigint not null constraint regulation_notices_version references ibok.regulation_versions (id),
  account_id bigint not null constraint regulation_notices_account references ibok.accounts (id),
  outbox_id bigint not null constraint regulation_notices_outbox references ibok.outbox (id),
  constraint regulation_notices_pk primary key (version_id, account_id)
);
create index regulation_notices_account_id on ibok.regulation_notices (account_id);
create index regulation_notices_outbox_id on ibok.regulation_notices (outbox_id);

-- What was made for paper: one document each, printed and sent by hand.
create table ibok.letters (
  id bigint generated always as identity constraint letters_pk primary key,
  kind text not null constraint letters_kind check (kind in
    ('activation', 'application_copy', 'refusal', 'deletion_protocol', 'regulations_confirmation')),
  record text not null constraint letters_record check (record ~ '^[a-z_]{1,40}:[1-9][0-9]{0,17}$'),
  template_id bigint constraint letters_template references ibok.templates (id),
  document_id bigint not null constraint letters_document references ibok.documents (id),
  made_at timestamptz not null default now(),
  made_by text not null default session_user,
  printed_at timestamptz,
  sent_at timestamptz,
  sent_by text,
  constraint letters_sent check ((sent_at is null) = (sent_by is null))
);
create index letters_record_id on ibok.letters (record, id desc);
create index letters_document_id on ibok.letters (document_id);
create index letters_template_id on ibok.letters (template_id);

-- What the office is called on paper and in mail: read by the letterhead, dated like the rules.
create table ibok.letterheads (
  id bigint generated always as identity constraint letterheads_pk primary key,
  valid_from date not null constraint letterheads_valid_from unique,
  name ibok.line not null,
  lines text[] not null,
  phone ibok.line not null,
  email ibok.email not null,
  website ibok.line not null,
  register_line ibok.note not null,
  privacy_email ibok.email not null,
  recorded_by text not null default session_user
);
insert into ibok.letterheads (valid_from, name, lines, phone, email, website, register_line, privacy_email) values
  ('2024-07-17', 'Kartuskie Przedsiębiorstwo Wodociągów i Kanalizacji Sp. z o.o.', array['ul. Mściwoja II 4', '83-300 Kartuzy'],
   '58 681 02 46', 'kpwik@kpwik.kartuzy.pl', 'www.kpwik.kartuzy.pl',
   'Sąd Rejonowy Gdańsk-Północ w Gdańsku, VIII Wydział Gospodarczy KRS, KRS 0000132914, NIP 589-14-35-089, kapitał zakładowy 8 696 000,00 zł w całości opłacony',
   'iod@kpwik.kartuzy.pl');
