-- The registry's own acts: a meter is accepted to stock, put right, scrapped, lost, found, brought back; its legalization is
-- read from the mark, decided otherwise, lost early, withdrawn. Built in and out it is by exchanges alone.

-- A reason worth keeping; it stands in the record's history too. IB004 under five characters.
create or replace function ibok.state_reason(p_reason text) returns text
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if char_length(btrim(p_reason)) >= 5 is not true then raise exception 'reason' using errcode = 'IB004'; end if;
  perform set_config('ibok.reason', btrim(p_reason), true);
  return btrim(p_reason);
end $$;
revoke execute on function ibok.state_reason(text) from public;

-- IB004 for a day that has not come.
create or replace function ibok.check_past_day(p_day date) returns date
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if (p_day <= ibok.today()) is not true then
    raise exception 'day' using errcode = 'IB004', constraint = 'day_passed';
  end if;
  return p_day;
end $$;
revoke execute on function ibok.check_past_day(date) from public;

-- Other meters in stock or built in with the same factory number: worth a warning, no obstacle, since makers count anew.
-- [{"id", "factoryNo", "type", "status", "acceptedOn"}]
create or replace function ibok.meter_twins(p_factory_no text, p_but bigint default null) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id::text, 'factoryNo', m.factory_no, 'type', t.maker || ' ' || t.model,
           'status', m.status, 'acceptedOn', m.accepted_on) order by m.id), '[]')
    from ibok.meters m join ibok.meter_types t on t.id = m.type_id
   where m.factory_key = lower(regexp_replace(p_factory_no, '[^0-9A-Za-z]', '', 'g'))
     and m.status in ('in_stock', 'installed') and m.id is distinct from p_but
$$;
revoke execute on function ibok.meter_twins(text, bigint) from public;

