-- The few acts on logins that need CREATEROLE. Who may ask for them is decided by the functions of schema api;
-- here only the shapes are checked: a login that is no staff login, or a group not on the list, cannot be named at all.

grant usage on schema keeper to ibok_owner;
set local role ibok_role_keeper;

create or replace function keeper.demand_login(p_login text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if p_login is null or p_login !~ '^s_[a-z0-9_]{2,30}$' then
    raise exception 'login' using errcode = 'IB004';
  end if;
end $$;

-- A SCRAM verifier made in the client, so that no password in clear reaches the server or its log.
create or replace function keeper.demand_verifier(p_verifier text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if p_verifier is null
     or p_verifier !~ '^SCRAM-SHA-256\$[0-9]{4,6}:[A-Za-z0-9+/]{16,64}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$'
     or substring(p_verifier from '\$([0-9]+):')::int not between 4096 and 100000 then
    raise exception 'verifier' using errcode = 'IB004';
  end if;
end $$;

create or replace function keeper.demand_group(p_group text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if p_group is null or p_group not in ('bok_clerk', 'bok_technician', 'bok_supervisor', 'bok_admin', 'bok_dpo') then
    raise exception 'group' using errcode = 'IB004';
  end if;
end $$;

-- A new login may connect and has no group yet. p_valid_until null means without end.
create or replace function keeper.create_login(p_login text, p_verifier text, p_valid_until timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform keeper.demand_login(p_login);
  perform keeper.demand_verifier(p_verifier);
  execute format('create role %I login connection limit 4 password %L valid until %L',
    p_login, p_verifier, coalesce(p_valid_until::text, 'infinity'));
  execute format('grant bok_staff to %I', p_login);
end $$;

create or replace function keeper.set_verifier(p_login text, p_verifier text, p_valid_until timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform keeper.demand_login(p_login);
  perform keeper.demand_verifier(p_verifier);
  execute format('alter role %I password %L valid until %L',
    p_login, p_verifier, coalesce(p_valid_until::text, 'infinity'));
end $$;

create or replace function keeper.grant_group(p_login text, p_group text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform keeper.demand_login(p_login);
  perform keeper.demand_group(p_group);
  execute format('grant %I to %I', p_group, p_login);
end $$;

-- Takes every group away but bok_staff. Returns how many remain, because somebody else granted them by hand.
create or replace function keeper.strip_groups(p_login text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  granted name;
begin
  perform keeper.demand_login(p_login);
  for granted in
    select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles p on p.oid = m.member
     where p.rolname = p_login and g.rolname <> 'bok_staff'
  loop
    execute format('revoke %I from %I', granted, p_login);
  end loop;
  return (select count(*) from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles p on p.oid = m.member
           where p.rolname = p_login and g.rolname <> 'bok_staff');
end $$;

create or replace function keeper.revoke_groups(p_login text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if keeper.strip_groups(p_login) > 0 then
    raise exception 'a group was granted outside the staff administration' using errcode = 'IB006';
  end if;
end $$;

-- Ends the person's sessions in every database of the cluster, except the one that asks. Returns how many.
create or replace function keeper.end_sessions(p_login text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ended integer;
begin
  perform keeper.demand_login(p_login);
  select count(pg_terminate_backend(pid)) into ended
    from pg_stat_activity where usename = p_login and pid <> pg_backend_pid();
  return ended;
end $$;

-- A leaver: no sign-in, no right, no session. A session that slips in while this commits is ended by the reaper.
create or replace function keeper.end_login(p_login text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if keeper.strip_groups(p_login) > 0 then
    raise warning 'a group granted outside the staff administration stays with a login that has ended';
  end if;
  execute format('revoke bok_staff from %I', p_login);
  execute format('alter role %I nologin password null', p_login);
  return keeper.end_sessions(p_login);
end $$;

-- Ends sessions of staff that hold a transaction idle or one statement running for longer than p_seconds, keep any
-- transaction open ten times as long (statements in between do not save it), or belong to a login that has ended.
-- The client's own timeouts do not count: everybody may SET them away. Only this database: each has its own worker.
create or replace function keeper.reap_sessions(p_seconds integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  patience interval := make_interval(secs => greatest(1, p_seconds));
  ended integer;
begin
  select count(pg_terminate_backend(a.pid)) into ended
    from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
   where r.rolname ~ '^s_' and a.datname = current_database() and a.pid <> pg_backend_pid()
     and (not r.rolcanlogin
       or (a.state like 'idle in transaction%' and a.state_change < clock_timestamp() - patience)
       or (a.state in ('active', 'fastpath function call') and a.query_start < clock_timestamp() - patience)
       or a.xact_start < clock_timestamp() - patience * 10);
  return ended;
end $$;

revoke execute on all functions in schema keeper from public;
grant execute on all functions in schema keeper to ibok_owner;
reset role;
