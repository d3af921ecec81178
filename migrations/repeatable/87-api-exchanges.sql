-- Exchange, first installation, removal and re-installation of a meter, and taking one back.

-- What the screen goes on with: {"id", "kind", "already", "oldMeterId", "newMeterId", "newInstallationId", "used"}; ids as
-- text, used m³ since the last reading of the old meter.
create or replace function ibok.exchange_answer(p_id bigint, p_already boolean) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('id', e.id::text, 'kind', e.kind, 'already', p_already, 'oldMeterId', o.meter_id::text,
           'newMeterId', n.meter_id::text, 'newInstallationId', n.id::text, 'used', f.consumption::text)
    from ibok.exchanges e
    left join ibok.meter_installations o on o.id = e.old_installation_id
    left join ibok.meter_installations n on n.id = e.new_installation_id
    left join ibok.readings f on f.id = (e.before ->> 'finalReading')::bigint
   where e.id = p_id
$$;
revoke execute on function ibok.exchange_answer(bigint, boolean) from public;

-- p_act as ibok.record_exchange has it. Where a colleague was quicker, the answer is what they did, with "already".
create or replace function api.exchange_meter(p_act jsonb, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  result jsonb;
  earlier bigint;
  done bigint;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'exchanges.record', p_act);
  if result is not null then return result; end if;
  perform ibok.check_exchange_form(p_act);
  -- Only under the locks is it known who was first.
  perform ibok.lock_for_exchange(p_act);
  earlier := ibok.find_exchange(p_act);
  done := coalesce(earlier, ibok.record_exchange(p_act));
  return ibok.store_act(p_request, 'exchanges.record', p_act, ibok.exchange_answer(done, earlier is not null));
end $$;
revoke execute on function api.exchange_meter(jsonb, uuid) from public;
grant execute on function api.exchange_meter(jsonb, uuid) to bok_technician, bok_supervisor;

-- Takes an act back, with a reason of at least five characters, until billing has fetched a reading of it.
create or replace function api.reverse_exchange(p_id bigint, p_reason text, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_reason);
  result jsonb;
  act ibok.exchanges;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'exchanges.reverse', input);
  if result is not null then return result; end if;
  if char_length(btrim(p_reason)) >= 5 is not true then perform ibok.refuse_exchange('reason'); end if;
  perform set_config('ibok.reason', btrim(p_reason), true);
  act := ibok.take_back_exchange(p_id);
  update ibok.exchanges set reversed_at = now(), reversed_by = session_user, reversal_reason = btrim(p_reason) where id = act.id;
  return ibok.store_act(p_request, 'exchanges.reverse', input, ibok.exchange_answer(act.id, false));
end $$;
revoke execute on function api.reverse_exchange(bigint, text, uuid) from public;
grant execute on function api.reverse_exchange(bigint, text, uuid) to bok_technician, bok_supervisor;

-- Why an act cannot be taken back (any more), for the screen to say before anybody tries; null when it can.
create or replace function api.reversal_obstacle(p_id bigint) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_dpo');
  return (select ibok.reversal_obstacle(e) from ibok.exchanges e where e.id = p_id);
end $$;
revoke execute on function api.reversal_obstacle(bigint) from public;
grant execute on function api.reversal_obstacle(bigint) to bok_clerk, bok_technician, bok_dpo;
