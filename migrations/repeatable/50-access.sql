-- Who may read and write which rows and columns directly. Writes go through functions, but for two tables that hold
-- nothing but a person's own choices. bok_supervisor is a member of bok_clerk and needs no line of its own there.
-- The lists' policies are USING (true): a real predicate would keep LIKE from the trigram index.

-- Row-level security on every table, forced on the owner too; the owner's functions need a policy to see anything.
do $$
declare
  target regclass;
begin
  for target in
    select oid::regclass from pg_class
     where relkind in ('r', 'p') and relnamespace in ('ibok'::regnamespace, 'audit'::regnamespace)
  loop
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('drop policy if exists owner_all on %s', target);
    execute format('create policy owner_all on %s to ibok_owner using (true) with check (true)', target);
  end loop;
end $$;

-- Customers: identity columns only. Phone, e-mail, postal address and identifiers come out of api.open_card alone.
grant select (id, customer_no, kind, first_name, last_name, company_name, deceased_on, vip, source_updated_at, created_at,
  updated_at) on ibok.customers to bok_clerk, bok_technician, bok_dpo;
create policy customers_read on ibok.customers for select to bok_clerk, bok_technician, bok_dpo using (true);

-- Places, meters, readings and contracts: whole rows, for everybody who works with customers.
do $$
declare
  name text;
begin
  foreach name in array array['customer_search', 'customer_surnames', 'premises', 'supply_points', 'supplies', 'contracts',
    'meter_types', 'meters', 'meter_installations', 'readings']
  loop
    execute format('grant select on ibok.%I to bok_clerk, bok_technician, bok_dpo', name);
    execute format(
      'create policy %I on ibok.%I for select to bok_clerk, bok_technician, bok_dpo using (true)', name || '_read', name);
  end loop;
end $$;

grant select on ibok.invoices to bok_clerk;
create policy invoices_read on ibok.invoices for select to bok_clerk using (true);

grant select on ibok.legal_holds to bok_clerk, bok_dpo;
create policy legal_holds_read on ibok.legal_holds for select to bok_clerk, bok_dpo using (true);

-- What the whole office knows.
grant select on ibok.rule_values, ibok.holidays to bok_staff;
create policy rule_values_read on ibok.rule_values for select to bok_staff using (true);
create policy holidays_read on ibok.holidays for select to bok_staff using (true);

grant select on ibok.schema_versions to bok_staff, ibok_worker;
create policy schema_versions_read on ibok.schema_versions for select to bok_staff, ibok_worker using (true);

grant select (id, login, display_name, staff_group, active, absent_from, absent_to, substitute_id)
  on ibok.staff_members to bok_staff;
grant select on ibok.staff_members to bok_admin, bok_supervisor, bok_dpo;
create policy staff_members_read on ibok.staff_members for select to bok_staff using (true);

-- A person's own choices and draft key. The key is made by the server and cannot be written.
grant select on ibok.staff_settings to bok_staff;
grant insert (language, theme, density, workspace, text_size, single_keys),
  update (language, theme, density, workspace, text_size, single_keys)
  on ibok.staff_settings to bok_staff;
create policy staff_settings_own on ibok.staff_settings to bok_staff
  using (login = (select session_user)) with check (login = (select session_user));

grant select, delete on ibok.presence to bok_staff;
grant insert (record, editing), update (editing) on ibok.presence to bok_staff;
create policy presence_read on ibok.presence for select to bok_staff using (true);
create policy presence_come on ibok.presence for insert to bok_staff with check (login = (select session_user));
create policy presence_stay on ibok.presence for update to bok_staff
  using (login = (select session_user)) with check (login = (select session_user));
create policy presence_go on ibok.presence for delete to bok_staff using (login = (select session_user));

grant select on ibok.acts to bok_staff;
create policy acts_own on ibok.acts for select to bok_staff using (login = (select session_user));

grant select on ibok.imports to bok_clerk, bok_technician;
-- Never before_image: it holds whole rows, PESEL and bank account among them.
grant select (import_id, row_no, table_name, row_id) on ibok.import_rows to bok_clerk, bok_technician;
create policy imports_own on ibok.imports for select to bok_clerk, bok_technician using (login = (select session_user));
create policy imports_all on ibok.imports for select to bok_supervisor using (true);
-- Follows the policies of ibok.imports, which the subquery is under as well.
create policy import_rows_of_visible on ibok.import_rows for select to bok_clerk, bok_technician
  using (import_id in (select i.id from ibok.imports i));

-- The trail: all of it for the data protection officer, without the values for the administrator. Keys for nobody.
grant select on audit.events, audit.seals, audit.alarms to bok_dpo, bok_admin;
grant select on audit.event_values, audit.reads to bok_dpo;
create policy events_read on audit.events for select to bok_dpo, bok_admin using (true);
create policy seals_read on audit.seals for select to bok_dpo, bok_admin using (true);
create policy alarms_read on audit.alarms for select to bok_dpo, bok_admin using (true);
create policy event_values_read on audit.event_values for select to bok_dpo using (true);
create policy reads_read on audit.reads for select to bok_dpo using (true);
