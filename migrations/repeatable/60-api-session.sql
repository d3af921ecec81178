-- Functions of the signed-in person about this person.

create or replace function ibok.schema_version() returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(max(substring(name from '^([0-9]{4})-')::int), 0) from ibok.schema_versions
$$;
revoke execute on function ibok.schema_version() from public;

-- Until when a first or reset password may be used. The login itself lives a while longer without any right, so that the
-- person hears that the password has expired: PostgreSQL answers an expired password exactly as a wrong one.
create or replace function ibok.first_password_end(p_since timestamptz) returns timestamptz
language sql immutable set search_path = pg_catalog, pg_temp as $$ select p_since + interval '72 hours' $$;
revoke execute on function ibok.first_password_end(timestamptz) from public;

create or replace function ibok.password_expired(p_member ibok.staff_members) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_member.must_change_password and ibok.first_password_end(p_member.password_reset_at) < now()
$$;
revoke execute on function ibok.password_expired(ibok.staff_members) from public;

create or replace function api.whoami() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me ibok.staff_members;
begin
  perform api.demand_role('bok_staff');
  select * into me from ibok.staff_members where login = session_user and active;
  return jsonb_build_object(
    'login', session_user,
    'displayName', me.display_name,
    'group', me.staff_group,
    'mustChangePassword', coalesce(me.must_change_password, false),
    'passwordExpired', coalesce(ibok.password_expired(me), false),
    'schemaVersion', ibok.schema_version(),
    'serverVersion', current_setting('server_version_num')::int);
end $$;
revoke execute on function api.whoami() from public;
grant execute on function api.whoami() to bok_staff;

-- A new password of one's own, as a SCRAM verifier. Only now the person gets the group: whoever holds a first or a
-- reset password sees no customer and writes nothing of the office, in psql too.
create or replace function api.change_own_password(p_verifier text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me ibok.staff_members;
begin
  perform api.demand_role('bok_staff');
  select * into me from ibok.staff_members where login = session_user and active for update;
  if not found then raise exception 'no active staff member' using errcode = 'IB006'; end if;
  if ibok.password_expired(me) then raise exception 'first password expired' using errcode = 'IB008'; end if;
  perform keeper.set_verifier(me.login, p_verifier, null);
  perform keeper.grant_group(me.login, me.staff_group);
  update ibok.staff_members set must_change_password = false where id = me.id;
  return jsonb_build_object('status', 'changed');
end $$;
revoke execute on function api.change_own_password(text) from public;
grant execute on function api.change_own_password(text) to bok_staff;
