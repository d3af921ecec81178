-- ibok.meter_registry and ibok.legalization_counts are kept here and nowhere else. One set-based statement does the work
-- for one meter as for a million; a loader may disable the triggers and call ibok.refill_meter_registry() at the end.

revoke execute on function ibok.natural_key(text), ibok.round_order(text, text, text, text, text) from public;

-- An act that writes of the same meters again and again, as the import does, has their rows written once, at its end: between
-- hold and release, ibok.refresh_meters only notes which meters are meant, in a setting: '<number of the hold>:<meters>'.
-- Anybody may set a setting, but nobody else may take these locks: a hold counts while its number is locked as begun and not
-- as ended, so that nobody can keep the registry from the truth.
create or replace function ibok.registry_lock(p_which text, p_number integer) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and objsubid = 2
       and classid::bigint = hashtext(p_which)::bigint & 4294967295 and objid::bigint = p_number)
$$;
revoke execute on function ibok.registry_lock(text, integer) from public;

create or replace function ibok.hold_registry() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  number integer := (
    select 1 + coalesce(max(objid::bigint), 0) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
       and objsubid = 2 and classid::bigint = hashtext('ibok.registry_held')::bigint & 4294967295);
begin
  perform pg_advisory_xact_lock_shared(hashtext('ibok.registry_held'), number);
  perform set_config('ibok.registry_held', number || ':', true);
end $$;
revoke execute on function ibok.hold_registry() from public;

create or replace function ibok.registry_held() returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  number integer := (regexp_match(current_setting('ibok.registry_held', true), '^([0-9]{1,9}):'))[1];
begin
  return number is not null and ibok.registry_lock('ibok.registry_held', number)
     and not ibok.registry_lock('ibok.registry_released', number);
end $$;
revoke execute on function ibok.registry_held() from public;

create or replace function ibok.release_registry() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  held text[] := string_to_array(current_setting('ibok.registry_held'), ':');
begin
  perform pg_advisory_xact_lock_shared(hashtext('ibok.registry_released'), held[1]::integer);
  perform set_config('ibok.registry_held', '', true);
  perform ibok.refresh_meters(array(select distinct id::bigint from unnest(string_to_array(held[2], ',')) as id where id <> ''));
end $$;
revoke execute on function ibok.release_registry() from public;

