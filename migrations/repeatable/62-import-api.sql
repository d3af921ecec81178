-- How rows come in: api.*_import for staff (CSV), billing.upsert_* for the billing system. Both end in ibok.import_apply.

-- Applies a set. When the database refuses it, the halves are tried by themselves, down to the row that is at fault:
-- that one is refused by name, and all others are stored as if it had not been there.
create or replace function ibok.import_apply(p_kind text, p_rows jsonb, p_import bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  size int := jsonb_array_length(p_rows);
  fault text;
  refused jsonb;
begin
  if size = 0 then return '[]'; end if;
  begin
    return case p_kind
      when 'customers' then ibok.apply_customers(p_rows, p_import)
      when 'contracts' then ibok.apply_contracts(p_rows, p_import)
      when 'premises' then ibok.apply_premises(p_rows, p_import)
      when 'meters' then ibok.apply_meters(p_rows, p_import)
      when 'readings' then ibok.apply_readings(p_rows, p_import)
      when 'invoices' then ibok.apply_invoices(p_rows, p_import)
    end;
  exception when others then
    -- Only what the data is to blame for: a lost lock or a cancelled statement is no fault of a row.
    if sqlstate !~ '^(22|23)' then raise; end if;
    get stacked diagnostics fault = constraint_name;
    refused := ibok.import_fault(sqlstate, fault);
  end;
  if size = 1 then
    return jsonb_build_array((p_rows -> 0) || refused);
  end if;
  return ibok.import_apply(p_kind, (select jsonb_agg(r order by n) from jsonb_array_elements(p_rows) with ordinality as e (r, n) where n <= size / 2), p_import)
      || ibok.import_apply(p_kind, (select jsonb_agg(r order by n) from jsonb_array_elements(p_rows) with ordinality as e (r, n) where n > size / 2), p_import);
end $$;
revoke execute on function ibok.import_apply(text, jsonb, bigint) from public;

-- The rows without what only the steps themselves may add on their way.
create or replace function ibok.import_plain(p_rows jsonb) returns jsonb
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  reserved constant text[] := array['refused', 'verdict', 'id_verdict', 'premise_id_verdict', 'supply_point_id_verdict',
    'supply_id_verdict', 'type_id_verdict', 'meter_verdict', 'installation_id_verdict', 'installation_id', 'old_id'];
begin
  if jsonb_typeof(p_rows) is distinct from 'array' or jsonb_array_length(p_rows) > 5000
     or exists (select from jsonb_array_elements(p_rows) as r where jsonb_typeof(r -> 'row') is distinct from 'number') then
    raise exception 'an array of at most 5000 rows is expected' using errcode = 'IB004';
  end if;
  return (select coalesce(jsonb_agg(r - reserved order by place), '[]')
            from jsonb_array_elements(p_rows) with ordinality as e (r, place));
end $$;
revoke execute on function ibok.import_plain(jsonb) from public;

create or replace function ibok.import_verdicts(p_rows jsonb)
returns table (row_no integer, verdict text, column_name text, code text)
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (r ->> 'row')::int, case when r ? 'refused' then 'refused' else r ->> 'verdict' end,
         r -> 'refused' ->> 'column', r -> 'refused' ->> 'code'
    from jsonb_array_elements(p_rows) as r
   order by 1
$$;
revoke execute on function ibok.import_verdicts(jsonb) from public;

-- Technicians import the registry of meters; everything else is the office's.
create or replace function ibok.demand_importer(p_kind text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_kind = 'meters' then
    perform api.demand_role('bok_clerk', 'bok_supervisor', 'bok_technician');
  else
    perform api.demand_role('bok_clerk', 'bok_supervisor');
  end if;
end $$;
revoke execute on function ibok.demand_importer(text) from public;

-- Opens an import. Everything up to api.finish_import belongs into one transaction: rolled back, nothing has been.
-- A request id that was used already gives {"importId", "again": true}: that import is done, do not send its rows.
-- A dry run is the same import without a request id, rolled back at its end.
create or replace function api.begin_import(
  p_request uuid, p_kind text, p_mode text, p_file_name text, p_sha256 text, p_encoding text
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  act jsonb := jsonb_build_object('kind', p_kind, 'mode', p_mode, 'sha256', p_sha256);
  known jsonb;
  opened bigint;
begin
  perform ibok.demand_importer(p_kind);
  known := ibok.find_act(p_request, 'imports.run', act);
  if known is not null then return known || '{"again": true}'; end if;
  insert into ibok.imports (file_kind, file_name, file_sha256, encoding)
  values (p_kind, p_file_name, decode(p_sha256, 'hex'), p_encoding) returning id into opened;
  return ibok.store_act(p_request, 'imports.run', act, jsonb_build_object('importId', opened::text));
end $$;
revoke execute on function api.begin_import(uuid, text, text, text, text, text) from public;

-- The import as its own person may go on with it.
create or replace function ibok.open_import(p_import bigint) returns ibok.imports
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found_import ibok.imports;
begin
  select * into found_import from ibok.imports where id = p_import and login = session_user and state = 'open' for update;
  if not found then raise exception 'no such open import' using errcode = 'IB002'; end if;
  perform ibok.demand_importer(found_import.file_kind);
  return found_import;
end $$;
revoke execute on function ibok.open_import(bigint) from public;

-- Stores up to 5,000 rows: [{"row": 2, "customer_no": "004711", …}, …]. Dates are days of Warsaw.
create or replace function api.import_rows(p_import bigint, p_rows jsonb)
returns table (row_no integer, verdict text, column_name text, code text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'Europe/Warsaw' as $$
declare
  current_import ibok.imports := ibok.open_import(p_import);
  done jsonb;
begin
  perform set_config('ibok.reason', 'import ' || p_import, true);
  done := ibok.import_apply(current_import.file_kind, ibok.import_plain(p_rows), p_import);
  update ibok.imports i set created = i.created + n.created, updated = i.updated + n.updated,
         unchanged = i.unchanged + n.unchanged, refused = i.refused + n.refused
    from (select count(*) filter (where v.verdict = 'create') as created, count(*) filter (where v.verdict = 'update') as updated,
                 count(*) filter (where v.verdict = 'same') as unchanged, count(*) filter (where v.verdict = 'refused') as refused
            from ibok.import_verdicts(done) as v) as n
   where i.id = p_import;
  return query select v.row_no, v.verdict, v.column_name, v.code from ibok.import_verdicts(done) as v;
end $$;
revoke execute on function api.import_rows(bigint, jsonb) from public;

-- Closes the import; p_refused counts the rows that were refused before they got here.
create or replace function api.finish_import(p_import bigint, p_refused integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.open_import(p_import);
  update ibok.imports set state = 'done', finished_at = now(), refused = refused + greatest(p_refused, 0) where id = p_import;
end $$;
revoke execute on function api.finish_import(bigint, integer) from public;

grant execute on function
  api.begin_import(uuid, text, text, text, text, text), api.import_rows(bigint, jsonb), api.finish_import(bigint, integer)
  to bok_clerk, bok_technician, bok_supervisor;

-- What TP-MEDIA calls over its own link: the same rows, the same rules, the same masters. Every row gets its verdict;
-- refused rows are named and the others are stored, unless the caller rolls back.
create or replace function ibok.billing_upsert(p_kind text, p_rows jsonb[])
returns table (row_no integer, verdict text, column_name text, code text)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  numbered jsonb;
begin
  perform api.demand_role('ibok_billing');
  perform set_config('ibok.reason', 'billing.upsert_' || p_kind, true);
  select coalesce(jsonb_agg(r || jsonb_build_object('row', n) order by n), '[]') into numbered
    from unnest(p_rows) with ordinality as u (r, n);
  return query select v.row_no, v.verdict, v.column_name, v.code
    from ibok.import_verdicts(ibok.import_apply(p_kind, ibok.import_plain(numbered), null)) as v;
end $$;
revoke execute on function ibok.billing_upsert(text, jsonb[]) from public;

create or replace function billing.upsert_customers(p_rows jsonb[])
returns table (row_no integer, verdict text, column_name text, code text)
language sql security definer set search_path = pg_catalog, pg_temp set timezone = 'Europe/Warsaw' as $$
  select * from ibok.billing_upsert('customers', p_rows)
$$;
create or replace function billing.upsert_contracts(p_rows jsonb[])
returns table (row_no integer, verdict text, column_name text, code text)
language sql security definer set search_path = pg_catalog, pg_temp set timezone = 'Europe/Warsaw' as $$
  select * from ibok.billing_upsert('contracts', p_rows)
$$;
create or replace function billing.upsert_invoices(p_rows jsonb[])
returns table (row_no integer, verdict text, column_name text, code text)
language sql security definer set search_path = pg_catalog, pg_temp set timezone = 'Europe/Warsaw' as $$
  select * from ibok.billing_upsert('invoices', p_rows)
$$;
revoke execute on function billing.upsert_customers(jsonb[]), billing.upsert_contracts(jsonb[]), billing.upsert_invoices(jsonb[]) from public;
grant execute on function billing.upsert_customers(jsonb[]), billing.upsert_contracts(jsonb[]), billing.upsert_invoices(jsonb[]) to ibok_billing;
