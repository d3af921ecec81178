-- The history of a record, for those who may see the record. Digests of PESEL and bank account stay digests.

-- Whether the person may know of changes in a table: rights on the table itself decide, so that a technician does not
-- learn of invoices through a customer's history.
create or replace function ibok.may_see_history(p_table text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_table = 'staff_members' then
      pg_has_role(session_user, 'bok_admin', 'usage') or pg_has_role(session_user, 'bok_supervisor', 'usage')
      or pg_has_role(session_user, 'bok_dpo', 'usage')
    -- Which of them, api.history asks row by row.
    when p_table = 'approvals' then has_any_column_privilege(session_user, 'ibok.approvals', 'select')
    when p_table in ('rule_values', 'holidays', 'regulation_versions', 'follow_ups') then pg_has_role(session_user, 'bok_staff', 'usage')
    when p_table in ('customers', 'premises', 'supply_points', 'supplies', 'contracts', 'invoices', 'meter_types', 'meters',
      'meter_installations', 'readings', 'documents', 'document_versions', 'legal_holds', 'registrations', 'accounts',
      'account_access', 'account_blocks', 'data_change_requests', 'regulation_acceptances', 'consents', 'deletion_requests',
      'letters', 'meter_movements', 'legalizations', 'seals', 'exchanges', 'meter_cases', 'service_orders', 'letter_runs') then
      has_any_column_privilege(session_user, 'ibok.' || p_table, 'select')
    else false
  end
$$;
revoke execute on function ibok.may_see_history(text) from public;

-- What a meter's history is made of beside its own row.
create or replace function ibok.rows_of_meter(p_meter bigint) returns table (table_name text, row_id text)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select 'meter_movements', id::text from ibok.meter_movements where meter_id = p_meter
  union all select 'legalizations', id::text from ibok.legalizations where meter_id = p_meter
  union all select 'seals', id::text from ibok.seals where meter_id = p_meter
  union all select 'meter_installations', id::text from ibok.meter_installations where meter_id = p_meter
$$;
revoke execute on function ibok.rows_of_meter(bigint) from public;

-- Newest first. For a meter also its movements, legalizations, seals and places. For a customer, an application and an
-- account everything that has it as its subject, for any other table its own row.
-- p_before: the smallest event id of the page before.
create or replace function api.history(p_table text, p_id bigint, p_before bigint default null, p_limit int default 50)
returns table (event_id bigint, at timestamptz, login text, display_name text, table_name text, row_id text, op text,
  reason text, changes jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  if ibok.may_see_history(p_table) is not true then raise exception 'history not allowed' using errcode = 'IB001'; end if;
  if p_id is null then raise exception 'id' using errcode = 'IB004'; end if;
  if p_table = 'follow_ups' and not ibok.may_see_follow_up_history(p_id::text) then
    raise exception 'no such task' using errcode = 'IB002';
  end if;
  if p_table = 'approvals' and not ibok.may_see_approval_history(p_id::text) then
    raise exception 'no such approval' using errcode = 'IB002';
  end if;
  if p_table = 'customers' then
    perform ibok.log_read(p_id, 'history', 'history');
    perform ibok.watch_card_opens();
  end if;
  return query
    select e.id, e.at, e.login, s.display_name::text, e.table_name, e.row_id, e.op, e.reason,
           -- Contact data somebody wants: api.open_data_change shows them, and logs the look.
           case e.table_name when 'data_change_requests' then v.changes - 'changes' else v.changes end
      from (
        select ev.event_id as id from audit.event_values ev
         where p_table in ('customers', 'registrations', 'accounts') and ev.subject = rtrim(p_table, 's') || ':' || p_id
        union all
        select o.id from audit.events o
         where p_table not in ('customers', 'registrations', 'accounts') and o.table_name = p_table and o.row_id = p_id::text
        union all
        select o.id from ibok.rows_of_meter(case when p_table = 'meters' then p_id end) as part
          join audit.events o on o.table_name = part.table_name and o.row_id = part.row_id
      ) found
      join audit.events e on e.id = found.id
      left join audit.event_values v on v.event_id = e.id
      left join ibok.staff_members s on s.login = e.login
     where (p_before is null or e.id < p_before) and ibok.may_see_history(e.table_name)
       and (e.table_name <> 'follow_ups' or ibok.may_see_follow_up_history(e.row_id))
       and (e.table_name <> 'approvals' or ibok.may_see_approval_history(e.row_id))
     order by e.id desc
     limit least(greatest(coalesce(p_limit, 50), 1), 200);
end $$;
revoke execute on function api.history(text, bigint, bigint, int) from public;
grant execute on function api.history(text, bigint, bigint, int) to bok_clerk, bok_technician, bok_admin, bok_dpo;
