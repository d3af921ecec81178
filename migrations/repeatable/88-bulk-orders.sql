-- Service orders many at a time: planned for chosen meters, given to a technician for a day. Part of 69-api-bulk.sql.
-- {"is": "planOrders", "list": "meters", "kind", "dueOn"?, "assignee"?, "day"?, "note"?}: without dueOn the order is due
-- when the legalization ends. {"is": "assignOrders", "list": "orders", "assignee"?, "day"?}: what is not named stays.

create or replace function ibok.check_order_day(p_day date) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_day < ibok.today() then
    raise exception 'day' using errcode = 'IB004', constraint = 'service_orders_past_day';
  end if;
end $$;
revoke execute on function ibok.check_order_day(date) from public;

create or replace function ibok.check_orders_act(p_act jsonb) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.check_order_assignee(p_act ->> 'assignee');
  perform ibok.check_order_day((p_act ->> 'day')::date);
  case p_act ->> 'is'
    when 'planOrders' then
      if p_act ->> 'kind' in ('exchange', 'control_reading') is not true then
        raise exception 'kind' using errcode = 'IB004';
      end if;
      perform jsonb_populate_record(null::ibok.service_orders,
        jsonb_build_object('due_on', p_act -> 'dueOn', 'note', p_act -> 'note'));
    when 'assignOrders' then
      if not p_act ?| array['assignee', 'day'] then raise exception 'nothing to set' using errcode = 'IB004'; end if;
  end case;
end $$;
revoke execute on function ibok.check_orders_act(jsonb) from public;

-- Opens an order for each meter that is built in and has none of the kind open; the others stay with the reason. A meter
-- of the customer's own is exchanged by the customer, who gets a letter.
create or replace function ibok.bulk_plan_orders(p_bulk ibok.bulk_acts, p_ids bigint[]) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  with built_in as materialized (
    select m.id, i.supply_point_id, p_bulk.act ->> 'kind' = 'exchange' and m.owner_kind = 'customer' as of_customer
      from ibok.meters m join ibok.meter_installations i on i.meter_id = m.id and i.removed_on is null
     where m.id = any (p_ids)
  ), made as (
    insert into ibok.service_orders (kind, supply_point_id, meter_id, assignee, day, due_on, note, bulk_id)
    select p_bulk.act ->> 'kind', b.supply_point_id, b.id, p_bulk.act ->> 'assignee', (p_bulk.act ->> 'day')::date,
           coalesce((p_bulk.act ->> 'dueOn')::date,
             case p_bulk.act ->> 'kind' when 'exchange' then (ibok.current_legalization(b.id)).valid_until end),
           nullif(btrim(p_bulk.act ->> 'note'), ''), p_bulk.id
      from built_in b where not b.of_customer order by b.id
    on conflict (meter_id, kind) where state = 'open' and meter_id is not null do nothing
    returning id, meter_id
  )
  update ibok.bulk_rows r
     set outcome = case when made.id is null then 'refused' else 'changed' end, made_id = made.id,
         error = case when made.id is not null then null when built_in.id is null then 'METER_NOT_INSTALLED'
           when built_in.of_customer then 'METER_OF_CUSTOMER' else 'ORDER_OPEN' end
    from unnest(p_ids) as asked (id)
    left join built_in on built_in.id = asked.id left join made on made.meter_id = asked.id
   where r.bulk_id = p_bulk.id and r.record_id = asked.id
$$;
revoke execute on function ibok.bulk_plan_orders(ibok.bulk_acts, bigint[]) from public;

