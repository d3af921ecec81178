-- Roles of the cluster, made and kept right by a superuser. Running it again changes nothing but what drifted.
-- Groups carry the rights, logins carry the person; nobody who can sign in owns anything or may make roles.

do $$
declare
  name text;
begin
  foreach name in array array['bok_staff', 'bok_clerk', 'bok_technician', 'bok_supervisor', 'bok_admin', 'bok_dpo', 'ibok_owner'] loop
    if not exists (select from pg_roles where rolname = name) then execute format('create role %I', name); end if;
    execute format('alter role %I nologin nosuperuser nocreatedb nocreaterole inherit noreplication nobypassrls', name);
  end loop;

  -- Machines sign in with a password that the operator sets; until then there is none and no way in.
  foreach name in array array['ibok_portal', 'ibok_billing', 'ibok_worker'] loop
    if not exists (select from pg_roles where rolname = name) then execute format('create role %I', name); end if;
    execute format('alter role %I login nosuperuser nocreatedb nocreaterole inherit noreplication nobypassrls', name);
  end loop;

  -- The migrator has no right of its own: it must say SET ROLE ibok_owner.
  if not exists (select from pg_roles where rolname = 'ibok_migrator') then create role ibok_migrator; end if;
  alter role ibok_migrator login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls;

  -- The only role that may make logins. Nobody can become it; its few functions stand in schema keeper.
  if not exists (select from pg_roles where rolname = 'ibok_role_keeper') then create role ibok_role_keeper; end if;
  alter role ibok_role_keeper nologin nosuperuser nocreatedb createrole inherit noreplication nobypassrls;
end $$;

grant bok_staff to bok_clerk, bok_technician, bok_supervisor, bok_admin, bok_dpo;
grant bok_clerk to bok_supervisor;
grant ibok_owner to ibok_migrator;
grant pg_signal_backend, pg_read_all_stats to ibok_role_keeper;

-- Before PostgreSQL 16 CREATEROLE may grant every group; since 16 only those it holds ADMIN on.
do $$
begin
  if current_setting('server_version_num')::int >= 160000 then
    -- As text, because older servers cannot parse the options.
    execute 'grant bok_staff, bok_clerk, bok_technician, bok_supervisor, bok_admin, bok_dpo to ibok_role_keeper
      with admin true, inherit false, set false';
  end if;
end $$;
