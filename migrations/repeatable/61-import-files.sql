-- One function for each file of the export (docs/portal-and-billing.md): which row is whose, who is master of what.
-- Each returns the array it was given, with "verdict" on the rows that were not refused.

-- Columns that are never null and that the file does not have, as they are stored; without this their default would
-- count as a value of the file.
create or replace function ibok.import_fill(p_rows jsonb, p_table text, p_key text, p_columns text[]) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp set enable_nestloop = off as $$
declare
  missing text[] := array(select unnest(p_columns) intersect select unnest(ibok.import_kept()));
  filled jsonb;
begin
  if missing = '{}' then return p_rows; end if;
  execute format($sql$
    with present as materialized (
      select t.%2$I::text as key, to_jsonb(t) as stored from ibok.%1$I t
       where t.%2$I = any (array(select e ->> %2$L from jsonb_array_elements($1) as e))
    )
    select jsonb_agg(e.value || coalesce((
             select jsonb_object_agg(col, p.stored -> col) from unnest($2) as col where p.stored ? col), '{}') order by e.place)
      from jsonb_array_elements($1) with ordinality as e (value, place) left join present p on p.key = e.value ->> %2$L
  $sql$, p_table, p_key) using p_rows, missing into filled;
  return coalesce(filled, '[]');
end $$;
revoke execute on function ibok.import_fill(jsonb, text, text, text[]) from public;

