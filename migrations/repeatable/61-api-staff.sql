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

-- The person's row and login with a first password, for functions that have checked who may. p_id: the number the row
-- gets, taken from its sequence beforehand.
create or replace function ibok.add_member(
  p_id bigint, p_login text, p_display_name text, p_phone text, p_email text, p_group text, p_verifier text
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- The row first: a login that is taken is then named by the constraint.
  insert into ibok.staff_members (id, login, display_name, phone, email, staff_group) overriding system value
  values (p_id, p_login, btrim(p_display_name), nullif(btrim(p_phone), ''), nullif(btrim(p_email), ''), p_group);
  begin
    perform keeper.create_login(p_login, p_verifier, ibok.first_password_end(now()) + interval '14 days');
  exception when duplicate_object then
    raise exception 'the server has a role of this name' using errcode = 'unique_violation', constraint = 'staff_members_login';
  end;
end $$;
revoke execute on function ibok.add_member(bigint, text, text, text, text, text, text) from public;

create or replace function ibok.next_member_id() returns bigint
language sql set search_path = pg_catalog, pg_temp as $$ select nextval(pg_get_serial_sequence('ibok.staff_members', 'id')) $$;
revoke execute on function ibok.next_member_id() from public;

-- A new first password: groups and sessions of the person end at once, as with a newcomer. The person hears of it at
-- the office address, because a reset password is somebody else's identity.
create or replace function ibok.reset_member(p_member ibok.staff_members, p_verifier text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  warning bigint;
begin
  perform keeper.revoke_groups(p_member.login);
  perform keeper.set_verifier(p_member.login, p_verifier, ibok.first_password_end(now()) + interval '14 days');
  perform keeper.end_sessions(p_member.login);
  update ibok.staff_members set must_change_password = true, password_reset_at = now() where id = p_member.id;
  if p_member.email is not null then
    warning := ibok.enqueue_mail('staff.password_reset:' || p_member.id || ':' || gen_random_uuid(), p_member.email,
      'staff.password_reset', jsonb_build_object('login', p_member.login), 'staff_members:' || p_member.id);
    -- At once: whoever resets must not have the seconds in which other mail can be taken back.
    update ibok.outbox set send_after = now() where id = warning;
  end if;
end $$;
revoke execute on function ibok.reset_member(ibok.staff_members, text) from public;

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

  member := ibok.next_member_id();
  perform ibok.add_member(member, p_login, p_display_name, p_phone, p_email, p_group, p_verifier);
  return ibok.store_act(p_request, 'staff.create', input,
    jsonb_build_object('id', member, 'login', p_login, 'validUntil', valid_until));
end $$;
revoke execute on function api.create_staff(text, text, text, text, text, text, uuid) from public;
grant execute on function api.create_staff(text, text, text, text, text, text, uuid) to bok_admin;

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

  perform ibok.reset_member(member, p_verifier);
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