-- Writes the rows of the meters named from the truth. The meters are locked first, in the order of their keys: two
-- transactions that changed different sides of the same meter then compute one after the other, the second from what the
-- first committed. Nested loops are asked for by name: the import calls this under enable_nestloop = off.
create or replace function ibok.refresh_meters(p_ids bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp set enable_nestloop = on as $$
begin
  if coalesce(cardinality(p_ids), 0) = 0 then return; end if;
  if ibok.registry_held() then
    perform set_config('ibok.registry_held', current_setting('ibok.registry_held') || array_to_string(p_ids, ',') || ',', true);
    return;
  end if;
  perform from ibok.meters where id = any (p_ids) order by id for no key update;
  insert into ibok.meter_registry as kept (
      meter_id, factory_no, factory_key, maker, model, dn, q3, r, digits, owner_kind, status, accepted_on, produced_year,
      radio_id, stock_place, twin, valid_until, mark_kind, raw_mark, conflict, lost, installation_id, role, parent_meter_id,
      installed_on, place, supply_point_id, point_code, premise_id, city, street, house_no, flat_no, district, route,
      seal_nos, order_id, order_day, order_assignee, letter_on, round_order, search_text)
  select m.id, m.factory_no, m.factory_key, t.maker, t.model, t.dn, t.q3, t.r, t.digits, m.owner_kind, m.status, m.accepted_on,
         m.produced_year, m.radio_id, m.stock_place,
         m.status in ('in_stock', 'installed') and exists (
           select from ibok.meters twin where twin.factory_key = m.factory_key and twin.id <> m.id
              and twin.status in ('in_stock', 'installed')),
         l.valid_until, l.mark_kind, l.raw_mark, coalesce(l.conflict, false), l.lost_on is not null,
         i.id, i.role, parent.meter_id, i.installed_on, i.place, p.id, p.code, h.id, h.city, h.street, h.house_no, h.flat_no,
         h.district, h.route, seals.nos, o.id, o.day, o.assignee, letter.sent_on,
         case when i.id is not null then ibok.round_order(h.route, h.city, h.street, h.house_no, h.flat_no) end,
         -- The premise's words stand in its own search text.
         ' ' || ibok.fold(concat_ws(' ', m.id, m.factory_no, nullif(m.factory_key, lower(m.factory_no)), m.radio_id, parent.meter_id,
           p.code, seals.nos)) || coalesce(h.search_text, '')
    from ibok.meters m
    join ibok.meter_types t on t.id = m.type_id
    left join ibok.meter_installations i on i.meter_id = m.id and i.removed_on is null
    left join ibok.meter_installations parent on parent.id = i.parent_id
    left join ibok.supply_points p on p.id = i.supply_point_id
    left join ibok.premises h on h.id = p.premise_id
    -- As ibok.current_legalization, for many at once.
    left join lateral (
      select l.valid_until, l.mark_kind, l.raw_mark, l.conflict, l.lost_on from ibok.legalizations l
       where l.meter_id = m.id and l.withdrawn_at is null order by l.read_on desc, l.id desc limit 1) as l on true
    left join lateral (
      select string_agg(s.seal_no, ', ' order by s.id) as nos from ibok.seals s
       where s.meter_id = m.id and s.removed_on is null) as seals on true
    left join lateral (
      select o.id, o.day, o.assignee from ibok.service_orders o
       where o.meter_id = m.id and o.kind = 'exchange' and o.state = 'open' limit 1) as o on true
    -- Sent, not merely made: a message that was queued, or a paper letter whose run was marked as sent.
    left join lateral (
      select max(case n.channel when 'mail' then (run.started_at at time zone 'Europe/Warsaw')::date else run.sent_on end) as sent_on
        from ibok.letter_run_items n join ibok.letter_runs run on run.id = n.run_id
       where n.meter_id = m.id and n.outcome in ('made', 'mailed') and n.valid_until is not distinct from l.valid_until) as letter on true
   where m.id = any (p_ids)
   order by m.id
  on conflict (meter_id) do update set
    factory_no = excluded.factory_no, factory_key = excluded.factory_key, maker = excluded.maker, model = excluded.model,
    dn = excluded.dn, q3 = excluded.q3, r = excluded.r, digits = excluded.digits, owner_kind = excluded.owner_kind,
    status = excluded.status, accepted_on = excluded.accepted_on, produced_year = excluded.produced_year,
    radio_id = excluded.radio_id, stock_place = excluded.stock_place, twin = excluded.twin, valid_until = excluded.valid_until,
    mark_kind = excluded.mark_kind, raw_mark = excluded.raw_mark, conflict = excluded.conflict, lost = excluded.lost,
    installation_id = excluded.installation_id, role = excluded.role, parent_meter_id = excluded.parent_meter_id,
    installed_on = excluded.installed_on, place = excluded.place, supply_point_id = excluded.supply_point_id,
    point_code = excluded.point_code, premise_id = excluded.premise_id, city = excluded.city, street = excluded.street,
    house_no = excluded.house_no, flat_no = excluded.flat_no, district = excluded.district, route = excluded.route,
    seal_nos = excluded.seal_nos, order_id = excluded.order_id, order_day = excluded.order_day,
    order_assignee = excluded.order_assignee, letter_on = excluded.letter_on, round_order = excluded.round_order,
    search_text = excluded.search_text
  -- An unchanged row is left alone: its indexes are the dearest part.
  where kept is distinct from excluded;
end $$;
revoke execute on function ibok.refresh_meters(bigint[]) from public;

-- Everything anew, after a load with the triggers disabled.
create or replace function ibok.refill_meter_registry() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from ibok.meter_registry;
  -- Begun anew as well: they follow the rows by their trigger.
  delete from ibok.legalization_counts;
  perform ibok.refresh_meters(array(select id from ibok.meters));
end $$;
revoke execute on function ibok.refill_meter_registry() from public;

-- Who must be told when a meter comes, goes, or gets another number or status: those with the same factory number.
create or replace function ibok.registry_follows_meters() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_nestloop = on as $$
declare
  ids bigint[];
  keys text[];
begin
  if tg_op = 'INSERT' then
    select array_agg(id), array_agg(distinct factory_key) into ids, keys from changed;
  elsif tg_op = 'DELETE' then
    select array_agg(distinct factory_key) into keys from changed;
  else
    select array_agg(c.id), array_agg(c.factory_key) || array_agg(f.factory_key) into ids, keys
      from changed c join former f using (id)
     where (c.factory_no, c.type_id, c.owner_kind, c.status, c.accepted_on, c.radio_id, c.produced_year, c.stock_place)
       is distinct from (f.factory_no, f.type_id, f.owner_kind, f.status, f.accepted_on, f.radio_id, f.produced_year, f.stock_place);
  end if;
  perform ibok.refresh_meters(array(
    select unnest(ids) union
    select m.id from ibok.meters m where m.factory_key = any (keys) and m.status in ('in_stock', 'installed')));
  return null;
end $$;
revoke execute on function ibok.registry_follows_meters() from public;

create or replace function ibok.registry_follows_meter_types() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.refresh_meters(array(select m.id from ibok.meters m join changed c on c.id = m.type_id));
  return null;
end $$;
revoke execute on function ibok.registry_follows_meter_types() from public;

create or replace function ibok.registry_follows_installations() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    perform ibok.refresh_meters(array(
      select unnest(array[c.meter_id, f.meter_id]) from changed c join former f using (id)
       where (c.meter_id, c.supply_point_id, c.role, c.parent_id, c.installed_on, c.removed_on, c.place)
         is distinct from (f.meter_id, f.supply_point_id, f.role, f.parent_id, f.installed_on, f.removed_on, f.place)));
  else
    perform ibok.refresh_meters(array(select distinct meter_id from changed));
  end if;
  return null;
end $$;
revoke execute on function ibok.registry_follows_installations() from public;

-- Tables whose rows name their meter: legalizations, seals, service orders and letters.
create or replace function ibok.registry_follows_papers() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    perform ibok.refresh_meters(array(
      select c.meter_id from changed c where c.meter_id is not null
       union select f.meter_id from former f where f.meter_id is not null));
  else
    perform ibok.refresh_meters(array(select distinct meter_id from changed where meter_id is not null));
  end if;
  return null;
end $$;
revoke execute on function ibok.registry_follows_papers() from public;

create or replace function ibok.registry_follows_letter_runs() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.refresh_meters(array(
    select distinct n.meter_id from changed c join former f using (id) join ibok.letter_run_items n on n.run_id = c.id
     where c.sent_on is distinct from f.sent_on));
  return null;
end $$;
revoke execute on function ibok.registry_follows_letter_runs() from public;

create or replace function ibok.registry_follows_supply_points() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.refresh_meters(array(
    select i.meter_id from changed c join former f using (id)
      join ibok.meter_installations i on i.supply_point_id = c.id and i.removed_on is null
     where (c.code, c.premise_id) is distinct from (f.code, f.premise_id)));
  return null;
end $$;
revoke execute on function ibok.registry_follows_supply_points() from public;

create or replace function ibok.registry_follows_premises() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.refresh_meters(array(
    select i.meter_id from changed c join former f using (id)
      join ibok.supply_points p on p.premise_id = c.id
      join ibok.meter_installations i on i.supply_point_id = p.id and i.removed_on is null
     where (c.city, c.street, c.house_no, c.flat_no, c.district, c.route, c.search_text)
       is distinct from (f.city, f.street, f.house_no, f.flat_no, f.district, f.route, f.search_text)));
  return null;
end $$;
revoke execute on function ibok.registry_follows_premises() from public;

-- Statement triggers: table, which acts, what follows. A new type, point or premise has no meter yet, one that goes has none.
do $$
declare
  rule text[];
  act text;
begin
  foreach rule slice 1 in array array[
    ['meters', 'insert,update,delete', 'meters'],
    ['meter_types', 'update', 'meter_types'],
    ['meter_installations', 'insert,update,delete', 'installations'],
    ['legalizations', 'insert,update,delete', 'papers'],
    ['seals', 'insert,update,delete', 'papers'],
    ['service_orders', 'insert,update,delete', 'papers'],
    ['letter_run_items', 'insert,update,delete', 'papers'],
    ['letter_runs', 'update', 'letter_runs'],
    ['supply_points', 'update', 'supply_points'],
    ['premises', 'update', 'premises']
  ] loop
    foreach act in array string_to_array(rule[2], ',') loop
      execute format('create or replace trigger registry_%1$s after %1$s on ibok.%2$I referencing %3$s for each statement execute function ibok.registry_follows_%4$s()',
        act, rule[1],
        case act when 'insert' then 'new table as changed' when 'delete' then 'old table as changed'
                 else 'new table as changed old table as former' end,
        rule[3]);
    end loop;
  end loop;
end $$;

-- How many meters that are built in end per month: each change of the registry is a difference. Nobody waits for anybody's
-- counter; jobs.fold_legalization_counts adds them up.
create or replace function ibok.count_legalizations() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into ibok.legalization_counts (month, role, owner_kind, route, count)
    select date_trunc('month', valid_until::timestamp)::date, role, owner_kind, coalesce(route, ''), count(*)
      from changed where installation_id is not null group by 1, 2, 3, 4;
  elsif tg_op = 'DELETE' then
    insert into ibok.legalization_counts (month, role, owner_kind, route, count)
    select date_trunc('month', valid_until::timestamp)::date, role, owner_kind, coalesce(route, ''), -count(*)
      from changed where installation_id is not null group by 1, 2, 3, 4;
  else
    insert into ibok.legalization_counts (month, role, owner_kind, route, count)
    select date_trunc('month', valid_until::timestamp)::date, role, owner_kind, coalesce(route, ''), sum(step)
      from (select valid_until, role, owner_kind, route, installation_id, 1 as step from changed
            union all select valid_until, role, owner_kind, route, installation_id, -1 from former) as steps
     where installation_id is not null group by 1, 2, 3, 4 having sum(step) <> 0;
  end if;
  return null;
end $$;
revoke execute on function ibok.count_legalizations() from public;

create or replace trigger count_insert after insert on ibok.meter_registry
  referencing new table as changed for each statement execute function ibok.count_legalizations();
create or replace trigger count_update after update on ibok.meter_registry
  referencing new table as changed old table as former for each statement execute function ibok.count_legalizations();
create or replace trigger count_delete after delete on ibok.meter_registry
  referencing old table as changed for each statement execute function ibok.count_legalizations();

-- The registry of meters that were there before it.
do $$
begin
  if not exists (select from ibok.meter_registry) then perform ibok.refill_meter_registry(); end if;
end $$;
