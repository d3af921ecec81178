-- Applications for an account: recorded, completed, approved and rejected by clerks. What comes through the portal begins
-- in 80-portal-registrations.sql and goes on here.

-- An application that came on paper, by post or by e-mail. p_fields: columns of ibok.registrations as text, clauses as
-- their keys parted by spaces; regulation_version_id defaults to the version in force on received_on.
-- → {id, number, dueFrom, dueTo, missing}. IB004 unknown key or day; 23514 with the column for a value its domain refuses.
create or replace function api.create_registration(p_fields jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  known constant text[] := array['channel', 'received_on', 'first_name', 'last_name', 'email', 'phone', 'street', 'house_no',
    'flat_no', 'postal_code', 'city', 'relation', 'customer_no_given', 'invoice_no_given', 'invoice_gross_given',
    'regulation_version_id', 'clauses', 'original_place', 'note'];
  input jsonb := jsonb_build_array(p_fields);
  result jsonb;
  fields jsonb;
  r ibok.registrations;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'registrations.create', input);
  if result is not null then return result; end if;
  fields := ibok.check_registration_fields(p_fields, known);
  if fields ->> 'channel' in ('paper', 'post', 'email') is not true then raise exception 'channel' using errcode = 'IB004'; end if;
  r := jsonb_populate_record(null::ibok.registrations, fields - 'clauses');
  perform ibok.check_received_on(r.received_on);
  r.clauses := ibok.clauses_of(fields ->> 'clauses', r.received_on);
  insert into ibok.registrations (channel, received_on, first_name, last_name, email, phone, street, house_no, flat_no,
    postal_code, city, relation, customer_no_given, invoice_no_given, invoice_gross_given, customer_id,
    regulation_version_id, clauses, original_place, note)
  values (r.channel, r.received_on, r.first_name, r.last_name, r.email, r.phone, r.street, r.house_no, r.flat_no,
    r.postal_code, r.city, r.relation, r.customer_no_given, r.invoice_no_given, r.invoice_gross_given,
    ibok.customer_by_number(r.customer_no_given),
    coalesce(r.regulation_version_id, ibok.regulations_on(r.received_on)), r.clauses, r.original_place, r.note)
  returning * into r;
  perform ibok.confirm_receipt(r);
  return ibok.store_act(p_request, 'registrations.create', input, jsonb_build_object('id', r.id::text,
    'number', ibok.registration_number(r.id), 'dueFrom', r.due_from, 'dueTo', r.due_to,
    'missing', to_jsonb(ibok.registration_gaps(r))));
end $$;
revoke execute on function api.create_registration(jsonb, uuid) from public;
grant execute on function api.create_registration(jsonb, uuid) to bok_clerk;

-- Corrects or completes an open application, field by field as api.edit_contact does; clauses are their keys in order,
-- parted by spaces. A customer number that now means another customer takes back customer and identity.
-- → {"status": "saved"} or {"status": "conflict", "fields": …}
create or replace function api.edit_registration(p_id bigint, p_changes jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  editable constant text[] := array['received_on', 'first_name', 'last_name', 'email', 'phone', 'street', 'house_no',
    'flat_no', 'postal_code', 'city', 'relation', 'customer_no_given', 'invoice_no_given', 'invoice_gross_given',
    'regulation_version_id', 'clauses', 'original_place', 'note'];
  input jsonb := jsonb_build_array(p_id, p_changes);
  result jsonb;
  r ibok.registrations;
  compared jsonb;
  wanted jsonb;
  field record;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'registrations.edit', input);
  if result is not null then return result; end if;
  r := ibok.lock_registration(p_id);
  compared := ibok.compare_fields(
    to_jsonb(r) || jsonb_build_object('clauses', nullif(array_to_string(array(select unnest(r.clauses) order by 1), ' '), '')),
    p_changes, editable);
  if compared -> 'conflicts' <> '{}' then
    return jsonb_build_object('status', 'conflict', 'fields', compared -> 'conflicts');
  end if;
  wanted := compared -> 'wanted';
  for field in select key, value from jsonb_each_text(wanted) where key <> 'clauses' loop
    perform ibok.check_registration_value(field.key, field.value);
  end loop;
  -- When a web application arrived, the server knows; nobody moves its term.
  if wanted ? 'received_on' and r.channel = 'web' then raise exception 'received_on' using errcode = 'IB004'; end if;
  r := jsonb_populate_record(r, wanted - 'clauses');
  if wanted ? 'received_on' then perform ibok.check_received_on(r.received_on); end if;
  if wanted ? 'clauses' then r.clauses := ibok.clauses_of(wanted ->> 'clauses', r.received_on); end if;
  if wanted ? 'customer_no_given' and ibok.customer_by_number(r.customer_no_given) is distinct from r.customer_id then
    r.customer_id := ibok.customer_by_number(r.customer_no_given);
    r.identity_method := null;
    r.identity_checked_by := null;
    r.identity_checked_at := null;
  end if;
  if wanted <> '{}' then
    update ibok.registrations
       set received_on = r.received_on, first_name = r.first_name, last_name = r.last_name, email = r.email, phone = r.phone,
           street = r.street, house_no = r.house_no, flat_no = r.flat_no, postal_code = r.postal_code, city = r.city,
           relation = r.relation, customer_no_given = r.customer_no_given, invoice_no_given = r.invoice_no_given,
           invoice_gross_given = r.invoice_gross_given, customer_id = r.customer_id,
           regulation_version_id = r.regulation_version_id, clauses = r.clauses, original_place = r.original_place,
           note = r.note, identity_method = r.identity_method, identity_checked_by = r.identity_checked_by,
           identity_checked_at = r.identity_checked_at
     where id = p_id;
  end if;
  return ibok.store_act(p_request, 'registrations.edit', input, '{"status": "saved"}');
