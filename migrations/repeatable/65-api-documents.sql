-- Documents of records. Bytes come in as parts of at most 1 MiB and go out as slices, so that no statement is long and
-- no program holds more than one file. A blob's key is its SHA-256, a version never changes (invariant 8).

-- The customer whose data a record is, null where it is nobody's or not known. IB002 when there is no such record.
create or replace function ibok.document_customer(p_owner_table text, p_owner_id bigint) returns bigint
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  customer bigint;
begin
  case p_owner_table
    when 'customers' then select id into customer from ibok.customers where id = p_owner_id;
    when 'contracts' then select customer_id into customer from ibok.contracts where id = p_owner_id;
    when 'meters' then perform from ibok.meters where id = p_owner_id;
    when 'registrations' then select customer_id into customer from ibok.registrations where id = p_owner_id;
    when 'accounts' then perform from ibok.accounts where id = p_owner_id;
    when 'deletion_requests' then perform from ibok.deletion_requests where id = p_owner_id;
    when 'regulation_versions' then perform from ibok.regulation_versions where id = p_owner_id;
    -- Whoever was supplied there on the day of the act.
    when 'exchanges' then
      select s.customer_id into customer
        from ibok.exchanges e
        left join ibok.supplies s on s.supply_point_id = e.supply_point_id
          and s.valid_from <= e.done_on and (s.valid_to is null or s.valid_to > e.done_on)
       where e.id = p_owner_id;
    when 'meter_cases' then select customer_id into customer from ibok.meter_cases where id = p_owner_id;
    when 'letter_runs' then perform from ibok.letter_runs where id = p_owner_id;
    else raise exception 'owner' using errcode = 'IB004';
  end case;
  if not found then raise exception 'no such record' using errcode = 'IB002'; end if;
  return customer;
end $$;
revoke execute on function ibok.document_customer(text, bigint) from public;

-- All documents of a customer, those of the contracts too, take 200 MiB at most (or the rule files.mib_per_customer);
-- any other record has as much for itself. Withdrawn documents count: their bytes are still there.
create or replace function ibok.check_document_room(p_owner_table text, p_owner_id bigint, p_size integer) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  owner_customer bigint := ibok.document_customer(p_owner_table, p_owner_id);
  customer bigint := case when p_owner_table in ('customers', 'contracts') then owner_customer end;
  room bigint := ibok.rule_number('files.mib_per_customer', 200) * 1048576;
  taken bigint;
begin
  -- Two files at once must not both fit into the same last room.
  perform pg_advisory_xact_lock(hashtextextended('documents:' || coalesce('customer:' || customer, p_owner_table || ':' || p_owner_id), 0));
  select coalesce(sum(v.size), 0) into taken
    from ibok.documents d join ibok.document_versions v on v.document_id = d.id
   where case when customer is null then d.owner_table = p_owner_table and d.owner_id = p_owner_id
              else d.owner_table = 'customers' and d.owner_id = customer
                or d.owner_table = 'contracts' and d.owner_id in (select c.id from ibok.contracts c where c.customer_id = customer)
         end;
  if taken + p_size > room then
    raise exception 'no room' using errcode = 'check_violation', table = 'documents', constraint = 'documents_room';
  end if;
end $$;
revoke execute on function ibok.check_document_room(text, bigint, integer) from public;

-- A document of the office in work, locked. IB002 without one, IB006 when it was withdrawn, or is what it is for good: the
-- regulations as announced, a letter as made.
create or replace function ibok.lock_document(p_document bigint) returns ibok.documents
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  d ibok.documents;
begin
  select * into d from ibok.documents where id = p_document for no key update;
  if not found then raise exception 'no such document' using errcode = 'IB002'; end if;
  if d.state = 'withdrawn' then raise exception 'document was withdrawn' using errcode = 'IB006'; end if;
  if d.owner_table in ('regulation_versions', 'letter_runs') or exists (select from ibok.letters where document_id = d.id) then
    raise exception 'document is fixed' using errcode = 'IB006', constraint = 'documents_fixed';
  end if;
  return d;
end $$;
revoke execute on function ibok.lock_document(bigint) from public;