-- The type by its id, or by {"maker", "model", "dn", "q3", "r"?, "digits"?}, made where it is not there yet. IB006
-- where it is there with another R or number of digits than is said.
create or replace function ibok.meter_type(p_type jsonb) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  wanted bigint;
begin
  if jsonb_typeof(p_type) in ('string', 'number') then
    select id into wanted from ibok.meter_types where id = (p_type #>> '{}')::bigint;
    if not found then raise exception 'no such type' using errcode = 'IB002'; end if;
    return wanted;
  elsif jsonb_typeof(p_type) is distinct from 'object' then
    raise exception 'type' using errcode = 'IB004';
  end if;
  insert into ibok.meter_types (maker, model, dn, q3, r, digits)
  values (btrim(p_type ->> 'maker'), btrim(p_type ->> 'model'), (p_type ->> 'dn')::smallint, (p_type ->> 'q3')::numeric,
          (p_type ->> 'r')::smallint, coalesce((p_type ->> 'digits')::smallint, 5))
  on conflict (maker, model, dn, q3) do nothing returning id into wanted;
  if wanted is null then
    select id into wanted from ibok.meter_types
     where maker = btrim(p_type ->> 'maker') and model = btrim(p_type ->> 'model') and dn = (p_type ->> 'dn')::smallint
       and q3 = (p_type ->> 'q3')::numeric
       and (p_type ->> 'r' is null or (p_type ->> 'r')::smallint is not distinct from r)
       and coalesce((p_type ->> 'digits')::smallint, digits) = digits;
    if not found then
      raise exception 'type is there with other figures' using errcode = 'IB006', constraint = 'meter_types_figures';
    end if;
  end if;
  return wanted;
end $$;
revoke execute on function ibok.meter_type(jsonb) from public;

create or replace function ibok.legalization_answer(p_id bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('id', l.id::text, 'validUntil', l.valid_until, 'conflict', l.conflict)
    from ibok.legalizations l where l.id = p_id
$$;
revoke execute on function ibok.legalization_answer(bigint) from public;

-- Accepts a meter to stock: {"factoryNo", "type": id or {…} as ibok.meter_type takes it, "ownerKind", "acceptedOn",
-- "producedYear"?, "radioId"?, "stockPlace"?, "note"?, "mark"?: {"kind", "raw", "statedUntil"?, "readOn"?}}
-- → {"id", "twins": as ibok.meter_twins, "legalization": {"id", "validUntil", "conflict"} | null}.
create or replace function api.add_meter(p_meter jsonb, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  result jsonb;
  accepted date := (p_meter ->> 'acceptedOn')::date;
  meter bigint;
  legalization bigint;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'meters.add', p_meter);
  if result is not null then return result; end if;
  perform ibok.check_past_day(accepted);
  insert into ibok.meters (factory_no, type_id, owner_kind, accepted_on, produced_year, radio_id, stock_place, note)
  values (btrim(p_meter ->> 'factoryNo'), ibok.meter_type(p_meter -> 'type'), p_meter ->> 'ownerKind', accepted,
          (p_meter ->> 'producedYear')::smallint, upper(nullif(btrim(p_meter ->> 'radioId'), '')),
          nullif(btrim(p_meter ->> 'stockPlace'), ''), nullif(btrim(p_meter ->> 'note'), ''))
  returning id into meter;
  insert into ibok.meter_movements (meter_id, kind, moved_on) values (meter, 'accepted', accepted);
  if jsonb_typeof(p_meter -> 'mark') = 'object' then
    legalization := ibok.add_legalization(meter, p_meter -> 'mark', coalesce((p_meter #>> '{mark,readOn}')::date, accepted));
  end if;
  return ibok.store_act(p_request, 'meters.add', p_meter, jsonb_build_object('id', meter::text,
    'twins', ibok.meter_twins(p_meter ->> 'factoryNo', meter), 'legalization', ibok.legalization_answer(legalization)));
end $$;
revoke execute on function api.add_meter(jsonb, uuid) from public;
grant execute on function api.add_meter(jsonb, uuid) to bok_technician, bok_supervisor;

-- p_changes {column: [old, new]} → {"status": "saved", "changed": [column…]}, or {"status": "conflict", "fields": {column:
-- {original, theirs, mine}}}, and then nothing was stored. `place` is where it hangs while it is built in.
create or replace function api.edit_meter(p_meter bigint, p_changes jsonb, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_meter, p_changes);
  result jsonb;
  m ibok.meters;
  installed ibok.meter_installations;
  compared jsonb;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'meters.edit', input);
  if result is not null then return result; end if;
  -- Installation before meter, as in an exchange.
  select * into installed from ibok.meter_installations where meter_id = p_meter and removed_on is null for no key update;
  m := ibok.lock_meter(p_meter);
  compared := ibok.compare_fields(to_jsonb(m) || jsonb_build_object('place', installed.place), p_changes,
    array['factory_no', 'type_id', 'owner_kind', 'accepted_on', 'produced_year', 'radio_id', 'stock_place', 'note']
      || case when installed.id is null then '{}' else array['place'] end);
  if compared -> 'conflicts' <> '{}' then
    return jsonb_build_object('status', 'conflict', 'fields', compared -> 'conflicts');
  end if;
  if compared -> 'wanted' ? 'place' then
    update ibok.meter_installations set place = compared #>> '{wanted,place}' where id = installed.id;
  end if;
  if (compared -> 'wanted') - 'place' <> '{}' then
    m := jsonb_populate_record(m, compared -> 'wanted');
    if compared -> 'wanted' ? 'accepted_on' and m.accepted_on is not null then perform ibok.check_past_day(m.accepted_on); end if;
    update ibok.meters
       set factory_no = m.factory_no, type_id = m.type_id, owner_kind = m.owner_kind, accepted_on = m.accepted_on,
           produced_year = m.produced_year, radio_id = upper(m.radio_id), stock_place = m.stock_place, note = m.note
     where id = m.id;
  end if;
  return ibok.store_act(p_request, 'meters.edit', input, jsonb_build_object('status', 'saved', 'changed',
    coalesce((select jsonb_agg(key order by key) from jsonb_object_keys(compared -> 'wanted') as key), '[]')));
end $$;
revoke execute on function api.edit_meter(bigint, jsonb, uuid) from public;
grant execute on function api.edit_meter(bigint, jsonb, uuid) to bok_technician, bok_supervisor;

-- The last day something happened to a meter: nothing that comes after may be dated before it.
create or replace function ibok.meter_last_day(p_meter bigint) returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select greatest(
    (select m.accepted_on from ibok.meters m where m.id = p_meter),
    (select max(v.moved_on) from ibok.meter_movements v where v.meter_id = p_meter),
    (select max(coalesce(i.removed_on, i.installed_on)) from ibok.meter_installations i where i.meter_id = p_meter))
$$;
revoke execute on function ibok.meter_last_day(bigint) from public;

-- Moves a meter that is not built in: 'scrapped' (from stock, removed or lost; for good, but for a mistake) and 'lost' (from
-- stock or removed) with a reason, 'found' (lost) and 'returned' (removed or scrapped) back to stock, to p_place.
-- → {"status"}. IB006 from any other state, or while a case about it is open.
create or replace function api.move_meter(
  p_meter bigint, p_kind text, p_on date, p_reason text default null, p_place text default null, p_request uuid default null
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_meter, p_kind, p_on, p_reason, p_place);
  result jsonb;
  m ibok.meters;
  since date;
  reason text := nullif(btrim(p_reason), '');
  stocked text;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'meters.move', input);
  if result is not null then return result; end if;
  if p_kind in ('scrapped', 'lost', 'found', 'returned') is not true then raise exception 'kind' using errcode = 'IB004'; end if;
  m := ibok.lock_meter(p_meter);
  if m.status <> all (case p_kind
       when 'scrapped' then array['in_stock', 'removed', 'lost'] when 'lost' then array['in_stock', 'removed']
       when 'found' then array['lost'] else array['removed', 'scrapped'] end)
     -- Whatever its status says, as files may have brought it: what hangs somewhere is no stock.
     or exists (select from ibok.meter_installations i where i.meter_id = p_meter and i.removed_on is null) then
    raise exception 'status' using errcode = 'IB006', constraint = 'meter_movements_status';
  end if;
  if p_kind in ('scrapped', 'lost')
     and exists (select from ibok.meter_cases c where c.meter_id = p_meter and c.state = 'open') then
    raise exception 'case is open' using errcode = 'IB006', constraint = 'meter_movements_case';
  end if;
  if p_kind in ('scrapped', 'lost') or m.status = 'scrapped' then reason := ibok.state_reason(p_reason); end if;
  perform ibok.check_past_day(p_on);
  since := ibok.meter_last_day(p_meter);
  if p_on < since then
    raise exception 'day' using errcode = 'IB004', constraint = 'meter_movements_moved_on';
  end if;
  stocked := case when p_kind in ('found', 'returned') then nullif(btrim(p_place), '') end;
  insert into ibok.meter_movements (meter_id, kind, moved_on, reason) values (p_meter, p_kind, p_on, reason);
  update ibok.meters
     set status = case when p_kind in ('found', 'returned') then 'in_stock' else p_kind end, stock_place = stocked
   where id = p_meter returning * into m;
  return ibok.store_act(p_request, 'meters.move', input, jsonb_build_object('status', m.status));
end $$;
revoke execute on function api.move_meter(bigint, text, date, text, text, uuid) from public;
grant execute on function api.move_meter(bigint, text, date, text, text, uuid) to bok_technician, bok_supervisor;

-- A mark read on a meter: as ibok.add_legalization → {"id", "validUntil", "conflict"}.
create or replace function api.add_legalization(p_meter bigint, p_mark jsonb, p_read_on date, p_request uuid default null)
returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_meter, p_mark, p_read_on);
  result jsonb;
  legalization bigint;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'meters.addLegalization', input);
  if result is not null then return result; end if;
  -- A statement of its own: the answer reads what this one stores.
  legalization := ibok.add_legalization(p_meter, p_mark, p_read_on);
  return ibok.store_act(p_request, 'meters.addLegalization', input, ibok.legalization_answer(legalization));
end $$;
revoke execute on function api.add_legalization(bigint, jsonb, date, uuid) from public;
grant execute on function api.add_legalization(bigint, jsonb, date, uuid) to bok_technician, bok_supervisor;

-- A legalization that stands, its meter and itself locked. IB002 without one, IB006 when it was withdrawn.
create or replace function ibok.lock_legalization(p_id bigint) returns ibok.legalizations
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  l ibok.legalizations;
begin
  perform ibok.lock_meter((select meter_id from ibok.legalizations where id = p_id));
  select * into l from ibok.legalizations where id = p_id for no key update;
  if l.withdrawn_at is not null then
    raise exception 'withdrawn' using errcode = 'IB006', constraint = 'legalizations_withdrawn_already';
  end if;
  return l;
end $$;
revoke execute on function ibok.lock_legalization(bigint) from public;

-- Decides until when, whatever mark and papers say; a null day takes the decision back. Both with a reason.
create or replace function api.override_legalization(p_id bigint, p_until date, p_reason text, p_request uuid default null)
returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_until, p_reason);
  result jsonb;
  reason text;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'meters.overrideLegalization', input);
  if result is not null then return result; end if;
  perform ibok.lock_legalization(p_id);
  reason := ibok.state_reason(p_reason);
  update ibok.legalizations
     set override_until = p_until, override_reason = case when p_until is not null then reason end,
         override_by = case when p_until is not null then session_user end
   where id = p_id;
  return ibok.store_act(p_request, 'meters.overrideLegalization', input, ibok.legalization_answer(p_id));
