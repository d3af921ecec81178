-- The queue of outgoing mail: how a message gets in, within the transaction of the act it belongs to. One row per act
-- and recipient, whose `key` the act names; so an act that is repeated sends nothing twice.

-- Whether the person signed in is one of the staff. Portal and worker are not, and have nobody who could change his mind.
create or replace function ibok.is_person() returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from ibok.staff_members where login = session_user)
$$;
revoke execute on function ibok.is_person() from public;

-- The fields given must be those of the template's key, all of them and no other, each a text without control characters.
create or replace function ibok.check_mail_fields(p_template text, p_fields jsonb) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  known ibok.template_keys;
begin
  select * into known from ibok.template_keys where key = p_template and channel = 'mail';
  if not found then raise exception 'template' using errcode = 'IB004'; end if;
  if jsonb_typeof(p_fields) is distinct from 'object'
     or array(select jsonb_object_keys(p_fields) order by 1) <> array(select unnest(known.fields) order by 1)
     or exists (select from jsonb_each(p_fields) f
                 where jsonb_typeof(f.value) <> 'string' or ibok.is_clean_note(f.value #>> '{}') is not true
                    or char_length(f.value #>> '{}') > 10000) then
    raise exception 'fields' using errcode = 'IB004';
  end if;
end $$;
revoke execute on function ibok.check_mail_fields(text, jsonb) from public;

-- Puts one message for one address into the queue, with the text that is valid today, and returns its id; a key that is
-- there already returns the message that has it. A person has the seconds of rule mail.undo_seconds to think again.
create or replace function ibok.enqueue_mail(
  p_key text, p_to text, p_template text, p_fields jsonb, p_record text, p_attachment bigint default null
) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  text_id bigint;
  queued bigint;
begin
  perform ibok.check_mail_fields(p_template, p_fields);
  if p_to is null then raise exception 'to' using errcode = 'IB004'; end if;
  select id into text_id from ibok.templates
   where key = p_template and valid_from <= ibok.today() and (valid_to is null or valid_to >= ibok.today());
  if not found then raise exception 'no text is valid today' using errcode = 'IB002'; end if;
  insert into ibok.outbox (key, to_address, template_id, fields, record, attachment_id, send_after)
  values (p_key, p_to, text_id, p_fields, p_record, p_attachment,
          now() + make_interval(secs => case when ibok.is_person() then ibok.rule_number('mail.undo_seconds', 10) else 0 end::float8))
  on conflict (key) do nothing
  returning id into queued;
  return coalesce(queued, (select id from ibok.outbox where key = p_key));
end $$;
revoke execute on function ibok.enqueue_mail(text, text, text, jsonb, text, bigint) from public;

-- As ibok.enqueue_mail for many with one text, in one statement: [{"key", "to", "fields", "record"}].
create or replace function ibok.enqueue_mails(p_template text, p_mails jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  text_id bigint;
begin
  perform ibok.check_mail_fields(p_template, m -> 'fields') from jsonb_array_elements(p_mails) as m;
  if exists (select from jsonb_array_elements(p_mails) as m where m ->> 'to' is null) then
    raise exception 'to' using errcode = 'IB004';
  end if;
  select id into text_id from ibok.templates
   where key = p_template and valid_from <= ibok.today() and (valid_to is null or valid_to >= ibok.today());
  if not found then raise exception 'no text is valid today' using errcode = 'IB002'; end if;
  insert into ibok.outbox (key, to_address, template_id, fields, record, send_after)
  select m ->> 'key', m ->> 'to', text_id, m -> 'fields', m ->> 'record',
         now() + make_interval(secs => case when ibok.is_person() then ibok.rule_number('mail.undo_seconds', 10) else 0 end::float8)
    from jsonb_array_elements(p_mails) as m
  on conflict (key) do nothing;
end $$;
revoke execute on function ibok.enqueue_mails(text, jsonb) from public;

-- Cancels what waits about a record; what is being sent already goes on. Returns how many were cancelled.
create or replace function ibok.cancel_mails_of(p_record text) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  cancelled bigint;
begin
  update ibok.outbox set state = 'cancelled' where record = p_record and state in ('new', 'held');
  get diagnostics cancelled = row_count;
  return cancelled;
end $$;
revoke execute on function ibok.cancel_mails_of(text) from public;
