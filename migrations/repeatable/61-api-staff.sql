-- Staff administration. A single administrator makes and resets clerks and technicians; supervisors, administrators and
-- the data protection officer need a second person, because a reset password is somebody else's identity.

create or replace function ibok.demand_single_person_group(p_group text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if p_group is null or p_group not in ('bok_clerk', 'bok_technician') then
    raise exception 'second person required' using errcode = 'IB007';
  end if;
end $$;
revoke execute on function ibok.demand_single_person_group(text) from public;

-- The verifier is no part of what makes two calls the same act: the client makes a new password for each. The repeated
-- call stores nothing and gives the first result with {"again": true}; the password of the first call stays.
create or replace function api.create_staff(
  p_login text, p_display_name text, p_phone text, p_email text, p_group text, p_verifier text, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login, p_display_name, p_phone, p_email, p_group);
  result jsonb;
  valid_until timestamptz := ibok.first_password_end(now());
  member bigint;
begin
  perform api.demand_role('bok_admin');
  perform ibok.demand_single_person_group(p_group);
  result := ibok.find_act(p_request, 'staff.create', input);
  if result is not null then return result || '{"again": true}'; end if;
  if nullif(btrim(p_display_name), '') is null then raise exception 'displayName' using errcode = 'IB004'; end if;

  -- The row first: a login that is taken is then named by the constraint.
  insert into ibok.staff_members (login, display_name, phone, email, staff_group)
  values (p_login, btrim(p_display_name), nullif(btrim(p_phone), ''), nullif(btrim(p_email), ''), p_group)
  returning id into member;
  begin
    perform keeper.create_login(p_login, p_verifier, valid_until + interval '14 days');
  exception when duplicate_object then
    raise exception 'the server has a role of this name' using errcode = 'unique_violation', constraint = 'staff_members_login';
  end;
  return ibok.store_act(p_request, 'staff.create', input,
    jsonb_build_object('id', member, 'login', p_login, 'validUntil', valid_until));
end $$;
revoke execute on function api.create_staff(text, text, text, text, text, text, uuid) from public;
grant execute on function api.create_staff(text, text, text, text, text, text, uuid) to bok_admin;

-- A new first password: groups and sessions of the person end at once, as with a newcomer.
create or replace function api.reset_password(p_login text, p_verifier text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login);
  result jsonb;
  valid_until timestamptz := ibok.first_password_end(now());
  member ibok.staff_members;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'staff.resetPassword', input);
  if result is not null then return result || '{"again": true}'; end if;
  select * into member from ibok.staff_members where login = p_login for update;
  if not found then raise exception 'no such staff member' using errcode = 'IB002'; end if;
  perform ibok.demand_single_person_group(member.staff_group);
  if not member.active then raise exception 'staff member has left' using errcode = 'IB006'; end if;

  perform keeper.revoke_groups(p_login);
  perform keeper.set_verifier(p_login, p_verifier, valid_until + interval '14 days');
  perform keeper.end_sessions(p_login);
  update ibok.staff_members set must_change_password = true, password_reset_at = now() where id = member.id;
  return ibok.store_act(p_request, 'staff.resetPassword', input,
    jsonb_build_object('id', member.id, 'login', p_login, 'validUntil', valid_until));
end $$;
revoke execute on function api.reset_password(text, text, uuid) from public;
grant execute on function api.reset_password(text, text, uuid) to bok_admin;

-- A leaver. Any group: taking rights away protects, and must not wait for a second person. p_tasks_to gets the leaver's
-- open tasks; without a name they stay, for the colleagues of the group to take over.
drop function if exists api.end_staff(text, uuid);
create or replace function api.end_staff(p_login text, p_request uuid, p_tasks_to text default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login, p_tasks_to);
  result jsonb;
  member ibok.staff_members;
  handed_over int := 0;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'staff.end', input);
  if result is not null then return result; end if;
  if p_login = session_user then raise exception 'not oneself' using errcode = 'IB006'; end if;
  select * into member from ibok.staff_members where login = p_login for update;
  if not found then raise exception 'no such staff member' using errcode = 'IB002'; end if;
  if not member.active then raise exception 'staff member has left' using errcode = 'IB006'; end if;

  update ibok.staff_members set active = false, ended_at = now() where id = member.id;
  if p_tasks_to is not null then
    perform ibok.check_assignee(p_tasks_to);
    update ibok.follow_ups set assignee = p_tasks_to where assignee = p_login and state = 'open';
    get diagnostics handed_over = row_count;
  end if;
  return ibok.store_act(p_request, 'staff.end', input,
    jsonb_build_object('id', member.id, 'login', p_login, 'tasksHandedOver', handed_over,
      'sessionsEnded', keeper.end_login(p_login)));
end $$;
revoke execute on function api.end_staff(text, uuid, text) from public;
grant execute on function api.end_staff(text, uuid, text) to bok_admin;
