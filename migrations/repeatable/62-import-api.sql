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
    'supply_id_verdict', 'type_id_verdict', 'meter_verdict', 'installation_id_verdict', 'installation_id', 'old_id',
    'legalization_verdict', 'seal_verdict'];
begin
  if jsonb_typeof(p_rows) is distinct from 'array' or jsonb_array_length(p_rows) > 5000
     or exists (select from jsonb_array_elements(p_rows) as r where jsonb_typeof(r -> 'row') is distinct from 'number') then
    raise exception 'an array of at most 5000 rows is expected' using errcode = 'IB004';
  end if;
  if not exists (select from jsonb_array_elements(p_rows) as r where r ?| reserved) then return p_rows; end if;
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

-- Earlier forms of these functions, with fewer arguments.
drop function if exists api.begin_import(uuid, text, text, text, text, text);
drop function if exists api.import_rows(bigint, jsonb);

-- Opens an import → {"importId"}. With mode 'all' its rows and api.finish_import belong into one transaction, so that
-- nothing or everything is stored; with 'good' each set of rows may be its own, and a cut leaves an open import that
-- goes on after imports.position rows. A request id that was used already gives the import of then, with "again".
-- A dry run is the same import without a request id, rolled back at its end.
create or replace function api.begin_import(
  p_request uuid, p_kind text, p_mode text, p_file_name text, p_sha256 text, p_encoding text, p_kept text[] default '{}'
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  act jsonb := jsonb_build_object('kind', p_kind, 'mode', p_mode, 'sha256', p_sha256)
    || case when p_kept = '{}' then '{}'::jsonb else jsonb_build_object('kept', p_kept) end;
  known jsonb;
  opened bigint;
begin
  perform ibok.demand_importer(p_kind);
  known := ibok.find_act(p_request, 'imports.run', act);
  if known is not null and exists (
    select from ibok.imports i where i.id = (known ->> 'importId')::bigint and i.state <> 'cancelled') then
    return known || '{"again": true}';
  end if;
  if exists (select from unnest(p_kept) as field where field !~ '^[a-z][a-z_]{0,39}$') then
    raise exception 'kept' using errcode = 'IB004';
  end if;
  insert into ibok.imports (file_kind, file_name, file_sha256, encoding, mode, kept)
  values (p_kind, p_file_name, decode(p_sha256, 'hex'), p_encoding, p_mode, coalesce(p_kept, '{}')) returning id into opened;
  if known is not null then
    -- Asked for once more after it had been stopped: the request now stands for the new import.
    update ibok.acts set result = jsonb_build_object('importId', opened::text) where client_request_id = p_request;
    return jsonb_build_object('importId', opened::text);
  end if;
  return ibok.store_act(p_request, 'imports.run', act, jsonb_build_object('importId', opened::text));
end $$;
revoke execute on function api.begin_import(uuid, text, text, text, text, text, text[]) from public;

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

-- The columns of the fields a file does not have, where they bear another name than the field.
create or replace function ibok.import_kept_columns(p_fields text[]) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select string_agg(coalesce(c.name || ',' || field, field), ',')
    from unnest(p_fields) as field
    left join (values ('supplied_to', 'valid_to'), ('contract_no', 'contract_id'), ('parent_meter_id', 'parent_id'),
      ('corrects_no', 'corrects_id')) as c (of, name) on c.of = field
$$;
revoke execute on function ibok.import_kept_columns(text[]) from public;

-- Stores up to 5,000 rows: [{"row": 2, "customer_no": "004711", …}, …]. Dates are days of Warsaw. p_position: how many
-- rows the import had handled before these; another number is refused, so that two desks never do the same rows.
create or replace function api.import_rows(p_import bigint, p_rows jsonb, p_position integer default null)
returns table (row_no integer, verdict text, column_name text, code text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'Europe/Warsaw' as $$
declare
  current_import ibok.imports := ibok.open_import(p_import);
  done jsonb;
begin
  if p_position <> current_import.position then raise exception 'import has gone on' using errcode = 'IB003'; end if;
  perform set_config('ibok.reason', 'import ' || p_import, true);
  perform set_config('ibok.import_kept', coalesce(ibok.import_kept_columns(current_import.kept), ''), true);
  done := ibok.import_apply(current_import.file_kind, ibok.import_plain(p_rows), p_import);
  update ibok.imports i set created = i.created + n.created, updated = i.updated + n.updated,
         unchanged = i.unchanged + n.unchanged, refused = i.refused + n.refused,
         position = i.position + jsonb_array_length(p_rows), seen_at = clock_timestamp()
    from (select count(*) filter (where v.verdict = 'create') as created, count(*) filter (where v.verdict = 'update') as updated,
                 count(*) filter (where v.verdict = 'same') as unchanged, count(*) filter (where v.verdict = 'refused') as refused
            from ibok.import_verdicts(done) as v) as n
   where i.id = p_import;
  return query select v.row_no, v.verdict, v.column_name, v.code from ibok.import_verdicts(done) as v;
end $$;
revoke execute on function api.import_rows(bigint, jsonb, integer) from public;

-- Closes the import; p_refused counts the rows that were refused before they got here. From now on it can be undone.
create or replace function api.finish_import(p_import bigint, p_refused integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ended ibok.imports := ibok.open_import(p_import);
begin
  update ibok.imports set state = 'done', finished_at = now(), refused = refused + greatest(p_refused, 0) where id = p_import;
  perform ibok.add_undo_step('import', 'import:' || p_import, ended.created + ended.updated, '{}', '{}');
end $$;
revoke execute on function api.finish_import(bigint, integer) from public;

grant execute on function
  api.begin_import(uuid, text, text, text, text, text, text[]), api.import_rows(bigint, jsonb, integer), api.finish_import(bigint, integer)
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
  perform set_config('ibok.import_kept', '', true);
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
