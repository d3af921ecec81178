-- Acts over many customers, meters or service orders (88-bulk-orders.sql). The rows are frozen when the act begins and
-- done in chunks, each a transaction of its own: cut off in the middle, the act goes on after the last chunk that was
-- committed. Each row keeps its outcome.

create or replace function ibok.bulk_column(p_act jsonb) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_act ->> 'field' when 'preferredContact' then 'preferred_contact' when 'officeNote' then 'office_note' end
$$;
revoke execute on function ibok.bulk_column(jsonb) from public;

-- Who may do it: customers are for those who edit them, orders also for those who work them.
create or replace function ibok.demand_bulk_role(p_act jsonb) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role(variadic
    case p_act ->> 'list' when 'customers' then array['bok_clerk'] else array['bok_clerk', 'bok_technician'] end);
end $$;
revoke execute on function ibok.demand_bulk_role(jsonb) from public;

-- Begins an act over p_ids → {"bulkId"}; p_selection is what they were chosen by, and makes the act the same act again.
create or replace function api.begin_bulk(p_request uuid, p_act jsonb, p_selection jsonb, p_ids bigint[]) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_act, p_selection);
  result jsonb;
  begun bigint;
begin
  perform ibok.demand_bulk_role(p_act);
  result := ibok.find_act(p_request, 'bulk.start', input);
  if result is not null then return result; end if;
  case p_act ->> 'is'
    when 'setField' then
      if ibok.bulk_column(p_act) is null then raise exception 'field' using errcode = 'IB004'; end if;
      perform ibok.demand_contact_value(ibok.bulk_column(p_act), nullif(btrim(p_act ->> 'to'), ''));
    when 'addTask' then
      perform ibok.check_assignee(coalesce(p_act ->> 'assignee', session_user::text));
      perform jsonb_populate_record(null::ibok.follow_ups, jsonb_build_object('title', p_act -> 'title', 'due_on', p_act -> 'dueOn'));
    when 'planOrders', 'assignOrders' then perform ibok.check_orders_act(p_act);
    else raise exception 'act' using errcode = 'IB004';
  end case;
  insert into ibok.bulk_acts (act, total)
  values (p_act, (select count(distinct id) from unnest(p_ids) as u (id))) returning id into begun;
  insert into ibok.bulk_rows (bulk_id, record_id, place)
  select begun, id, row_number() over (order by id) from (select distinct id from unnest(p_ids) as u (id) where id is not null) as d;
  insert into ibok.undo_steps (kind, subject, fields, count)
  values ('bulk', 'bulk:' || begun, array_remove(array[ibok.bulk_column(p_act)], null), 0);
  return ibok.store_act(p_request, 'bulk.start', input, jsonb_build_object('bulkId', begun::text));
end $$;
revoke execute on function api.begin_bulk(uuid, jsonb, jsonb, bigint[]) from public;