-- The caller holds the document's row, or has just made it.
create or replace function ibok.insert_version(
  p_document bigint, p_sha256 bytea, p_file_name text, p_mime text, p_size integer
) returns jsonb
language sql set search_path = pg_catalog, pg_temp as $$
  insert into ibok.document_versions (document_id, version_no, sha256, file_name, mime, size)
  values (p_document, 1 + coalesce((select max(version_no) from ibok.document_versions where document_id = p_document), 0),
          p_sha256, p_file_name, p_mime, p_size)
  returning jsonb_build_object('documentId', document_id::text, 'versionId', id::text, 'versionNo', version_no)
$$;
revoke execute on function ibok.insert_version(bigint, bytea, text, text, integer) from public;

-- Own uploads only; another person's is not there at all.
create or replace function ibok.own_upload(p_upload uuid) returns ibok.uploads
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  u ibok.uploads;
begin
  select * into u from ibok.uploads where id = p_upload and login = session_user for update;
  if not found then raise exception 'no such upload' using errcode = 'IB002'; end if;
  return u;
end $$;
revoke execute on function ibok.own_upload(uuid) from public;

-- Parts to blob: the hash is reckoned here, over what really arrived. A blob that is there already is not stored twice.
create or replace function ibok.assemble_upload(p_upload ibok.uploads, p_document bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  content bytea := (select string_agg(bytes, ''::bytea order by part_no) from ibok.upload_parts where upload_id = p_upload.id);
begin
  if octet_length(content) is distinct from p_upload.size or sha256(content) <> p_upload.sha256 then
    raise exception 'bytes differ' using errcode = 'check_violation', table = 'blobs', constraint = 'blobs_hash';
  end if;
  perform ibok.check_file_begins(content, p_upload.mime);
  insert into ibok.blobs (sha256, bytes) values (p_upload.sha256, content) on conflict (sha256) do nothing;
  delete from ibok.uploads where id = p_upload.id;
  return ibok.insert_version(p_document, p_upload.sha256, p_upload.file_name, p_upload.mime, p_upload.size);
end $$;
revoke execute on function ibok.assemble_upload(ibok.uploads, bigint) from public;

-- Room for a file that is about to come; an administrator's is a version of the regulations, a technician's a picture of
-- an exchange or its protocol. An act has ten files at most, so an eleventh upload takes the oldest's place.
create or replace function api.begin_upload(p_file_name text, p_mime text, p_size integer, p_sha256 bytea) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  upload uuid;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin');
  perform ibok.check_file_name(p_file_name, p_mime);
  perform pg_advisory_xact_lock(hashtextextended('uploads:' || session_user, 0));
  delete from ibok.uploads where id in (
    select id from ibok.uploads where login = session_user order by begun_at desc, id offset 9);
  insert into ibok.uploads (file_name, mime, size, sha256) values (p_file_name, p_mime, p_size, p_sha256)
  returning id into upload;
  return upload;
end $$;
revoke execute on function api.begin_upload(text, text, integer, bytea) from public;
grant execute on function api.begin_upload(text, text, integer, bytea) to bok_clerk, bok_technician, bok_admin;

-- Part p_part, counted from 0; each is 1 MiB but for the last. Sent again after a lost answer it takes its own place.
create or replace function api.upload_part(p_upload uuid, p_part integer, p_bytes bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  part constant integer := 1048576;
  u ibok.uploads;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin');
  u := ibok.own_upload(p_upload);
  if p_part is null or p_part < 0 or octet_length(p_bytes) is distinct from least(part, u.size - p_part::bigint * part) then
    raise exception 'part' using errcode = 'IB004';
  end if;
  insert into ibok.upload_parts (upload_id, part_no, bytes) values (p_upload, p_part, p_bytes)
  on conflict (upload_id, part_no) do update set bytes = excluded.bytes;
end $$;
revoke execute on function api.upload_part(uuid, integer, bytea) from public;
grant execute on function api.upload_part(uuid, integer, bytea) to bok_clerk, bok_technician, bok_admin;

-- → {documentId, versionId, versionNo}
create or replace function api.add_document(
  p_owner_table text, p_owner_id bigint, p_title text, p_category text, p_upload uuid, p_request uuid default null
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_owner_table, p_owner_id, p_title, p_category, p_upload);
  result jsonb;
  u ibok.uploads;
  document bigint;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'documents.add', input);
  if result is not null then return result; end if;
  -- The regulations come in by api.add_regulation_version alone, the letters of a run by api.finish_letter_run.
  if p_owner_table in ('regulation_versions', 'letter_runs') then raise exception 'owner' using errcode = 'IB004'; end if;
  u := ibok.own_upload(p_upload);
  perform ibok.check_document_room(p_owner_table, p_owner_id, u.size);
  insert into ibok.documents (title, category, owner_table, owner_id)
  values (btrim(p_title), p_category, p_owner_table, p_owner_id) returning id into document;
  return ibok.store_act(p_request, 'documents.add', input, ibok.assemble_upload(u, document));
end $$;
revoke execute on function api.add_document(text, bigint, text, text, uuid, uuid) from public;
grant execute on function api.add_document(text, bigint, text, text, uuid, uuid) to bok_clerk;

create or replace function api.add_version(p_document bigint, p_upload uuid, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_document, p_upload);
  result jsonb;
  u ibok.uploads;
  d ibok.documents;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'documents.addVersion', input);
  if result is not null then return result; end if;
  u := ibok.own_upload(p_upload);
  d := ibok.lock_document(p_document);
  perform ibok.check_document_room(d.owner_table, d.owner_id, u.size);
  return ibok.store_act(p_request, 'documents.addVersion', input, ibok.assemble_upload(u, d.id));
