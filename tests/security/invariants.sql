-- One row (breach, object) per breach of the invariants that the catalogue itself can show; none means all hold.
-- Run as a superuser in a migrated database. Every breach named here has a planted fault in invariants.test.ts.
with wanted_schema (name) as (values ('ibok'), ('api'), ('portal'), ('billing'), ('jobs'), ('audit'), ('keeper')),
wanted_role (name) as (values ('bok_staff'), ('bok_clerk'), ('bok_technician'), ('bok_supervisor'), ('bok_admin'),
  ('bok_dpo'), ('ibok_portal'), ('ibok_billing'), ('ibok_worker'), ('ibok_owner'), ('ibok_role_keeper'), ('ibok_migrator')),
product as (select n.* from pg_namespace n join wanted_schema w on w.name = n.nspname),
-- Who signs in, or is inherited by somebody who does; the owners and the migrator are not among them.
low as (select oid, rolname from pg_roles where rolname ~ '^(s_|bok_)' or rolname in ('ibok_portal', 'ibok_billing', 'ibok_worker')),
relation as (select c.*, n.nspname || '.' || c.relname as name, n.nspname from pg_class c join product n on n.oid = c.relnamespace),
base as (select * from relation where relkind in ('r', 'p')),
routine as (select p.*, p.oid::regprocedure::text as name from pg_proc p join product n on n.oid = p.pronamespace),
held as (
  select r.name as object, r.nspname, r.relkind, r.relispartition, a.* from relation r, aclexplode(r.relacl) a
  union all
  select r.name || '.' || t.attname, r.nspname, r.relkind, r.relispartition, a.*
    from relation r join pg_attribute t on t.attrelid = r.oid, aclexplode(t.attacl) a
), held_low as (select h.*, l.rolname from held h join low l on l.oid = h.grantee)
select 'schema missing' as breach, name as object from wanted_schema where name not in (select nspname from pg_namespace)
union all select 'role missing', name from wanted_role where name not in (select rolname from pg_roles)
union all select 'no table in ibok', 'ibok' where not exists (select from base where nspname = 'ibok')

-- Rows.
union all select 'row-level security not enabled', name from base where not relrowsecurity
union all select 'row-level security not forced', name from base where not relforcerowsecurity
union all select 'no policy for the owner', name from base b
  where not exists (select from pg_policy p where p.polrelid = b.oid and 'ibok_owner'::regrole = any (p.polroles))
union all select 'policy for everybody', b.name || '.' || p.polname from base b join pg_policy p on p.polrelid = b.oid
  where 0 = any (p.polroles)
union all select 'view that asks with its owner''s rights', name from relation
  where relkind = 'v' and not coalesce(reloptions::text ~ 'security_invoker=(true|on|1)', false)
union all select 'grant past the policies of the parent', object || ' to ' || rolname from held_low where relispartition or relkind = 'm'

-- Rights on tables.
union all select 'granted to PUBLIC', privilege_type || ' on ' || object from held where grantee = 0
union all select 'grant option', object || ' to ' || rolname from held_low where is_grantable
union all select 'right nobody needs', privilege_type || ' on ' || object || ' to ' || rolname from held_low
  where privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
union all select 'right on a sequence', object || ' to ' || rolname from held_low where relkind = 'S'
union all select 'audit trail can be written', privilege_type || ' on ' || object || ' by ' || rolname from held_low
  where nspname = 'audit' and privilege_type <> 'SELECT'
union all select 'owner that can sign in', r.name || ' of ' || o.rolname from relation r join pg_roles o on o.oid = r.relowner
  where o.rolcanlogin and r.relkind in ('r', 'p', 'v', 'm', 'S')
union all select 'owner other than ibok_owner', r.name from relation r
  where r.relkind in ('r', 'p', 'v', 'm', 'S') and r.relowner <> 'ibok_owner'::regrole

-- Functions.
union all select 'function executable by PUBLIC', name from routine where proacl is null
  or exists (select from aclexplode(proacl) a where a.grantee = 0)
