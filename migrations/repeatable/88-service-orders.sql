-- Service orders: what a technician is sent out for. Opened by people, by the planner's bulk act and by cases; closed with
-- a result, by hand or by the exchange that did it. The functions here check no role: their callers have done so.
-- Locks: the meter before its order, as an exchange does it.

-- Who can be sent: an active technician or supervisor; null is nobody yet.
create or replace function ibok.check_order_assignee(p_login text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_login is not null and not exists (
    select from ibok.staff_members where login = p_login and active and staff_group in ('bok_technician', 'bok_supervisor')
  ) then
    raise exception 'assignee' using errcode = 'IB004', constraint = 'service_orders_assignee_group';
  end if;
end $$;
revoke execute on function ibok.check_order_assignee(text) from public;

-- An exchange and a control reading need a meter that is built in at the point. IB006.
create or replace function ibok.check_order_place(p_kind text, p_point bigint, p_meter bigint) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_kind in ('exchange', 'control_reading') and not exists (
    select from ibok.meter_installations i
     where i.meter_id = p_meter and i.supply_point_id = p_point and i.removed_on is null) then
    raise exception 'meter is not built in there' using errcode = 'IB006', constraint = 'service_orders_not_installed';
  end if;
end $$;
revoke execute on function ibok.check_order_place(text, bigint, bigint) from public;

-- Opens one order, or finds the open one of the same meter and kind (`already`), which stays as it is.
create or replace function ibok.ensure_order(
  p_kind text, p_point bigint, p_meter bigint, p_due date, p_note text, p_case bigint, p_assignee text, p_day date,
  p_bulk bigint, out id bigint, out already boolean
)
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.check_order_assignee(p_assignee);
  perform from ibok.meters where meters.id = p_meter for no key update;
  perform ibok.check_order_place(p_kind, p_point, p_meter);
  -- Whoever opens the same order at the same time is waited for; closed in between, it is opened anew.
  loop
    insert into ibok.service_orders as o (kind, supply_point_id, meter_id, due_on, note, case_id, assignee, day, bulk_id)
    values (p_kind, p_point, p_meter, p_due, nullif(btrim(p_note), ''), p_case, p_assignee, p_day, p_bulk)
    on conflict (meter_id, kind) where state = 'open' and meter_id is not null do nothing
    returning o.id into id;
    already := id is null;
    if already then
      select o.id into id from ibok.service_orders o where o.meter_id = p_meter and o.kind = p_kind and o.state = 'open';
    end if;
    exit when id is not null;
  end loop;
end $$;
revoke execute on function ibok.ensure_order(text, bigint, bigint, date, text, bigint, text, date, bigint) from public;

create or replace function ibok.open_order(
  p_kind text, p_point bigint, p_meter bigint, p_due date, p_note text default null, p_case bigint default null,
  p_assignee text default null, p_day date default null, p_bulk bigint default null
) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  select e.id from ibok.ensure_order(p_kind, p_point, p_meter, p_due, p_note, p_case, p_assignee, p_day, p_bulk) as e
$$;
revoke execute on function ibok.open_order(text, bigint, bigint, date, text, bigint, text, date, bigint) from public;

-- The order, locked, and its meter. IB002.
create or replace function ibok.lock_order(p_id bigint) returns ibok.service_orders
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found_order ibok.service_orders;
begin
  perform from ibok.meters m
    where m.id = (select o.meter_id from ibok.service_orders o where o.id = p_id) for no key update;
  select * into found_order from ibok.service_orders where id = p_id for no key update;
  if not found then raise exception 'no such order' using errcode = 'IB002'; end if;
  return found_order;
end $$;
revoke execute on function ibok.lock_order(bigint) from public;

-- The order, locked, while it is open. IB002, or IB006 once it is closed.
create or replace function ibok.lock_open_order(p_id bigint) returns ibok.service_orders
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found_order ibok.service_orders := ibok.lock_order(p_id);
begin
  if found_order.state <> 'open' then
    raise exception 'order is %', found_order.state using errcode = 'IB006', constraint = 'service_orders_open_only';
  end if;
  return found_order;
end $$;
revoke execute on function ibok.lock_open_order(bigint) from public;

-- A value read on the spot, m³: black digits only, and no more of them than the register has.
create or replace function ibok.check_order_value(p_meter bigint, p_value numeric) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_value is null then return; end if;
  if p_meter is null or p_value < 0 or p_value <> trunc(p_value) or p_value >= 10::numeric ^ (
    select t.digits from ibok.meters m join ibok.meter_types t on t.id = m.type_id where m.id = p_meter) then
    raise exception 'value' using errcode = 'IB004', constraint = 'service_orders_value';
  end if;
end $$;
revoke execute on function ibok.check_order_value(bigint, numeric) from public;

-- Closes an order with its result. What builds a meter in or out is done by that act itself (p_exchange), a control reading
-- by its value.
create or replace function ibok.close_order(
  p_id bigint, p_result text, p_on date, p_note text default null, p_exchange bigint default null, p_value numeric default null
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  closing ibok.service_orders := ibok.lock_open_order(p_id);
begin
  if p_result is null or p_on is null or p_on > ibok.today() then
    raise exception 'result' using errcode = 'IB004';
  end if;
  if p_result = 'done' and closing.kind in ('exchange', 'sub_meter_acceptance', 'expertise') and p_exchange is null then
    raise exception 'the act closes its order' using errcode = 'IB004', constraint = 'service_orders_by_exchange';
  end if;
  if p_result = 'done' and closing.kind = 'control_reading' and p_value is null then
    raise exception 'value' using errcode = 'IB004', constraint = 'service_orders_value';
  end if;
  perform ibok.check_order_value(closing.meter_id, p_value);
  update ibok.service_orders
     set state = case p_result when 'done' then 'done' else 'failed' end, result = p_result,
         result_note = nullif(btrim(p_note), ''), result_value = p_value, exchange_id = p_exchange,
         closed_by = session_user, closed_on = p_on, closed_at = now()
   where id = p_id;
end $$;
revoke execute on function ibok.close_order(bigint, text, date, text, bigint, numeric) from public;

-- Opens an order again, whose exchange or result was taken back. Where another order of the same meter and kind is open
-- by now, that one goes on and this one is cancelled; so is the order of a case that is closed. An open order stays as it is.
create or replace function ibok.reopen_order(p_id bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  reopened ibok.service_orders := ibok.lock_order(p_id);
begin
  if reopened.state = 'open' then return; end if;
  if not exists (select from ibok.meter_cases c where c.id = reopened.case_id and c.state <> 'open') then
    begin
      update ibok.service_orders
         set state = 'open', result = null, result_note = null, result_value = null, exchange_id = null,
             closed_by = null, closed_on = null, closed_at = null
       where id = p_id;
      return;
    exception when unique_violation then null;
    end;
  end if;
  update ibok.service_orders
     set state = 'cancelled', result = null, result_note = null, result_value = null, exchange_id = null
   where id = p_id;
end $$;
revoke execute on function ibok.reopen_order(bigint) from public;
