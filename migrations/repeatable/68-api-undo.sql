-- The undo stack: what a person did and can take back, for a working day. Taking back compares each field with what the
-- act had written, is all or nothing, and is an act of its own in the history (reason 'undo').

-- What a list shows of a record: data, never a sentence. Empty where there is nothing more to say than its kind.
create or replace function ibok.subject_label(p_subject text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(case s.kind
    when 'customer' then (select c.customer_no || ' ' || c.display_name from ibok.customer_search c where c.customer_id = s.id)
    when 'premise' then (select ibok.address_line(p.street, p.house_no, p.flat_no, p.city) from ibok.premises p where p.id = s.id)
    when 'supply_point' then (select p.code::text from ibok.supply_points p where p.id = s.id)
    when 'contract' then (select c.contract_no::text from ibok.contracts c where c.id = s.id)
    when 'invoice' then (select i.invoice_no::text from ibok.invoices i where i.id = s.id)
    when 'meter' then (select m.factory_no::text from ibok.meters m where m.id = s.id)
    when 'legalization' then (select m.factory_no::text from ibok.legalizations l join ibok.meters m on m.id = l.meter_id where l.id = s.id)
    when 'seal' then (select m.factory_no::text from ibok.seals x join ibok.meters m on m.id = x.meter_id where x.id = s.id)
    when 'import' then (select i.file_name::text from ibok.imports i where i.id = s.id)
    when 'registration' then (select concat_ws(' ', r.first_name, r.last_name) from ibok.registrations r where r.id = s.id)
    when 'account' then (select concat_ws(' ', a.first_name, a.last_name) from ibok.accounts a where a.id = s.id)
    when 'deletion_request' then (select concat_ws(' ', a.first_name, a.last_name)
      from ibok.deletion_requests d join ibok.accounts a on a.id = d.account_id where d.id = s.id)
    when 'meter_case' then (select ibok.address_line(p.street, p.house_no, p.flat_no, p.city)
      from ibok.meter_cases c join ibok.supply_points x on x.id = c.supply_point_id join ibok.premises p on p.id = x.premise_id
     where c.id = s.id)
    when 'service_order' then (select ibok.address_line(p.street, p.house_no, p.flat_no, p.city)
      from ibok.service_orders o join ibok.supply_points x on x.id = o.supply_point_id join ibok.premises p on p.id = x.premise_id
     where o.id = s.id)
    when 'task' then (select f.title::text from ibok.follow_ups f where f.id = s.id)
  end, '')
    from (select split_part(p_subject, ':', 1) as kind, split_part(p_subject, ':', 2)::bigint as id) as s
$$;
revoke execute on function ibok.subject_label(text) from public;

-- Remembers an act in its own transaction. p_before and p_after: {column: value} of the row, or {} for many rows, whose
-- values stand with the act.
create or replace function ibok.add_undo_step(p_kind text, p_subject text, p_count integer, p_before jsonb, p_after jsonb)
returns void
language sql set search_path = pg_catalog, pg_temp as $$
  insert into ibok.undo_steps (kind, subject, fields, count, before_values, after_values)
  values (p_kind, p_subject, array(select key from jsonb_object_keys(p_after) as key order by key), p_count, p_before, p_after)
$$;
revoke execute on function ibok.add_undo_step(text, text, integer, jsonb, jsonb) from public;

-- The login that wrote a column last; '' where the trail no longer says so.
create or replace function ibok.last_writer(p_table text, p_id bigint, p_column text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select e.login from audit.events e join audit.event_values v on v.event_id = e.id
     where e.table_name = p_table and e.row_id = p_id::text and v.changes ? p_column order by e.id desc limit 1), '')
$$;
revoke execute on function ibok.last_writer(text, bigint, text) from public;

create or replace function ibok.undo_refusal(p_since jsonb, p_count bigint) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('status', 'refused', 'changedSince', coalesce(p_since, '[]'), 'count', p_count)
$$;
revoke execute on function ibok.undo_refusal(jsonb, bigint) from public;

-- Takes back a change of one row, by the values in the step. A field that already stands as it was before is no obstacle.
create or replace function ibok.undo_row(p_step ibok.undo_steps, p_table text) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  target bigint := split_part(p_step.subject, ':', 2)::bigint;
  current jsonb;
  since jsonb;
  columns text;
