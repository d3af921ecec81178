-- Changes of people who work here: details, group, absence. Rights are taken and given by the keeper's functions alone.

-- Somebody who still works here, locked. Throws IB002, IB006.
create or replace function ibok.demand_active_member(p_login text) returns ibok.staff_members
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  member ibok.staff_members;
begin
  select * into member from ibok.staff_members where login = p_login for update;
  if not found then raise exception 'no such staff member' using errcode = 'IB002'; end if;
  if not member.active then raise exception 'staff member has left' using errcode = 'IB006'; end if;
  return member;
end $$;
revoke execute on function ibok.demand_active_member(text) from public;

-- p_changes {display_name|phone|email: [old, new]}; answers as api.edit_contact does.
create or replace function api.change_staff_details(p_login text, p_changes jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login, p_changes);
  result jsonb;
  member ibok.staff_members;
  compared jsonb;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'staff.changeDetails', input);
  if result is not null then return result; end if;
  member := ibok.demand_active_member(p_login);
  compared := ibok.compare_fields(to_jsonb(member), p_changes, array['display_name', 'phone', 'email']);
  if compared -> 'conflicts' <> '{}' then
    return jsonb_build_object('status', 'conflict', 'fields', compared -> 'conflicts');
  end if;
  if compared -> 'wanted' <> '{}' then
    member := jsonb_populate_record(member, compared -> 'wanted');
    if member.display_name is null then raise exception 'displayName' using errcode = 'IB004'; end if;
    update ibok.staff_members set display_name = member.display_name, phone = member.phone, email = member.email
     where id = member.id;
  end if;
  return ibok.store_act(p_request, 'staff.changeDetails', input, jsonb_build_object('status', 'saved'));
end $$;
revoke execute on function api.change_staff_details(text, jsonb, uuid) from public;
grant execute on function api.change_staff_details(text, jsonb, uuid) to bok_admin;

-- Another group. The person's sessions end, because a session keeps the rights it began with in its caches and screens;
-- who holds an unchanged first password has no group to swap and gets the new one with it.
create or replace function ibok.move_member(p_member ibok.staff_members, p_to text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_to = p_member.staff_group then return; end if;
  update ibok.staff_members set staff_group = p_to where id = p_member.id;
  perform keeper.revoke_groups(p_member.login);
  if not p_member.must_change_password then perform keeper.grant_group(p_member.login, p_to); end if;
  perform keeper.end_sessions(p_member.login);
end $$;
revoke execute on function ibok.move_member(ibok.staff_members, text) from public;

-- Between clerk and technician by one administrator; to or from any other group needs a second person, as creating does.
-- p_from is the group the administrator saw.
create or replace function api.change_staff_group(p_login text, p_from text, p_to text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login, p_from, p_to);
  result jsonb;
  member ibok.staff_members;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'staff.changeGroup', input);
  if result is not null then return result; end if;
  perform keeper.demand_group(p_to);
  if p_login = session_user then raise exception 'not oneself' using errcode = 'IB006'; end if;
  member := ibok.demand_active_member(p_login);
  perform ibok.demand_single_person_group(member.staff_group);
  perform ibok.demand_single_person_group(p_to);
  if member.staff_group is distinct from p_from then raise exception 'group changed meanwhile' using errcode = 'IB003'; end if;

  perform ibok.move_member(member, p_to);
  return ibok.store_act(p_request, 'staff.changeGroup', input, jsonb_build_object('login', p_login, 'group', p_to));
end $$;
revoke execute on function api.change_staff_group(text, text, text, uuid) from public;
grant execute on function api.change_staff_group(text, text, text, uuid) to bok_admin;

-- Whoever stands in must be here: active, somebody else, and not away in the same time (so nobody stands in in a circle).
create or replace function ibok.demand_substitute(p_for ibok.staff_members, p_substitute text) returns bigint
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  substitute ibok.staff_members;
begin
  if p_substitute is null then return null; end if;
  select * into substitute from ibok.staff_members where login = p_substitute and active;
  if not found or substitute.id = p_for.id then raise exception 'substitute' using errcode = 'IB004'; end if;
  if substitute.absent_from is not null
     and daterange(substitute.absent_from, substitute.absent_to, '[]') && daterange(p_for.absent_from, p_for.absent_to, '[]') then
    raise exception 'substitute is away as well' using errcode = 'IB006', constraint = 'staff_members_substitute_away';
  end if;
  return substitute.id;
end $$;
revoke execute on function ibok.demand_substitute(ibok.staff_members, text) from public;

-- p_changes {absent_from|absent_to|substitute: [old, new]}, days as ISO text, the substitute as a login; from null means
-- here again. Everybody for themselves, administrators and supervisors for all. Answers as api.edit_contact does.
create or replace function api.change_absence(p_login text, p_changes jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login, p_changes);
  result jsonb;
  member ibok.staff_members;
  current jsonb;
  compared jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  if p_login is distinct from session_user then perform api.demand_role('bok_admin', 'bok_supervisor'); end if;
  result := ibok.find_act(p_request, 'staff.changeAbsence', input);
  if result is not null then return result; end if;
  -- One at a time: two people who choose each other at once would otherwise both get it.
  perform pg_advisory_xact_lock(hashtextextended('ibok.absences', 0));
  member := ibok.demand_active_member(p_login);
  current := to_jsonb(member) || jsonb_build_object('substitute',
    (select s.login from ibok.staff_members s where s.id = member.substitute_id));
  compared := ibok.compare_fields(current, p_changes, array['absent_from', 'absent_to', 'substitute']);
  if compared -> 'conflicts' <> '{}' then
    return jsonb_build_object('status', 'conflict', 'fields', compared -> 'conflicts');
  end if;
  current := current || (compared -> 'wanted');
  if current ->> 'absent_from' is null then
    current := current || '{"absent_to": null, "substitute": null}';
  end if;
  member.absent_from := (current ->> 'absent_from')::date;
  member.absent_to := (current ->> 'absent_to')::date;
  if member.absent_to < member.absent_from then raise exception 'absentTo' using errcode = 'IB004'; end if;
  member.substitute_id := ibok.demand_substitute(member, current ->> 'substitute');
  update ibok.staff_members
     set absent_from = member.absent_from, absent_to = member.absent_to, substitute_id = member.substitute_id
   where id = member.id;
  return ibok.store_act(p_request, 'staff.changeAbsence', input, jsonb_build_object('status', 'saved'));
end $$;
revoke execute on function api.change_absence(text, jsonb, uuid) from public;
grant execute on function api.change_absence(text, jsonb, uuid) to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- How many open tasks somebody would leave behind. A number only: the administrator does not read the office's tasks.
create or replace function api.open_follow_ups(p_login text) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_admin', 'bok_supervisor');
  return (select count(*) from ibok.follow_ups where assignee = p_login and state = 'open');
end $$;
revoke execute on function api.open_follow_ups(text) from public;
grant execute on function api.open_follow_ups(text) to bok_admin, bok_supervisor;
