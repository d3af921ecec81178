-- Tasks of the staff. Seen by whom they concern: assignee, creator, the assignee's colleagues of the same group, whoever
-- stands in for the assignee today, and supervisors. Written by the functions below alone.

-- Whether p_login stands in for p_absent today. One level: an absent substitute hands nothing on.
create or replace function ibok.stands_in(p_login text, p_absent text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from ibok.staff_members a join ibok.staff_members s on s.id = a.substitute_id
     where a.login = p_absent collate "default" and s.login = p_login collate "default" and s.active
       and a.absent_from <= ibok.today() and (a.absent_to is null or a.absent_to >= ibok.today()))
$$;
revoke execute on function ibok.stands_in(text, text) from public;

create or replace function ibok.same_group(p_login text, p_other text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from ibok.staff_members a join ibok.staff_members b on b.staff_group = a.staff_group
     where a.login = p_login collate "default" and a.active and b.login = p_other collate "default")
$$;
revoke execute on function ibok.same_group(text, text) from public;

create or replace function ibok.may_change_follow_up(p_task ibok.follow_ups) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select session_user in (p_task.assignee, p_task.created_by)
      or pg_has_role(session_user, 'bok_supervisor', 'usage')
      or ibok.stands_in(session_user, p_task.assignee)
$$;
revoke execute on function ibok.may_change_follow_up(ibok.follow_ups) from public;

create or replace function ibok.may_see_follow_up(p_task ibok.follow_ups) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.may_change_follow_up(p_task) or ibok.same_group(session_user, p_task.assignee)
$$;
revoke execute on function ibok.may_see_follow_up(ibok.follow_ups) from public;

-- Of a task's history: as of the task. p_id is the event's row name.
create or replace function ibok.may_see_follow_up_history(p_id text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from ibok.follow_ups f where f.id = p_id::bigint and ibok.may_see_follow_up(f))
$$;
revoke execute on function ibok.may_see_follow_up_history(text) from public;

-- The table of a kind of record that a task can be about; null for any other word.
create or replace function ibok.subject_table(p_kind text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select '{"customer": "customers", "premise": "premises", "meter": "meters", "document": "documents", "import": "imports",
    "registration": "registrations", "account": "accounts", "deletion_request": "deletion_requests",
    "meter_case": "meter_cases", "service_order": "service_orders"}'::jsonb ->> p_kind
$$;
revoke execute on function ibok.subject_table(text) from public;

