-- An exchange is one act: one meter out, another in, both readings, seals, relations, order and photos, or nothing of it.
-- The functions here check no role: their callers have done so. Whoever acts at a place locks its supply point first, then
-- installations by id, then meters by id, so that neighbours never wait for each other in a ring.

-- Why an act cannot be, as the name of a constraint (shared/domain/exchange.ts knows them all): IB004 for what was put in,
-- IB006 for how things stand.
create or replace function ibok.refuse_exchange(p_why text, p_state text default 'IB004') returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'exchange refused' using errcode = p_state, table = 'exchanges', constraint = 'exchange_' || p_why;
end $$;
revoke execute on function ibok.refuse_exchange(text, text) from public;

-- No meter is behind itself, whoever writes. The chain is locked while it is walked: of two who would close a ring
-- together one finds the other's link.
create or replace function ibok.refuse_parent_loop() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  above bigint := new.parent_id;
begin
  while above is not null loop
    if above = new.id then
      raise exception 'a meter behind itself' using errcode = 'check_violation', table = 'meter_installations',
        constraint = 'meter_installations_loop';
    end if;
    select parent_id into above from ibok.meter_installations where id = above for share;
  end loop;
  return null;
end $$;
revoke execute on function ibok.refuse_parent_loop() from public;
-- After the statement: the rows of one statement may only together make a ring.
create or replace trigger meter_installations_loop after insert or update of parent_id on ibok.meter_installations
  for each row when (new.parent_id is not null) execute function ibok.refuse_parent_loop();

