-- Saved views and the trace of exports. A shared view may name people in its filters: it is shown to those who may
-- open its list, and to nobody else.

grant select on ibok.saved_views, ibok.saved_view_pins to bok_clerk, bok_technician, bok_admin, bok_dpo;
create policy saved_views_own on ibok.saved_views for select to bok_clerk, bok_technician, bok_admin, bok_dpo
  using (login = (select session_user));
create policy saved_views_office on ibok.saved_views for select to bok_clerk, bok_technician, bok_dpo
  using (shared and list in ('customers', 'tasks', 'meters', 'exchanges', 'orders', 'metercases', 'letterruns', 'legalization'));
create policy saved_views_trail on ibok.saved_views for select to bok_admin, bok_dpo
  using (shared and list in ('tasks', 'journal'));
create policy saved_views_approvals on ibok.saved_views for select to bok_clerk, bok_admin, bok_dpo
  using (shared and list = 'approvals');
create policy saved_views_accounts on ibok.saved_views for select to bok_clerk, bok_dpo
  using (shared and list in ('registrations', 'accounts', 'datachanges', 'deletions'));
create policy saved_views_reads on ibok.saved_views for select to bok_dpo using (shared and list = 'reads');
create policy saved_views_mail on ibok.saved_views for select to bok_clerk, bok_technician using (shared and list = 'outbox');
create policy saved_view_pins_own on ibok.saved_view_pins for select to bok_clerk, bok_technician, bok_admin, bok_dpo
  using (login = (select session_user));