-- A record the person may know of: a task must not be a way to ask whether a customer exists.
create or replace function ibok.demand_subject(p_subject text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  target text := ibok.subject_table(split_part(p_subject, ':', 1));
  found_it boolean;
begin
  if p_subject is null then return; end if;
  if target is null or p_subject !~ '^[a-z_]+:[1-9][0-9]{0,17}$' then raise exception 'subject' using errcode = 'IB004'; end if;
  if not has_any_column_privilege(session_user, 'ibok.' || target, 'select') then
    raise exception 'subject not visible' using errcode = 'IB001';
  end if;
  execute format('select exists (select from ibok.%I where id = $1)', target)
    into found_it using split_part(p_subject, ':', 2)::bigint;
  if not found_it then raise exception 'no such record' using errcode = 'IB002'; end if;
end $$;
revoke execute on function ibok.demand_subject(text) from public;

create or replace function ibok.check_assignee(p_login text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from ibok.staff_members where login = p_login and active) then
    raise exception 'assignee' using errcode = 'IB004';
  end if;
end $$;
revoke execute on function ibok.check_assignee(text) from public;

-- Adds one task of the person signed in; p_assignee null: to oneself. For functions that have checked the role and keep
-- the act (bulk acts make one a row).
create or replace function ibok.add_follow_up(
  p_title text, p_note text, p_subject text, p_due_on date, p_assignee text
) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  task bigint;
begin
  if p_due_on is null then raise exception 'dueOn' using errcode = 'IB004'; end if;
  perform ibok.check_assignee(coalesce(p_assignee, session_user::text));
  perform ibok.demand_subject(p_subject);
  insert into ibok.follow_ups (title, note, subject, due_on, assignee)
  values (btrim(p_title), nullif(btrim(p_note), ''), p_subject, p_due_on, coalesce(p_assignee, session_user::text))
  returning id into task;
  return task;
end $$;
revoke execute on function ibok.add_follow_up(text, text, text, date, text) from public;

-- The task, locked, for who may do p_act ('change' or 'takeOver') with it; no such task for who may not see it.
create or replace function ibok.demand_follow_up(p_id bigint, p_act text) returns ibok.follow_ups
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  task ibok.follow_ups;
begin
  select * into task from ibok.follow_ups where id = p_id for no key update;
  if not found or not ibok.may_see_follow_up(task) then raise exception 'no such task' using errcode = 'IB002'; end if;
  -- Whoever may see a task may take it over: colleagues of the group, substitute, creator, supervisors.
  if p_act <> 'takeOver' and not ibok.may_change_follow_up(task) then
    raise exception 'not this task' using errcode = 'IB001';
  end if;
  return task;
end $$;
revoke execute on function ibok.demand_follow_up(bigint, text) from public;

-- The undo stack's step for what an act made of a task.
create or replace function ibok.remember_follow_up(p_before ibok.follow_ups, p_after ibok.follow_ups) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  before jsonb;
  after jsonb;
begin
  select jsonb_object_agg(b.key, b.value), jsonb_object_agg(a.key, a.value) into before, after
    from jsonb_each(to_jsonb(p_before)) b join jsonb_each(to_jsonb(p_after)) a using (key) where a.value <> b.value;
  if after is not null then perform ibok.add_undo_step('task', 'task:' || p_after.id, 1, before, after); end if;
end $$;
revoke execute on function ibok.remember_follow_up(ibok.follow_ups, ibok.follow_ups) from public;

-- Takes back what an act made of a task, for who may still change it; taking back a task that one gave away is taking it
-- over. A task that was closed since is as little changed by an undo as by its form.
create or replace function ibok.undo_follow_up(p_step ibok.undo_steps) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  before constant jsonb := p_step.before_values;
  task ibok.follow_ups;
begin
  task := ibok.demand_follow_up(split_part(p_step.subject, ':', 2)::bigint,
    case when before = jsonb_build_object('assignee', session_user) then 'takeOver' else 'change' end);
  if task.state <> 'open' and not before ? 'state' then
    return ibok.undo_refusal(jsonb_build_array(jsonb_build_object('subject', p_step.subject,
      'label', ibok.subject_label(p_step.subject), 'login', task.closed_by, 'field', 'state')), 1);
  end if;
  -- Whoever had it may have left the office since.
  if before ? 'assignee' then perform ibok.check_assignee(before ->> 'assignee'); end if;
  return ibok.undo_row(p_step, 'follow_ups');
end $$;
revoke execute on function ibok.undo_follow_up(ibok.undo_steps) from public;

create or replace function api.create_follow_up(
  p_title text, p_note text, p_subject text, p_due_on date, p_assignee text, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_title, p_note, p_subject, p_due_on, p_assignee);
  result jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  result := ibok.find_act(p_request, 'tasks.create', input);
  if result is not null then return result; end if;
  return ibok.store_act(p_request, 'tasks.create', input,
    jsonb_build_object('id', ibok.add_follow_up(p_title, p_note, p_subject, p_due_on, p_assignee)::text));
end $$;
revoke execute on function api.create_follow_up(text, text, text, date, text, uuid) from public;
grant execute on function api.create_follow_up(text, text, text, date, text, uuid)
  to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- p_changes {title|note|due_on|assignee: [old, new]}; answers as api.edit_contact does.
create or replace function api.change_follow_up(p_id bigint, p_changes jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_changes);
  result jsonb;
  task ibok.follow_ups;
  changed ibok.follow_ups;
  compared jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  result := ibok.find_act(p_request, 'tasks.change', input);
  if result is not null then return result; end if;
  task := ibok.demand_follow_up(p_id, 'change');
  compared := ibok.compare_fields(to_jsonb(task), p_changes, array['title', 'note', 'due_on', 'assignee']);
  if compared -> 'conflicts' <> '{}' then
    return jsonb_build_object('status', 'conflict', 'fields', compared -> 'conflicts');
  end if;
  if task.state <> 'open' then raise exception 'task is closed' using errcode = 'IB006'; end if;
  if compared -> 'wanted' <> '{}' then
    if compared -> 'wanted' ? 'assignee' then perform ibok.check_assignee(compared -> 'wanted' ->> 'assignee'); end if;
    changed := jsonb_populate_record(task, compared -> 'wanted');
    update ibok.follow_ups
       set title = changed.title, note = changed.note, due_on = changed.due_on, assignee = changed.assignee
     where id = p_id;
    perform ibok.remember_follow_up(task, changed);
  end if;
  return ibok.store_act(p_request, 'tasks.change', input, jsonb_build_object('status', 'saved'));
end $$;
revoke execute on function api.change_follow_up(bigint, jsonb, uuid) from public;
grant execute on function api.change_follow_up(bigint, jsonb, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- From one state to another, once. A task that somebody else has moved meanwhile is refused.
create or replace function ibok.move_follow_up(p_id bigint, p_action text, p_from text[], p_to text, p_request uuid)
returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id);
  result jsonb;
  task ibok.follow_ups;
  moved ibok.follow_ups;
begin
  result := ibok.find_act(p_request, p_action, input);
  if result is not null then return result; end if;
  task := ibok.demand_follow_up(p_id, 'change');
  if task.state <> all (p_from) then raise exception 'task is %', task.state using errcode = 'IB006'; end if;
  update ibok.follow_ups
     set state = p_to, closed_at = case when p_to <> 'open' then now() end,
         closed_by = case when p_to <> 'open' then session_user end
   where id = p_id returning * into moved;
  perform ibok.remember_follow_up(task, moved);
  return ibok.store_act(p_request, p_action, input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function ibok.move_follow_up(bigint, text, text[], text, uuid) from public;

create or replace function api.complete_follow_up(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  return ibok.move_follow_up(p_id, 'tasks.complete', array['open'], 'done', p_request);
end $$;
revoke execute on function api.complete_follow_up(bigint, uuid) from public;
grant execute on function api.complete_follow_up(bigint, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

create or replace function api.cancel_follow_up(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  return ibok.move_follow_up(p_id, 'tasks.cancel', array['open'], 'cancelled', p_request);
end $$;
revoke execute on function api.cancel_follow_up(bigint, uuid) from public;
grant execute on function api.cancel_follow_up(bigint, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

create or replace function api.reopen_follow_up(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  return ibok.move_follow_up(p_id, 'tasks.reopen', array['done', 'cancelled'], 'open', p_request);
end $$;
revoke execute on function api.reopen_follow_up(bigint, uuid) from public;
grant execute on function api.reopen_follow_up(bigint, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- The task becomes one's own; whoever had it stands in its history.
create or replace function api.take_over_follow_up(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id);
  result jsonb;
  task ibok.follow_ups;
  taken ibok.follow_ups;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  result := ibok.find_act(p_request, 'tasks.takeOver', input);
  if result is not null then return result; end if;
  task := ibok.demand_follow_up(p_id, 'takeOver');
  if task.state <> 'open' then raise exception 'task is %', task.state using errcode = 'IB006'; end if;
  update ibok.follow_ups set assignee = session_user where id = p_id returning * into taken;
  perform ibok.remember_follow_up(task, taken);
  return ibok.store_act(p_request, 'tasks.takeOver', input, jsonb_build_object('id', p_id::text, 'from', task.assignee));
end $$;
revoke execute on function api.take_over_follow_up(bigint, uuid) from public;
grant execute on function api.take_over_follow_up(bigint, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- What a list shows of the record a task is about; null for who may not know of it.
create or replace function api.subject_label(p_subject text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  kind text := split_part(p_subject, ':', 1);
  record_id text := split_part(p_subject, ':', 2);
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  if p_subject is null or ibok.subject_table(kind) is null or record_id !~ '^[1-9][0-9]{0,17}$'
     or not has_any_column_privilege(session_user, 'ibok.' || ibok.subject_table(kind), 'select') then
    return null;
  end if;
  return nullif(case kind
    when 'document' then (select d.title::text from ibok.documents d where d.id = record_id::bigint)
    -- An import's file belongs to whoever ran it, and to supervisors.
    when 'import' then (select i.file_name::text from ibok.imports i where i.id = record_id::bigint
                           and (i.login = session_user or pg_has_role(session_user, 'bok_supervisor', 'usage')))
    else ibok.subject_label(p_subject)
  end, '');
end $$;
revoke execute on function api.subject_label(text) from public;
grant execute on function api.subject_label(text) to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- Counters of the person's own day: open tasks that are mine, those of them overdue, and those I stand in for.
create or replace function api.follow_up_counters() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  counted jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  select jsonb_build_object(
           'open', count(*) filter (where f.assignee = session_user),
           'overdue', count(*) filter (where f.due_on < ibok.today()),
           'substituted', count(*) filter (where f.assignee <> session_user))
    into counted
    from ibok.follow_ups f
   where f.state = 'open' and f.assignee in (
     select session_user::text
     union all
     select a.login from ibok.staff_members a join ibok.staff_members s on s.id = a.substitute_id
      where s.login = session_user::text collate "default" and s.active
        and a.absent_from <= ibok.today() and (a.absent_to is null or a.absent_to >= ibok.today()));
  return counted;
end $$;
revoke execute on function api.follow_up_counters() from public;
grant execute on function api.follow_up_counters() to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- Whose tasks one sees. The subqueries stand on columns of staff_members that the whole office may read.
grant select on ibok.follow_ups to bok_clerk, bok_technician, bok_admin, bok_dpo;
create policy follow_ups_supervised on ibok.follow_ups for select to bok_supervisor using (true);
create policy follow_ups_concern on ibok.follow_ups for select to bok_clerk, bok_technician, bok_admin, bok_dpo
  using (created_by = (select session_user) or assignee in (
    select colleague.login from ibok.staff_members me join ibok.staff_members colleague
        on colleague.staff_group = me.staff_group
     where me.login = (select session_user) and me.active
    union all
    select absent.login from ibok.staff_members absent join ibok.staff_members me on me.id = absent.substitute_id
     where me.login = (select session_user) and me.active
       and absent.absent_from <= ibok.today() and (absent.absent_to is null or absent.absent_to >= ibok.today())
    union all
    select (select session_user)::text));