-- Locks a place and all whose relations an act there may touch: what hangs at the point and what is named, what hangs behind
-- any meter the point ever had, and all they are behind, up to the last. Somebody else may have added to it meanwhile, so it
-- looks again.
create or replace function ibok.lock_places(p_point bigint, p_installations bigint[], p_meters bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  held bigint[] := '{}';
  wanted bigint[];
  keys text[];
begin
  perform from ibok.supply_points where id = p_point for no key update;
  if not found then raise exception 'no such point' using errcode = 'IB002'; end if;
  loop
    with recursive chain as (
      select h.id, h.parent_id
        from (select i.id, i.parent_id from ibok.meter_installations i
               where i.id = any (p_installations) or i.supply_point_id = p_point and i.removed_on is null
              union all
              select c.id, c.parent_id from ibok.meter_installations p join ibok.meter_installations c on c.parent_id = p.id
               where p.supply_point_id = p_point and c.removed_on is null) as h
      union
      select above.id, above.parent_id from chain join ibok.meter_installations above on above.id = chain.parent_id)
    select coalesce(array_agg(distinct chain.id order by chain.id), '{}') into wanted from chain where chain.id <> all (held);
    exit when wanted = '{}';
    perform from ibok.meter_installations where id = any (wanted) order by id for no key update;
    held := held || wanted;
  end loop;
  -- Theirs too: the register of meters follows each of them, and writes of those with the same factory number as well.
  wanted := p_meters || array(select i.meter_id from ibok.meter_installations i where i.id = any (held));
  keys := array(select m.factory_key from ibok.meters m where m.id = any (wanted));
  wanted := wanted || array(
    select m.id from ibok.meters m where m.factory_key = any (keys) and m.status in ('in_stock', 'installed'));
  perform from ibok.meters where id = any (wanted) order by id for no key update;
end $$;
revoke execute on function ibok.lock_places(bigint, bigint[], bigint[]) from public;

-- Whole black digits, and no more of them than the register has. → its first number that cannot be shown
create or replace function ibok.check_register_value(p_meter bigint, p_value numeric) returns numeric
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  top numeric := (select 10::numeric ^ t.digits from ibok.meters m join ibok.meter_types t on t.id = m.type_id where m.id = p_meter);
begin
  if p_value is null or p_value < 0 or p_value <> trunc(p_value) then perform ibok.refuse_exchange('value'); end if;
  if p_value >= top then perform ibok.refuse_exchange('digits'); end if;
  return top;
end $$;
revoke execute on function ibok.check_register_value(bigint, numeric) from public;

-- What the register is known to have shown last on or before a day: the newest reading that counts, else the opening.
create or replace function ibok.register_on(
  p_installation bigint, p_day date, out value numeric, out read_on date, out kind text
)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select k.value, k.read_on, k.kind
    from (select r.value, r.read_on, r.kind, 1 as place from ibok.readings r
           where r.installation_id = p_installation and r.read_on <= p_day and ibok.reading_counts(r)
          union all
          select i.opening_value, i.installed_on, 'opening', 2 from ibok.meter_installations i where i.id = p_installation) as k
   order by k.place, k.read_on desc limit 1
$$;
revoke execute on function ibok.register_on(bigint, date) from public;

-- What went through since the last reading, never below 0 but by a declared rollover: from the last tenth of the register
-- to the first, as for any reading (facts, section 4, V4).
create or replace function ibok.check_final_value(p_old ibok.meter_installations, p_value numeric, p_rollover boolean, p_day date)
returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  top numeric := ibok.check_register_value(p_old.meter_id, p_value);
  last record;
begin
  if p_day <= p_old.installed_on then perform ibok.refuse_exchange('before_installation'); end if;
  if exists (
    select from ibok.readings r where r.installation_id = p_old.id and r.read_on > p_day and not r.superseded
       and r.state not in ('rejected', 'withdrawn', 'reversed')) then
    perform ibok.refuse_exchange('reading_after');
  end if;
  if exists (select from ibok.seals s where s.installation_id = p_old.id and s.removed_on is null and s.put_on > p_day) then
    perform ibok.refuse_exchange('seal_after');
  end if;
  select * into last from ibok.register_on(p_old.id, p_day);
  if p_rollover and (p_value >= last.value or last.value < 0.9 * top or p_value > 0.1 * top) then
    perform ibok.refuse_exchange('no_rollover');
  elsif not p_rollover and p_value < last.value then
    perform ibok.refuse_exchange('final_below');
  end if;
end $$;
revoke execute on function ibok.check_final_value(ibok.meter_installations, numeric, boolean, date) from public;

-- Out: the installation is closed with its final reading, which takes the place of another of the same day.
-- → {"finalReading", "corrected", "oldStatus"} for what taking it back must know
create or replace function ibok.take_out(p_old ibok.meter_installations, p_value numeric, p_rollover boolean, p_day date)
returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  same ibok.readings;
  counted boolean;
  since numeric := (select r.value from ibok.register_on(p_old.id, p_day - 1) as r);
  status text := (select m.status from ibok.meters m where m.id = p_old.meter_id);
  passed boolean;
  final bigint;
begin
  perform ibok.check_final_value(p_old, p_value, p_rollover, p_day);
  select * into same from ibok.readings
   where installation_id = p_old.id and read_on = p_day and not superseded for no key update;
  -- One that was refused says nothing of the register, and there is nothing of it to correct.
  counted := same.id is not null and ibok.reading_counts(same);
  update ibok.readings set superseded = true where id = same.id;
  passed := p_rollover or counted and same.rollover;
  insert into ibok.readings (installation_id, read_on, value, kind, source, consumption, state, corrects_id, rollover)
  values (p_old.id, p_day, p_value, 'final', 'staff',
          p_value - since + case when passed then ibok.check_register_value(p_old.meter_id, p_value) else 0 end,
          'released', case when counted then same.id end, passed)
  returning id into final;
  update ibok.meter_installations set removed_on = p_day, final_value = p_value where id = p_old.id;
  update ibok.meters set status = 'removed' where id = p_old.meter_id;
  return jsonb_build_object('finalReading', final, 'corrected', same.id, 'oldStatus', status);
end $$;
revoke execute on function ibok.take_out(ibok.meter_installations, numeric, boolean, date) from public;

-- Whether a meter may be built in on a day. What is scrapped, lost or hangs elsewhere cannot, nor what came to stock only
-- later; what has no valid legalization must not. An installation that was taken back never was.
create or replace function ibok.check_meter_free(p_meter ibok.meters, p_day date) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_meter.status not in ('in_stock', 'removed') then perform ibok.refuse_exchange('meter_not_free', 'IB006'); end if;
  if exists (
    select from ibok.meter_installations i
     where i.meter_id = p_meter.id and i.reversed_at is null and (i.removed_on is null or i.removed_on > p_day)) then
    perform ibok.refuse_exchange('meter_elsewhere', 'IB006');
  end if;
  -- The day of acceptance may be corrected at the meter; its movement stays as it was written.
  if p_meter.accepted_on > p_day or exists (
    select from ibok.meter_movements v where v.meter_id = p_meter.id and v.kind <> 'accepted' and v.moved_on > p_day) then
    perform ibok.refuse_exchange('meter_later');
  end if;
  if not ibok.meter_legal_on(p_meter.id, p_day) then perform ibok.refuse_exchange('not_legal', 'IB006'); end if;
end $$;
revoke execute on function ibok.check_meter_free(ibok.meters, date) from public;

-- In: p_place is the installation as it shall be, with meter, point, role, parent, place and deducts_from.
-- → {"newInstallation", "openingReading", "newStatus"}
create or replace function ibok.build_in(p_place ibok.meter_installations) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  meter ibok.meters;
  installation bigint;
  opening bigint;
begin
  select * into meter from ibok.meters where id = p_place.meter_id;
  if not found then raise exception 'no such meter' using errcode = 'IB002'; end if;
  perform ibok.check_register_value(meter.id, p_place.opening_value);
  perform ibok.check_meter_free(meter, p_place.installed_on);
  insert into ibok.meter_installations (meter_id, supply_point_id, role, parent_id, installed_on, opening_value, place, deducts_from)
  values (meter.id, p_place.supply_point_id, p_place.role, p_place.parent_id, p_place.installed_on, p_place.opening_value,
          p_place.place, p_place.deducts_from)
  returning id into installation;
  insert into ibok.readings (installation_id, read_on, value, kind, source, state)
  values (installation, p_place.installed_on, p_place.opening_value, 'opening', 'staff', 'released') returning id into opening;
  update ibok.meters set status = 'installed' where id = meter.id;
  return jsonb_build_object('newInstallation', installation, 'openingReading', opening, 'newStatus', meter.status);
end $$;
revoke execute on function ibok.build_in(ibok.meter_installations) from public;

-- Where a meter goes that replaces none: its role, and behind which meter. One main meter hangs at a point; a sub-meter is
-- behind the one of the point that is named, else behind the main one there, which hung there by that day.
create or replace function ibok.first_place(p_point bigint, p_role text, p_parent bigint, p_day date) returns ibok.meter_installations
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  result ibok.meter_installations;
  main bigint := (select i.id from ibok.meter_installations i
                   where i.supply_point_id = p_point and i.role = 'main' and i.removed_on is null order by i.id limit 1);
  after_day date := (select max(i.removed_on) from ibok.meter_installations i
                      where i.supply_point_id = p_point and i.role = 'main' and i.reversed_at is null);
begin
  result.supply_point_id := p_point;
  result.role := coalesce(p_role, 'main');
  if result.role = 'main' then
    if main is not null then perform ibok.refuse_exchange('point_has_main', 'IB006'); end if;
    if after_day > p_day then perform ibok.refuse_exchange('before_removal'); end if;
    if p_parent is not null then perform ibok.refuse_exchange('parent'); end if;
  else
    result.parent_id := coalesce(p_parent, main);
    if not exists (
      select from ibok.meter_installations i
       where i.id = result.parent_id and i.supply_point_id = p_point and i.installed_on <= p_day and i.removed_on is null) then
      perform ibok.refuse_exchange('parent', case when p_parent is null then 'IB006' else 'IB004' end);
    end if;
  end if;
  return result;
end $$;
revoke execute on function ibok.first_place(bigint, text, bigint, date) from public;

-- What hung behind the meter that is gone hangs behind the one that came: of p_old, or of whatever main meter the point had
-- before it was without one. → [{"id", "parent"}] as it was
create or replace function ibok.move_children(p_old bigint, p_new bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  children jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'parent', c.parent_id) order by c.id), '[]') into children
    from ibok.meter_installations c join ibok.meter_installations p on p.id = c.parent_id
    join ibok.meter_installations n on n.id = p_new
   where c.removed_on is null
     and case when p_old is not null then p.id = p_old
           else n.role = 'main' and p.supply_point_id = n.supply_point_id and p.role = 'main' and p.removed_on is not null end;
  update ibok.meter_installations set parent_id = p_new
   where id in (select (child ->> 'id')::bigint from jsonb_array_elements(children) as child);
  return children;