begin
  execute format('select to_jsonb(t) from ibok.%I t where t.id = $1 for no key update', p_table) into current using target;
  if current is null then
    return ibok.undo_refusal(jsonb_build_array(jsonb_build_object(
      'subject', p_step.subject, 'label', '', 'login', '', 'field', '')), 1);
  end if;
  select jsonb_agg(jsonb_build_object('subject', p_step.subject, 'label', ibok.subject_label(p_step.subject),
           'login', ibok.last_writer(p_table, target, field.key), 'field', field.key) order by field.key)
    into since from jsonb_object_keys(p_step.after_values) as field (key)
   where current -> field.key is distinct from p_step.after_values -> field.key
     and current -> field.key is distinct from p_step.before_values -> field.key;
  if since is not null then return ibok.undo_refusal(since, jsonb_array_length(since)); end if;
  select string_agg(format('%I', key), ', ') into columns from jsonb_object_keys(p_step.before_values) as key;
  execute format('update ibok.%I t set (%s) = (select %s from jsonb_populate_record(t, $1)) where t.id = $2',
    p_table, columns, columns) using p_step.before_values, target;
  return '{"status": "undone", "count": 1}';
end $$;
revoke execute on function ibok.undo_row(ibok.undo_steps, text) from public;

-- How long one may take back an act without asking anybody: a working day.
create or replace function ibok.undo_window() returns interval
language sql immutable set search_path = pg_catalog, pg_temp as $$ select interval '8 hours' $$;
revoke execute on function ibok.undo_window() from public;

-- The person's last acts, newest first: [{id, kind, subject, label, fields, count, at, state}].
create or replace function api.undo_stack() returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', s.id::text, 'kind', s.kind, 'subject', s.subject,
             -- A task may have gone to somebody whose tasks this person does not see.
             'label', case when s.kind <> 'task' or ibok.may_see_follow_up_history(split_part(s.subject, ':', 2))
                           then ibok.subject_label(s.subject) else '' end,
             'fields', s.fields, 'count', s.count, 'state', s.state,
             'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by s.id desc), '[]')
      from (select * from ibok.undo_steps
             where login = session_user and count > 0 and at > now() - ibok.undo_window()
             order by id desc limit 20) as s);
end $$;
revoke execute on function api.undo_stack() from public;
grant execute on function api.undo_stack() to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- Takes one step back → {"status": "undone", "count"} or {"status": "refused", "changedSince": [{subject, label, login,
-- field}], "count"}, and then nothing was taken back. A refusal is not remembered as the answer: it may be tried again.
create or replace function api.undo(p_step bigint, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_step);
  step ibok.undo_steps;
  result jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  result := ibok.find_act(p_request, 'undo.run', input);
  if result is not null then return result; end if;
  select * into step from ibok.undo_steps
   where id = p_step and login = session_user and at > now() - ibok.undo_window() for update;
  if not found then raise exception 'no such step' using errcode = 'IB002'; end if;
  if step.state = 'undone' then raise exception 'step is undone' using errcode = 'IB006'; end if;
  -- Rights may have changed since the act: what one may no longer do, one may not take back either. Tasks, imports and
  -- bulk acts ask for the right to the record itself.
  case step.kind
    when 'task', 'import', 'bulk' then null;
    else perform api.demand_role('bok_clerk');
  end case;
  perform set_config('ibok.reason', 'undo', true);
  result := case step.kind
    when 'editContact' then ibok.undo_row(step, 'customers')
    when 'task' then ibok.undo_follow_up(step)
    when 'bulk' then ibok.undo_bulk(split_part(step.subject, ':', 2)::bigint)
    when 'import' then ibok.undo_import(split_part(step.subject, ':', 2)::bigint)
  end;
  update ibok.undo_steps set state = result ->> 'status' where id = p_step;
  if result ->> 'status' = 'refused' then return result; end if;
  return ibok.store_act(p_request, 'undo.run', input, result);
end $$;
revoke execute on function api.undo(bigint, uuid) from public;
grant execute on function api.undo(bigint, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- Values that nobody can take back any more are forgotten: of steps, and of the rows of bulk acts.
create or replace function jobs.purge_undo() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  perform api.demand_role('ibok_worker');
  delete from ibok.undo_steps where at < now() - 2 * ibok.undo_window();
  get diagnostics gone = row_count;
  update ibok.bulk_rows r set before_value = null, after_value = null
    from ibok.bulk_acts b
   where b.id = r.bulk_id and b.started_at < now() - 2 * ibok.undo_window() and b.state <> 'running'
     and (r.before_value is not null or r.after_value is not null);
  -- Cut off and left: what is done stays, the rest will not be done any more.
  update ibok.bulk_acts set state = 'cancelled', finished_at = now()
   where state = 'running' and seen_at < now() - 2 * ibok.undo_window();
  return gone;
end $$;
revoke execute on function jobs.purge_undo() from public;
grant execute on function jobs.purge_undo() to ibok_worker;
