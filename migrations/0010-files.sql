-- Files on their way in, part by part, until they are assembled; and documents that can be withdrawn.
-- Neither table is audited: nothing in them belongs to a record yet, and a day later they are empty again.

create table ibok.uploads (
  id uuid not null default gen_random_uuid() constraint uploads_pk primary key,
  login text not null default session_user,
  file_name ibok.line not null constraint uploads_file_name check (char_length(file_name) between 1 and 120),
  mime text not null constraint uploads_mime
    check (mime in ('application/pdf', 'image/jpeg', 'image/png', 'image/tiff', 'text/plain')),
  size integer not null constraint uploads_size check (size between 1 and 20971520),
  sha256 bytea not null constraint uploads_sha256 check (octet_length(sha256) = 32),
  begun_at timestamptz not null default now()
);
create index uploads_login on ibok.uploads (login, begun_at);

create table ibok.upload_parts (
  upload_id uuid not null constraint upload_parts_upload references ibok.uploads (id) on delete cascade,
  part_no integer not null constraint upload_parts_no check (part_no between 0 and 19),
  bytes bytea not null constraint upload_parts_size check (octet_length(bytes) between 1 and 1048576),
  constraint upload_parts_pk primary key (upload_id, part_no)
);
alter table ibok.upload_parts alter column bytes set storage external;

-- A document added by mistake is withdrawn, not destroyed: what was read and by whom must stay explainable.
alter table ibok.documents add column state text not null default 'active'
  constraint documents_state check (state in ('active', 'withdrawn'));