-- Makes a view (p_id null) or changes an own one; returns its id.
create or replace function api.save_view(
  p_id bigint, p_list text, p_name text, p_state jsonb, p_shared boolean, p_request uuid default null
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  most constant int := 200;
  input jsonb := jsonb_build_array(p_id, p_list, p_name, p_state, p_shared);
  result jsonb;
  saved bigint;
begin
  perform ibok.demand_list(p_list);
  result := ibok.find_act(p_request, 'lists.saveView', input);
  if result is not null then return (result ->> 'id')::bigint; end if;
  if p_id is null then
    if (select count(*) from ibok.saved_views where login = session_user) >= most then
      raise exception 'too many views' using errcode = 'IB004';
    end if;
    insert into ibok.saved_views (list, name, state, shared) values (p_list, btrim(p_name), p_state, coalesce(p_shared, false))
    returning id into saved;
  else
    update ibok.saved_views
       set name = btrim(p_name), state = p_state, shared = coalesce(p_shared, false), updated_at = now()
     where id = p_id and login = session_user and list = p_list
    returning id into saved;
    if not found then raise exception 'no such view' using errcode = 'IB002'; end if;
  end if;
  -- What is shared no more is pinned with its owner alone.
  delete from ibok.saved_view_pins p using ibok.saved_views v
   where v.id = saved and not v.shared and p.view_id = v.id and p.login <> v.login;
  perform ibok.store_act(p_request, 'lists.saveView', input, jsonb_build_object('id', saved));
  return saved;
end $$;
revoke execute on function api.save_view(bigint, text, text, jsonb, boolean, uuid) from public;
grant execute on function api.save_view(bigint, text, text, jsonb, boolean, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

create or replace function api.remove_view(p_id bigint, p_request uuid default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  if ibok.find_act(p_request, 'lists.removeView', to_jsonb(p_id)) is not null then return true; end if;
  delete from ibok.saved_views where id = p_id and login = session_user;
  if not found then raise exception 'no such view' using errcode = 'IB002'; end if;
  perform ibok.store_act(p_request, 'lists.removeView', to_jsonb(p_id), 'true');
  return true;
end $$;
revoke execute on function api.remove_view(bigint, uuid) from public;
grant execute on function api.remove_view(bigint, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- Pins a view the person may see, behind those pinned before, or takes the pin out. Naturally repeatable.
create or replace function api.pin_view(p_id bigint, p_pinned boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  view ibok.saved_views;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  if p_pinned is null then raise exception 'pinned' using errcode = 'IB004'; end if;
  select * into view from ibok.saved_views where id = p_id;
  if not found or not (view.login = session_user or view.shared and ibok.may_open_list(view.list)) then
    raise exception 'no such view' using errcode = 'IB002';
  end if;
  if p_pinned then
    insert into ibok.saved_view_pins (view_id, position)
    select p_id, coalesce(max(position), 0) + 1 from ibok.saved_view_pins where login = session_user
    on conflict (login, view_id) do nothing;
  else
    delete from ibok.saved_view_pins where view_id = p_id and login = session_user;
  end if;
  return p_pinned;
end $$;
revoke execute on function api.pin_view(bigint, boolean) from public;
grant execute on function api.pin_view(bigint, boolean) to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- Whether the person signed in may open a list: as the policies of saved_views above say it.
create or replace function ibok.may_open_list(p_list text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(case case when p_list in ('meters', 'exchanges', 'orders', 'metercases', 'letterruns', 'legalization') then 'customers' else p_list end
    -- What everybody sees who works with customers: them, and the meters.
    when 'customers' then pg_has_role(session_user, 'bok_clerk', 'usage') or pg_has_role(session_user, 'bok_technician', 'usage')
      or pg_has_role(session_user, 'bok_dpo', 'usage')
    when 'tasks' then pg_has_role(session_user, 'bok_clerk', 'usage') or pg_has_role(session_user, 'bok_technician', 'usage')
      or pg_has_role(session_user, 'bok_admin', 'usage') or pg_has_role(session_user, 'bok_dpo', 'usage')
    when 'approvals' then pg_has_role(session_user, 'bok_clerk', 'usage') or pg_has_role(session_user, 'bok_admin', 'usage')
      or pg_has_role(session_user, 'bok_dpo', 'usage')
    when 'registrations' then pg_has_role(session_user, 'bok_clerk', 'usage') or pg_has_role(session_user, 'bok_dpo', 'usage')
    when 'accounts' then pg_has_role(session_user, 'bok_clerk', 'usage') or pg_has_role(session_user, 'bok_dpo', 'usage')
    when 'datachanges' then pg_has_role(session_user, 'bok_clerk', 'usage') or pg_has_role(session_user, 'bok_dpo', 'usage')
    when 'deletions' then pg_has_role(session_user, 'bok_clerk', 'usage') or pg_has_role(session_user, 'bok_dpo', 'usage')
    when 'outbox' then pg_has_role(session_user, 'bok_clerk', 'usage') or pg_has_role(session_user, 'bok_technician', 'usage')
    when 'journal' then pg_has_role(session_user, 'bok_admin', 'usage') or pg_has_role(session_user, 'bok_dpo', 'usage')
    when 'reads' then pg_has_role(session_user, 'bok_dpo', 'usage')
  end, false)
$$;
revoke execute on function ibok.may_open_list(text) from public;

create or replace function ibok.demand_list(p_list text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not ibok.may_open_list(p_list) then raise exception 'list' using errcode = 'IB001'; end if;
end $$;
revoke execute on function ibok.demand_list(text) from public;

-- Notes that many rows were read at once. One alarm per person and day above the office's rule (default 20,000 rows).
create or replace function ibok.log_many(p_purpose text, p_fields text, p_rows integer) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  most_per_day numeric := ibok.rule_number('alarm.export_rows_per_day', 20000);
  exported bigint;
begin
  insert into audit.reads (login, application, purpose, fields, row_count)
  values (session_user, left(current_setting('application_name'), 64), p_purpose, p_fields, p_rows);
  select sum(row_count) into exported from audit.reads
   -- In the column's collation, else the index on it cannot serve.
   where login = session_user::text collate "default" and at >= ibok.today()::timestamp at time zone 'Europe/Warsaw'
     and row_count is not null;
  if exported > most_per_day then
    insert into audit.alarms (kind, login, day, detail)
    values ('export_rows', session_user, ibok.today(), format('more than %s rows exported in one day', most_per_day))
    on conflict (kind, login, day) do nothing;
  end if;
end $$;
revoke execute on function ibok.log_many(text, text, integer) from public;

-- Called in the snapshot an export reads from, before its first row: which list, which columns, how many rows; never
-- the words of a filter.
create or replace function api.log_export(p_list text, p_columns text[], p_rows integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.demand_list(p_list);
  if p_rows is null or p_rows < 0 or coalesce(cardinality(p_columns), 0) not between 1 and 60
     or exists (select from unnest(p_columns) as c (name) where name is null or name !~ '^[a-z][A-Za-z0-9]{0,39}$') then
    raise exception 'export' using errcode = 'IB004';
  end if;
  raise log 'ibok export: login=% list=% rows=%', session_user, p_list, p_rows;
  perform ibok.log_many('export', p_list || ': ' || array_to_string(p_columns, ','), p_rows);
end $$;
revoke execute on function api.log_export(text, text[], integer) from public;
grant execute on function api.log_export(text, text[], integer) to bok_clerk, bok_technician, bok_admin, bok_dpo;
