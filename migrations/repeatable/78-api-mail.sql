-- The queue for those who look after it, and the dated texts. Which rows a person sees, the row policies of ibok.outbox
-- say; a clerk acts on mail of his own, a supervisor on all.

-- The message, locked, for who may act on it; no such message for who may not see it. A message the worker is just
-- sending is waited for: then its new state counts.
create or replace function ibok.demand_mail(p_id bigint) returns ibok.outbox
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  mail ibok.outbox;
  own boolean;
begin
  select * into mail from ibok.outbox where id = p_id for no key update;
  if not found then raise exception 'no such message' using errcode = 'IB002'; end if;
  own := mail.created_by = session_user or pg_has_role(session_user, 'bok_supervisor', 'usage');
  if not own then
    if mail.created_by in ('ibok_portal', 'ibok_worker') and pg_has_role(session_user, 'bok_clerk', 'usage') then
      raise exception 'not this message' using errcode = 'IB001';
    end if;
    raise exception 'no such message' using errcode = 'IB002';
  end if;
  return mail;
end $$;
revoke execute on function ibok.demand_mail(bigint) from public;

-- Moves a message from one of p_from to p_to, once for each request.
create or replace function ibok.settle_mail(p_id bigint, p_action text, p_from text[], p_to text, p_request uuid) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id);
  result jsonb;
  mail ibok.outbox;
begin
  result := ibok.find_act(p_request, p_action, input);
  if result is not null then return result; end if;
  mail := ibok.demand_mail(p_id);
  if mail.state <> all (p_from) then
    raise exception 'not in this state' using errcode = 'IB006', constraint = 'outbox_state_now';
  end if;
  update ibok.outbox
     set state = p_to, sent_at = case p_to when 'sent' then clock_timestamp() end,
         send_after = case p_to when 'new' then greatest(send_after, now()) else send_after end
   where id = p_id;
  return ibok.store_act(p_request, p_action, input, jsonb_build_object('state', p_to));
end $$;
revoke execute on function ibok.settle_mail(bigint, text, text[], text, uuid) from public;

