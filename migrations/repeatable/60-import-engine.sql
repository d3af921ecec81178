-- The engine behind CSV import and billing.upsert_*: sets of rows as jsonb arrays, stored by natural key.
--
-- A row is an object with "row" (its line in the file) and fields named like columns. The steps below hand the same
-- array on: a lookup adds an id, a store adds the row's id and its verdict, a refusal adds "refused", and refused rows
-- are passed over from then on. Only the owner may call any of this; staff and billing come in through 62-import-api.

-- What a refused row carries from then on.
create or replace function ibok.import_refusal(p_column text, p_code text) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('refused', jsonb_build_object('column', p_column, 'code', p_code))
$$;
revoke execute on function ibok.import_refusal(text, text) from public;

-- Adds `p_as`, the id of the row of `p_table` whose `p_key` equals the field `p_field`; refuses rows that name one that
-- is not there. An empty field stays empty.
create or replace function ibok.import_refer(p_rows jsonb, p_field text, p_table text, p_key text, p_as text) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp set enable_nestloop = off as $$
declare
  found jsonb;
begin
  execute format($sql$
    with present as materialized (
      select t.id, t.%3$I::text as key from ibok.%2$I t
       where t.%3$I = any (array(select e ->> %1$L from jsonb_array_elements($1) as e))
    )
    select coalesce(jsonb_agg(e.value || case
             when e.value ? 'refused' then '{}'
             when e.value ->> %1$L is null then jsonb_build_object(%4$L, null)
             when t.id is null then ibok.import_refusal(%1$L, 'UNKNOWN_REFERENCE')
             else jsonb_build_object(%4$L, t.id) end order by e.place), '[]')
      from jsonb_array_elements($1) with ordinality as e (value, place)
      left join present t on t.key = e.value ->> %1$L
  $sql$, p_field, p_table, p_key, p_as) using p_rows into found;
  return found;
end $$;
revoke execute on function ibok.import_refer(jsonb, text, text, text, text) from public;

-- Column names in a pattern, joined; those among p_special in a pattern of their own.
create or replace function ibok.import_list(
  p_pattern text, p_columns text[], p_special text[] default '{}', p_special_pattern text default '', p_joint text default ', '
) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select string_agg(format(case when col = any (p_special) then p_special_pattern else p_pattern end, col), p_joint order by n)
    from unnest(p_columns) with ordinality as u (col, n)
$$;
revoke execute on function ibok.import_list(text, text[], text[], text, text) from public;

-- Fields that the file at hand does not have: they are left as they are. Set for each set of rows by who takes them in.
create or replace function ibok.import_kept() returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(string_to_array(nullif(current_setting('ibok.import_kept', true), ''), ','), '{}')
$$;
revoke execute on function ibok.import_kept() from public;

-- Stores the rows into `p_table` by their key: adds `p_as` (the id) and `p_as`_verdict (create, update, same).
--   p_key          columns that identify a row and are never null: a row without the first of them is passed over,
--                  the last of them has an index
--   p_key_or_null  further key columns, in which null equals null
--   p_columns      what the source is master of: compared, written on create and on update
--   p_create_only  written on create and never again: Desk is their master
--   p_keep         of p_columns, those that an empty field does not clear; those of import_kept() besides
--   p_defaults     what stands for an empty field where the column takes none
--   p_last         whether this is the last step: the rows are then only told by number, with "verdict" or "refused"
-- Of several rows with one key the last one counts. An installation taken back is none: another may bear its key. Rows older than what is stored (source_updated_at) are refused.
-- Each row is turned into a record of the table once, because the checks of its domains are the dearest part.
-- While a table grows within one transaction, or was emptied by a dry run, its statistics say "no rows", and a nested
-- loop would read all of it for every row: hence lookups by array, and joins by hash.
drop function if exists ibok.import_store(jsonb, bigint, text, text, text[], text[], text[], text[], text[]);
create or replace function ibok.import_store(
  p_rows jsonb, p_import bigint, p_as text, p_table text, p_key text[], p_columns text[],
  p_key_or_null text[] default '{}', p_create_only text[] default '{}', p_keep text[] default '{}',
  p_defaults jsonb default '{}', p_last boolean default false
) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp set enable_nestloop = off as $$
declare
  whole_key text[] := p_key || p_key_or_null;
  lookup text := p_key[cardinality(p_key)];
  stored text[] := array_remove(whole_key || p_columns || p_create_only, 'id');
  keep text[] := p_keep || ibok.import_kept();
  outcome jsonb;