end $$;
revoke execute on function api.add_version(bigint, uuid, uuid) from public;
grant execute on function api.add_version(bigint, uuid, uuid) to bok_clerk;

-- An older version becomes the newest by coming once more: nothing in between is lost, and no byte is stored again.
create or replace function api.restore_version(p_version bigint, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_version);
  result jsonb;
  v ibok.document_versions;
  d ibok.documents;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'documents.restoreVersion', input);
  if result is not null then return result; end if;
  select * into v from ibok.document_versions where id = p_version;
  if not found then raise exception 'no such version' using errcode = 'IB002'; end if;
  d := ibok.lock_document(v.document_id);
  perform ibok.check_document_room(d.owner_table, d.owner_id, v.size);
  return ibok.store_act(p_request, 'documents.restoreVersion', input,
    ibok.insert_version(d.id, v.sha256, v.file_name, v.mime, v.size));
end $$;
revoke execute on function api.restore_version(bigint, uuid) from public;
grant execute on function api.restore_version(bigint, uuid) to bok_clerk;

-- p_changes {title | category: [old, new]}, compared field by field as in api.edit_contact.
-- → {"status": "saved", "changed": [column…]} or {"status": "conflict", "fields": {column: {original, theirs, mine}}}
create or replace function api.edit_document(p_document bigint, p_changes jsonb, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_document, p_changes);
  result jsonb;
  d ibok.documents;
  compared jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'documents.edit', input);
  if result is not null then return result; end if;
  d := ibok.lock_document(p_document);
  compared := ibok.compare_fields(to_jsonb(d), p_changes, array['title', 'category']);
  if compared -> 'conflicts' <> '{}' then
    return jsonb_build_object('status', 'conflict', 'fields', compared -> 'conflicts');
  end if;
  if compared -> 'wanted' <> '{}' then
    d := jsonb_populate_record(d, compared -> 'wanted');
    update ibok.documents set title = d.title, category = d.category where id = d.id;
  end if;
  return ibok.store_act(p_request, 'documents.edit', input, jsonb_build_object('status', 'saved', 'changed',
    coalesce((select jsonb_agg(key order by key) from jsonb_object_keys(compared -> 'wanted') as key), '[]')));
end $$;
revoke execute on function api.edit_document(bigint, jsonb, uuid) from public;
grant execute on function api.edit_document(bigint, jsonb, uuid) to bok_clerk;