end $$;
revoke execute on function api.edit_registration(bigint, jsonb, uuid) from public;
grant execute on function api.edit_registration(bigint, jsonb, uuid) to bok_clerk;

-- Compares what the applicant stated with the base: p_values {invoiceNo, grossGrosze} | {pesel} | {nip}. A PESEL or NIP is
-- stored nowhere, not even as a digest of the act: eleven digits are soon found again.
-- → {"outcome": confirmed | mismatch | data_missing | limited, "taskId"}; mismatch does not say what differs, and
-- data_missing has made a task to complete the customer's data, once.
create or replace function api.check_identity(
  p_registration bigint, p_customer_no text, p_method text, p_values jsonb, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_registration, p_customer_no, p_method);
  result jsonb;
  r ibok.registrations;
  outcome text;
  task bigint;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'registrations.checkIdentity', input);
  if result is not null then return result; end if;
  r := ibok.lock_registration(p_registration);
  outcome := ibok.try_identity(p_registration, p_customer_no, p_method, p_values);
  if outcome = 'data_missing' then task := ibok.ask_to_complete(r, ibok.customer_by_number(p_customer_no), p_method); end if;
  return ibok.store_act(p_request, 'registrations.checkIdentity', input,
    jsonb_build_object('outcome', outcome, 'taskId', task::text));
end $$;
revoke execute on function api.check_identity(bigint, text, text, jsonb, uuid) from public;
grant execute on function api.check_identity(bigint, text, text, jsonb, uuid) to bok_clerk;