-- Not sent, or not tried any more. What is sent or on its way cannot be called back.
create or replace function api.cancel_mail(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  return ibok.settle_mail(p_id, 'mail.cancel', '{new,held,failed}', 'cancelled', p_request);
end $$;
revoke execute on function api.cancel_mail(bigint, uuid) from public;
grant execute on function api.cancel_mail(bigint, uuid) to bok_clerk, bok_technician;

create or replace function api.hold_mail(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  return ibok.settle_mail(p_id, 'mail.hold', '{new}', 'held', p_request);
end $$;
revoke execute on function api.hold_mail(bigint, uuid) from public;
grant execute on function api.hold_mail(bigint, uuid) to bok_clerk, bok_technician;

create or replace function api.release_mail(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  return ibok.settle_mail(p_id, 'mail.release', '{held}', 'new', p_request);
end $$;
revoke execute on function api.release_mail(bigint, uuid) from public;
grant execute on function api.release_mail(bigint, uuid) to bok_clerk, bok_technician;

-- A person has made sure, with the recipient or in the mail server's log, that an unsure message arrived.
create or replace function api.confirm_mail(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  return ibok.settle_mail(p_id, 'mail.confirm', '{unsure}', 'sent', p_request);
end $$;
revoke execute on function api.confirm_mail(bigint, uuid) from public;
grant execute on function api.confirm_mail(bigint, uuid) to bok_clerk, bok_technician;

-- Whether another address may be given for a new copy: while the record is there, and never where the text carries a
-- secret. Whoever could send an activation link elsewhere would own the account.
create or replace function ibok.may_redirect_mail(p_mail ibok.outbox) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_mail.erased_at is null
     and not exists (select from ibok.templates t join ibok.template_keys k on k.key = t.key
                      where t.id = p_mail.template_id and k.secrets <> '{}')
     and case split_part(p_mail.record, ':', 1)
           when 'accounts' then exists (select from ibok.accounts where id = r.id and status <> 'deleted')
           when 'registrations' then exists (select from ibok.registrations where id = r.id and erased_at is null)
           when 'customers' then exists (select from ibok.customers where id = r.id)
           when 'staff_members' then exists (select from ibok.staff_members where id = r.id and active)
           when 'deletion_requests' then exists (
             select from ibok.deletion_requests d join ibok.accounts a on a.id = d.account_id
              where d.id = r.id and a.status <> 'deleted')
           else false
         end
    from (select split_part(p_mail.record, ':', 2)::bigint as id) as r
$$;
revoke execute on function ibok.may_redirect_mail(ibok.outbox) from public;

-- Sends a message again as a new one, to p_to where that is named. Of one that has failed nothing arrived; whether an
-- unsure one did, the person has to judge. → {"id"} of the new message.
create or replace function api.resend_mail(p_id bigint, p_to text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_to);
  result jsonb;
  mail ibok.outbox;
  address text;
  queued bigint;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'mail.resend', input);
  if result is not null then return result; end if;
  perform ibok.hold_record(split_part(o.record, ':', 1), split_part(o.record, ':', 2)::bigint)
     from ibok.outbox o where o.id = p_id;
  mail := ibok.demand_mail(p_id);
  if mail.state not in ('failed', 'unsure', 'sent') or mail.erased_at is not null then
    raise exception 'not in this state' using errcode = 'IB006', constraint = 'outbox_state_now';
  end if;
  address := coalesce(nullif(btrim(p_to), ''), mail.to_address::text);
  if lower(address) <> lower(mail.to_address::text) and not ibok.may_redirect_mail(mail) then
    raise exception 'address is fixed' using errcode = 'IB006', constraint = 'outbox_address_fixed';
  end if;
  insert into ibok.outbox (key, to_address, template_id, fields, record, attachment_id, send_after, resends_id)
  values ('resend:' || mail.id || ':' || coalesce(p_request, gen_random_uuid()), address, mail.template_id, mail.fields,
          mail.record, mail.attachment_id,
          now() + make_interval(secs => ibok.rule_number('mail.undo_seconds', 10)::float8), mail.id)
  returning id into queued;
  return ibok.store_act(p_request, 'mail.resend', input, jsonb_build_object('id', queued::text));
end $$;
revoke execute on function api.resend_mail(bigint, text, uuid) from public;
grant execute on function api.resend_mail(bigint, text, uuid) to bok_clerk, bok_technician;

-- What a person may do with a message, so that the screen never guesses.
create or replace function api.mail_abilities(p_id bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  mail ibok.outbox;
  own boolean;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  select * into mail from ibok.outbox where id = p_id;
  own := mail.created_by = session_user or pg_has_role(session_user, 'bok_supervisor', 'usage');
  if mail.id is null
     or not (own or mail.created_by in ('ibok_portal', 'ibok_worker') and pg_has_role(session_user, 'bok_clerk', 'usage')) then
    raise exception 'no such message' using errcode = 'IB002';
  end if;
  return jsonb_build_object(
    'cancel', own and mail.state in ('new', 'held', 'failed'),
    'hold', own and mail.state = 'new',
    'release', own and mail.state = 'held',
    'confirm', own and mail.state = 'unsure',
    'resend', own and mail.state in ('failed', 'unsure', 'sent') and mail.erased_at is null,
    'redirect', own and ibok.may_redirect_mail(mail));
end $$;
revoke execute on function api.mail_abilities(bigint) from public;
grant execute on function api.mail_abilities(bigint) to bok_clerk, bok_technician;

-- Counts and times of the queue for the health page; no address and no text.
create or replace function api.mail_queue() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_admin', 'bok_supervisor', 'bok_dpo');
  return jsonb_build_object(
    'waiting', (select count(*) from ibok.outbox where state in ('new', 'sending')),
    'oldestDueAt', (select min(send_after) from ibok.outbox where state = 'new' and send_after <= now()),
    'held', (select count(*) from ibok.outbox where state = 'held'),
    'unsure', (select count(*) from ibok.outbox where state = 'unsure'),
    'failed', (select count(*) from ibok.outbox o where state = 'failed'
       and not exists (select from ibok.outbox again where again.resends_id = o.id)));
end $$;
revoke execute on function api.mail_queue() from public;
grant execute on function api.mail_queue() to bok_admin, bok_supervisor, bok_dpo;

-- A text may name the fields of its key as {{field}} and no other; what its key keeps secret it must name, since a
-- message about a link without the link helps nobody.
create or replace function ibok.check_template_text(p_key ibok.template_keys, p_subject text, p_body text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  part record;
  secret text;
begin
  for part in select * from (values ('subject', p_subject, p_key.fields), ('body', p_body, p_key.fields || p_key.secrets))
              as parts (name, content, known)
  loop
    if nullif(btrim(part.content), '') is null then raise exception '%', part.name using errcode = 'IB004'; end if;
    if exists (select from regexp_matches(part.content, '\{\{([a-z_]+)\}\}', 'g') as named where named[1] <> all (part.known))
       or regexp_replace(part.content, '\{\{[a-z_]+\}\}', '', 'g') ~ '\{\{|\}\}' then
      raise exception 'unknown field in %', part.name using errcode = 'IB004', constraint = 'templates_fields';
    end if;
  end loop;
  foreach secret in array p_key.secrets loop
    if strpos(p_body, '{{' || secret || '}}') = 0 then
      raise exception 'link missing' using errcode = 'IB004', constraint = 'templates_secret';
    end if;
  end loop;
end $$;
revoke execute on function ibok.check_template_text(ibok.template_keys, text, text) from public;

-- A text from p_valid_from on (today or later). p_expected is the id of the newest version the person saw; a newer one
-- is IB003. A planned version is replaced; one that began today may be mended until something was made from it.
create or replace function api.set_template(
  p_key text, p_subject text, p_body text, p_valid_from date, p_expected bigint, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_key, p_subject, p_body, p_valid_from, p_expected);
  known ibok.template_keys;
  newest ibok.templates;
  result jsonb;
  stored bigint;
begin
  perform api.demand_role('bok_supervisor', 'bok_admin');
  result := ibok.find_act(p_request, 'templates.set', input);
  if result is not null then return result; end if;
  select * into known from ibok.template_keys where key = p_key;
  if not found then raise exception 'no such template' using errcode = 'IB002'; end if;
  perform ibok.check_template_text(known, p_subject, p_body);
  if p_valid_from is null or p_valid_from < ibok.today() then
    raise exception 'the past stays' using errcode = 'IB006', constraint = 'rule_values_past';
  end if;
  -- Two that write one text at once come one after the other.
  perform pg_advisory_xact_lock(hashtextextended('ibok.template:' || p_key, 0));
  select * into newest from ibok.templates where key = p_key order by valid_from desc limit 1 for update;
  if newest.id is distinct from p_expected then raise exception 'text changed meanwhile' using errcode = 'IB003'; end if;

  if newest.valid_from > ibok.today() or newest.valid_from = p_valid_from then
    -- What was sent stays as it was sent.
    if exists (select from ibok.outbox where template_id = newest.id)
       or exists (select from ibok.letters where template_id = newest.id)
       or exists (select from ibok.templates where key = p_key and id <> newest.id and valid_from >= p_valid_from) then
      raise exception 'text is in use' using errcode = 'IB006', constraint = 'templates_used';
    end if;
    -- In this order no moment has two texts: the one before it ends first where it is moved earlier.
    if p_valid_from < newest.valid_from then
      update ibok.templates set valid_to = p_valid_from - 1
       where key = p_key and valid_to = newest.valid_from - 1;
    end if;
    update ibok.templates
       set subject = btrim(p_subject), body = btrim(p_body), valid_from = p_valid_from, recorded_by = session_user, recorded_at = now()
     where id = newest.id returning id into stored;
    update ibok.templates set valid_to = p_valid_from - 1 where key = p_key and valid_to = newest.valid_from - 1;
  else
    update ibok.templates set valid_to = p_valid_from - 1 where id = newest.id and valid_to is null;
    insert into ibok.templates (key, subject, body, valid_from)
    values (p_key, btrim(p_subject), btrim(p_body), p_valid_from) returning id into stored;
  end if;
  return ibok.store_act(p_request, 'templates.set', input, jsonb_build_object('id', stored::text));
end $$;
revoke execute on function api.set_template(text, text, text, date, bigint, uuid) from public;
grant execute on function api.set_template(text, text, text, date, bigint, uuid) to bok_supervisor, bok_admin;

-- Takes back a text that has not begun; the one before it goes on.
create or replace function api.withdraw_template(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id);
  planned ibok.templates;
  result jsonb;
begin
  perform api.demand_role('bok_supervisor', 'bok_admin');
  result := ibok.find_act(p_request, 'templates.withdraw', input);
  if result is not null then return result; end if;
  select * into planned from ibok.templates where id = p_id for update;
  if not found then raise exception 'no such text' using errcode = 'IB002'; end if;
  if planned.valid_from <= ibok.today() then
    raise exception 'it has begun' using errcode = 'IB006', constraint = 'rule_values_past';
  end if;
  delete from ibok.templates where id = p_id;
  update ibok.templates set valid_to = null where key = planned.key and valid_to = planned.valid_from - 1;
  return ibok.store_act(p_request, 'templates.withdraw', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.withdraw_template(bigint, uuid) from public;
grant execute on function api.withdraw_template(bigint, uuid) to bok_supervisor, bok_admin;