-- Gives open orders, locked already, to a technician, for a day, or both. Remembers what they were and have become.
create or replace function ibok.bulk_assign_orders(p_bulk ibok.bulk_acts, p_ids bigint[]) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  with old as materialized (
    select o.id, o.state, o.assignee, o.day,
           case when p_bulk.act ? 'assignee' then p_bulk.act ->> 'assignee' else o.assignee end as to_assignee,
           case when p_bulk.act ? 'day' then (p_bulk.act ->> 'day')::date else o.day end as to_day
      from ibok.service_orders o where o.id = any (p_ids)
  ), done as (
    update ibok.service_orders o set assignee = old.to_assignee, day = old.to_day
      from old where o.id = old.id and old.state = 'open' and (old.assignee, old.day) is distinct from (old.to_assignee, old.to_day)
    returning o.id
  )
  update ibok.bulk_rows r
     set outcome = case when done.id is not null then 'changed' when old.state = 'open' then 'same' else 'refused' end,
         error = case when old.state <> 'open' then 'ORDER_CLOSED' end,
         before_value = jsonb_build_array(old.assignee, old.day)::text,
         after_value = jsonb_build_array(old.to_assignee, old.to_day)::text
    from old left join done on done.id = old.id where r.bulk_id = p_bulk.id and r.record_id = old.id
$$;
revoke execute on function ibok.bulk_assign_orders(ibok.bulk_acts, bigint[]) from public;

-- Orders of the act that are still as it left them: those it opened, or those it gave away.
create or replace function ibok.untouched_orders(p_bulk ibok.bulk_acts) returns table (order_id bigint, before_value text, untouched boolean)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select o.id, r.before_value, o.state = 'open' and case p_bulk.act ->> 'is'
           when 'planOrders' then o.assignee is not distinct from p_bulk.act ->> 'assignee'
             and o.day is not distinct from (p_bulk.act ->> 'day')::date
             and o.note is not distinct from nullif(btrim(p_bulk.act ->> 'note'), '')
           else jsonb_build_array(o.assignee, o.day) = r.after_value::jsonb end
    from ibok.bulk_rows r
    join ibok.service_orders o on o.id = case p_bulk.act ->> 'is' when 'planOrders' then r.made_id else r.record_id end
   where r.bulk_id = p_bulk.id and r.outcome = 'changed'
$$;
revoke execute on function ibok.untouched_orders(ibok.bulk_acts) from public;

-- Takes an act over orders back as far as nobody has gone on with them: what somebody has closed or given to another
-- person or day since stays. Refused where that is all of them.
create or replace function ibok.undo_bulk_orders(p_bulk ibok.bulk_acts) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  most constant int := 50;
  ids bigint[];
  others jsonb;
  taken bigint;
begin
  select array_agg(order_id) into ids from ibok.untouched_orders(p_bulk);
  perform from ibok.meters where id in (select meter_id from ibok.service_orders where id = any (ids)) order by id for no key update;
  perform from ibok.service_orders where id = any (ids) order by id for no key update;
  if p_bulk.act ->> 'is' = 'planOrders' then
    update ibok.service_orders o set state = 'cancelled', closed_at = now(), closed_by = session_user, closed_on = ibok.today()
      from ibok.untouched_orders(p_bulk) as u where o.id = u.order_id and u.untouched;
  else
    update ibok.service_orders o
       set assignee = u.before_value::jsonb ->> 0, day = (u.before_value::jsonb ->> 1)::date
      from ibok.untouched_orders(p_bulk) as u where o.id = u.order_id and u.untouched;
  end if;
  get diagnostics taken = row_count;
  if taken = 0 and ids is not null then
    select jsonb_agg(jsonb_build_object('subject', 'service_order:' || id, 'label', ibok.subject_label('service_order:' || id),
             'login', ibok.last_writer('service_orders', id, 'state'), 'field', '') order by id)
      into others from unnest(ids[: most]) as id;
    return ibok.undo_refusal(others, cardinality(ids));
  end if;
  update ibok.bulk_acts set state = 'undone', finished_at = coalesce(finished_at, now()) where id = p_bulk.id;
  return jsonb_build_object('status', 'undone', 'count', taken);
end $$;
revoke execute on function ibok.undo_bulk_orders(ibok.bulk_acts) from public;
