-- Taking back an import, whole: rows it created are removed, rows it changed become what they were. Refused, with the
-- rows named, where somebody changed a row since or something that came later stands on a created one.

-- The tables an import writes, in the order in which they refer to each other.
create or replace function ibok.import_tables() returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select '{customers,contracts,invoices,premises,supply_points,supplies,meter_types,meters,meter_installations,legalizations,seals,readings}'::text[]
$$;
revoke execute on function ibok.import_tables() from public;

-- 'customer:12' of a row.
create or replace function ibok.row_subject(p_table text, p_id bigint) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_table when 'supplies' then 'supply' else rtrim(p_table, 's') end || ':' || p_id
$$;
revoke execute on function ibok.row_subject(text, bigint) from public;

-- What an import did to each row of a table: whether it made it, and of a changed one what the columns were and became.
create or replace function ibok.import_changes(p_import bigint, p_table text)
returns table (row_id bigint, created boolean, before jsonb, after jsonb)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select r.row_id, bool_or(r.before_image is null),
         jsonb_object_agg(b.key, b.value order by r.row_no desc) filter (where b.key is not null),
         jsonb_object_agg(b.key, r.after_image -> b.key order by r.row_no) filter (where b.key is not null)
    from ibok.import_rows r left join lateral jsonb_each(r.before_image) as b on true
   where r.import_id = p_import and r.table_name = p_table
   group by r.row_id
$$;
revoke execute on function ibok.import_changes(bigint, text) from public;

-- Fields of rows that are no longer as the import left them: (row_id, field). A created row is compared with its entry in
-- the trail, in which identifiers stand as digests.
create or replace function ibok.import_changed_since(p_import bigint, p_table text)
returns table (row_id bigint, field text)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  derived constant text[] := '{updated_at,search_text,factory_key}';
  redacted constant text[] := '{pesel,bank_account}';
begin
  return query execute format($sql$
    with touched as materialized (
      select i.*, to_jsonb(t) - $3 as now from ibok.import_changes($1, $2) as i left join ibok.%1$I t on t.id = i.row_id
    ), made as (
      select i.row_id, jsonb_strip_nulls(i.now) || coalesce((
               select jsonb_object_agg(col, audit.redact(i.now -> col, k.key)) from unnest($4) as col
                where i.now ->> col is not null), '{}') as now,
             coalesce((select jsonb_object_agg(c.key, c.value -> 1) from jsonb_each(v.changes) as c), '{}')
               || coalesce(i.after, '{}') as made
        from touched i
        left join lateral (
          select e.id from audit.events e
           where e.table_name = $2 and e.row_id = i.row_id::text and e.op = 'insert' order by e.id desc limit 1) as e on true
        left join audit.event_values v on v.event_id = e.id
        left join audit.subject_keys k on k.subject = v.subject
       where i.created and i.now is not null
    )
    select i.row_id, b.key from touched i, jsonb_object_keys(i.before) as b (key)
     where not i.created and (i.now is null or (
           i.now -> b.key is distinct from i.after -> b.key and i.now -> b.key is distinct from i.before -> b.key))
    union all
    select m.row_id, b.key from made m, lateral jsonb_object_keys(m.now || m.made) as b (key)
     where m.now <> jsonb_strip_nulls(m.made)
       and coalesce(m.now -> b.key, 'null') <> coalesce(m.made -> b.key, 'null')
  $sql$, p_table) using p_import, p_table, derived, redacted;
end $$;
revoke execute on function ibok.import_changed_since(bigint, text) from public;

-- What stands on rows the import created and is not of the import itself: (row_id, child table, child). All foreign keys
-- of the database, so that a table of tomorrow counts without a line here; and two references that are none.
create or replace function ibok.import_used_since(p_import bigint, p_table text)
returns table (row_id bigint, child_table text, child_id text)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  created constant bigint[] := array(select i.row_id from ibok.import_changes(p_import, p_table) as i where i.created);
  key record;
