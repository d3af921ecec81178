-- Schemas, extensions and what PUBLIC loses, inside the database, by a superuser.

do $$
declare
  name text;
  routine regprocedure;
begin
  foreach name in array array['ibok', 'api', 'portal', 'billing', 'jobs', 'audit'] loop
    execute format('create schema if not exists %I', name);
    execute format('alter schema %I owner to ibok_owner', name);
  end loop;
  create schema if not exists keeper;
  alter schema keeper owner to ibok_role_keeper;

  -- PUBLIC may use large objects and advisory locks by default: storage and waiting nobody could account for.
  for routine in
    select oid::regprocedure from pg_proc
     where pronamespace = 'pg_catalog'::regnamespace
       and (proname ~ '^lo_' or proname in ('loread', 'lowrite') or proname ~ '^pg_(try_)?advisory_')
  loop
    execute format('revoke execute on function %s from public', routine);
    if routine::text ~ 'advisory' then
      execute format('grant execute on function %s to ibok_owner, ibok_worker, ibok_migrator', routine);
    end if;
  end loop;
end $$;

create schema if not exists ext;
create extension if not exists pg_trgm schema ext;
create extension if not exists btree_gist schema ext;
grant usage on schema ext to ibok_owner, bok_staff;

revoke all on schema public from public;

-- No anonymous code blocks for staff. Running existing functions does not need this right.
revoke usage on language plpgsql from public;
grant usage on language plpgsql to ibok_owner, ibok_role_keeper;

alter default privileges for role ibok_owner revoke execute on functions from public;
alter default privileges for role ibok_role_keeper revoke execute on functions from public;

-- DROP OWNED takes a group's grants and policies away even where it owns nothing, and a member may say it for the group:
-- one administrator could strip the whole office of its policies.
create or replace function ext.refuse_drop_owned() returns event_trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not pg_has_role(session_user, 'ibok_owner', 'member') then
    raise exception 'permission denied to drop owned objects' using errcode = 'insufficient_privilege';
  end if;
end $$;
revoke execute on function ext.refuse_drop_owned() from public;
drop event trigger if exists staff_drops_nothing;
create event trigger staff_drops_nothing on ddl_command_start when tag in ('DROP OWNED')
  execute function ext.refuse_drop_owned();
