-- Who reads what of legalization, exchanges, service orders, cases and mass letters. Writes go through functions alone.
-- bok_supervisor is a member of bok_clerk.

-- Technicians see the letters about meters, and no others.
grant select on ibok.letters to bok_technician;
create policy letters_of_meters on ibok.letters for select to bok_technician
  using (kind in ('exchange_protocol', 'legalization_notice', 'expertise_result'));

do $$
declare
  name text;
begin
  foreach name in array array['meter_movements', 'legalization_rules', 'legalizations', 'seals', 'exchanges', 'meter_cases',
    'service_orders', 'letter_runs', 'letter_run_items', 'meter_registry', 'legalization_counts']
  loop
    execute format('grant select on ibok.%I to bok_clerk, bok_technician, bok_dpo', name);
    execute format(
      'create policy %I on ibok.%I for select to bok_clerk, bok_technician, bok_dpo using (true)', name || '_read', name);
  end loop;
end $$;
