-- Supervisors, administrators and the data protection officer are made, reset and moved by two persons: one administrator
-- asks, another or the data protection officer decides, and the act is done with the decision. The requester's desk makes
-- the first password; its verifier waits in ibok.approval_payloads, which nobody reads.

-- What a reset or a new group was judged by. With the address: the person's own warning goes there.
create or replace function ibok.member_version(p_id bigint) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(convert_to(jsonb_build_array(s.login, s.staff_group, s.active, s.email,
           extract(epoch from s.password_reset_at))::text, 'UTF8')), 'hex')
    from ibok.staff_members s where s.id = p_id and s.active
$$;
revoke execute on function ibok.member_version(bigint) from public;

create or replace function ibok.member_impact(p_id bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_strip_nulls(jsonb_build_object('login', s.login, 'display_name', s.display_name, 'email', s.email,
           'staff_group', s.staff_group,
           'open_tasks', (select count(*) from ibok.follow_ups f where f.assignee = s.login and f.state = 'open'),
           'own_requests', (select count(*) from ibok.approvals a where a.requested_by = s.login and a.state = 'open')))
    from ibok.staff_members s where s.id = p_id
$$;
revoke execute on function ibok.member_impact(bigint) from public;

-- A person to be made has no row: the subject is the number the row will bear. 'free' while nobody has the number or,
-- once it is asked for, the login; null from then on, so that the request becomes void.
create or replace function ibok.new_member_version(p_id bigint) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select 'free' where not exists (select from ibok.staff_members s where s.id = p_id)
    and not exists (
      select from ibok.approvals a
       where a.kind = 'staff.create' and a.subject = 'staff_members:' || p_id and a.state = 'open'
         and (exists (select from ibok.staff_members s where s.login = a.impact ->> 'login')
              or exists (select from pg_roles r where r.rolname = a.impact ->> 'login')))
$$;
revoke execute on function ibok.new_member_version(bigint) from public;

-- The request brings the facts: login, name, address, group.
create or replace function ibok.new_member_impact(p_id bigint) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$ select '{}'::jsonb $$;
revoke execute on function ibok.new_member_impact(bigint) from public;

create or replace function ibok.create_approved_member(p_approval ibok.approvals) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  wanted jsonb := p_approval.impact;
  secret jsonb;
begin
  select payload into strict secret from ibok.approval_payloads where approval_id = p_approval.id;
  perform ibok.add_member(ibok.approval_subject_id(p_approval), wanted ->> 'login', wanted ->> 'display_name',
    wanted ->> 'phone', wanted ->> 'email', wanted ->> 'staff_group', secret ->> 'verifier');
  perform ibok.approval_executed(p_approval.id);
end $$;
revoke execute on function ibok.create_approved_member(ibok.approvals) from public;

create or replace function ibok.reset_approved_member(p_approval ibok.approvals) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  member ibok.staff_members;
  secret jsonb;
begin
  select payload into strict secret from ibok.approval_payloads where approval_id = p_approval.id;
  select * into strict member from ibok.staff_members where id = ibok.approval_subject_id(p_approval);
  perform ibok.reset_member(member, secret ->> 'verifier');
  perform ibok.approval_executed(p_approval.id);
end $$;
revoke execute on function ibok.reset_approved_member(ibok.approvals) from public;

create or replace function ibok.move_approved_member(p_approval ibok.approvals) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  member ibok.staff_members;
begin
  select * into strict member from ibok.staff_members where id = ibok.approval_subject_id(p_approval);
  perform ibok.move_member(member, p_approval.impact ->> 'new_group');
  perform ibok.approval_executed(p_approval.id);
end $$;
revoke execute on function ibok.move_approved_member(ibok.approvals) from public;

insert into ibok.approval_kinds
  (kind, subject_table, version_function, impact_function, approved_function, requesters, deciders) values
  ('staff.create', 'staff_members', 'new_member_version', 'new_member_impact', 'create_approved_member',
    '{bok_admin}', '{bok_dpo,bok_admin}'),
  ('staff.reset_password', 'staff_members', 'member_version', 'member_impact', 'reset_approved_member',
    '{bok_admin}', '{bok_dpo,bok_admin}'),
  ('staff.change_group', 'staff_members', 'member_version', 'member_impact', 'move_approved_member',
    '{bok_admin}', '{bok_dpo,bok_admin}')
on conflict (kind) do update set subject_table = excluded.subject_table, version_function = excluded.version_function,
  impact_function = excluded.impact_function, approved_function = excluded.approved_function,
  requesters = excluded.requesters, deciders = excluded.deciders;

-- Groups that one administrator sees to are no matter for two.
create or replace function ibok.check_two_person_group(variadic p_groups text[]) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if not p_groups && array['bok_supervisor', 'bok_admin', 'bok_dpo'] then
    raise exception 'group' using errcode = 'IB004';
  end if;
end $$;
revoke execute on function ibok.check_two_person_group(text[]) from public;

-- As api.create_staff, for a supervisor, an administrator or the data protection officer. The login is checked now and
-- again with the decision; two open requests never name the same one. The repeated call: as api.create_staff.
create or replace function api.request_staff(
  p_login text, p_display_name text, p_phone text, p_email text, p_group text, p_verifier text, p_reason text, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login, p_display_name, p_phone, p_email, p_group, p_reason);
  result jsonb;
  facts jsonb;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'staff.requestCreate', input);
  if result is not null then return result || '{"again": true}'; end if;
  perform keeper.demand_login(p_login);
  perform keeper.demand_verifier(p_verifier);
  perform ibok.check_two_person_group(p_group);
  if nullif(btrim(p_display_name), '') is null then raise exception 'displayName' using errcode = 'IB004'; end if;
  -- In the form the row will have: what no row can hold is refused now and not by the decider's click.
  facts := jsonb_strip_nulls(jsonb_build_object('login', p_login, 'display_name', btrim(p_display_name)::ibok.line,
    'phone', nullif(btrim(p_phone), '')::ibok.phone, 'email', nullif(btrim(p_email), '')::ibok.email, 'staff_group', p_group));
  perform pg_advisory_xact_lock(hashtextextended('ibok.new-login:' || p_login, 0));
  if exists (select from ibok.staff_members where login = p_login)
     or exists (select from pg_roles where rolname = p_login)
     or exists (select from ibok.approvals a
                 where a.kind = 'staff.create' and a.state = 'open' and a.expires_at > now() and a.impact ->> 'login' = p_login) then
    raise exception 'login is taken' using errcode = 'unique_violation', constraint = 'staff_members_login';
  end if;
  return ibok.store_act(p_request, 'staff.requestCreate', input, jsonb_build_object('login', p_login, 'approvalId',
    ibok.open_approval('staff.create', ibok.next_member_id(), p_reason,
      jsonb_build_object('facts', facts, 'verifier', p_verifier))::text));
