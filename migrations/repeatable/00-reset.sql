-- First of the repeatable files. They are applied together in one transaction, so that a policy or grant that no
-- longer stands in any of them is gone, and nobody ever sees the moment in between.

do $$
declare
  app_schema name;
  policy record;
begin
  for policy in select schemaname, tablename, policyname from pg_policies where schemaname in ('ibok', 'audit')
    -- The owner's own policy stays: without it the list of applied files could not be written any more.
    and policyname <> 'owner_all'
  loop
    execute format('drop policy %I on %I.%I', policy.policyname, policy.schemaname, policy.tablename);
  end loop;
  foreach app_schema in array array['ibok', 'api', 'portal', 'billing', 'jobs', 'audit'] loop
    execute format(
      'revoke all on all tables in schema %1$I from public, bok_staff, bok_clerk, bok_technician, bok_supervisor, bok_admin, bok_dpo,
         ibok_portal, ibok_billing, ibok_worker', app_schema);
    execute format(
      'revoke all on all functions in schema %1$I from public, bok_staff, bok_clerk, bok_technician, bok_supervisor, bok_admin, bok_dpo,
         ibok_portal, ibok_billing, ibok_worker', app_schema);
  end loop;
end $$;

grant usage on schema ibok, api to bok_staff;
grant usage on schema audit to bok_admin, bok_dpo, ibok_worker;
grant usage on schema jobs to ibok_worker;
grant usage on schema portal to ibok_portal;
grant usage on schema billing to ibok_billing;
grant usage on schema ibok to ibok_worker;

-- Pure functions that conditions of staff and the checks of domains call with the caller's right.
grant execute on function
  ibok.is_clean_line(text), ibok.is_clean_note(text), ibok.fold(text), ibok.search_words(text), ibok.phone_key(text),
  ibok.nip_ok(text), ibok.pesel_ok(text), ibok.regon_ok(text), ibok.nrb_ok(text), ibok.today()
  to bok_staff;
