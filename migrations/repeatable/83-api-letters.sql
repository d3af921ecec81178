-- Making letters: what one is drawn from is read and noted; the drawn PDF is kept as a document of the record.

-- Who makes which letters: clerks all of them, technicians those about meters. Null is a letter that is not there.
create or replace function ibok.demand_letter(p_kind text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role(variadic case
    when p_kind is null or p_kind in ('exchange_protocol', 'expertise_result') then array['bok_clerk', 'bok_technician']
    else array['bok_clerk'] end);
end $$;
revoke execute on function ibok.demand_letter(text) from public;

create or replace function api.letter_facts(p_kind text, p_record text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  facts jsonb;
begin
  perform ibok.demand_letter(p_kind);
  facts := ibok.letter_facts(p_kind, p_record);
  -- Name and address of a person, as on a card.
  perform ibok.log_read((facts ->> 'customer')::bigint, format('letter %s %s', p_kind, p_record), 'card');
  perform ibok.watch_card_opens();
  return facts - 'customer';
end $$;
revoke execute on function api.letter_facts(text, text) from public;
grant execute on function api.letter_facts(text, text) to bok_clerk, bok_technician;

-- Keeps a drawn letter → {"id", "documentId", "versionId"}. The request decides what is the same letter, not its file: sent
-- again after a lost answer, the letter was drawn a second time, and that file is dropped.
create or replace function api.add_letter(p_kind text, p_record text, p_upload uuid, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_kind, p_record);
  result jsonb;
  u ibok.uploads;
  document bigint;
  version jsonb;
begin
  perform ibok.demand_letter(p_kind);
  result := ibok.find_act(p_request, 'letters.make', input);
  if result is not null then
    delete from ibok.uploads where id = p_upload and login = session_user;
    return result;
  end if;
  perform ibok.hold_record(split_part(p_record, ':', 1), ibok.letter_record(p_kind, p_record));
  -- The record is still one that this letter can be made of.
  perform ibok.letter_facts(p_kind, p_record);
  u := ibok.own_upload(p_upload);
  if u.mime <> 'application/pdf' then raise exception 'file' using errcode = 'IB004'; end if;
  perform ibok.check_document_room(split_part(p_record, ':', 1), ibok.letter_record(p_kind, p_record), u.size);
  document := ibok.letter_document(p_kind, p_record);
  version := ibok.assemble_upload(u, document);
  return ibok.store_act(p_request, 'letters.make', input, jsonb_build_object(
    'id', ibok.insert_letter(p_kind, p_record, document)::text,
    'documentId', version ->> 'documentId', 'versionId', version ->> 'versionId'));
end $$;
revoke execute on function api.add_letter(text, text, uuid, uuid) from public;
grant execute on function api.add_letter(text, text, uuid, uuid) to bok_clerk, bok_technician;

-- p_what: printed | sent. The first time counts; a second one changes nothing.
create or replace function api.mark_letter(p_id bigint, p_what text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  l ibok.letters;
begin
  perform ibok.demand_letter((select kind from ibok.letters where id = p_id));
  if p_what in ('printed', 'sent') is not true then raise exception 'what' using errcode = 'IB004'; end if;
  select * into l from ibok.letters where id = p_id for no key update;
  if not found then raise exception 'no such letter' using errcode = 'IB002'; end if;
  if p_what = 'printed' and l.printed_at is null then
    update ibok.letters set printed_at = now() where id = p_id;
  elsif p_what = 'sent' and l.sent_at is null then
    update ibok.letters set printed_at = coalesce(printed_at, now()), sent_at = now(), sent_by = session_user where id = p_id;
  end if;
  return jsonb_build_object('id', p_id::text);
end $$;
revoke execute on function api.mark_letter(bigint, text) from public;
grant execute on function api.mark_letter(bigint, text) to bok_clerk, bok_technician;

-- The worker's way: the protocol of an erasure is made without anybody asking for it.
create or replace function jobs.letter_facts(p_kind text, p_record text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  if p_kind is distinct from 'deletion_protocol' then raise exception 'letter' using errcode = 'IB004'; end if;
  return ibok.letter_facts(p_kind, p_record) - 'customer';
end $$;
revoke execute on function jobs.letter_facts(text, text) from public;
grant execute on function jobs.letter_facts(text, text) to ibok_worker;

-- → {"id", "documentId", "versionId"}; a protocol that is kept already is answered again.
create or replace function jobs.store_letter(p_kind text, p_record text, p_file_name text, p_bytes bytea) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  request bigint;
  document bigint;
  version jsonb;
begin
  perform api.demand_role('ibok_worker');
  if p_kind is distinct from 'deletion_protocol' then raise exception 'letter' using errcode = 'IB004'; end if;
  request := ibok.letter_record(p_kind, p_record);
  perform ibok.check_file_name(p_file_name, 'application/pdf');
  perform ibok.check_file_begins(p_bytes, 'application/pdf');
  perform from ibok.deletion_requests where id = request and status = 'executed' for no key update;
  if not found then raise exception 'not erased yet' using errcode = 'IB006'; end if;
  select jsonb_build_object('id', l.id::text, 'documentId', v.document_id::text, 'versionId', v.id::text) into version
    from ibok.letters l join ibok.document_versions v on v.document_id = l.document_id
   where l.kind = p_kind and l.record = p_record order by l.id, v.id limit 1;
  if found then return version; end if;
  document := ibok.letter_document(p_kind, p_record);
  insert into ibok.blobs (sha256, bytes) values (sha256(p_bytes), p_bytes) on conflict (sha256) do nothing;
  version := ibok.insert_version(document, sha256(p_bytes), p_file_name, 'application/pdf', octet_length(p_bytes));
  update ibok.deletion_requests set protocol_document_id = document where id = request;
  return jsonb_build_object('id', ibok.insert_letter(p_kind, p_record, document)::text,
    'documentId', version ->> 'documentId', 'versionId', version ->> 'versionId');
end $$;
revoke execute on function jobs.store_letter(text, text, text, bytea) from public;
grant execute on function jobs.store_letter(text, text, text, bytea) to ibok_worker;