-- Names the document that shows the right to act for the contract's person: one of the application's own, in work.
-- null takes it back.
create or replace function api.set_registration_document(p_id bigint, p_document bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_document);
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'registrations.setDocument', input);
  if result is not null then return result; end if;
  perform ibok.lock_registration(p_id);
  if p_document is not null and not exists (
    select from ibok.documents d
     where d.id = p_document and d.owner_table = 'registrations' and d.owner_id = p_id and d.state = 'active') then
    raise exception 'no such document of the application' using errcode = 'IB002';
  end if;
  update ibok.registrations set proxy_document_id = p_document where id = p_id;
  return ibok.store_act(p_request, 'registrations.setDocument', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.set_registration_document(bigint, bigint, uuid) from public;
grant execute on function api.set_registration_document(bigint, bigint, uuid) to bok_clerk;

-- What a clerk looks at before deciding: what is missing; what of the customer identity can be checked by, as yes or no;
-- open applications and living accounts that may be the same person; the login an account would get.
create or replace function api.registration_checks(p_id bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  r ibok.registrations;
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  select * into r from ibok.registrations where id = p_id;
  if not found then raise exception 'no such application' using errcode = 'IB002'; end if;
  return jsonb_build_object(
    'missing', case when r.status in ('new', 'incomplete') then to_jsonb(ibok.registration_gaps(r)) else '[]' end,
    'customer', (
      select jsonb_build_object('id', c.id::text, 'customerNo', c.customer_no, 'kind', c.kind,
               'name', case c.kind when 'person' then btrim(c.last_name || ' ' || c.first_name) else c.company_name end,
               'deceased', c.deceased_on is not null, 'hasPesel', c.pesel is not null, 'hasNip', c.nip is not null,
               'hasInvoices', exists (select from ibok.invoices i where i.customer_id = c.id and i.kind <> 'duplicate'))
        from ibok.customers c where c.id = r.customer_id),
    'duplicates', ibok.registration_duplicates(r),
    'login', case when r.status in ('new', 'incomplete') and r.erased_at is null then
      ibok.free_login(r.first_name, r.last_name, coalesce(
        (select c.customer_no from ibok.customers c where c.id = r.customer_id), r.customer_no_given)) end);
end $$;
revoke execute on function api.registration_checks(bigint) from public;
grant execute on function api.registration_checks(bigint) to bok_clerk, bok_dpo;

-- Makes the account: login, access to the customer's data, acceptance of the regulations, consents, and the mail that
-- carries the activation link, which nobody of the office ever sees. p_login null: the proposal.
-- → {accountId, login}; the login is not kept with the act, which outlives the account: a repeat after the erasure has null.
-- IB006 registrations_incomplete while something is missing (the detail names it), IB006
-- registrations_decided for a decided application, 23505 accounts_login for a login that is taken.
create or replace function api.approve_registration(p_id bigint, p_login text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_login);
  result jsonb;
  r ibok.registrations;
  missing text[];
  account ibok.accounts;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'registrations.approve', input);
  if result is not null then
    return result || (select jsonb_build_object('login', a.login) from ibok.accounts a where a.id = (result ->> 'accountId')::bigint);
  end if;
  r := ibok.lock_registration(p_id);
  missing := ibok.registration_gaps(r);
  if missing <> '{}' then
    raise exception 'application is incomplete'
      using errcode = 'IB006', constraint = 'registrations_incomplete', detail = array_to_string(missing, ',');
  end if;
  account := ibok.open_account(r, lower(nullif(btrim(p_login), '')));
  update ibok.registrations
     set status = 'approved', account_id = account.id, decided_by = session_user, decided_at = now()
   where id = p_id;
  perform ibok.enqueue_mail('account.activation:' || account.id, account.email, 'account.activation',
    jsonb_build_object('first_name', account.first_name, 'last_name', account.last_name, 'login', account.login,
      'hours', round(ibok.rule_number('account.activation_hours', 72))::text), 'accounts:' || account.id);
  return ibok.store_act(p_request, 'registrations.approve', input, jsonb_build_object('accountId', account.id::text))
    || jsonb_build_object('login', account.login);
end $$;
revoke execute on function api.approve_registration(bigint, text, uuid) from public;
grant execute on function api.approve_registration(bigint, text, uuid) to bok_clerk;

-- p_note is needed for 'other', whose reason it is. → {"notice": "mail"} when the applicant was written to, or
-- {"notice": "letter"} when there is no address and a letter has to be made.
create or replace function api.reject_registration(p_id bigint, p_reason text, p_note text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_reason, p_note);
  remark text := nullif(btrim(p_note), '');
  words text := case p_reason when 'other' then remark else ibok.rejection_words(p_reason) end;
  result jsonb;
  r ibok.registrations;
begin
  perform api.demand_role('bok_clerk');
  if p_reason is distinct from 'other' and words is null then raise exception 'reason' using errcode = 'IB004'; end if;
  if p_reason = 'other' and char_length(remark) between 5 and 500 is not true then
    raise exception 'note' using errcode = 'IB004';
  end if;
  result := ibok.find_act(p_request, 'registrations.reject', input);
  if result is not null then return result; end if;
  r := ibok.lock_registration(p_id);
  update ibok.registrations
     set status = 'rejected', rejection_reason = p_reason, note = nullif(concat_ws(E'\n', r.note, remark), ''),
         decided_by = session_user, decided_at = now()
   where id = p_id;
  if r.email is not null then
    perform ibok.enqueue_mail('registration.rejected:' || p_id, r.email, 'registration.rejected',
      jsonb_build_object('first_name', r.first_name, 'last_name', r.last_name, 'number', ibok.registration_number(p_id),
        'reason', words), 'registrations:' || p_id);
  end if;
  return ibok.store_act(p_request, 'registrations.reject', input,
    jsonb_build_object('notice', case when r.email is not null then 'mail' else 'letter' end));
end $$;
revoke execute on function api.reject_registration(bigint, text, text, uuid) from public;
grant execute on function api.reject_registration(bigint, text, text, uuid) to bok_clerk;

-- Applications not decided, by working days left: {open, overdue, today, soon (due in 1 to 2 working days), later},
-- seen from the day asOf; soonTo is the last that counts as soon.
create or replace function api.registration_counters() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  today constant date := ibok.today();
  soon constant date := ibok.add_working_days(today, 2);
  counted jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  select jsonb_build_object('open', count(*), 'overdue', count(*) filter (where due_to < today),
           'today', count(*) filter (where due_to = today), 'soon', count(*) filter (where due_to > today and due_to <= soon),
           'later', count(*) filter (where due_to > soon), 'asOf', today, 'soonTo', soon)
    into counted
    from ibok.registrations where status in ('new', 'incomplete');
  return counted;
end $$;
revoke execute on function api.registration_counters() from public;
grant execute on function api.registration_counters() to bok_clerk, bok_dpo;
