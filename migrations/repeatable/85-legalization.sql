-- Until when a meter may be used, by the mark it bears (facts 1.1). One truth for the planner, the portal and psql: a
-- trigger writes it beside the mark. shared/domain/legalization.ts reads the same rules for previews; a property test
-- holds the two equal.

-- The first day of the period a mark names, null where nothing of that kind looks so. M21 is 2021, whatever the century
-- after this one will bear.
create or replace function ibok.mark_period(p_kind text, p_raw text) returns date
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  part text[];
  first_day date;
begin
  case p_kind
    when 'm_year' then
      part := regexp_match(p_raw, '^M([0-9]{2})$');
      return make_date(2000 + part[1]::int, 1, 1);
    when 'until_year', 'done_year' then
      part := regexp_match(p_raw, '^([12][0-9]{3})$');
      return make_date(part[1]::int, 1, 1);
    when 'until_month' then
      part := regexp_match(p_raw, '^(0?[1-9]|1[0-2])[./-]([12][0-9]{3})$');
      return make_date(part[2]::int, part[1]::int, 1);
    when 'date' then
      part := regexp_match(p_raw, '^([12][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');
      first_day := make_date(part[1]::int, part[2]::int, 1);
      -- 31 April is no day.
      if part[3]::int > extract(day from first_day + interval '1 month - 1 day') then return null; end if;
      return first_day + part[3]::int - 1;
    else return null;
  end case;
end $$;
revoke execute on function ibok.mark_period(text, text) from public;

create or replace function ibok.refuse_mark(p_why text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'impossible mark' using errcode = 'IB004', detail = p_why, constraint = lower(p_why);
end $$;
revoke execute on function ibok.refuse_mark(text) from public;

-- The last day a mark allows, and the rule that says so. p_read_on is the day somebody saw the mark. IB004 for a mark that
-- cannot be, with DETAIL (and, in lower case, the constraint's name): MARK_FORM · MARK_FUTURE, of a time after p_read_on ·
-- MARK_TOO_OLD, before any rule · MARK_NOT_OF_ITS_TIME, when no such marks were made any more.
create or replace function ibok.legalization_until(p_kind text, p_raw text, p_read_on date, out rule_id text, out until date)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  named date := ibok.mark_period(p_kind, p_raw);
  rule ibok.legalization_rules;
  -- Where no rule is of its time, the kind's newest says how far ahead a mark may lie.
  newest ibok.legalization_rules;
  term date;
begin
  if named is null or p_read_on is null then perform ibok.refuse_mark('MARK_FORM'); end if;
  select * into rule from ibok.legalization_rules r
   where r.mark_kind = p_kind and r.marks_from <= named and (r.marks_to is null or named <= r.marks_to);
  select * into newest from ibok.legalization_rules r where r.mark_kind = p_kind order by r.marks_from desc limit 1;
  if named > p_read_on + make_interval(months => coalesce(rule.ahead_months, newest.ahead_months)) then
    perform ibok.refuse_mark('MARK_FUTURE');
  elsif rule.id is null then
    perform ibok.refuse_mark(case
      when exists (select from ibok.legalization_rules r where r.mark_kind = p_kind and r.marks_from <= named)
        then 'MARK_NOT_OF_ITS_TIME' else 'MARK_TOO_OLD' end);
  end if;
  term := named + make_interval(months => rule.months);
  rule_id := rule.id;
  until := case rule.ends
    when 'november_end' then make_date(extract(year from term)::int, 11, 30)
    when 'year_end' then make_date(extract(year from term)::int, 12, 31)
    when 'month_end' then date_trunc('month', term) + interval '1 month - 1 day'
    else term end;
end $$;
revoke execute on function ibok.legalization_until(text, text, date) from public;

-- Whoever writes a legalization: what the mark says is reckoned here, and nowhere else.
create or replace function ibok.reckon_legalization() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- A row without a mark: the columns refuse it, once the policies have.
  if new.mark_kind is null or new.raw_mark is null or new.read_on is null then return new; end if;
  select r.rule_id, r.until into new.rule_id, new.computed_until
    from ibok.legalization_until(new.mark_kind, new.raw_mark, new.read_on) as r;
  new.valid_until := least(coalesce(new.override_until, least(new.computed_until, new.stated_until)), new.lost_on - 1);
  return new;
end $$;
revoke execute on function ibok.reckon_legalization() from public;

create or replace trigger legalizations_reckon before insert or update on ibok.legalizations
  for each row execute function ibok.reckon_legalization();

-- The legalization in force: the one read last of those not withdrawn, whenever it was written down. All null where none is known.
create or replace function ibok.current_legalization(p_meter bigint) returns ibok.legalizations
language sql stable set search_path = pg_catalog, pg_temp as $$
  select l.* from ibok.legalizations l where l.meter_id = p_meter and l.withdrawn_at is null
   order by l.read_on desc, l.id desc limit 1
$$;
revoke execute on function ibok.current_legalization(bigint) from public;

-- Whether the meter might be used on a day: by the mark that was read last until then, or by the first one known, which
-- may have been written down long after it was put on. A meter whose mark nobody knows is not legal.
create or replace function ibok.meter_legal_on(p_meter bigint, p_day date) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select p_day <= l.valid_until from ibok.legalizations l
     where l.meter_id = p_meter and l.withdrawn_at is null
     order by l.read_on <= p_day desc, case when l.read_on <= p_day then l.read_on end desc, l.read_on,
              case when l.read_on <= p_day then l.id end desc, l.id
     limit 1), false)
