-- The trail: one event per changed row, in the same transaction, whoever writes (invariant 2).
-- events carries no value of the row; event_values carries them under the subject, so that they can be erased.

-- The functions below run under the search_path of audit.record(), their only caller: a SET of their own would cost
-- more than their work.

-- The key of a subject, made on first use; null once it has been destroyed.
create or replace function audit.subject_key(p_subject text) returns bytea
language plpgsql as $$
declare
  known audit.subject_keys;
begin
  -- Triggers hand names on, and with them the collation "C"; compared in that, the key's index would be of no use.
  select * into known from audit.subject_keys where subject = p_subject collate "default";
  if not found then
    insert into audit.subject_keys (subject, key)
    values (p_subject, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    on conflict (subject) do nothing
    returning * into known;
    if not found then
      -- Another transaction made it while we waited.
      select * into known from audit.subject_keys where subject = p_subject collate "default";
    end if;
  end if;
  return known.key;
end $$;
revoke execute on function audit.subject_key(text) from public;

-- A value that may not stand in the trail in clear, as a digest that tells equal from changed and nothing else.
create or replace function audit.redact(p_value jsonb, p_key bytea) returns jsonb
language sql immutable as $$
  select case
    when p_value is null or p_value = 'null' then 'null'::jsonb
    when p_key is null then '"redacted"'::jsonb
    else to_jsonb('sha256:' || encode(sha256(p_key || convert_to(p_value #>> '{}', 'UTF8')), 'hex'))
  end
$$;
revoke execute on function audit.redact(jsonb, bytea) from public;

create or replace function audit.write(
  p_table text, p_row text, p_op text, p_subject text, p_changes jsonb, p_redacted text[] default null
) returns void
language plpgsql as $$
declare
  subject_key bytea := audit.subject_key(p_subject);
  stored jsonb := p_changes;
  event bigint;
begin
  if stored ?| p_redacted then
    select stored || jsonb_object_agg(col, jsonb_build_array(
             audit.redact(stored -> col -> 0, subject_key), audit.redact(stored -> col -> 1, subject_key)))
      into stored from unnest(p_redacted) as col where stored ? col;
  end if;
  -- The transaction must have its number before the event has its id: the sealer relies on that order.
  perform pg_current_xact_id();
  insert into audit.events (login, application, request_id, on_behalf_of, table_name, row_id, op, reason, digest)
  values (
    session_user,
    left(current_setting('application_name'), 64),
    left(nullif(current_setting('ibok.request_id', true), ''), 200),
    -- Only the portal acts for somebody else; a member of staff could otherwise write any name here.
    case when session_user = 'ibok_portal' then left(nullif(current_setting('ibok.on_behalf_of', true), ''), 200) end,
    p_table, p_row, p_op,
    left(nullif(current_setting('ibok.reason', true), ''), 200),
    sha256(coalesce(subject_key, ''::bytea) || convert_to(stored::text, 'UTF8')))
  returning id into event;
  insert into audit.event_values (event_id, subject, changes) values (event, p_subject, stored);
end $$;
revoke execute on function audit.write(text, text, text, text, jsonb, text[]) from public;

-- What is said of a deletion ('deletion_request:5') is said of the account; null for any other record.
create or replace function audit.deletion_subject(p_record text) returns text
language sql stable as $$
  select 'account:' || q.account_id from ibok.deletion_requests q
   where q.id = substring(p_record from '^deletion_request:([0-9]+)$')::bigint
$$;
revoke execute on function audit.deletion_subject(text) from public;

-- Whose data a row is: 'customer:ID', 'account:ID' and 'registration:ID' for what an account consists of, or 'system' when
-- it is nobody's. p_rule: '' | column:<name> (a customer) | account:<name> | registration:<name> |
-- record:<name> ('customers:12') | task:<name> ('customer:12') | owner (documents) | document:<name>.
create or replace function audit.subject_of(p_rule text, p_row jsonb) returns text
language plpgsql stable as $$
declare
  kind text := split_part(p_rule, ':', 1);
  value text := p_row ->> split_part(p_rule, ':', 2);
  customer text;
begin
  case kind
    when 'column' then customer := value;
    when 'account', 'registration' then return kind || ':' || value;
    when 'record', 'task' then
      value := replace(value, 's:', ':');
      return coalesce(substring(value from '^(?:customer|account|registration):[0-9]+$'), audit.deletion_subject(value), 'system');
    when 'owner' then
      value := rtrim(p_row ->> 'owner_table', 's') || ':' || (p_row ->> 'owner_id');
      if value ~ '^(account|registration|deletion_request):' then
        return coalesce(audit.deletion_subject(value), substring(value from '^(?:account|registration):.*$'), 'system');
      end if;
      customer := case p_row ->> 'owner_table'
        when 'customers' then p_row ->> 'owner_id'
        when 'contracts' then (select customer_id::text from ibok.contracts where id = (p_row ->> 'owner_id')::bigint)
      end;
    when 'document' then
      return coalesce(
        (select audit.subject_of('owner', to_jsonb(d)) from ibok.documents d where d.id = value::bigint), 'system');
    else customer := null;
  end case;
  return coalesce('customer:' || customer, 'system');
end $$;
revoke execute on function audit.subject_of(text, jsonb) from public;

-- Row trigger of changed and deleted rows. Arguments: column of the row's name, subject rule, redacted columns, ignored columns
-- (derived ones), and for the queue of mail the state of a leased row, which is no event.
create or replace function audit.record() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ignored text[] := string_to_array(tg_argv[3], ',');
  before jsonb;
  after jsonb;
  changes jsonb;
begin
  if tg_op = 'DELETE' then
    after := to_jsonb(old);
    select jsonb_object_agg(key, jsonb_build_array(value, null)) into changes
      from jsonb_each(after - ignored) where value <> 'null';
  else
    before := to_jsonb(old);
    after := to_jsonb(new);
    if after ->> 'state' = tg_argv[4] then return null; end if;
    select jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)) into changes
      from jsonb_each(after - ignored) n join jsonb_each(before) o using (key)
     where n.value <> o.value;
    if changes is null then return null; end if;
  end if;
  -- tg_table_name is of type name, whose collation would follow the arguments down and rule out the index of subjects.
  perform audit.write(
    tg_table_name collate "default", after ->> tg_argv[0], lower(tg_op), audit.subject_of(tg_argv[1], after),
    coalesce(changes, '{}'), string_to_array(nullif(tg_argv[2], ''), ','));
  return null;
end $$;
revoke execute on function audit.record() from public;

-- Statement trigger for new rows, with the same arguments and the same outcome as audit.record(): an import writes thousands
-- of rows at once, and one statement for all of them takes a third of the time of two for each. Nested loops are asked for
-- by name: the import forbids them, and would have the keys of all subjects read for each portion of a file.
create or replace function audit.record_inserts() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_nestloop = on as $$
declare
  row_name text := tg_argv[0];
  rule text := tg_argv[1];
  owner_column text := substring(tg_argv[1] from '^column:(.*)$');
  redacted text[] := string_to_array(nullif(tg_argv[2], ''), ',');
  ignored text[] := string_to_array(tg_argv[3], ',');
begin
  if rule = '' then
    perform audit.subject_key('system');
  else
    insert into audit.subject_keys (subject, key)
    select wanted.subject, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
      from (select distinct case when owner_column is null then audit.subject_of(rule, to_jsonb(c))
                                 else coalesce('customer:' || (to_jsonb(c) ->> owner_column), 'system') end as subject
              from changed c) as wanted
     where not exists (select from audit.subject_keys known where known.subject = wanted.subject)
    on conflict (subject) do nothing;
  end if;
  -- The transaction must have its number before the event has its id: the sealer relies on that order.
  perform pg_current_xact_id();
  with of_subject as materialized (
    select data, case when rule = '' then 'system'
                      when owner_column is null then audit.subject_of(rule, data)
                      else coalesce('customer:' || (data ->> owner_column), 'system') end as subject
      from changed c cross join lateral to_jsonb(c) as data
  ), made as materialized (
    select nextval('audit.events_id_seq') as id, o.data ->> row_name as row_id, o.subject, k.key, (
             select coalesce(jsonb_object_agg(e.key, jsonb_build_array(null,
                      case when e.key = any (redacted) then audit.redact(e.value, k.key) else e.value end)), '{}')
               from jsonb_each(o.data - ignored) as e where e.value <> 'null') as stored
      from of_subject o left join audit.subject_keys k on k.subject = o.subject
  ), events as (
    insert into audit.events (id, login, application, request_id, on_behalf_of, table_name, row_id, op, reason, digest)
    overriding system value
    select id, session_user, left(current_setting('application_name'), 64),
           left(nullif(current_setting('ibok.request_id', true), ''), 200),
           case when session_user = 'ibok_portal' then left(nullif(current_setting('ibok.on_behalf_of', true), ''), 200) end,
           tg_table_name collate "default", row_id, 'insert',
           left(nullif(current_setting('ibok.reason', true), ''), 200),
           sha256(coalesce(key, ''::bytea) || convert_to(stored::text, 'UTF8'))
      from made)
  insert into audit.event_values (event_id, subject, changes) select id, subject, stored from made;
  return null;
end $$;
revoke execute on function audit.record_inserts() from public;

-- A blob by its key and size: its bytes may be megabytes and are nobody's business in a log.
create or replace function audit.record_blob() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  row_key text := encode(case tg_op when 'DELETE' then old.sha256 else new.sha256 end, 'hex');
  size int := octet_length(case tg_op when 'DELETE' then old.bytes else new.bytes end);
begin
  perform audit.write('blobs', row_key, lower(tg_op), 'system', jsonb_build_object('size',
    case tg_op when 'DELETE' then jsonb_build_array(size, null) else jsonb_build_array(null, size) end));
  return null;
end $$;
revoke execute on function audit.record_blob() from public;

-- Not audited: uploads and upload_parts (nothing of a record yet), presence, customer_search, customer_surnames,
-- meter_registry and legalization_counts (derived), import_rows, bulk_rows, letter_run_items and undo_steps (the audited
-- rows themselves stand behind them), job_runs and mirror_state (the worker's notes) and schema_versions.
do $$
declare
  rule text[];
begin
  foreach rule slice 1 in array array[
    -- table, row name, subject, redacted, ignored
    ['customers', 'id', 'column:id', 'pesel,bank_account', 'updated_at'],
    ['premises', 'id', '', '', 'search_text'],
    ['supply_points', 'id', '', '', ''],
    ['supplies', 'id', 'column:customer_id', '', ''],
    ['contracts', 'id', 'column:customer_id', '', ''],
    ['invoices', 'id', 'column:customer_id', '', ''],
    ['meter_types', 'id', '', '', ''],
    ['meters', 'id', '', '', 'factory_key'],
    ['meter_installations', 'id', '', '', ''],
    ['readings', 'id', '', 'photo', ''],
    ['meter_movements', 'id', '', '', ''],
    ['legalization_rules', 'id', '', '', ''],
    ['legalizations', 'id', '', '', ''],
    ['seals', 'id', '', '', ''],
    ['exchanges', 'id', '', '', ''],
    ['service_orders', 'id', '', '', ''],
    ['meter_cases', 'id', 'column:customer_id', '', ''],
    ['letter_runs', 'id', '', '', 'seen_at'],
    ['documents', 'id', 'owner', '', ''],
    ['document_versions', 'id', 'document:document_id', '', ''],
    ['legal_holds', 'id', 'column:customer_id', '', ''],
    ['rule_values', 'id', '', '', ''],
    ['holidays', 'id', '', '', ''],
    ['rule_keys', 'key', '', '', ''],
    ['follow_ups', 'id', 'task:subject', '', ''],
    ['approvals', 'id', 'record:subject', '', ''],
    -- An answer may name a person, and the subject of an act is never erased.
    ['acts', 'id', '', 'result', ''],
    ['imports', 'id', '', '', 'seen_at'],
    ['import_mappings', 'signature', '', '', ''],
    ['bulk_acts', 'id', '', 'act', 'seen_at'],
    ['staff_members', 'id', '', '', ''],
    ['staff_settings', 'login', '', 'draft_key', ''],
    ['regulation_versions', 'id', '', '', ''],
    ['clauses', 'id', '', '', ''],
    ['registrations', 'id', 'registration:id', '', ''],
    ['accounts', 'id', 'account:id', '', ''],
    ['account_access', 'id', 'account:account_id', '', ''],
    ['account_blocks', 'id', 'account:account_id', '', ''],
    ['account_credentials', 'account_id', 'account:account_id', 'password_hash', 'failed_sign_ins'],
    ['account_tokens', 'id', 'account:account_id', 'token_hash', ''],
    ['account_sign_ins', 'id', 'account:account_id', '', ''],
    ['account_sessions', 'id', 'account:account_id', '', 'seen_at'],
    ['account_preferences', 'account_id', 'account:account_id', '', ''],
    ['data_change_requests', 'id', 'account:account_id', '', ''],
    ['regulation_acceptances', 'id', 'account:account_id', '', ''],
    ['regulation_notices', 'outbox_id', 'account:account_id', '', ''],
    ['consents', 'id', 'account:account_id', '', ''],
    ['approval_kinds', 'kind', '', '', ''],
    ['approval_payloads', 'approval_id', '', 'payload', ''],
    ['erasure_parts', 'part', '', '', ''],
    ['deletion_requests', 'id', 'account:account_id', '', ''],
    ['template_keys', 'key', '', '', ''],
    ['templates', 'id', '', '', ''],
    ['outbox', 'id', 'record:record', '', 'attempts,lease_until'],
    ['letters', 'id', 'record:record', '', ''],
    ['letterheads', 'id', '', '', ''],
    -- A filter's words may name a person.
    ['saved_views', 'id', '', 'state', 'updated_at'],
    ['saved_view_pins', 'view_id', '', '', '']
  ] loop
    execute format(
      'create or replace trigger audit_record after update or delete on ibok.%I
         for each row execute function audit.record(%L, %L, %L, %L)', rule[1], rule[2], rule[3], rule[4], rule[5]);
    execute format(
      'create or replace trigger audit_inserts after insert on ibok.%I referencing new table as changed
         for each statement execute function audit.record_inserts(%L, %L, %L, %L)', rule[1], rule[2], rule[3], rule[4], rule[5]);
  end loop;
end $$;

create or replace trigger audit_record after insert or update or delete on ibok.blobs
  for each row execute function audit.record_blob();
