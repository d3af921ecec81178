-- Dated rules and days off. A value holds from its day on; what has been decided by an earlier value stands. So a new
-- value closes the one before it, and nothing that has begun is rewritten, except on its first day, with a reason.

grant select on ibok.rule_keys to bok_staff;
create policy rule_keys_read on ibok.rule_keys for select to bok_staff using (true);

-- Administrators set everything, supervisors thresholds, the data protection officer retention.
create or replace function ibok.demand_rule_key(p_key text) returns ibok.rule_keys
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  rule ibok.rule_keys;
begin
  select * into rule from ibok.rule_keys where key = p_key;
  if not found then raise exception 'no such rule' using errcode = 'IB002'; end if;
  case rule.kind
    when 'threshold' then perform api.demand_role('bok_admin', 'bok_supervisor');
    when 'retention' then perform api.demand_role('bok_admin', 'bok_dpo');
    else perform api.demand_role('bok_admin');
  end case;
  return rule;
end $$;
revoke execute on function ibok.demand_rule_key(text) from public;

create or replace function ibok.check_reason(p_reason text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if char_length(btrim(p_reason)) between 5 and 200 is not true then raise exception 'reason' using errcode = 'IB004'; end if;
  perform set_config('ibok.reason', btrim(p_reason), true);
end $$;
revoke execute on function ibok.check_reason(text) from public;

-- The rule's newest value, locked. Two that set one rule at once come one after the other.
create or replace function ibok.newest_rule_value(p_key text) returns ibok.rule_values
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  newest ibok.rule_values;
begin
  perform pg_advisory_xact_lock(hashtextextended('ibok.rule:' || p_key, 0));
  select * into newest from ibok.rule_values where key = p_key order by valid_from desc limit 1 for update;
  return newest;
end $$;
revoke execute on function ibok.newest_rule_value(text) from public;

-- A value from p_valid_from on. p_expected is the id of the newest value the person saw (null: there was none); a newer
-- one is IB003. The same day as that one's corrects it; an earlier day than it or than today is IB006.
create or replace function api.set_rule(
  p_key text, p_value numeric, p_valid_from date, p_source text, p_reason text, p_expected bigint, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_key, p_value, p_valid_from, p_source, p_reason, p_expected);
  rule ibok.rule_keys;
  result jsonb;
  newest ibok.rule_values;
  stored bigint;
begin
  perform api.demand_role('bok_admin', 'bok_supervisor', 'bok_dpo');
  rule := ibok.demand_rule_key(p_key);
  result := ibok.find_act(p_request, 'rules.set', input);
  if result is not null then return result; end if;
  if p_value is null or p_value not between rule.least and rule.most or p_value <> round(p_value, rule.decimals) then
    raise exception 'value' using errcode = 'IB004';
  end if;
  if nullif(btrim(p_source), '') is null then raise exception 'source' using errcode = 'IB004'; end if;
  if p_valid_from is null or p_valid_from < ibok.today() then
    raise exception 'the past stays' using errcode = 'IB006', constraint = 'rule_values_past';
  end if;
  newest := ibok.newest_rule_value(p_key);
  if newest.id is distinct from p_expected then raise exception 'rule changed meanwhile' using errcode = 'IB003'; end if;
  if newest.valid_from > p_valid_from then
    raise exception 'a later value is planned' using errcode = 'IB006', constraint = 'rule_values_planned';
  end if;

  if newest.valid_from = p_valid_from then
    perform ibok.check_reason(p_reason);
    update ibok.rule_values
       set value = to_jsonb(p_value), source = btrim(p_source), approved_by = session_user
     where id = newest.id returning id into stored;
  else
    update ibok.rule_values set valid_to = p_valid_from - 1 where id = newest.id and valid_to is null;
    insert into ibok.rule_values (key, value, valid_from, source)
    values (p_key, to_jsonb(p_value), p_valid_from, btrim(p_source)) returning id into stored;
  end if;
  return ibok.store_act(p_request, 'rules.set', input, jsonb_build_object('id', stored::text));
end $$;
revoke execute on function api.set_rule(text, numeric, date, text, text, bigint, uuid) from public;
grant execute on function api.set_rule(text, numeric, date, text, text, bigint, uuid) to bok_admin, bok_supervisor, bok_dpo;

-- Takes back a value that has not begun; the one before it goes on.
create or replace function api.withdraw_rule(p_id bigint, p_reason text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_reason);
  planned ibok.rule_values;
  result jsonb;
begin
  perform api.demand_role('bok_admin', 'bok_supervisor', 'bok_dpo');
  result := ibok.find_act(p_request, 'rules.withdraw', input);
  if result is not null then return result; end if;
  select * into planned from ibok.rule_values where id = p_id;
  if not found then raise exception 'no such value' using errcode = 'IB002'; end if;
  perform ibok.demand_rule_key(planned.key);
  planned := ibok.newest_rule_value(planned.key);
  if planned.id is distinct from p_id then raise exception 'rule changed meanwhile' using errcode = 'IB003'; end if;
  if planned.valid_from <= ibok.today() then
    raise exception 'it has begun' using errcode = 'IB006', constraint = 'rule_values_past';
  end if;
  perform ibok.check_reason(p_reason);
  delete from ibok.rule_values where id = p_id;
  update ibok.rule_values set valid_to = null where key = planned.key and valid_to = planned.valid_from - 1;
  return ibok.store_act(p_request, 'rules.withdraw', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.withdraw_rule(bigint, text, uuid) from public;
grant execute on function api.withdraw_rule(bigint, text, uuid) to bok_admin, bok_supervisor, bok_dpo;

-- A day off beside those by law, from today on: deadlines counted over a past day stay as they were counted.
create or replace function api.add_holiday(p_day date, p_name text, p_source text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_day, p_name, p_source);
  result jsonb;
  stored bigint;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'holidays.add', input);
  if result is not null then return result; end if;
  if nullif(btrim(p_name), '') is null then raise exception 'name' using errcode = 'IB004'; end if;
  if nullif(btrim(p_source), '') is null then raise exception 'source' using errcode = 'IB004'; end if;
  if p_day is null or p_day > ibok.today() + 3660 then raise exception 'day' using errcode = 'IB004'; end if;
  if p_day < ibok.today() then raise exception 'the past stays' using errcode = 'IB006', constraint = 'rule_values_past'; end if;
  insert into ibok.holidays (day, name, source) values (p_day, btrim(p_name), btrim(p_source)) returning id into stored;
  return ibok.store_act(p_request, 'holidays.add', input, jsonb_build_object('id', stored::text));
end $$;
revoke execute on function api.add_holiday(date, text, text, uuid) from public;
grant execute on function api.add_holiday(date, text, text, uuid) to bok_admin;

create or replace function api.remove_holiday(p_id bigint, p_reason text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_reason);
  result jsonb;
  holiday ibok.holidays;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'holidays.remove', input);
  if result is not null then return result; end if;
  select * into holiday from ibok.holidays where id = p_id for update;
  if not found then raise exception 'no such day' using errcode = 'IB002'; end if;
  if holiday.statutory then raise exception 'a day off by law' using errcode = 'IB006'; end if;
  if holiday.day < ibok.today() then raise exception 'the past stays' using errcode = 'IB006', constraint = 'rule_values_past'; end if;
  perform ibok.check_reason(p_reason);
  delete from ibok.holidays where id = p_id;
  return ibok.store_act(p_request, 'holidays.remove', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.remove_holiday(bigint, text, uuid) from public;
grant execute on function api.remove_holiday(bigint, text, uuid) to bok_admin;