end $$;
revoke execute on function api.request_staff(text, text, text, text, text, text, text, uuid) from public;
grant execute on function api.request_staff(text, text, text, text, text, text, text, uuid) to bok_admin;

create or replace function api.request_password_reset(p_login text, p_verifier text, p_reason text, p_request uuid)
returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login, p_reason);
  result jsonb;
  member ibok.staff_members;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'staff.requestReset', input);
  if result is not null then return result || '{"again": true}'; end if;
  perform keeper.demand_verifier(p_verifier);
  member := ibok.demand_active_member(p_login);
  perform ibok.check_two_person_group(member.staff_group);
  return ibok.store_act(p_request, 'staff.requestReset', input, jsonb_build_object('login', p_login, 'approvalId',
    ibok.open_approval('staff.reset_password', member.id, p_reason, jsonb_build_object('verifier', p_verifier))::text));
end $$;
revoke execute on function api.request_password_reset(text, text, text, uuid) from public;
grant execute on function api.request_password_reset(text, text, text, uuid) to bok_admin;

-- p_from is the group the administrator saw. To or from a group that two persons see to.
create or replace function api.request_group_change(p_login text, p_from text, p_to text, p_reason text, p_request uuid)
returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_login, p_from, p_to, p_reason);
  result jsonb;
  member ibok.staff_members;
begin
  perform api.demand_role('bok_admin');
  result := ibok.find_act(p_request, 'staff.requestGroup', input);
  if result is not null then return result; end if;
  perform keeper.demand_group(p_to);
  if p_login = session_user then raise exception 'not oneself' using errcode = 'IB006'; end if;
  member := ibok.demand_active_member(p_login);
  perform ibok.check_two_person_group(member.staff_group, p_to);
  if member.staff_group is distinct from p_from then raise exception 'group changed meanwhile' using errcode = 'IB003'; end if;
  if p_to = p_from then raise exception 'group' using errcode = 'IB004'; end if;
  return ibok.store_act(p_request, 'staff.requestGroup', input, jsonb_build_object('login', p_login, 'approvalId',
    ibok.open_approval('staff.change_group', member.id, p_reason,
      jsonb_build_object('facts', jsonb_build_object('new_group', p_to)))::text));
end $$;
revoke execute on function api.request_group_change(text, text, text, text, uuid) from public;
grant execute on function api.request_group_change(text, text, text, text, uuid) to bok_admin;