end $$;
revoke execute on function api.override_legalization(bigint, date, text, uuid) from public;
grant execute on function api.override_legalization(bigint, date, text, uuid) to bok_technician, bok_supervisor;

-- Lost before its time, on p_lost_on, because of damage, a broken mark or seal, a failed expertise or a repair (facts
-- 1.1.4): the day before is the last that counts. A null day takes it back, with the reason in p_note.
create or replace function api.set_legalization_loss(
  p_id bigint, p_lost_on date, p_why text, p_note text default null, p_request uuid default null
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_lost_on, p_why, p_note);
  result jsonb;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'meters.setLegalizationLoss', input);
  if result is not null then return result; end if;
  perform ibok.lock_legalization(p_id);
  if p_lost_on is null then
    perform ibok.state_reason(p_note);
  else
    perform ibok.check_past_day(p_lost_on);
  end if;
  update ibok.legalizations
     set lost_on = p_lost_on, lost_reason = case when p_lost_on is not null then p_why end,
         lost_note = case when p_lost_on is not null then nullif(btrim(p_note), '') end
   where id = p_id;
  return ibok.store_act(p_request, 'meters.setLegalizationLoss', input, ibok.legalization_answer(p_id));
end $$;
revoke execute on function api.set_legalization_loss(bigint, date, text, text, uuid) from public;
grant execute on function api.set_legalization_loss(bigint, date, text, text, uuid) to bok_technician, bok_supervisor;

-- Written down by mistake: it counts no more, and the one before it is in force again.
create or replace function api.withdraw_legalization(p_id bigint, p_reason text, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_reason);
  result jsonb;
  l ibok.legalizations;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'meters.withdrawLegalization', input);
  if result is not null then return result; end if;
  l := ibok.lock_legalization(p_id);
  update ibok.legalizations
     set withdrawn_at = now(), withdrawn_by = session_user, withdrawn_reason = ibok.state_reason(p_reason)
   where id = p_id;
  return ibok.store_act(p_request, 'meters.withdrawLegalization', input,
    jsonb_build_object('current', ibok.legalization_answer((ibok.current_legalization(l.meter_id)).id)));
end $$;
revoke execute on function api.withdraw_legalization(bigint, text, uuid) from public;
grant execute on function api.withdraw_legalization(bigint, text, uuid) to bok_technician, bok_supervisor;