-- Sets the field of customers that are locked already, as api.edit_contact would: what already stands so is not written.
create or replace function ibok.bulk_set_field(p_bulk ibok.bulk_acts, p_ids bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format($sql$
    with old as materialized (
      select c.id, c.%1$I::text as value from ibok.customers c where c.id = any ($1)
    ), done as (
      update ibok.customers c set %1$I = $2 from old where c.id = old.id and old.value is distinct from $2
    )
    update ibok.bulk_rows r
       set outcome = case when old.value is distinct from $2 then 'changed' else 'same' end,
           before_value = old.value, after_value = $2
      from old where r.bulk_id = $3 and r.record_id = old.id
  $sql$, ibok.bulk_column(p_bulk.act)) using p_ids, nullif(btrim(p_bulk.act ->> 'to'), ''), p_bulk.id;
end $$;
revoke execute on function ibok.bulk_set_field(ibok.bulk_acts, bigint[]) from public;

create or replace function ibok.bulk_add_tasks(p_bulk ibok.bulk_acts, p_ids bigint[]) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  update ibok.bulk_rows r
     set outcome = 'changed',
         made_id = ibok.add_follow_up(p_bulk.act ->> 'title', null, 'customer:' || r.record_id,
           (p_bulk.act ->> 'dueOn')::date, p_bulk.act ->> 'assignee')
   where r.bulk_id = p_bulk.id and r.record_id = any (p_ids)
$$;
revoke execute on function ibok.bulk_add_tasks(ibok.bulk_acts, bigint[]) from public;

-- Does the rows together; when the database refuses them, their halves by themselves, down to the row that is at fault.
create or replace function ibok.bulk_apply(p_bulk ibok.bulk_acts, p_ids bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  size int := coalesce(cardinality(p_ids), 0);
begin
  if size = 0 then return; end if;
  begin
    case p_bulk.act ->> 'is'
      when 'setField' then perform ibok.bulk_set_field(p_bulk, p_ids);
      when 'addTask' then perform ibok.bulk_add_tasks(p_bulk, p_ids);
      when 'planOrders' then perform ibok.bulk_plan_orders(p_bulk, p_ids);
      when 'assignOrders' then perform ibok.bulk_assign_orders(p_bulk, p_ids);
    end case;
    return;
  exception when others then
    -- Only what a row is to blame for: a lost lock or a cancelled statement ends the chunk.
    if sqlstate !~ '^(22|23|IB00[246])' then raise; end if;
    if size = 1 then
      update ibok.bulk_rows set outcome = 'refused', error = case sqlstate
          when 'IB002' then 'NOT_FOUND' when 'IB006' then 'CONFLICT' else 'INVALID_INPUT' end
       where bulk_id = p_bulk.id and record_id = p_ids[1];
      return;
    end if;
  end;
  perform ibok.bulk_apply(p_bulk, p_ids[: size / 2]);
  perform ibok.bulk_apply(p_bulk, p_ids[size / 2 + 1 :]);
end $$;
revoke execute on function ibok.bulk_apply(ibok.bulk_acts, bigint[]) from public;

-- The act as its own person may go on with it.
create or replace function ibok.own_bulk(p_bulk bigint) returns ibok.bulk_acts
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found_act ibok.bulk_acts;
begin
  select * into found_act from ibok.bulk_acts where id = p_bulk and login = session_user for update;
  if not found then raise exception 'no such bulk act' using errcode = 'IB002'; end if;
  perform ibok.demand_bulk_role(found_act.act);
  return found_act;
end $$;
revoke execute on function ibok.own_bulk(bigint) from public;

-- Which of p_ids there are, and which of them could be locked: an order with its meter, the meter first.
create or replace function ibok.bulk_lock(p_act jsonb, p_ids bigint[], out present bigint[], out free bigint[])
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  meters bigint[];
begin
  case p_act ->> 'list'
    when 'customers' then
      select array_agg(id) into present from ibok.customers where id = any (p_ids);
      select array_agg(id) into free from (
        select id from ibok.customers where id = any (p_ids) order by id for no key update skip locked) as held;
    when 'meters' then
      select array_agg(id) into present from ibok.meters where id = any (p_ids);
      select array_agg(id) into free from (
        select id from ibok.meters where id = any (p_ids) order by id for no key update skip locked) as held;
    when 'orders' then
      select array_agg(id) into present from ibok.service_orders where id = any (p_ids);
      select array_agg(id) into meters from (
        select id from ibok.meters where id in (select meter_id from ibok.service_orders where id = any (p_ids))
         order by id for no key update skip locked) as held;
      select array_agg(id) into free from (
        select id from ibok.service_orders where id = any (p_ids) and (meter_id is null or meter_id = any (meters))
         order by id for no key update skip locked) as held;
  end case;
  present := coalesce(present, '{}');
  free := coalesce(free, '{}');
end $$;
revoke execute on function ibok.bulk_lock(jsonb, bigint[]) from public;

-- Does the next rows → {"state", "done": rows decided now, "waiting": rows somebody else holds}. Nobody is waited for: a
-- locked row is tried again after the others, and refused the fifth time. The call that finds nothing left ends the act.
create or replace function api.bulk_rows(p_bulk bigint, p_limit integer default 500) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  most_tries constant int := 5;
  current_act ibok.bulk_acts;
  ids bigint[];
  present bigint[];
  free bigint[];
  counted record;
begin
  current_act := ibok.own_bulk(p_bulk);
  if current_act.state <> 'running' then return jsonb_build_object('state', current_act.state, 'done', 0, 'waiting', 0); end if;
  perform set_config('ibok.reason', 'bulk ' || p_bulk, true);
  select array_agg(record_id) into ids from (
    select record_id from ibok.bulk_rows where bulk_id = p_bulk and outcome is null
     order by tries, place limit least(greatest(coalesce(p_limit, 500), 1), 2000)) as next;
  if ids is null then
    update ibok.bulk_acts set state = 'done', finished_at = now(), seen_at = now() where id = p_bulk;
    return jsonb_build_object('state', 'done', 'done', 0, 'waiting', 0);
  end if;
  select locked.present, locked.free into present, free from ibok.bulk_lock(current_act.act, ids) as locked;
  update ibok.bulk_rows set outcome = 'refused', error = 'NOT_FOUND'
   where bulk_id = p_bulk and record_id = any (ids) and record_id <> all (present);
  update ibok.bulk_rows
     set tries = tries + 1, outcome = case when tries + 1 >= most_tries then 'refused' end,
         error = case when tries + 1 >= most_tries then 'SERVER_BUSY' end
   where bulk_id = p_bulk and record_id = any (present) and record_id <> all (free);
  perform ibok.bulk_apply(current_act, free);
  select count(*) filter (where outcome = 'changed') as changed, count(*) filter (where outcome = 'same') as same,
         count(*) filter (where outcome = 'refused') as refused, count(*) filter (where outcome is null) as waiting
    into counted from ibok.bulk_rows where bulk_id = p_bulk and record_id = any (ids);
  update ibok.bulk_acts
     set changed = changed + counted.changed, same = same + counted.same, refused = refused + counted.refused,
         seen_at = clock_timestamp()
   where id = p_bulk;
  update ibok.undo_steps set count = current_act.changed + counted.changed where subject = 'bulk:' || p_bulk;
  return jsonb_build_object('state', 'running', 'done', counted.changed + counted.same + counted.refused,
    'waiting', counted.waiting);
end $$;
revoke execute on function api.bulk_rows(bigint, integer) from public;

-- Stops an act after the chunk that runs; what was done stays, with its undo. One that has ended stays as it is.
create or replace function api.cancel_bulk(p_bulk bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stopped ibok.bulk_acts := ibok.own_bulk(p_bulk);
begin
  if stopped.state = 'running' then
    update ibok.bulk_acts set state = 'cancelled', finished_at = now() where id = p_bulk;
  end if;
end $$;
revoke execute on function api.cancel_bulk(bigint) from public;
grant execute on function
  api.begin_bulk(uuid, jsonb, jsonb, bigint[]), api.bulk_rows(bigint, integer), api.cancel_bulk(bigint)
  to bok_clerk, bok_technician;

-- Rows whose task or field is neither as the act left it nor as it was before: [{subject, label, login, field}], at most 50.
create or replace function ibok.bulk_changed_since(p_bulk ibok.bulk_acts, out since jsonb, out count bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  most constant int := 50;
begin
  if p_bulk.act ->> 'is' = 'setField' then
    execute format($sql$
      with other as materialized (
        select r.record_id as id, r.place from ibok.bulk_rows r left join ibok.customers c on c.id = r.record_id
         where r.bulk_id = $1 and r.outcome = 'changed'
           and (c.id is null or (c.%1$I is distinct from r.after_value and c.%1$I is distinct from r.before_value))
      )
      select (select jsonb_agg(jsonb_build_object('subject', 'customer:' || id, 'label', ibok.subject_label('customer:' || id),
                'login', ibok.last_writer('customers', id, %1$L), 'field', %1$L) order by place)
                from (select * from other order by place limit $2) as first),
             (select count(*) from other)
    $sql$, ibok.bulk_column(p_bulk.act)) into since, count using p_bulk.id, most;
  else
    with other as materialized (
      select r.place, f.id, case when f.state = 'done' then 'state' when f.title <> p_bulk.act ->> 'title' then 'title'
               when f.due_on <> (p_bulk.act ->> 'dueOn')::date then 'due_on' else 'assignee' end as field
        from ibok.bulk_rows r join ibok.follow_ups f on f.id = r.made_id
       where r.bulk_id = p_bulk.id and f.state <> 'cancelled'
         and (f.state = 'done' or f.title <> p_bulk.act ->> 'title' or f.due_on <> (p_bulk.act ->> 'dueOn')::date
              or f.assignee <> coalesce(p_bulk.act ->> 'assignee', p_bulk.login))
    )
    select (select jsonb_agg(jsonb_build_object('subject', 'task:' || id, 'label', ibok.subject_label('task:' || id),
              'login', ibok.last_writer('follow_ups', id, field), 'field', field) order by place)
              from (select * from other order by place limit most) as first),
           (select pg_catalog.count(*) from other) into since, count;
  end if;
end $$;
revoke execute on function ibok.bulk_changed_since(ibok.bulk_acts) from public;

-- Takes a whole act back, running or ended; its locks come first, so that nobody changes a row between look and write.
create or replace function ibok.undo_bulk(p_bulk bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  undone ibok.bulk_acts := ibok.own_bulk(p_bulk);
  changed record;
begin
  if undone.state = 'undone' then raise exception 'bulk act is undone' using errcode = 'IB006'; end if;
  if undone.act ->> 'is' in ('planOrders', 'assignOrders') then return ibok.undo_bulk_orders(undone); end if;
  if undone.act ->> 'is' = 'setField' then
    perform from ibok.customers
      where id = any (array(select record_id from ibok.bulk_rows where bulk_id = p_bulk and outcome = 'changed'))
      order by id for no key update;
  else
    perform from ibok.follow_ups
      where id = any (array(select made_id from ibok.bulk_rows where bulk_id = p_bulk)) order by id for no key update;
  end if;
  select * into changed from ibok.bulk_changed_since(undone);
  if changed.count > 0 then return ibok.undo_refusal(changed.since, changed.count); end if;
  if undone.act ->> 'is' = 'setField' then
    execute format('update ibok.customers c set %1$I = r.before_value from ibok.bulk_rows r
      where r.bulk_id = $1 and r.outcome = ''changed'' and c.id = r.record_id', ibok.bulk_column(undone.act)) using p_bulk;
  else
    update ibok.follow_ups set state = 'cancelled', closed_at = now(), closed_by = session_user
     where state = 'open' and id = any (array(select made_id from ibok.bulk_rows where bulk_id = p_bulk));
  end if;
  update ibok.bulk_acts set state = 'undone', finished_at = coalesce(finished_at, now()) where id = p_bulk;
  return jsonb_build_object('status', 'undone', 'count', undone.changed);
end $$;
revoke execute on function ibok.undo_bulk(bigint) from public;

-- Own acts, and a supervisor all. Never what a row was before: it may be a note about a person.
grant select on ibok.bulk_acts to bok_clerk, bok_technician;
grant select (bulk_id, record_id, place, tries, outcome, error, made_id) on ibok.bulk_rows to bok_clerk, bok_technician;
create policy bulk_acts_own on ibok.bulk_acts for select to bok_clerk, bok_technician
  using (login = (select session_user));
create policy bulk_acts_all on ibok.bulk_acts for select to bok_supervisor using (true);
create policy bulk_rows_of_visible on ibok.bulk_rows for select to bok_clerk, bok_technician
  using (bulk_id in (select b.id from ibok.bulk_acts b));
