-- Taking an act at a point back: until billing has fetched a reading of it. The functions here check no role.

-- Why an act cannot be taken back (any more), as refuse_exchange names it; null when it can.
create or replace function ibok.reversal_obstacle(p_exchange ibok.exchanges) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_exchange.reversed_at is not null then 'reversed'
    -- Its final reading, or what was read since, was handed over to billing.
    when exists (
      select from ibok.readings r
       where r.state in ('fetched', 'acknowledged', 'refused')
         and (r.installation_id = p_exchange.new_installation_id
           or r.installation_id = p_exchange.old_installation_id and r.id >= (p_exchange.before ->> 'finalReading')::bigint
              and r.read_on = p_exchange.done_on)) then 'fetched'
    -- The meter that came is gone again, something hangs behind it that no old one could carry, or the place is taken.
    when exists (select from ibok.meter_installations i where i.id = p_exchange.new_installation_id and i.removed_on is not null)
      or p_exchange.kind = 'installation' and exists (
        select from ibok.meter_installations c
         where c.parent_id = p_exchange.new_installation_id and c.removed_on is null
           and not jsonb_path_exists(p_exchange.before, '$.children[*] ? (@.id == $id)', jsonb_build_object('id', c.id)))
      or p_exchange.kind = 'removal' and exists (
        select from ibok.meter_installations i join ibok.meter_installations o on o.id = p_exchange.old_installation_id
         where i.supply_point_id = o.supply_point_id and i.role = 'main' and o.role = 'main' and i.removed_on is null)
      then 'later_act'
    when exists (
      select from ibok.meter_installations o join ibok.meters m on m.id = o.meter_id
       where o.id = p_exchange.old_installation_id and m.status <> 'removed') then 'old_gone'
    when exists (
      select from ibok.meter_cases c
       where c.state = 'done' and c.installation_id = p_exchange.new_installation_id
          or c.removal_id = p_exchange.id and c.sent_on is not null) then 'case'
  end
$$;
revoke execute on function ibok.reversal_obstacle(ibok.exchanges) from public;

-- The readings of the act, and what was read of the new meter since, never were; the one that the final reading took the
-- place of stands again.
create or replace function ibok.reverse_readings(p_exchange ibok.exchanges) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update ibok.readings set state = 'reversed', superseded = true
   where not superseded and state not in ('rejected', 'withdrawn')
     and (installation_id = p_exchange.new_installation_id
       or installation_id = p_exchange.old_installation_id and read_on = p_exchange.done_on);
  update ibok.readings set superseded = false where id = (p_exchange.before ->> 'corrected')::bigint;
end $$;
revoke execute on function ibok.reverse_readings(ibok.exchanges) from public;

-- Takes an act back: the old meter hangs as it did, the new one never did; all of it stays in the history. IB006 with what
-- ibok.reversal_obstacle says.
create or replace function ibok.take_back_exchange(p_id bigint) returns ibok.exchanges
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  act ibok.exchanges;
  obstacle text;
  behind bigint;
begin
  select * into act from ibok.exchanges where id = p_id;
  if not found then raise exception 'no such act' using errcode = 'IB002'; end if;
  perform ibok.lock_places(act.supply_point_id, array_remove(array[act.old_installation_id, act.new_installation_id], null),
    array(select i.meter_id from ibok.meter_installations i where i.id in (act.old_installation_id, act.new_installation_id)));
  select * into act from ibok.exchanges where id = p_id for no key update;
  -- Whoever hands one of them over to billing at this moment is waited for: only then is it known whether it is too late.
  perform from ibok.readings r
    where r.installation_id = act.new_installation_id
       or r.installation_id = act.old_installation_id and r.read_on = act.done_on
    order by r.id for update;
  obstacle := ibok.reversal_obstacle(act);
  if obstacle is not null then perform ibok.refuse_exchange(obstacle, 'IB006'); end if;

  perform ibok.reverse_readings(act);
  -- What it hung behind may have been exchanged since: it comes back behind what is there now, as the meter in its place is.
  select case
      when act.kind = 'exchange' then (select i.parent_id from ibok.meter_installations i where i.id = act.new_installation_id)
      when above.removed_on is null then above.id
      else coalesce((select min(i.id) from ibok.meter_installations i
                      where i.supply_point_id = above.supply_point_id and i.role = above.role and i.role = 'main'
                        and i.removed_on is null), above.id) end
    into behind
    from ibok.meter_installations gone left join ibok.meter_installations above on above.id = gone.parent_id
   where gone.id = act.old_installation_id;
  update ibok.meter_installations c
     set parent_id = coalesce(act.old_installation_id,
       (select (child ->> 'parent')::bigint from jsonb_array_elements(act.before -> 'children') as child where (child ->> 'id')::bigint = c.id))
   where c.parent_id = act.new_installation_id and c.removed_on is null;
  update ibok.meter_installations set removed_on = installed_on, final_value = opening_value, reversed_at = now()
   where id = act.new_installation_id;
  update ibok.meters set status = act.before ->> 'newStatus'
   where id = (select i.meter_id from ibok.meter_installations i where i.id = act.new_installation_id);
  update ibok.meter_installations set removed_on = null, final_value = null, parent_id = behind where id = act.old_installation_id;
  update ibok.meters set status = act.before ->> 'oldStatus'
   where id = (select i.meter_id from ibok.meter_installations i where i.id = act.old_installation_id);
  update ibok.seals set removed_on = null, removed_by = null, removed_reason = null, removed_exchange_id = null
   where removed_exchange_id = act.id;
  update ibok.seals set removed_on = put_on, removed_by = session_user, removed_reason = 'other', removed_exchange_id = act.id
   where put_exchange_id = act.id and removed_on is null;
  perform ibok.reopen_order(o::bigint) from jsonb_array_elements_text(act.before -> 'orders') as o;
  return act;
end $$;
revoke execute on function ibok.take_back_exchange(bigint) from public;