begin
  execute format($sql$
    with given as materialized (
      select e.value, e.place, n, max(e.place) over (partition by %2$s) as winner
        from jsonb_populate_record(null::ibok.%1$I, $5) as standing,
             jsonb_array_elements($1) with ordinality as e (value, place),
             lateral jsonb_populate_record(standing, jsonb_strip_nulls(e.value)) as n
       where not e.value ? 'refused' and e.value ->> %3$L is not null
    ), present as materialized (
      select c.* from ibok.%1$I c where c.%13$I = any (array(select (g.n).%13$I from given g))%14$s
    ), judged as materialized (
      select g.place, (g.value ->> 'row')::int as row_no, g.n, c as old,
             case when c.id is null then 'create'
                  when row(%4$s) is not distinct from row(%5$s) then 'same'
                  when %6$s then 'refused'
                  else 'update' end as verdict,
             coalesce(c.id, %7$s) as id
        from given g left join present c on %8$s
       where g.place = g.winner
    ), changed as (
      update ibok.%1$I c set (%9$s) = row(%5$s) from judged g
       where c.id = any (array(select u.id from judged u where u.verdict = 'update')) and c.id = g.id returning c.id
    ), created as (
      insert into ibok.%1$I (id, %10$s) overriding system value
      -- The count makes updates come first: the end of one supply or installation makes room for the next.
      select g.id, %11$s from judged g where g.verdict = 'create' and (select count(*) from changed) >= 0 order by g.place
    ), kept as (
      insert into ibok.import_rows (import_id, row_no, table_name, row_id, before_image, after_image)
      select $2, g.row_no, %1$L, g.id, image.before, image.after
        from judged g left join lateral (
          -- OFFSET 0 keeps the two rows from being made anew for each column.
          select jsonb_object_agg(col, row.old -> col) as before, jsonb_object_agg(col, row.new -> col) as after
            from (select to_jsonb(g.old) as old, to_jsonb(g.n) as new offset 0) as row, unnest($3) as col
           -- Here too, or the images of new rows would be made and thrown away.
           where g.verdict = 'update' and row.old -> col is distinct from row.new -> col and not (col = any ($4) and row.new -> col = 'null')
        ) as image on g.verdict = 'update'
       where $2 is not null and g.verdict in ('create', 'update')
    )
    select jsonb_agg(case when $6 then jsonb_build_object('row', e.value -> 'row') else e.value end || case
             when j.verdict is null then case when $6 and e.value ? 'refused' then jsonb_build_object('refused', e.value -> 'refused') else '{}' end
             when j.verdict = 'refused' then ibok.import_refusal('source_updated_at', 'OLDER_THAN_STORED')
             when $6 then jsonb_build_object('verdict', j.verdict)
             else jsonb_build_object(%12$L, j.id, %12$L || '_verdict', j.verdict) end order by e.place)
      from jsonb_array_elements($1) with ordinality as e (value, place)
      left join given g on g.place = e.place
      left join judged j on j.place = g.winner
  $sql$,
    p_table,
    ibok.import_list('n.%I', whole_key),
    p_key[1],
    ibok.import_list('c.%I', p_columns),
    ibok.import_list('(g.n).%1$I', p_columns, keep, 'coalesce((g.n).%1$I, c.%1$I)'),
    case when 'source_updated_at' = any (p_columns) then '(g.n).source_updated_at < c.source_updated_at' else 'false' end,
    case when 'id' = any (p_key) then '(g.n).id' else format('nextval(%L)', format('ibok.%I_id_seq', p_table)) end,
    ibok.import_list('c.%1$I = (g.n).%1$I', whole_key, p_key_or_null, 'c.%1$I is not distinct from (g.n).%1$I', ' and '),
    ibok.import_list('%I', p_columns),
    ibok.import_list('%I', stored),
    ibok.import_list('(g.n).%I', stored),
    p_as,
    lookup,
    case p_table when 'meter_installations' then ' and c.reversed_at is null' end) using p_rows, p_import, p_columns, keep, p_defaults, p_last into outcome;
  return coalesce(outcome, '[]');
end $$;
revoke execute on function ibok.import_store(jsonb, bigint, text, text, text[], text[], text[], text[], text[], jsonb, boolean) from public;

-- What a violated constraint means to a person: the field and the code, for a row applied by itself.
create or replace function ibok.import_fault(p_sqlstate text, p_constraint text) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select ibok.import_refusal(coalesce(f.field, ''), coalesce(f.code, 'REFUSED_BY_DATABASE'))
    from (select) as always left join (values
      ('line_clean', '', 'INVALID_TEXT'),
      ('line_length', '', 'TOO_LONG'),
      ('code_form', '', 'INVALID_CODE'),
      ('grosze_range', '', 'OUT_OF_RANGE'),
      ('phone_form', 'phone', 'INVALID_PHONE'),
      ('email_form', 'email', 'INVALID_EMAIL'),
      ('postal_code_form', 'postal_code', 'INVALID_POSTAL_CODE'),
      ('customers_named', '', 'REQUIRED'),
      ('customers_nip', 'nip', 'INVALID_NIP'),
      ('customers_regon', 'regon', 'INVALID_REGON'),
      ('customers_pesel', 'pesel', 'INVALID_PESEL'),
      ('customers_bank_account', 'bank_account', 'INVALID_BANK_ACCOUNT'),
      ('contracts_period', 'valid_to', 'DATES_REVERSED'),
      ('supplies_period', 'supplied_to', 'DATES_REVERSED'),
      ('supplies_no_overlap', 'supplied_from', 'OVERLAP'),
      ('meters_produced_year', 'produced_year', 'OUT_OF_RANGE'),
      ('meter_installations_period', 'removed_on', 'DATES_REVERSED'),
      ('meter_installations_closed', 'final_value', 'GOES_TOGETHER'),
      ('meter_installations_no_overlap', 'installed_on', 'OVERLAP'),
      ('readings_value', 'value', 'OUT_OF_RANGE'),
      ('readings_whole', 'value', 'NOT_WHOLE'),
      ('readings_rise', 'value', 'NOT_RISING'),
      ('invoices_amounts', 'gross_grosze', 'AMOUNTS_DISAGREE'),
      ('invoices_dates', 'due_on', 'DATES_REVERSED')
    ) as f (name, field, code) on f.name = p_constraint
$$;
revoke execute on function ibok.import_fault(text, text) from public;
