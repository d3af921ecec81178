-- Service orders as the office and the technicians write them: made, given to somebody for a day, closed, cancelled.

-- Makes one order. p_order {"kind": exchange | control_reading | other, "meterId" or "pointId", "dueOn"?, "day"?,
-- "assignee"?, "note"?} → {"id", "already": the open order of this meter and kind that there was}. A meter's order goes to
-- where it is built in; an exchange without dueOn is due when the legalization ends. Acceptances and expertises come with
-- their cases.
create or replace function api.make_order(p_order jsonb, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_order);
  kind text := p_order ->> 'kind';
  meter bigint := (p_order ->> 'meterId')::bigint;
  point bigint := (p_order ->> 'pointId')::bigint;
  due date := (p_order ->> 'dueOn')::date;
  result jsonb;
  made record;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  if kind in ('exchange', 'control_reading', 'other') is not true then raise exception 'kind' using errcode = 'IB004'; end if;
  if (meter is null) = (point is null) then raise exception 'meter or point' using errcode = 'IB004'; end if;
  result := ibok.find_act(p_request, 'orders.make', input);
  if result is not null then return result; end if;
  perform ibok.check_order_day((p_order ->> 'day')::date);
  if meter is not null then
    if not exists (select from ibok.meters where id = meter) then raise exception 'no such meter' using errcode = 'IB002'; end if;
    select i.supply_point_id into point from ibok.meter_installations i where i.meter_id = meter and i.removed_on is null;
    if point is null then
      raise exception 'meter is not built in' using errcode = 'IB006', constraint = 'service_orders_not_installed';
    end if;
  elsif not exists (select from ibok.supply_points where id = point) then
    raise exception 'no such point' using errcode = 'IB002';
  end if;
  if kind = 'exchange' then due := coalesce(due, (ibok.current_legalization(meter)).valid_until); end if;
  select * into made from ibok.ensure_order(kind, point, meter, due, p_order ->> 'note', null, p_order ->> 'assignee',
    (p_order ->> 'day')::date, null);
  return ibok.store_act(p_request, 'orders.make', input, jsonb_build_object('id', made.id::text, 'already', made.already));
end $$;
revoke execute on function api.make_order(jsonb, uuid) from public;
grant execute on function api.make_order(jsonb, uuid) to bok_clerk, bok_technician;

-- Gives an open order to somebody, for a day, with another term or note. p_changes {column: [old, new]} →
-- {"status": "saved", "changed"} or {"status": "conflict", "fields"}, and then nothing was stored.
create or replace function api.assign_order(p_id bigint, p_changes jsonb, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_changes);
  result jsonb;
  found_order ibok.service_orders;
  compared jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'orders.assign', input);
  if result is not null then return result; end if;
  found_order := ibok.lock_open_order(p_id);
  compared := ibok.compare_fields(to_jsonb(found_order), p_changes, array['assignee', 'day', 'due_on', 'note']);
  if compared -> 'conflicts' <> '{}' then
    return jsonb_build_object('status', 'conflict', 'fields', compared -> 'conflicts');
  end if;
  if compared -> 'wanted' <> '{}' then
    found_order := jsonb_populate_record(found_order, compared -> 'wanted');
    if compared -> 'wanted' ? 'assignee' then perform ibok.check_order_assignee(found_order.assignee); end if;
    if compared -> 'wanted' ? 'day' then perform ibok.check_order_day(found_order.day); end if;
    update ibok.service_orders o
       set assignee = found_order.assignee, day = found_order.day, due_on = found_order.due_on, note = found_order.note
     where id = p_id;
  end if;
  return ibok.store_act(p_request, 'orders.assign', input, jsonb_build_object('status', 'saved', 'changed',
    coalesce((select jsonb_agg(key order by key) from jsonb_object_keys(compared -> 'wanted') as key), '[]')));
