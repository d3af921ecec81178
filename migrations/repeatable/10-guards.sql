-- Guards: what the functions and triggers of the other files stand on.

-- First statement of every function for staff and machines: EXECUTE is the first lock, this is the second.
-- session_user survives SECURITY DEFINER and SET ROLE, so it is the person who signed in.
create or replace function api.demand_role(variadic p_roles text[]) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from unnest(p_roles) as wanted (role_name) where pg_has_role(session_user, wanted.role_name, 'usage')) then
    raise exception 'role missing' using errcode = 'IB001';
  end if;
end $$;
revoke execute on function api.demand_role(text[]) from public;

-- Acts done once: the same request id with the same content gets the first result, with other content it is refused.
-- Returns null when the act is new; then the caller does it and stores the result in the same transaction.
create or replace function ibok.find_act(p_request uuid, p_action text, p_input jsonb) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  act ibok.acts;
begin
  if p_request is null then return null; end if;
  -- Two clicks at once: the second waits here until the first has committed.
  perform pg_advisory_xact_lock(hashtextextended(p_request::text, 0));
  select * into act from ibok.acts where client_request_id = p_request;
  if not found then
    perform set_config('ibok.request_id', p_request::text, true);
    return null;
  end if;
  if act.login <> session_user or act.action <> p_action
     or act.input_digest <> sha256(convert_to(p_input::text, 'UTF8')) then
    raise exception 'request id was used for another act' using errcode = 'IB005';
  end if;
  return act.result;
end $$;
revoke execute on function ibok.find_act(uuid, text, jsonb) from public;

create or replace function ibok.store_act(p_request uuid, p_action text, p_input jsonb, p_result jsonb) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_request is not null then
    insert into ibok.acts (client_request_id, action, input_digest, result)
    values (p_request, p_action, sha256(convert_to(p_input::text, 'UTF8')), p_result);
  end if;
  return p_result;
end $$;
revoke execute on function ibok.store_act(uuid, text, jsonb, jsonb) from public;

-- A dated rule as of today, or the default when nobody has set one.
create or replace function ibok.rule_number(p_key text, p_default numeric) returns numeric
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    (select (value #>> '{}')::numeric from ibok.rule_values
      where key = p_key and valid_from <= ibok.today() and (valid_to is null or valid_to >= ibok.today())),
    p_default)
$$;
revoke execute on function ibok.rule_number(text, numeric) from public;

-- updated_at follows every real change; the audit trail ignores it.
create or replace function ibok.touch_updated_at() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.updated_at := now();
  return new;
end $$;
revoke execute on function ibok.touch_updated_at() from public;

create or replace trigger customers_updated_at before update on ibok.customers
  for each row when (old is distinct from new) execute function ibok.touch_updated_at();

-- A stored version of a document and its bytes never change (invariant 8); erasure deletes them whole.
create or replace function ibok.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception '% never changes', tg_table_name using errcode = 'IB006';
end $$;
revoke execute on function ibok.refuse_change() from public;

create or replace trigger document_versions_fixed before update on ibok.document_versions
  for each statement execute function ibok.refuse_change();
create or replace trigger blobs_fixed before update on ibok.blobs
  for each statement execute function ibok.refuse_change();
create or replace trigger events_fixed before update or delete or truncate on audit.events
  for each statement execute function ibok.refuse_change();
create or replace trigger seals_fixed before update or delete or truncate on audit.seals
  for each statement execute function ibok.refuse_change();

-- From the hand-over on a reading is fixed (invariant 6): only its state goes on, and a correction may supersede it.
-- Undoing an import is the one way to take such a row out again.
create or replace function ibok.guard_fetched_reading() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  fixed constant text[] := array['fetched', 'acknowledged', 'refused', 'reversed'];
begin
  if tg_op = 'DELETE' then
    if old.source <> 'import' then raise exception 'reading was handed over' using errcode = 'IB006'; end if;
    return old;
  end if;
  if new.state <> all (fixed)
     or (to_jsonb(new) - '{state,superseded}'::text[]) is distinct from (to_jsonb(old) - '{state,superseded}'::text[]) then
    raise exception 'reading was handed over' using errcode = 'IB006';
  end if;
  return new;
end $$;
revoke execute on function ibok.guard_fetched_reading() from public;

create or replace trigger readings_fetched before update or delete on ibok.readings
  for each row when (old.state in ('fetched', 'acknowledged', 'refused', 'reversed'))
  execute function ibok.guard_fetched_reading();