-- Withdrawn with a reason of at least five characters, or back in work. The reason stands in the record's history.
create or replace function api.set_document_state(p_document bigint, p_state text, p_reason text, p_request uuid default null)
returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_document, p_state, p_reason);
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  if p_state is null or p_state not in ('active', 'withdrawn') then raise exception 'state' using errcode = 'IB004'; end if;
  if p_state = 'withdrawn' and char_length(btrim(p_reason)) >= 5 is not true then
    raise exception 'reason' using errcode = 'IB004';
  end if;
  result := ibok.find_act(p_request, 'documents.setState', input);
  if result is not null then return result; end if;
  perform set_config('ibok.reason', coalesce(btrim(p_reason), ''), true);
  update ibok.documents set state = p_state where id = p_document and owner_table <> 'regulation_versions';
  if not found then raise exception 'no such document' using errcode = 'IB002'; end if;
  return ibok.store_act(p_request, 'documents.setState', input, jsonb_build_object('state', p_state));
end $$;
revoke execute on function api.set_document_state(bigint, text, text, uuid) from public;
grant execute on function api.set_document_state(bigint, text, text, uuid) to bok_clerk;

-- Notes that a personal document was opened. The letters of a run are as many looks as there are letters in its file.
create or replace function ibok.log_document(p_document ibok.documents, p_opened text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  letters integer;
begin
  if p_document.owner_table = 'letter_runs' then
    select count(*) into letters from ibok.letter_run_items where run_id = p_document.owner_id and outcome = 'made';
    -- As ibok.log_read: a look whose transaction is rolled back leaves this line.
    raise log 'ibok letters: login=% run=% rows=%', session_user, p_document.owner_id, letters;
    perform ibok.log_many('letter_run', p_opened, letters);
  else
    perform ibok.log_read(ibok.document_customer(p_document.owner_table, p_document.owner_id), p_opened, 'document');
    perform ibok.watch_card_opens();
  end if;
end $$;
revoke execute on function ibok.log_document(ibok.documents, text) from public;

-- A slice of a version, from p_offset on (0 is the first byte), at most 1 MiB. The read log hears of a personal document
-- once per opening: at its first slice, or at whichever slice comes first, so that skipping the first hides nothing.
create or replace function api.read_document(p_version bigint, p_offset integer, p_length integer) returns bytea
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  opened text;
  v ibok.document_versions;
  d ibok.documents;
  slice bytea;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_dpo');
  if p_offset is null or p_offset < 0 or p_length is null or p_length not between 1 and 1048576 then
    raise exception 'slice' using errcode = 'IB004';
  end if;
  select * into v from ibok.document_versions where id = p_version;
  if not found then raise exception 'no such version' using errcode = 'IB002'; end if;
  select * into d from ibok.documents where id = v.document_id;
  -- Papers of applications, accounts and deletions are for those who see these.
  if d.owner_table in ('registrations', 'accounts', 'deletion_requests') then
    perform api.demand_role('bok_clerk', 'bok_dpo');
  end if;
  if d.personal then
    opened := format('documents:%s version %s', d.id, v.version_no);
    if p_offset = 0 or not exists (
      select from audit.reads
       -- In the column's collation, else the index on it cannot serve.
       where login = session_user::text collate "default" and at > now() - interval '10 minutes'
         and (fields = 'document' and purpose = opened or purpose = 'letter_run' and fields = opened)) then
      perform ibok.log_document(d, opened);
    end if;
  end if;
  select substring(b.bytes from p_offset + 1 for p_length) into slice from ibok.blobs b where b.sha256 = v.sha256;
  return slice;
end $$;
revoke execute on function api.read_document(bigint, integer, integer) from public;
grant execute on function api.read_document(bigint, integer, integer) to bok_clerk, bok_technician, bok_dpo;

-- What nobody assembled within a day is gone, parts and all.
create or replace function jobs.purge_uploads() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  perform api.demand_role('ibok_worker');
  delete from ibok.uploads where begun_at < now() - interval '24 hours';
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke execute on function jobs.purge_uploads() from public;
grant execute on function jobs.purge_uploads() to ibok_worker;