end $$;
revoke execute on function api.assign_order(bigint, jsonb, uuid) from public;
grant execute on function api.assign_order(bigint, jsonb, uuid) to bok_clerk, bok_technician;

-- Enters what came of an order: p_result {"result", "on", "value"?: m³ as text, "note"?}. "other" needs a note.
create or replace function api.close_order(p_id bigint, p_result jsonb, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_result);
  result jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  if p_result ->> 'result' = 'other' and btrim(coalesce(p_result ->> 'note', '')) = '' then
    raise exception 'note' using errcode = 'IB004';
  end if;
  result := ibok.find_act(p_request, 'orders.close', input);
  if result is not null then return result; end if;
  perform ibok.close_order(p_id, p_result ->> 'result', (p_result ->> 'on')::date, p_result ->> 'note',
    p_value => (p_result ->> 'value')::numeric);
  return ibok.store_act(p_request, 'orders.close', input, (
    select jsonb_build_object('id', o.id::text, 'state', o.state) from ibok.service_orders o where o.id = p_id));
end $$;
revoke execute on function api.close_order(bigint, jsonb, uuid) from public;
grant execute on function api.close_order(bigint, jsonb, uuid) to bok_clerk, bok_technician;

-- Takes a result back that was entered by mistake: one's own, or as a supervisor anybody's. What an exchange has closed
-- opens when the exchange is taken back. IB006 where there is nothing to go for any more: the meter is gone from there, or
-- the case is closed.
create or replace function api.reopen_order(p_id bigint, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id);
  result jsonb;
  closed ibok.service_orders;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'orders.reopen', input);
  if result is not null then return result; end if;
  -- The point first, as acts of cases and exchanges take it: none of them goes on between the checks and the opening.
  perform from ibok.supply_points p
   where p.id = (select o.supply_point_id from ibok.service_orders o where o.id = p_id) for no key update;
  closed := ibok.lock_order(p_id);
  if closed.closed_by <> session_user and not pg_has_role(session_user, 'bok_supervisor', 'usage') then
    raise exception 'entered by somebody else' using errcode = 'IB001';
  end if;
  if closed.exchange_id is not null then
    raise exception 'closed by an exchange' using errcode = 'IB006', constraint = 'service_orders_by_exchange';
  end if;
  if closed.state <> 'open' then
    perform ibok.check_order_place(closed.kind, closed.supply_point_id, closed.meter_id);
    if exists (select from ibok.meter_cases c where c.id = closed.case_id and c.state <> 'open') then
      raise exception 'its case is closed' using errcode = 'IB006', constraint = 'meter_cases_state_now';
    end if;
  end if;
  perform ibok.reopen_order(p_id);
  return ibok.store_act(p_request, 'orders.reopen', input, (
    select jsonb_build_object('id', o.id::text, 'state', o.state) from ibok.service_orders o where o.id = p_id));
end $$;
revoke execute on function api.reopen_order(bigint, uuid) from public;
grant execute on function api.reopen_order(bigint, uuid) to bok_clerk, bok_technician;

-- Cancels an open order that nobody needs any more, with the reason.
create or replace function api.cancel_order(p_id bigint, p_reason text, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_reason);
  result jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  if btrim(coalesce(p_reason, '')) = '' then raise exception 'reason' using errcode = 'IB004'; end if;
  result := ibok.find_act(p_request, 'orders.cancel', input);
  if result is not null then return result; end if;
  perform ibok.lock_open_order(p_id);
  update ibok.service_orders
     set state = 'cancelled', result_note = btrim(p_reason), closed_by = session_user, closed_on = ibok.today(), closed_at = now()
   where id = p_id;
  return ibok.store_act(p_request, 'orders.cancel', input, jsonb_build_object('id', p_id::text, 'state', 'cancelled'));
end $$;
revoke execute on function api.cancel_order(bigint, text, uuid) from public;
grant execute on function api.cancel_order(bigint, text, uuid) to bok_clerk, bok_technician;