$$;
revoke execute on function ibok.meter_legal_on(bigint, date) from public;

-- Whether the water of a sub-meter or deduction meter is taken off on a day: its case is complete, it hangs there, and it
-- is legal. An un-legalized sub-meter's reading is not taken into account (facts 1.1.6).
create or replace function ibok.deducts_on(p_installation bigint, p_day date) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select i.role <> 'main' and i.deducts_from <= p_day and (i.removed_on is null or p_day <= i.removed_on)
           and i.reversed_at is null and ibok.meter_legal_on(i.meter_id, p_day)
      from ibok.meter_installations i where i.id = p_installation), false)
$$;
revoke execute on function ibok.deducts_on(bigint, date) from public;

-- A meter, locked. IB002 without one.
create or replace function ibok.lock_meter(p_meter bigint) returns ibok.meters
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  m ibok.meters;
begin
  select * into m from ibok.meters where id = p_meter for no key update;
  if not found then raise exception 'no such meter' using errcode = 'IB002'; end if;
  return m;
end $$;
revoke execute on function ibok.lock_meter(bigint) from public;

-- Writes down a mark read on a meter: {"kind", "raw", "statedUntil"?}, → the legalization's id. The same mark once more, as
-- an import or a second look brings it, is the one that is there, with an early loss or override it may have by now; what
-- the papers say replaces nothing unless it is new.
create or replace function ibok.add_legalization(
  p_meter bigint, p_mark jsonb, p_read_on date, p_source text default 'staff'
) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  kind text := p_mark ->> 'kind';
  raw text := upper(regexp_replace(p_mark ->> 'raw', '\s', '', 'g'));
  stated date := nullif(p_mark ->> 'statedUntil', '')::date;
  standing ibok.legalizations;
  legalization bigint;
begin
  perform ibok.lock_meter(p_meter);
  if p_read_on is null or p_read_on > ibok.today() then
    raise exception 'read_on' using errcode = 'IB004', constraint = 'legalizations_read_on';
  end if;
  if ibok.mark_period(kind, raw) is null then perform ibok.refuse_mark('MARK_FORM'); end if;
  standing := ibok.current_legalization(p_meter);
  if standing.mark_kind = kind and standing.raw_mark = raw
     and (stated is null or stated is not distinct from standing.stated_until) then
    return standing.id;
  end if;
  insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on, stated_until, source)
  values (p_meter, kind, raw, p_read_on, stated, p_source) returning id into legalization;
  return legalization;
end $$;
revoke execute on function ibok.add_legalization(bigint, jsonb, date, text) from public;