-- Contact data belongs to Desk: it is set when the import creates the customer and never touched again.
create or replace function ibok.apply_customers(p_rows jsonb, p_import bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  p_rows := ibok.import_fill(p_rows, 'customers', 'customer_no', '{first_name,last_name,company_name,vip}');
  return ibok.import_store(p_rows, p_import, 'id', 'customers', '{customer_no}',
    p_columns => '{kind,first_name,last_name,company_name,nip,regon,pesel,bank_account,deceased_on,vip,source_updated_at}',
    p_create_only => '{phone,phone_alt,email,email_alt,postal_street,postal_house_no,postal_flat_no,postal_code,postal_city}',
    p_keep => '{deceased_on,source_updated_at}',
    p_defaults => '{"first_name": "", "last_name": "", "company_name": "", "vip": false}', p_last => true);
end $$;
revoke execute on function ibok.apply_customers(jsonb, bigint) from public;

create or replace function ibok.apply_contracts(p_rows jsonb, p_import bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  p_rows := ibok.import_refer(p_rows, 'customer_no', 'customers', 'customer_no', 'customer_id');
  return ibok.import_store(p_rows, p_import, 'id', 'contracts', '{contract_no}',
    p_columns => '{customer_id,kind,signed_on,valid_from,valid_to,status,source_updated_at}',
    p_keep => '{source_updated_at}', p_last => true);
end $$;
revoke execute on function ibok.apply_contracts(jsonb, bigint) from public;

-- A contract named beside a customer must be that customer's.
create or replace function ibok.import_same_customer(p_rows jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(case
           when not r ? 'refused' and c.customer_id <> (r ->> 'customer_id')::bigint
           then r || ibok.import_refusal('contract_no', 'OTHER_CUSTOMER') else r end order by place), '[]')
    from jsonb_array_elements(p_rows) with ordinality as e (r, place)
    left join ibok.contracts c on c.id = (r ->> 'contract_id')::bigint
$$;
revoke execute on function ibok.import_same_customer(jsonb) from public;

-- Premise by address, point by code, supply by point and first day. Each row is one supply, or a point nobody is
-- supplied at.
create or replace function ibok.apply_premises(p_rows jsonb, p_import bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  p_rows := ibok.import_refer(p_rows, 'customer_no', 'customers', 'customer_no', 'customer_id');
  p_rows := ibok.import_refer(p_rows, 'contract_no', 'contracts', 'contract_no', 'contract_id');
  p_rows := ibok.import_same_customer(p_rows);
  p_rows := ibok.import_store(p_rows, p_import, 'premise_id', 'premises', '{house_no,postal_code,city}',
    p_columns => '{district,route,teryt_terc,teryt_simc,teryt_ulic}', p_key_or_null => '{street,flat_no}');
  select jsonb_agg(r || jsonb_build_object('code', r -> 'point_code', 'status', r -> 'point_status') order by place)
    into p_rows from jsonb_array_elements(p_rows) with ordinality as e (r, place);
  p_rows := ibok.import_store(p_rows, p_import, 'supply_point_id', 'supply_points', '{code}',
    p_columns => '{premise_id,place,status}');
  select jsonb_agg(r || jsonb_build_object('valid_from', r -> 'supplied_from', 'valid_to', r -> 'supplied_to') order by place)
    into p_rows from jsonb_array_elements(p_rows) with ordinality as e (r, place);
  p_rows := ibok.import_store(p_rows, p_import, 'supply_id', 'supplies', '{valid_from,supply_point_id}',
    p_columns => '{customer_id,contract_id,valid_to}');
  return (
    select jsonb_agg(r || jsonb_build_object('verdict', case
             when coalesce(r ->> 'supply_id_verdict', r ->> 'supply_point_id_verdict') = 'create' then 'create'
             when r ->> 'premise_id_verdict' = 'same' and r ->> 'supply_point_id_verdict' = 'same'
              and coalesce(r ->> 'supply_id_verdict', 'same') = 'same' then 'same'
             else 'update' end))
      from jsonb_array_elements(p_rows) as r);
end $$;
revoke execute on function ibok.apply_premises(jsonb, bigint) from public;

-- What was exchanged in Desk stays so, whatever a file says, which may not have heard of it. The rows go on with what is
-- stored where an act that stands took their installation out or put it in: point, role, parent, end and final value; the
-- meter's status, unless it hung somewhere later that is the file's; and the new parent of what the act moved behind it.
-- Looked up by array and joined by hash, as in ibok.import_store.
create or replace function ibok.import_exchanged(p_rows jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp set enable_nestloop = off as $$
  with given as materialized (
    select r, place, case when not r ? 'refused' then (r ->> 'meter_id')::bigint end as meter,
           case when not r ? 'refused' then (r ->> 'installed_on')::date end as installed_on
      from jsonb_array_elements(p_rows) with ordinality as e (r, place)
  ), known as materialized (
    select i.* from ibok.meter_installations i
     where i.meter_id = any (array(select g.meter from given g)) and i.reversed_at is null
  ), acts as materialized (
    select e.old_installation_id, e.new_installation_id, e.before from ibok.exchanges e
     where e.reversed_at is null
       and (e.old_installation_id = any (array(select k.id from known k))
         or e.new_installation_id = any (array(select k.id from known k union select k.parent_id from known k)))
  ), held as materialized (
    select k.* from known k
     where k.id in (select a.old_installation_id from acts a union select a.new_installation_id from acts a)
  ), moved as materialized (
    select k.meter_id, k.installed_on, k.parent_id from known k join acts a on a.new_installation_id = k.parent_id
     where jsonb_path_exists(a.before, '$.children[*] ? (@.id == $id)', jsonb_build_object('id', k.id))
  ), newest as materialized (
    select distinct on (k.meter_id) k.id, k.meter_id, k.removed_on from known k order by k.meter_id, k.installed_on desc, k.id desc
  ), stays as materialized (
    select m.id, m.status from ibok.meters m
     where m.id = any (array(
       select n.meter_id from newest n join held h on h.id = n.id
        where not exists (select from given g where g.meter = n.meter_id and g.installed_on >= n.removed_on)))
  )
  select case when not exists (select from acts) then p_rows else (
    select jsonb_agg(g.r
             || case when h.id is null then '{}' else jsonb_build_object('supply_point_id', h.supply_point_id, 'role', h.role,
                  'parent_id', h.parent_id, 'parent_stands', true, 'removed_on', h.removed_on, 'final_value', h.final_value) end
             || case when v.meter_id is null then '{}' else jsonb_build_object('parent_id', v.parent_id, 'parent_stands', true) end
             || case when s.id is null then '{}' else jsonb_build_object('status', s.status) end order by g.place)
      from given g
      left join held h on h.meter_id = g.meter and h.installed_on = g.installed_on
      left join moved v on v.meter_id = g.meter and v.installed_on = g.installed_on
      left join stays s on s.id = g.meter) end
$$;
revoke execute on function ibok.import_exchanged(jsonb) from public;

-- The installation that is the parent: of the meter named, at the same point, on the day the sub-meter was built in. One that
-- an exchange gave stands.
create or replace function ibok.import_parent(p_rows jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(case
           when r ? 'refused' or r -> 'parent_stands' = 'true' then r
           when r ->> 'parent_meter_id' is null then r || '{"parent_id": null}'
           when p.id is null then r || ibok.import_refusal('parent_meter_id', 'UNKNOWN_REFERENCE')
           else r || jsonb_build_object('parent_id', p.id) end order by place), '[]')
    from jsonb_array_elements(p_rows) with ordinality as e (r, place)
    left join lateral (
      select i.id from ibok.meter_installations i
       where i.meter_id = (r ->> 'parent_meter_id')::bigint and i.supply_point_id = (r ->> 'supply_point_id')::bigint
         and i.reversed_at is null and i.installed_on <= (r ->> 'installed_on')::date
         and (i.removed_on is null or i.removed_on >= (r ->> 'installed_on')::date)
       order by i.installed_on desc limit 1) as p on true
$$;
revoke execute on function ibok.import_parent(jsonb) from public;

-- Why a mark cannot be, by the code of ibok.legalization_until; null where it can.
create or replace function ibok.mark_fault(p_kind text, p_raw text, p_read_on date) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  why text;
begin
  perform ibok.legalization_until(p_kind, p_raw, p_read_on);
  return null;
exception when sqlstate 'IB004' then
  get stacked diagnostics why = pg_exception_detail;
  return why;
end $$;
revoke execute on function ibok.mark_fault(text, text, date) from public;

-- The last day that a mark allows which is read today.
create or replace function ibok.mark_end(p_kind text, p_raw text) returns date
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (select u.until from ibok.legalization_until(p_kind, p_raw, ibok.today()) as u);
end $$;
revoke execute on function ibok.mark_end(text, text) from public;

-- What rows of meters are made ready with, in one pass: refused where number or mark cannot be; the columns that are not
-- called like their field. Many meters bear the same mark: each is judged once.
create or replace function ibok.import_meter_rows(p_rows jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  with given as materialized (
    select r, place, r ->> 'meter_id' as meter, r ->> 'mark_kind' as kind,
           upper(regexp_replace(r ->> 'raw_mark', '\s', '', 'g')) as raw
      from jsonb_array_elements(p_rows) with ordinality as e (r, place)
  ), judged as materialized (
    select m.kind, m.raw, ibok.mark_fault(m.kind, m.raw, ibok.today()) as fault
      from (select distinct kind, raw from given where kind is not null and raw is not null) as m
  )
  select coalesce(jsonb_agg(g.r || case
           when g.r ? 'refused' then '{}'
           -- From 1,000,000,000,000 on the numbers are Desk's own.
           when g.meter !~ '^[1-9][0-9]{0,11}$' then ibok.import_refusal('meter_id', 'OUT_OF_RANGE')
           when g.kind is null and g.raw is not null then ibok.import_refusal('mark_kind', 'GOES_TOGETHER')
           when g.raw is null and coalesce(g.kind, g.r ->> 'stated_until') is not null
             then ibok.import_refusal('raw_mark', 'GOES_TOGETHER')
           when j.fault is not null then ibok.import_refusal('raw_mark', j.fault)
           else jsonb_build_object('id', g.r -> 'meter_id', 'raw_mark', g.raw, 'parent_stands', false,
             'stock_place', case when g.r ->> 'installed_on' is null then g.r -> 'place' end,
             'deducts_from', case when g.r ->> 'role' <> 'main' then g.r -> 'installed_on' end) end order by g.place), '[]')
    from given g left join judged j on j.kind = g.kind and j.raw = g.raw
$$;
revoke execute on function ibok.import_meter_rows(jsonb) from public;

-- The marks of meters that are stored, as ibok.add_legalization takes one: a mark that Desk knows is no new one, even where
-- the meter has a newer one by now, which the export may not have heard of; nor does a mark come over one that staff read and
-- that ends later. Returns the meters that got one.
create or replace function ibok.import_legalizations(p_rows jsonb, p_import bigint) returns bigint[]
language sql set search_path = pg_catalog, pg_temp set enable_nestloop = on as $$
  with given as materialized (
    select distinct on ((r ->> 'meter_id')::bigint) (r ->> 'meter_id')::bigint as meter, (r ->> 'row')::int as row_no,
           r ->> 'mark_kind' as kind, r ->> 'raw_mark' as raw, (r ->> 'stated_until')::date as stated
      from jsonb_array_elements(p_rows) with ordinality as e (r, place)
     where not r ? 'refused' and r ->> 'raw_mark' is not null order by 1, place
  ), fresh as materialized (
    select g.*, nextval('ibok.legalizations_id_seq') as id
      from given g
     where not exists (
       select from ibok.legalizations l
        where l.meter_id = g.meter and l.withdrawn_at is null and l.mark_kind = g.kind and l.raw_mark = g.raw
          and (g.stated is null or l.stated_until is not distinct from g.stated))
       and coalesce((
         select l.valid_until from ibok.legalizations l
          where l.meter_id = g.meter and l.withdrawn_at is null and l.source = 'staff' order by l.read_on desc, l.id desc limit 1)
         <= ibok.mark_end(g.kind, g.raw), true)
  ), stored as (
    insert into ibok.legalizations (id, meter_id, mark_kind, raw_mark, read_on, stated_until, source) overriding system value
    select id, meter, kind, raw, ibok.today(), stated, 'import' from fresh order by meter
  ), kept as (
    insert into ibok.import_rows (import_id, row_no, table_name, row_id)
    select p_import, row_no, 'legalizations', id from fresh where p_import is not null
  )
  select coalesce(array_agg(meter), '{}') from fresh
$$;
revoke execute on function ibok.import_legalizations(jsonb, bigint) from public;

-- The seal of each row: on the coupling of the installation it names, or of a meter in stock on its counter. What was taken
-- out was sealed as long as it hung there. Returns the rows that brought one.
create or replace function ibok.import_seals(p_rows jsonb, p_import bigint) returns integer[]
language sql set search_path = pg_catalog, pg_temp set enable_nestloop = on as $$
  with given as materialized (
    select distinct on (meter, installation, seal) * from (
      select (r ->> 'meter_id')::bigint as meter, (r ->> 'installation_id')::bigint as installation,
             upper(btrim(r ->> 'seal_no')) as seal, (r ->> 'row')::int as row_no, place,
             coalesce((r ->> 'installed_on')::date, (r ->> 'accepted_on')::date, ibok.today()) as put_on,
             (r ->> 'removed_on')::date as removed_on
        from jsonb_array_elements(p_rows) with ordinality as e (r, place)
       where not r ? 'refused' and r ->> 'seal_no' is not null) as named
     order by meter, installation, seal, place
  ), fresh as materialized (
    select g.*, nextval('ibok.seals_id_seq') as id
      from given g
     where not exists (
       select from ibok.seals s
        where s.meter_id = g.meter and upper(s.seal_no) = g.seal and s.installation_id is not distinct from g.installation)
  ), stored as (
    insert into ibok.seals (id, seal_no, kind, meter_id, installation_id, place, put_on, put_by, removed_on, removed_by,
      removed_reason) overriding system value
    select id, seal, 'plastic', meter, installation, case when installation is null then 'counter' else 'coupling' end, put_on,
           session_user, removed_on, case when removed_on is not null then session_user end,
           case when removed_on is not null then 'removal' end
      from fresh order by meter
  ), kept as (
    insert into ibok.import_rows (import_id, row_no, table_name, row_id)
    select p_import, row_no, 'seals', id from fresh where p_import is not null
  )
  select coalesce(array_agg(row_no), '{}') from fresh
$$;
revoke execute on function ibok.import_seals(jsonb, bigint) from public;

-- Locks what the rows are about, and what they name as parent, as an exchange does: installations by id, then meters by id.
create or replace function ibok.import_lock_meters(p_rows jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  named bigint[] := array(
    select (r ->> 'meter_id')::bigint from jsonb_array_elements(p_rows) as r where not r ? 'refused'
    union select (r ->> 'parent_meter_id')::bigint from jsonb_array_elements(p_rows) as r
           where not r ? 'refused' and r ->> 'installed_on' is not null and r ->> 'parent_meter_id' is not null);
begin
  perform from ibok.meter_installations where meter_id = any (named) order by id for no key update;
  perform from ibok.meters where id = any (named) order by id for no key update;
end $$;
revoke execute on function ibok.import_lock_meters(jsonb) from public;

-- Meter by the number billing gave it (meters.id), type by maker, model, DN and Q3, installation by meter and day; with them
-- the mark and the seal. A sub-meter that billing brings is deducted from its first day.
create or replace function ibok.apply_meters(p_rows jsonb, p_import bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  done jsonb;
  part jsonb;
  part_role text;
  marked bigint[];
  sealed integer[];
begin
  perform ibok.hold_registry();
  p_rows := ibok.import_meter_rows(p_rows);
  p_rows := ibok.import_refer(p_rows, 'point_code', 'supply_points', 'code', 'supply_point_id');
  perform ibok.import_lock_meters(p_rows);
  p_rows := ibok.import_exchanged(p_rows);
  p_rows := ibok.import_store(p_rows, p_import, 'type_id', 'meter_types', '{model,dn,q3,maker}', p_columns => '{r,digits}');
  p_rows := ibok.import_store(p_rows, p_import, 'meter', 'meters', '{id}',
    p_columns => '{factory_no,type_id,owner_kind,status,accepted_on,radio_id,produced_year,stock_place,source_updated_at}',
    p_keep => '{produced_year,stock_place,source_updated_at}');
  select coalesce(jsonb_agg(e.r), '[]') into done from jsonb_array_elements(p_rows) as e (r)
   where e.r ? 'refused' or e.r ->> 'installed_on' is null;
  -- A parent must be stored before the meters behind it.
  foreach part_role in array array['main', 'sub', 'deduction'] loop
    select jsonb_agg(e.r order by place) into part from jsonb_array_elements(p_rows) with ordinality as e (r, place)
     where not e.r ? 'refused' and e.r ->> 'installed_on' is not null and e.r ->> 'role' = part_role;
    continue when part is null;
    part := ibok.import_store(ibok.import_parent(part), p_import, 'installation_id', 'meter_installations',
      '{installed_on,meter_id}',
      p_columns => '{supply_point_id,role,parent_id,removed_on,opening_value,final_value,reason,place}',
      p_create_only => '{deducts_from}', p_keep => '{place}');
    done := done || part;
  end loop;
  marked := ibok.import_legalizations(done, p_import);
  sealed := ibok.import_seals(done, p_import);
  perform ibok.release_registry();
  return (
    select jsonb_agg(e.r || jsonb_build_object('verdict', case
             when coalesce(e.r ->> 'installation_id_verdict', e.r ->> 'meter_verdict') = 'create' then 'create'
             when e.r ->> 'type_id_verdict' = 'same' and e.r ->> 'meter_verdict' = 'same'
              and coalesce(e.r ->> 'installation_id_verdict', 'same') = 'same'
              and e.r ->> 'meter_id' <> all (marked::text[]) and (e.r ->> 'row')::int <> all (sealed) then 'same'
             else 'update' end))
      from jsonb_array_elements(done) as e (r));
end $$;
revoke execute on function ibok.apply_meters(jsonb, bigint) from public;

-- Which installation of the meter a reading belongs to. On the day of an exchange a final reading belongs to the
-- one that ends and every other to the one that begins.
create or replace function ibok.import_installation(p_meter bigint, p_day date, p_kind text) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select i.id from ibok.meter_installations i
   where i.meter_id = p_meter and i.reversed_at is null and i.installed_on <= p_day
     and (i.removed_on is null or i.removed_on >= p_day)
   order by case when p_kind = 'final' then i.installed_on end, i.installed_on desc
   limit 1
$$;
revoke execute on function ibok.import_installation(bigint, date, text) from public;

-- An installation's readings rise in time (invariant 7); an estimate may have been too high and does not count. Refuses
-- rows above the next stored reading, then rows below what came before them: the last stored one and the rows after it.
-- A declared rollover begins anew: what came before is no measure for it nor for what follows.
create or replace function ibok.import_rising(p_rows jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  with given as materialized (
    select r, place, (r ->> 'installation_id')::bigint as installation, (r ->> 'read_on')::date as day,
           (r ->> 'value')::numeric as value, coalesce((r ->> 'rollover')::boolean, false) as rollover,
           not r ? 'refused' and r ->> 'verdict' <> 'same' and r ->> 'kind' <> 'estimate' as counts
      from jsonb_array_elements(p_rows) with ordinality as e (r, place)
  ), between_stored as (
    select g.*, before.day as before_day, before.value as before_value,
           case when not after.rollover then after.value end as after_value,
           count(*) filter (where g.rollover and g.counts) over (
             partition by g.installation, before.day order by g.day) as turns
      from given g
      left join lateral (
        select x.read_on as day, x.value from ibok.readings x
         where x.installation_id = g.installation and x.read_on < g.day and not x.superseded
           and x.kind <> 'estimate' and x.state not in ('rejected', 'withdrawn')
         order by x.read_on desc limit 1) as before on g.counts
      left join lateral (
        select x.value, x.rollover from ibok.readings x
         where x.installation_id = g.installation and x.read_on > g.day and not x.superseded
           and x.kind <> 'estimate' and x.state not in ('rejected', 'withdrawn')
         order by x.read_on limit 1) as after on g.counts
  ), judged as (
    select b.*, max(b.value) filter (where b.counts and not coalesce(b.value > b.after_value, false)) over (
             partition by b.installation, b.before_day, b.turns order by b.day
             rows between unbounded preceding and 1 preceding) as earlier_rows
      from between_stored b
  )
  select coalesce(jsonb_agg(case
           when counts and (value > after_value or (turns = 0 and value < before_value) or value < earlier_rows)
           then r || ibok.import_refusal('value', 'NOT_RISING') else r end order by place), '[]')
    from judged
$$;
revoke execute on function ibok.import_rising(jsonb) from public;

-- Readings that billing has already settled: they enter as acknowledged. Such a row never changes (invariant 6), so
-- another value for the same day comes as a correction that supersedes the first.
create or replace function ibok.apply_readings(p_rows jsonb, p_import bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  select jsonb_agg(r || case
           when r ? 'refused' then '{}'
           when m.id is null then ibok.import_refusal('meter_id', 'UNKNOWN_REFERENCE')
           when place_of.installation is null then ibok.import_refusal('read_on', 'NO_INSTALLATION')
           when old.state in ('received', 'flagged', 'deferred', 'released') then ibok.import_refusal('read_on', 'READING_IN_WORK')
           else jsonb_build_object('installation_id', place_of.installation, 'old_id', old.id, 'verdict', case
             when old.id is null then 'create'
             when old.value = (r ->> 'value')::numeric and old.kind = r ->> 'kind'
              and (r ->> 'consumption' is null or old.consumption = (r ->> 'consumption')::numeric)
              and (r ->> 'rollover' is null or old.rollover = (r ->> 'rollover')::boolean) then 'same'
             else 'update' end) end order by place)
    into p_rows
    from jsonb_array_elements(p_rows) with ordinality as e (r, place)
    left join ibok.meters m on m.id = (r ->> 'meter_id')::bigint
    left join lateral (
      select ibok.import_installation(m.id, (r ->> 'read_on')::date, r ->> 'kind') as installation) as place_of on true
    left join ibok.readings old
      on old.installation_id = place_of.installation and old.read_on = (r ->> 'read_on')::date and not old.superseded;

  p_rows := ibok.import_rising(p_rows);
  update ibok.readings old set superseded = true
    from jsonb_array_elements(p_rows) as r where not r ? 'refused' and r ->> 'verdict' = 'update' and old.id = (r ->> 'old_id')::bigint;
  with kept as (
    insert into ibok.import_rows (import_id, row_no, table_name, row_id, before_image, after_image)
    select p_import, (r ->> 'row')::int, 'readings', (r ->> 'old_id')::bigint, '{"superseded": false}', '{"superseded": true}'
      from jsonb_array_elements(p_rows) as r where p_import is not null and not r ? 'refused' and r ->> 'verdict' = 'update'
  ), made as materialized (
    select r, nextval('ibok.readings_id_seq') as id
      from jsonb_array_elements(p_rows) as r where not r ? 'refused' and r ->> 'verdict' in ('create', 'update')
  ), stored as (
    insert into ibok.readings (id, installation_id, read_on, value, kind, source, consumption, state, corrects_id, rollover)
    overriding system value
    select id, (r ->> 'installation_id')::bigint, (r ->> 'read_on')::date, (r ->> 'value')::numeric, r ->> 'kind', 'import',
           (r ->> 'consumption')::numeric, 'acknowledged', (r ->> 'old_id')::bigint,
           coalesce((r ->> 'rollover')::boolean, false)
      from made order by 2, 3
  )
  insert into ibok.import_rows (import_id, row_no, table_name, row_id)
  select p_import, (r ->> 'row')::int, 'readings', id from made where p_import is not null;

  return p_rows;
end $$;
revoke execute on function ibok.apply_readings(jsonb, bigint) from public;

-- Heads of invoices. A correction may name an invoice of its own file, so rows are stored in rounds: first those whose
-- corrected invoice is known, until a round stores nothing more.
create or replace function ibok.apply_invoices(p_rows jsonb, p_import bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  waiting jsonb;
  part jsonb;
  done jsonb := '[]';
begin
  p_rows := ibok.import_refer(p_rows, 'customer_no', 'customers', 'customer_no', 'customer_id');
  p_rows := ibok.import_refer(p_rows, 'contract_no', 'contracts', 'contract_no', 'contract_id');
  p_rows := ibok.import_same_customer(p_rows);
  p_rows := ibok.import_fill(p_rows, 'invoices', 'invoice_no', '{upo}');
  select jsonb_agg(r || jsonb_build_object('upo', coalesce((r ->> 'upo')::boolean, false)) order by place)
    into waiting from jsonb_array_elements(p_rows) with ordinality as e (r, place);
  loop
    select coalesce(jsonb_agg(tried.r order by place) filter (where known.row), '[]'),
           jsonb_agg(given.r order by place) filter (where not known.row)
      into part, waiting
      from jsonb_array_elements(ibok.import_refer(waiting, 'corrects_no', 'invoices', 'invoice_no', 'corrects_id'))
           with ordinality as tried (r, place)
      join jsonb_array_elements(waiting) with ordinality as given (r, place) using (place),
           lateral (select tried.r ? 'corrects_id' or given.r ? 'refused' as row) as known;
    if part = '[]' then
      -- Nothing to correct is there: what is left is refused by the reference it named.
      return done || coalesce(ibok.import_refer(waiting, 'corrects_no', 'invoices', 'invoice_no', 'corrects_id'), '[]');
    end if;
    part := ibok.import_store(part, p_import, 'id', 'invoices', '{invoice_no}',
      p_columns => '{kind,customer_id,contract_id,issued_on,due_on,net_grosze,vat_grosze,gross_grosze,corrects_id,ksef_no,ksef_at,ksef_mode,delivery,upo,source_updated_at}',
      p_keep => '{source_updated_at}');
    select done || jsonb_agg(r || jsonb_build_object('verdict', r -> 'id_verdict')) into done
      from jsonb_array_elements(part) as r;
    exit when waiting is null;
  end loop;
  return done;
end $$;
revoke execute on function ibok.apply_invoices(jsonb, bigint) from public;
