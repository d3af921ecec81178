-- Hints for open screens: 'table:id', never a value. Any login may LISTEN and NOTIFY, so a hint proves nothing and
-- the screen reads again with its own rights.

-- Statement trigger. Arguments in pairs: topic, column whose distinct values are announced (up to 20, else '*').
create or replace function audit.announce() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  most constant int := 20;
  ids text[];
begin
  for pair in 0 .. tg_nargs - 1 by 2 loop
    execute format('select array_agg(value) from (select distinct %I::text as value from changed limit %s) as d',
      tg_argv[pair + 1], most + 1) into ids;
    if cardinality(ids) > most then
      perform pg_notify('ibok', tg_argv[pair] || ':*');
    else
      perform pg_notify('ibok', tg_argv[pair] || ':' || id) from unnest(ids) as id where id is not null;
    end if;
  end loop;
  return null;
end $$;
revoke execute on function audit.announce() from public;

do $$
declare
  rule text[];
begin
  foreach rule slice 1 in array array[
    ['customers', '''customers'', ''id'''],
    ['premises', '''premises'', ''id'''],
    ['supply_points', '''supply_points'', ''id'''],
    ['supplies', '''supplies'', ''id'', ''customers'', ''customer_id'''],
    ['contracts', '''contracts'', ''id'', ''customers'', ''customer_id'''],
    ['invoices', '''invoices'', ''id'', ''customers'', ''customer_id'''],
    ['meters', '''meters'', ''id'''],
    ['meter_installations', '''meter_installations'', ''id'', ''meters'', ''meter_id'''],
    ['readings', '''readings'', ''installation_id'''],
    ['legalizations', '''meters'', ''meter_id'''],
    ['meter_movements', '''meters'', ''meter_id'''],
    ['seals', '''meters'', ''meter_id'''],
    ['exchanges', '''exchanges'', ''id'''],
    ['meter_cases', '''meter_cases'', ''id'''],
    ['service_orders', '''service_orders'', ''id'', ''meters'', ''meter_id'''],
    ['letter_runs', '''letter_runs'', ''id'''],
    ['documents', '''documents'', ''id'''],
    ['document_versions', '''documents'', ''document_id'''],
    ['legal_holds', '''legal_holds'', ''id'', ''customers'', ''customer_id'''],
    ['rule_values', '''rule_values'', ''id'''],
    ['holidays', '''holidays'', ''id'''],
    ['follow_ups', '''follow_ups'', ''id'''],
    ['approvals', '''approvals'', ''id'''],
    ['registrations', '''registrations'', ''id'''],
    ['accounts', '''accounts'', ''id'''],
    ['account_access', '''accounts'', ''account_id'', ''customers'', ''customer_id'''],
    ['account_blocks', '''accounts'', ''account_id'''],
    ['account_sign_ins', '''accounts'', ''account_id'''],
    ['data_change_requests', '''data_change_requests'', ''id'', ''accounts'', ''account_id'''],
    ['regulation_versions', '''regulation_versions'', ''id'''],
    ['regulation_acceptances', '''accounts'', ''account_id'', ''regulation_versions'', ''version_id'''],
    ['consents', '''accounts'', ''account_id'''],
    ['deletion_requests', '''deletion_requests'', ''id'', ''accounts'', ''account_id'''],
    ['templates', '''templates'', ''id'''],
    ['outbox', '''outbox'', ''id'''],
    ['letters', '''letters'', ''id'''],
    ['imports', '''imports'', ''id'''],
    ['bulk_acts', '''bulk_acts'', ''id'''],
    ['staff_members', '''staff_members'', ''id'''],
    ['saved_views', '''saved_views'', ''id'''],
    ['saved_view_pins', '''saved_views'', ''view_id''']
  ] loop
    execute format('create or replace trigger announce_insert after insert on ibok.%I
      referencing new table as changed for each statement execute function audit.announce(%s)', rule[1], rule[2]);
    execute format('create or replace trigger announce_update after update on ibok.%I
      referencing new table as changed for each statement execute function audit.announce(%s)', rule[1], rule[2]);
    execute format('create or replace trigger announce_delete after delete on ibok.%I
      referencing old table as changed for each statement execute function audit.announce(%s)', rule[1], rule[2]);
  end loop;
end $$;

-- Presence: 'presence:customers:12' when somebody comes, goes, or starts or stops editing; heartbeats are silent.
create or replace function ibok.announce_presence() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('ibok', 'presence:' || case tg_op when 'DELETE' then old.record else new.record end);
  return null;
end $$;
revoke execute on function ibok.announce_presence() from public;

create or replace trigger announce_presence after insert or delete on ibok.presence
  for each row execute function ibok.announce_presence();
create or replace trigger announce_editing after update on ibok.presence
  for each row when (old.editing <> new.editing) execute function ibok.announce_presence();

-- The time of a sign of life is the server's.
create or replace function ibok.stamp_presence() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.seen_at := now();
  return new;
end $$;
revoke execute on function ibok.stamp_presence() from public;

create or replace trigger presence_stamp before insert or update on ibok.presence
  for each row execute function ibok.stamp_presence();
