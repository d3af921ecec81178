-- Contact data that customers ask to have changed through the portal. A clerk decides field by field; what is accepted goes
-- the way of every contact edit, compared with what the clerk saw (63-api-edit-contact.sql).

create or replace function ibok.data_change_columns() returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array['phone', 'phone_alt', 'email', 'email_alt', 'postal_street', 'postal_house_no', 'postal_flat_no', 'postal_code',
    'postal_city']
$$;
revoke execute on function ibok.data_change_columns() from public;

-- One request with each field as it was when it was sent, as it is wanted, and as the record has it now:
-- {id, accountId, customerId, …, "fields": [{column, old, new, now}]}. A look into a customer's data: it is logged.
create or replace function api.open_data_change(p_id bigint) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  request ibok.data_change_requests;
  now_stored jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  select * into request from ibok.data_change_requests where id = p_id;
  if not found then raise exception 'no such request' using errcode = 'IB002'; end if;
  select to_jsonb(c) into now_stored from ibok.customers c where c.id = request.customer_id;
  perform ibok.log_read(request.customer_id, 'data_change', 'card');
  perform ibok.watch_card_opens();
  return jsonb_build_object(
    'id', request.id::text, 'accountId', request.account_id::text, 'customerId', request.customer_id::text,
    'requestedAt', request.requested_at, 'status', request.status, 'accepted', to_jsonb(request.accepted),
    'decidedBy', request.decided_by, 'decidedAt', request.decided_at, 'note', request.note,
    'fields', (
      select jsonb_agg(jsonb_build_object('column', f.key, 'old', f.value -> 0, 'new', f.value -> 1, 'now', now_stored -> f.key)
               order by array_position(ibok.data_change_columns(), f.key))
        from jsonb_each(request.changes) f));
end $$;
revoke execute on function api.open_data_change(bigint) from public;
grant execute on function api.open_data_change(bigint) to bok_clerk, bok_dpo;

-- p_accepted {column: value the clerk saw in the record}: these fields are taken, the others are not. What is not taken
-- needs a note, which the customer reads in the portal.
-- → {"status": "accepted" | "partly" | "rejected"} or, when the record changed since the clerk looked,
-- {"status": "conflict", "fields": {column: {original, theirs, mine}}}, and then nothing was stored.
create or replace function api.decide_data_change(p_id bigint, p_accepted jsonb, p_note text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_accepted, p_note);
  request ibok.data_change_requests;
  taken text[];
  outcome text;
  edited jsonb;
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'dataChanges.decide', input);
  if result is not null then return result; end if;
  select * into request from ibok.data_change_requests where id = p_id for no key update;
  if not found then raise exception 'no such request' using errcode = 'IB002'; end if;
  if request.status <> 'open' then raise exception 'request is decided' using errcode = 'IB003'; end if;
  if jsonb_typeof(p_accepted) is distinct from 'object' or not request.changes ?& array(select jsonb_object_keys(p_accepted)) then
    raise exception 'accepted' using errcode = 'IB004';
  end if;
  taken := array(select jsonb_object_keys(p_accepted) order by 1);
  outcome := case cardinality(taken) when 0 then 'rejected'
               when (select count(*) from jsonb_object_keys(request.changes)) then 'accepted' else 'partly' end;
  if outcome <> 'accepted' and nullif(btrim(p_note), '') is null then raise exception 'note' using errcode = 'IB004'; end if;

  perform set_config('ibok.reason', 'data_change', true);
  if taken <> '{}' then
    edited := api.edit_contact(request.customer_id, (
      select jsonb_object_agg(key, jsonb_build_array(value, request.changes -> key -> 1)) from jsonb_each(p_accepted)));
    if edited ->> 'status' = 'conflict' then return edited; end if;
  end if;
  update ibok.data_change_requests
     set status = outcome, accepted = taken, decided_by = session_user, decided_at = now(), note = nullif(btrim(p_note), '')
   where id = p_id;
  return ibok.store_act(p_request, 'dataChanges.decide', input, jsonb_build_object('status', outcome));
end $$;
revoke execute on function api.decide_data_change(bigint, jsonb, text, uuid) from public;
grant execute on function api.decide_data_change(bigint, jsonb, text, uuid) to bok_clerk;