end $$;
revoke execute on function ibok.move_children(bigint, bigint) from public;

-- Seals put on: [{"sealNo", "kind", "place"}], ten at most.
create or replace function ibok.put_seals(p_exchange ibok.exchanges, p_meter bigint, p_seals jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_typeof(coalesce(p_seals, '[]')) <> 'array' or jsonb_array_length(coalesce(p_seals, '[]')) > 10 then
    perform ibok.refuse_exchange('seals');
  end if;
  if exists (
    select from jsonb_to_recordset(p_seals) as s ("sealNo" text, kind text) group by upper(btrim(s."sealNo")), s.kind having count(*) > 1) then
    perform ibok.refuse_exchange('seal_twice');
  end if;
  insert into ibok.seals (seal_no, kind, meter_id, installation_id, place, put_on, put_by, put_exchange_id)
  select btrim(s."sealNo"), s.kind, p_meter, p_exchange.new_installation_id, s.place, p_exchange.done_on, p_exchange.done_by, p_exchange.id
    from jsonb_to_recordset(p_seals) as s ("sealNo" text, kind text, place text);
end $$;
revoke execute on function ibok.put_seals(ibok.exchanges, bigint, jsonb) from public;

-- Staged pictures become documents of the act. A file that is no picture is refused, and with it the whole act.
create or replace function ibok.keep_photos(p_exchange ibok.exchanges, p_uploads jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  upload uuid;
  u ibok.uploads;
  document bigint;
begin
  for upload in select value::uuid from jsonb_array_elements_text(coalesce(p_uploads, '[]')) loop
    u := ibok.own_upload(upload);
    if u.mime not like 'image/%' then perform ibok.refuse_exchange('photo'); end if;
    perform ibok.check_document_room('exchanges', p_exchange.id, u.size);
    insert into ibok.documents (title, category, owner_table, owner_id)
    values ('Zdjęcie: ' || case p_exchange.kind when 'exchange' then 'wymiana' when 'installation' then 'montaż' else 'demontaż' end,
            'photo', 'exchanges', p_exchange.id)
    returning id into document;
    perform ibok.assemble_upload(u, document);
  end loop;
end $$;
revoke execute on function ibok.keep_photos(ibok.exchanges, jsonb) from public;

-- The orders an act does: the one it was opened from, and the open ones that the meter which is gone be exchanged, or taken
-- out for an expertise.
create or replace function ibok.orders_of_exchange(p_order bigint, p_point bigint, p_meter bigint) returns bigint[]
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  named ibok.service_orders;
begin
  if p_order is not null then
    select * into named from ibok.service_orders where id = p_order;
    if not found then raise exception 'no such order' using errcode = 'IB002'; end if;
    if named.supply_point_id <> p_point or named.kind = 'control_reading' then perform ibok.refuse_exchange('order'); end if;
  end if;
  return array(
    select o.id from ibok.service_orders o
     where o.id = p_order or o.state = 'open' and o.kind in ('exchange', 'expertise') and o.meter_id = p_meter order by o.id);
end $$;
revoke execute on function ibok.orders_of_exchange(bigint, bigint, bigint) from public;

-- Whoever came second: the act that took this installation out already, or has this meter hanging at this point.
create or replace function ibok.find_exchange(p_act jsonb) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select e.id from ibok.exchanges e
   where e.reversed_at is null and case
     when p_act ->> 'kind' = 'installation' then e.kind = 'installation' and e.supply_point_id = (p_act ->> 'pointId')::bigint
       and exists (select from ibok.meter_installations i where i.id = e.new_installation_id and i.removed_on is null
                      and i.meter_id = (p_act ->> 'newMeterId')::bigint)
     else e.old_installation_id = (p_act ->> 'oldInstallationId')::bigint end
   limit 1
$$;
revoke execute on function ibok.find_exchange(jsonb) from public;

-- What every act must say, whatever is at the place.
create or replace function ibok.check_exchange_form(p_act jsonb) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  kind text := p_act ->> 'kind';
begin
  if kind in ('exchange', 'installation', 'removal') is not true
     or (kind <> 'installation') <> (p_act ->> 'oldInstallationId' is not null)
     or (kind <> 'removal') <> (p_act ->> 'newMeterId' is not null) then
    perform ibok.refuse_exchange('form');
  end if;
  if (p_act ->> 'doneOn')::date <= ibok.today() is not true then perform ibok.refuse_exchange('future'); end if;
  if not exists (
    select from ibok.staff_members
     where login = p_act ->> 'doneBy' and active and staff_group in ('bok_technician', 'bok_supervisor')) then
    perform ibok.refuse_exchange('done_by');
  end if;
  if kind = 'removal' and jsonb_array_length(coalesce(p_act -> 'seals', '[]')) > 0 then perform ibok.refuse_exchange('seals'); end if;
end $$;
revoke execute on function ibok.check_exchange_form(jsonb) from public;

-- The places an act touches, locked in the one order there is.
create or replace function ibok.lock_for_exchange(p_act jsonb) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  select ibok.lock_places((p_act ->> 'pointId')::bigint,
    array_remove(array[(p_act ->> 'oldInstallationId')::bigint, (p_act ->> 'parentInstallationId')::bigint], null),
    array(select (p_act ->> 'newMeterId')::bigint
          union select i.meter_id from ibok.meter_installations i where i.id = (p_act ->> 'oldInstallationId')::bigint))
$$;
revoke execute on function ibok.lock_for_exchange(jsonb) from public;

-- p_act {"kind": exchange | installation | removal, "pointId", "oldInstallationId", "finalValue", "finalRollover"?,
-- "newMeterId", "openingValue", "role"?, "parentInstallationId"?, "place"?, "doneOn", "reason", "note"?, "doneBy", "seals"?
-- [{"sealNo", "kind", "place"}], "mark"? {"kind", "raw", "statedUntil"?}, "photos"? [upload], "orderId"?, "openingReset"?} →
-- the act's id, an earlier one's if the same was done before. Role, parent and start of deduction of an exchange are the old
-- meter's. A meter that hung before goes on from what it showed; "openingReset" says that its register was repaired or
-- replaced since, with the reason in the note.
create or replace function ibok.record_exchange(p_act jsonb) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  what constant text := p_act ->> 'kind';
  done_on constant date := (p_act ->> 'doneOn')::date;
  point constant bigint := (p_act ->> 'pointId')::bigint;
  old ibok.meter_installations;
  place ibok.meter_installations;
  before jsonb := '{}';
  orders bigint[];
  act ibok.exchanges;
begin
  perform ibok.check_exchange_form(p_act);
  perform ibok.lock_for_exchange(p_act);
  act.id := ibok.find_exchange(p_act);
  if act.id is not null then return act.id; end if;

  if what <> 'installation' then
    select * into old from ibok.meter_installations where id = (p_act ->> 'oldInstallationId')::bigint;
    if old.supply_point_id is distinct from point then perform ibok.refuse_exchange('form'); end if;
    if old.removed_on is not null then perform ibok.refuse_exchange('old_closed', 'IB006'); end if;
    if old.meter_id = (p_act ->> 'newMeterId')::bigint then perform ibok.refuse_exchange('same_meter'); end if;
    before := ibok.take_out(old, (p_act ->> 'finalValue')::numeric, coalesce((p_act ->> 'finalRollover')::boolean, false), done_on);
    place := old;
  else
    place := ibok.first_place(point, p_act ->> 'role', (p_act ->> 'parentInstallationId')::bigint, done_on);
  end if;
  if what <> 'removal' then
    place.meter_id := (p_act ->> 'newMeterId')::bigint;
    place.installed_on := done_on;
    place.opening_value := (p_act ->> 'openingValue')::numeric;
    place.place := coalesce(nullif(btrim(p_act ->> 'place'), ''), place.place);
    place.deducts_from := greatest(place.deducts_from, case when place.deducts_from is not null then done_on end);
    if coalesce((p_act ->> 'openingReset')::boolean, false) then
      if nullif(btrim(p_act ->> 'note'), '') is null then perform ibok.refuse_exchange('note'); end if;
    elsif place.opening_value < (
      select trunc(i.final_value) from ibok.meter_installations i
       where i.meter_id = place.meter_id and i.final_value is not null and i.reversed_at is null
       order by i.removed_on desc, i.id desc limit 1) then
      perform ibok.refuse_exchange('opening_below');
    end if;
    if jsonb_typeof(p_act -> 'mark') = 'object' then perform ibok.add_legalization(place.meter_id, p_act -> 'mark', done_on); end if;
    before := before || ibok.build_in(place);
    before := before || jsonb_build_object('children', ibok.move_children(old.id, (before ->> 'newInstallation')::bigint));
  end if;

  orders := ibok.orders_of_exchange((p_act ->> 'orderId')::bigint, point, old.meter_id);
  -- Of another meter at the same point, it is not done by this.
  if exists (
    select from ibok.service_orders o
     where o.id = (p_act ->> 'orderId')::bigint and o.meter_id is not null
       and o.meter_id is distinct from old.meter_id and o.meter_id is distinct from place.meter_id) then
    perform ibok.refuse_exchange('order');
  end if;
  insert into ibok.exchanges (kind, supply_point_id, old_installation_id, new_installation_id, done_on, reason, note, done_by, before)
  values (what, point, old.id, (before ->> 'newInstallation')::bigint, done_on, p_act ->> 'reason',
          nullif(btrim(p_act ->> 'note'), ''), p_act ->> 'doneBy',
          before - 'newInstallation' || jsonb_build_object('orders', to_jsonb(orders)))
  returning * into act;
  update ibok.seals
     set removed_on = done_on, removed_by = act.done_by, removed_exchange_id = act.id,
         removed_reason = case what when 'exchange' then 'exchange' else 'removal' end
   where installation_id = old.id and removed_on is null;
  perform ibok.put_seals(act, place.meter_id, p_act -> 'seals');
  perform ibok.keep_photos(act, p_act -> 'photos');
  perform ibok.close_order(o, 'done', done_on, null, act.id) from unnest(orders) as o;
  return act.id;
end $$;
revoke execute on function ibok.record_exchange(jsonb) from public;