union all select 'grant option on a function', r.name || ' to ' || l.rolname
  from routine r, aclexplode(r.proacl) a join low l on l.oid = a.grantee where a.is_grantable
union all select 'definer function with an open search_path', name from routine
  where prosecdef and not exists (select from unnest(proconfig) g where g ~ '^search_path=.*pg_temp"?$')
union all select 'definer function of a superuser', r.name from routine r join pg_roles o on o.oid = r.proowner
  where r.prosecdef and o.rolsuper
union all select 'definer function of somebody who can sign in', r.name from routine r join pg_roles o on o.oid = r.proowner
  where r.prosecdef and o.rolcanlogin

-- The trail. Not recorded: what is derived from recorded rows, and what expires.
union all select 'table without the audit trigger', name from base b
  where nspname = 'ibok'
    and relname not in ('customer_search', 'customer_surnames', 'import_rows', 'bulk_rows', 'undo_steps', 'presence', 'uploads', 'upload_parts',
      'job_runs', 'mirror_state', 'schema_versions', 'meter_registry', 'legalization_counts', 'letter_run_items')
    -- 4, 8 and 16 in tgtype: inserts, deletes and updates.
    and (select bit_or(t.tgtype) & 28 from pg_trigger t
          where t.tgrelid = b.oid and t.tgname in ('audit_record', 'audit_inserts') and not t.tgisinternal) is distinct from 28
union all select 'trigger disabled', b.name || '.' || t.tgname from base b join pg_trigger t on t.tgrelid = b.oid
  where t.tgenabled <> 'O'

-- People.
union all select 'login with a dangerous attribute', rolname from pg_roles
  where rolcanlogin and rolname ~ '^(s_|ibok_|bok_)'
    and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication)
union all select 'group that can sign in', rolname from pg_roles where rolname ~ '^bok_' and rolcanlogin
union all select 'staff without a limit of connections', rolname from pg_roles
  where rolname ~ '^s_' and rolcanlogin and rolconnlimit < 0
union all select 'password that is no SCRAM verifier', rolname from pg_authid
  where rolname ~ '^(s_|ibok_)' and rolpassword is not null and rolpassword !~ '^SCRAM-SHA-256\$'
union all select 'admin option', m.rolname || ' in ' || g.rolname
  from pg_auth_members a join low m on m.oid = a.member join pg_roles g on g.oid = a.roleid where a.admin_option
union all select 'member of a role outside of the product', m.rolname || ' in ' || g.rolname
  from pg_auth_members a join low m on m.oid = a.member join pg_roles g on g.oid = a.roleid where g.rolname !~ '^bok_'
union all select 'machine that is staff', m.rolname || ' in ' || g.rolname
  from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
 where m.rolname in ('ibok_portal', 'ibok_billing', 'ibok_worker') and g.rolname ~ '^bok_'

-- The database.
union all select 'may create in a schema', l.rolname || ' in ' || n.nspname from low l, pg_namespace n
  where (n.nspname in (select nspname from product) or n.nspname in ('public', 'ext'))
    and has_schema_privilege(l.oid, n.oid, 'create')
union all select 'may create temporary tables', rolname from low where has_database_privilege(oid, current_database(), 'temp')
union all select 'may create schemas', rolname from low where has_database_privilege(oid, current_database(), 'create')
union all select 'PUBLIC may connect', datname::text from pg_database
  where datname = current_database() and exists (
    select from aclexplode(coalesce(datacl, acldefault('d', datdba))) a where a.grantee = 0)
union all select 'may run code blocks', l.rolname || ' in ' || g.lanname from low l, pg_language g
  where g.lanname = 'plpgsql' and has_language_privilege(l.oid, g.oid, 'usage')
union all select 'PUBLIC may wait or store unseen', p.oid::regprocedure::text from pg_proc p
  where p.pronamespace = 'pg_catalog'::regnamespace
    and (p.proname ~ '^lo_' or p.proname in ('loread', 'lowrite') or p.proname ~ '^pg_(try_)?advisory_')
    and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))
order by 1, 2;