begin
  for key in
    select n.nspname, c.relname::text as child, a.attname as col, c.relname = any (ibok.import_tables()) as imported
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
     where k.contype = 'f' and k.confrelid = format('ibok.%I', p_table)::regclass and k.confdeltype <> 'c'
  loop
    return query execute format($sql$
      select c.%3$I::bigint, %2$L, to_jsonb(c) ->> 'id' from %1$I.%2$I c
       where c.%3$I = any ($1) and (not %4$L or not exists (
         select from ibok.import_rows r
          where r.import_id = $2 and r.table_name = %2$L and r.row_id::text = to_jsonb(c) ->> 'id'
            and (r.before_image is null or r.before_image ? %3$L)))
    $sql$, key.nspname, key.child, key.col, key.imported) using created, p_import;
  end loop;
  return query select d.owner_id, 'documents', d.id::text from ibok.documents d
    where d.owner_table = p_table and d.owner_id = any (created);
  return query select i, 'follow_ups', f.id::text from unnest(created) as i
    join ibok.follow_ups f on f.subject = ibok.row_subject(p_table, i) and f.state = 'open';
end $$;
revoke execute on function ibok.import_used_since(bigint, text) from public;

-- [{subject, label, login, field, reason}] of all tables, at most 50, and how many there are; reason 'changed' (field: the
-- column) or 'used' (field: the table of what stands on the row).
create or replace function ibok.import_obstacles(p_import bigint, out since jsonb, out count bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  most constant int := 50;
  name text;
  part record;
begin
  since := '[]';
  count := 0;
  foreach name in array ibok.import_tables() loop
    with obstacle as materialized (
      select row_id, field, 'changed' as reason, null::text as child from ibok.import_changed_since(p_import, name)
      union all
      select row_id, child_table, 'used', child_id from ibok.import_used_since(p_import, name)
    ), first as (
      select * from obstacle order by row_id, field, child limit most - jsonb_array_length(since)
    )
    select (select jsonb_agg(jsonb_build_object('subject', ibok.row_subject(name, f.row_id),
              'label', ibok.subject_label(ibok.row_subject(name, f.row_id)), 'field', f.field, 'reason', f.reason,
              'login', case f.reason when 'changed' then ibok.last_writer(name, f.row_id, f.field) else coalesce((
                select e.login from audit.events e where e.table_name = f.field and e.row_id = f.child
                 order by e.id limit 1), '') end) order by f.row_id, f.field) from first f) as found,
           (select pg_catalog.count(*) from obstacle) as number
      into part;
    since := since || coalesce(part.found, '[]');
    count := count + part.number;
  end loop;
end $$;
revoke execute on function ibok.import_obstacles(bigint) from public;

-- Removes and restores; p_self are columns that point into their own table and must be right before anything goes.
create or replace function ibok.import_take_back(p_import bigint, out removed bigint, out restored bigint)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  self constant jsonb := '{"meter_installations": "parent_id", "invoices": "corrects_id"}';
  tables constant text[] := ibok.import_tables();
  name text;
  columns text;
  number bigint;
begin
  removed := 0;
  restored := 0;
  for place in reverse cardinality(tables) .. 1 loop
    name := tables[place];
    if self ? name then
      execute format('update ibok.%1$I t set %2$I = (i.before ->> %2$L)::bigint from ibok.import_changes($1, %1$L) as i
        where not i.created and i.before ? %2$L and t.id = i.row_id', name, self ->> name) using p_import;
    end if;
    execute format('delete from ibok.%1$I where id = any (array(
      select i.row_id from ibok.import_changes($1, %1$L) as i where i.created))', name) using p_import;
    get diagnostics number = row_count;
    removed := removed + number;
    select string_agg(distinct format('%I', b.key), ', ') into columns
      from ibok.import_changes(p_import, name) as i, jsonb_object_keys(i.before) as b (key) where not i.created;
    continue when columns is null;
    execute format('update ibok.%1$I t set (%2$s) = (select %2$s from jsonb_populate_record(t, i.before))
      from ibok.import_changes($1, %1$L) as i where not i.created and t.id = i.row_id', name, columns) using p_import;
    get diagnostics number = row_count;
    restored := restored + number;
  end loop;
end $$;
revoke execute on function ibok.import_take_back(bigint) from public;

-- Takes an import back, ended or cut off, and leaves it in the state p_end; answers as api.undo does.
create or replace function ibok.undo_import(p_import bigint, p_end text default 'undone') returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  undone ibok.imports;
  name text;
  obstacle record;
  done record;
  broken text;
begin
  select * into undone from ibok.imports
   where id = p_import and (login = session_user or pg_has_role(session_user, 'bok_supervisor', 'usage')) for update;
  if not found then raise exception 'no such import' using errcode = 'IB002'; end if;
  -- Who has another role since may no longer do what an import does.
  perform ibok.demand_importer(undone.file_kind);
  if undone.state not in ('done', 'open') then raise exception 'import is %', undone.state using errcode = 'IB006'; end if;
  perform set_config('ibok.reason', 'undo import ' || p_import, true);
  foreach name in array ibok.import_tables() loop
    execute format('select from ibok.%I where id = any (array(select row_id from ibok.import_rows
      where import_id = $1 and table_name = %1$L)) order by id for update', name) using p_import;
  end loop;
  select * into obstacle from ibok.import_obstacles(p_import);
  if obstacle.count > 0 then return ibok.undo_refusal(obstacle.since, obstacle.count); end if;
  begin
    select * into done from ibok.import_take_back(p_import);
  exception when integrity_constraint_violation or exclusion_violation then
    -- What was before no longer fits to what others have written beside these rows.
    get stacked diagnostics broken = constraint_name;
    return ibok.undo_refusal(jsonb_build_array(jsonb_build_object('subject', 'import:' || p_import,
      'label', undone.file_name, 'login', '', 'field', broken, 'reason', 'changed')), 1);
  end;
  update ibok.imports set state = p_end, finished_at = coalesce(finished_at, now()) where id = p_import;
  update ibok.undo_steps set state = 'undone' where subject = 'import:' || p_import;
  return jsonb_build_object('status', 'undone', 'count', done.removed + done.restored,
    'removed', done.removed, 'restored', done.restored);
end $$;
revoke execute on function ibok.undo_import(bigint, text) from public;

-- By whoever imported the file, or a supervisor; also an import that was cut off, which is then cleared away.
create or replace function api.undo_import(p_import bigint, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_import);
  result jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'imports.undo', input);
  if result is not null then return result; end if;
  result := ibok.undo_import(p_import);
  if result ->> 'status' = 'refused' then return result; end if;
  return ibok.store_act(p_request, 'imports.undo', input, result);
end $$;
revoke execute on function api.undo_import(bigint, uuid) from public;

-- Ends an import that its person stopped: what it had stored goes again. Refused as an undo is, and then it stays open.
create or replace function api.cancel_import(p_import bigint) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  perform ibok.open_import(p_import);
  return ibok.undo_import(p_import, 'cancelled');
end $$;
revoke execute on function api.cancel_import(bigint) from public;
grant execute on function api.undo_import(bigint, uuid), api.cancel_import(bigint) to bok_clerk, bok_technician;

-- A person's own ways of reading files; nothing in them but names of columns.
grant select on ibok.import_mappings to bok_clerk, bok_technician;
grant insert (signature, file_kind, mapping), update (file_kind, mapping) on ibok.import_mappings to bok_clerk, bok_technician;
create policy import_mappings_own on ibok.import_mappings to bok_clerk, bok_technician
  using (login = (select session_user)) with check (login = (select session_user));
