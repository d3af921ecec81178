-- What an account consists of, part by part: how much there is of it, what happens to it when the account is erased, and
-- what law keeps until when. Each part is a row of ibok.erasure_parts with a function that counts and one that erases;
-- a module that keeps something new of an account adds its own row and functions. A test fails for a table without one.
-- Counting returns {"count", "until"?}; erasing returns how many rows it touched.

-- Applications of the account: its own, and refused ones of the same person, whom the same surname gives away with the
-- address of today or of the application, or the same name with a customer of the account: on paper there is no address.
create or replace function ibok.registrations_of_account(p_account bigint) returns setof bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select r.id from ibok.registrations r where r.account_id = p_account
  union
  select r.id from ibok.accounts a
    left join ibok.registrations own on own.id = a.registration_id
    join ibok.registrations r on lower(r.email::text) in (lower(a.email::text), lower(own.email::text))
   where a.id = p_account and r.status = 'rejected' and ibok.fold(r.last_name) = ibok.fold(a.last_name)
  union
  select r.id from ibok.accounts a
    join ibok.account_access x on x.account_id = a.id
    join ibok.registrations r on r.customer_id = x.customer_id
   where a.id = p_account and r.status = 'rejected' and ibok.fold(r.last_name) = ibok.fold(a.last_name)
     and ibok.fold(r.first_name) = ibok.fold(a.first_name)
$$;
revoke execute on function ibok.registrations_of_account(bigint) from public;

-- The records mails, letters and documents of an account stand with: 'accounts:1', 'registrations:2', 'deletion_requests:3'.
create or replace function ibok.records_of_account(p_account bigint) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array['accounts:' || p_account]
    || array(select 'registrations:' || id from ibok.registrations_of_account(p_account) as id)
    || array(select 'deletion_requests:' || q.id from ibok.deletion_requests q where q.account_id = p_account)
$$;
revoke execute on function ibok.records_of_account(bigint) from public;

-- Tasks name a record in the singular: 'account:1'.
create or replace function ibok.subjects_of_account(p_account bigint) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array(select replace(record, 's:', ':') from unnest(ibok.records_of_account(p_account)) as record)
$$;
revoke execute on function ibok.subjects_of_account(bigint) from public;

-- Files of those records and the papers a proxy showed; never the protocol of a deletion, which names nobody.
create or replace function ibok.documents_of_account(p_account bigint) returns setof bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select found.id from (
    select d.id from unnest(ibok.records_of_account(p_account)) as record
      join ibok.documents d on d.owner_table = split_part(record, ':', 1) and d.owner_id = split_part(record, ':', 2)::bigint
    union
    select l.document_id from ibok.letters l where l.record = any (ibok.records_of_account(p_account))
    union
    -- A paper that lies with the customer's contract stays there.
    select d.id from ibok.account_access a join ibok.documents d on d.id = a.document_id
     where a.account_id = p_account and d.retention_class = 'portal') as found
   where not exists (select from ibok.deletion_requests q where q.protocol_document_id = found.id)
$$;
revoke execute on function ibok.documents_of_account(bigint) from public;

create or replace function ibok.mails_of_account(p_account bigint) returns setof bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select o.id from ibok.outbox o where o.record = any (ibok.records_of_account(p_account))
  union
  select n.outbox_id from ibok.regulation_notices n where n.account_id = p_account
$$;
revoke execute on function ibok.mails_of_account(bigint) from public;

create or replace function ibok.customers_of_account(p_account bigint) returns setof bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select distinct customer_id from ibok.account_access where account_id = p_account
$$;
revoke execute on function ibok.customers_of_account(bigint) from public;

-- Tax limitation ends five years after the year the tax was due in, which for an invoice may be the year after it was
-- issued: 31 December of (year of issue + 6). Ordynacja podatkowa, art. 70 § 1; facts 1.4.6, item 13.
create or replace function ibok.invoice_kept_until(p_issued_on date) returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select make_date(extract(year from p_issued_on)::int + ibok.rule_number('retention.invoice_years', 6)::int, 12, 31)
$$;
revoke execute on function ibok.invoice_kept_until(date) from public;

-- What proves that an account was used and erased as it should be: 31 December of (year + retention.deletion_request_years).
create or replace function ibok.deletion_kept_until(p_closed_on date) returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select make_date(extract(year from p_closed_on)::int + ibok.rule_number('retention.deletion_request_years', 6)::int, 12, 31)
$$;
revoke execute on function ibok.deletion_kept_until(date) from public;

create or replace function ibok.counted(p_count bigint) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$ select jsonb_build_object('count', p_count) $$;
revoke execute on function ibok.counted(bigint) from public;

create or replace function ibok.counted_until(p_count bigint, p_until date) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('count', p_count, 'until', case when p_count > 0 then p_until end)
$$;
revoke execute on function ibok.counted_until(bigint, date) from public;

-- Sessions, credentials, tokens, sign-ins, preferences.
create or replace function ibok.count_sessions(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.account_sessions where account_id = p_account
$$;
create or replace function ibok.erase_sessions(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from ibok.account_sessions where account_id = p_account returning 1) select count(*) from gone
$$;
revoke execute on function ibok.count_sessions(bigint), ibok.erase_sessions(bigint) from public;

create or replace function ibok.count_credentials(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.account_credentials where account_id = p_account
$$;
create or replace function ibok.erase_credentials(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from ibok.account_credentials where account_id = p_account returning 1) select count(*) from gone
$$;
revoke execute on function ibok.count_credentials(bigint), ibok.erase_credentials(bigint) from public;

create or replace function ibok.count_tokens(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.account_tokens where account_id = p_account
$$;
create or replace function ibok.erase_tokens(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from ibok.account_tokens where account_id = p_account returning 1) select count(*) from gone
$$;
revoke execute on function ibok.count_tokens(bigint), ibok.erase_tokens(bigint) from public;

create or replace function ibok.count_sign_ins(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.account_sign_ins where account_id = p_account
$$;
create or replace function ibok.erase_sign_ins(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from ibok.account_sign_ins where account_id = p_account returning 1) select count(*) from gone
$$;
revoke execute on function ibok.count_sign_ins(bigint), ibok.erase_sign_ins(bigint) from public;

create or replace function ibok.count_preferences(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.account_preferences where account_id = p_account
$$;
create or replace function ibok.erase_preferences(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from ibok.account_preferences where account_id = p_account returning 1) select count(*) from gone
$$;
revoke execute on function ibok.count_preferences(bigint), ibok.erase_preferences(bigint) from public;

-- Wishes to change contact data: what was accepted stands with the customer.
create or replace function ibok.count_change_requests(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.data_change_requests where account_id = p_account
$$;
create or replace function ibok.erase_change_requests(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from ibok.data_change_requests where account_id = p_account returning 1) select count(*) from gone
$$;
revoke execute on function ibok.count_change_requests(bigint), ibok.erase_change_requests(bigint) from public;

create or replace function ibok.count_blocks(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.account_blocks where account_id = p_account
$$;
create or replace function ibok.erase_blocks(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from ibok.account_blocks where account_id = p_account returning 1) select count(*) from gone
$$;
revoke execute on function ibok.count_blocks(bigint), ibok.erase_blocks(bigint) from public;

-- Tasks go with what a person could still take back of them.
create or replace function ibok.count_tasks(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.follow_ups where subject = any (ibok.subjects_of_account(p_account))
$$;
create or replace function ibok.erase_tasks(p_account bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  tasks bigint[] := array(select id from ibok.follow_ups where subject = any (ibok.subjects_of_account(p_account)));
begin
  delete from ibok.undo_steps where subject = any (array(select 'task:' || id from unnest(tasks) as id)
    || ibok.subjects_of_account(p_account));
  delete from ibok.follow_ups where id = any (tasks);
  return cardinality(tasks);
end $$;
revoke execute on function ibok.count_tasks(bigint), ibok.erase_tasks(bigint) from public;

-- A mail loses address and text, and is not sent any more; that one was sent stays countable. The confirmation of the
-- erasure itself keeps its address until it has left (jobs.clear_confirmations).
create or replace function ibok.count_mails(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.outbox o
   where o.id in (select ibok.mails_of_account(p_account)) and o.erased_at is null
$$;
create or replace function ibok.erase_mails(p_account bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  mails bigint[];
  cleared bigint;
begin
  mails := array(
    select o.id from ibok.outbox o
     where o.id in (select ibok.mails_of_account(p_account)) and o.erased_at is null and o.key !~ '^deletion\.done:'
     order by o.id for update);
  -- The worker holds its text and would note it as sent: a moment later it has let go of it.
  if exists (select from ibok.outbox where id = any (mails) and state = 'sending') then
    raise exception 'a mail is being sent' using errcode = 'IB006', constraint = 'erasure_mail_sending';
  end if;
  update ibok.outbox
     set state = case when state in ('new', 'held', 'unsure', 'failed') then 'cancelled' else state end,
         to_address = null, fields = null, attachment_id = null, erased_at = now()
   where id = any (mails);
  get diagnostics cleared = row_count;
  return cleared;
end $$;
revoke execute on function ibok.count_mails(bigint), ibok.erase_mails(bigint) from public;

-- Documents with every version, the letters made of them, and the bytes where no other document has the same.
create or replace function ibok.drop_documents(p_documents bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  hashes bytea[] := array(select distinct sha256 from ibok.document_versions where document_id = any (p_documents));
begin
  update ibok.outbox set attachment_id = null
   where attachment_id in (select id from ibok.document_versions where document_id = any (p_documents));
  delete from ibok.letters where document_id = any (p_documents);
  delete from ibok.document_versions where document_id = any (p_documents);
  delete from ibok.documents where id = any (p_documents);
  delete from ibok.blobs b where b.sha256 = any (hashes)
    and not exists (select from ibok.document_versions v where v.sha256 = b.sha256);
end $$;
revoke execute on function ibok.drop_documents(bigint[]) from public;

create or replace function ibok.count_documents(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.documents_of_account(p_account)
$$;
create or replace function ibok.erase_documents(p_account bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  papers bigint[] := array(select ibok.documents_of_account(p_account) order by 1);
begin
  update ibok.account_access set document_id = null where document_id = any (papers);
  update ibok.registrations set proxy_document_id = null where proxy_document_id = any (papers);
  perform ibok.drop_documents(papers);
  return cardinality(papers);
end $$;
revoke execute on function ibok.count_documents(bigint), ibok.erase_documents(bigint) from public;

-- Whose data the account saw ends today. The link names nobody any more, and lets the office answer the customer who asks
-- what became of the account; it goes with the record of the deletion (jobs.purge_deletions).
create or replace function ibok.count_access(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.account_access where account_id = p_account
$$;
create or replace function ibok.erase_access(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with ended as (
    update ibok.account_access
       set document_id = null, valid_to = least(coalesce(valid_to, 'infinity'), greatest(valid_from, ibok.today()))
     where account_id = p_account returning 1)
  select count(*) from ended
$$;
revoke execute on function ibok.count_access(bigint), ibok.erase_access(bigint) from public;

-- Empties the values of a subject and destroys its key: the digests in the sealed chain can be tied to nobody any more,
-- and audit.verify_chain() knows such a subject.
create or replace function ibok.empty_trail_of(p_subjects text[]) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  emptied bigint;
begin
  update audit.event_values set changes = '{}' where subject = any (p_subjects) and changes <> '{}';
  get diagnostics emptied = row_count;
  insert into audit.subject_keys (subject, key, destroyed_at) select subject, null, now() from unnest(p_subjects) as subject
  on conflict (subject) do update set key = null, destroyed_at = coalesce(subject_keys.destroyed_at, now());
  return emptied;
end $$;
revoke execute on function ibok.empty_trail_of(text[]) from public;

create or replace function ibok.count_registrations(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.registrations_of_account(p_account)
$$;
-- With their part of the trail at once: afterwards nothing tells any more which refused ones were the same person's.
create or replace function ibok.erase_registrations(p_account bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  applications bigint[] := array(select ibok.registrations_of_account(p_account));
  cleared bigint;
begin
  update ibok.registrations
     set first_name = null, last_name = null, email = null, phone = null, street = null, house_no = null, flat_no = null,
         postal_code = null, city = null, customer_no_given = null, invoice_no_given = null, invoice_gross_given = null,
         proxy_document_id = null, original_place = null, note = null, erased_at = now()
   where id = any (applications) and erased_at is null;
  get diagnostics cleared = row_count;
  perform ibok.empty_trail_of(array(select 'registration:' || id from unnest(applications) as id));
  return cleared;
end $$;
revoke execute on function ibok.count_registrations(bigint), ibok.erase_registrations(bigint) from public;

-- What people wrote when they asked for the deletion and decided on it. Who and when stays.
create or replace function ibok.count_remarks(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(
    (select count(*) from ibok.deletion_requests where account_id = p_account and note is not null)
    + (select count(*) from ibok.approvals a join ibok.deletion_requests q on a.subject = 'deletion_requests:' || q.id
        where q.account_id = p_account and (a.reason <> '' or a.note is not null)))
$$;
create or replace function ibok.erase_remarks(p_account bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  requests bigint;
  decisions bigint;
begin
  update ibok.deletion_requests set note = null where account_id = p_account and note is not null;
  get diagnostics requests = row_count;
  update ibok.approvals set reason = '', note = null
   where subject in (select 'deletion_requests:' || q.id from ibok.deletion_requests q where q.account_id = p_account)
     and (reason <> '' or note is not null);
  get diagnostics decisions = row_count;
  return requests + decisions;
end $$;
revoke execute on function ibok.count_remarks(bigint), ibok.erase_remarks(bigint) from public;

-- The row stays as the anchor of what is kept, and as a number in the statistics; nothing in it names a person.
create or replace function ibok.count_account(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from ibok.accounts where id = p_account and status <> 'deleted'
$$;
create or replace function ibok.erase_account(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  with erased as (
    update ibok.accounts
       set login = null, first_name = null, last_name = null, email = null, new_email = null, phone = null,
           block_reason = null, status = 'deleted', status_before = null, deleted_at = now()
     where id = p_account returning 1)
  select count(*) from erased
$$;
revoke execute on function ibok.count_account(bigint), ibok.erase_account(bigint) from public;

-- The last part: by then the others have written the old values into the trail once more.
create or replace function ibok.count_trail(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted(count(*)) from audit.event_values
   where subject = any (array['account:' || p_account]
           || array(select 'registration:' || id from ibok.registrations_of_account(p_account) as id))
     and changes <> '{}'
$$;
create or replace function ibok.erase_trail(p_account bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$ select ibok.empty_trail_of(array['account:' || p_account]) $$;
revoke execute on function ibok.count_trail(bigint), ibok.erase_trail(bigint) from public;

-- Kept: what proves the contract of using the portal and its end. No row of it names a person.
create or replace function ibok.count_acceptances(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted_until(count(*), ibok.deletion_kept_until(ibok.today()))
    from ibok.regulation_acceptances where account_id = p_account
$$;
create or replace function ibok.count_notices(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted_until(count(*), ibok.deletion_kept_until(ibok.today()))
    from ibok.regulation_notices where account_id = p_account
$$;
create or replace function ibok.count_consents(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted_until(count(*), ibok.deletion_kept_until(ibok.today())) from ibok.consents where account_id = p_account
$$;
create or replace function ibok.count_requests(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted_until(count(*), ibok.deletion_kept_until(ibok.today()))
    from ibok.deletion_requests where account_id = p_account
$$;
revoke execute on function ibok.count_acceptances(bigint), ibok.count_notices(bigint), ibok.count_consents(bigint),
  ibok.count_requests(bigint) from public;

-- Kept: what the utility's contracts and tax law demand. While a contract runs there is no day; afterwards the day of the
-- last invoice or of the contract's end, whichever keeps longer. A contract runs as ibok.account_end() has it; one that
-- ended without a last day on record keeps as if it ended today.
create or replace function ibok.contracts_kept_until(p_account bigint) returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when not exists (
      select from ibok.contracts c
       where c.customer_id = any (customers)
         and case when c.valid_to is null then c.status in ('draft', 'active') else c.valid_to >= ibok.today() end)
    then ibok.invoice_kept_until(greatest(
      (select max(coalesce(c.valid_to, ibok.today())) from ibok.contracts c where c.customer_id = any (customers)),
      (select max(i.issued_on) from ibok.invoices i where i.customer_id = any (customers)))) end
    from (select array(select ibok.customers_of_account(p_account)) as customers) as of_account
$$;
revoke execute on function ibok.contracts_kept_until(bigint) from public;

-- A customer with neither contract nor invoice is kept by none of them.
create or replace function ibok.count_customers(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted_until(count(*), ibok.contracts_kept_until(p_account)) from ibok.customers_of_account(p_account) as customer
   where exists (select from ibok.contracts c where c.customer_id = customer)
      or exists (select from ibok.invoices i where i.customer_id = customer)
$$;
create or replace function ibok.count_contracts(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted_until(count(*), ibok.contracts_kept_until(p_account))
    from ibok.contracts where customer_id in (select ibok.customers_of_account(p_account))
$$;
-- The day of the youngest, and each day with what it frees.
create or replace function ibok.count_invoices(p_account bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.counted_until(coalesce(sum(d.invoices), 0)::bigint, max(d.until))
      || jsonb_build_object('days', coalesce(jsonb_agg(jsonb_build_object('until', d.until, 'count', d.invoices) order by d.until), '[]'))
    from (select ibok.invoice_kept_until(i.issued_on) as until, count(*) as invoices from ibok.invoices i
           where i.customer_id in (select ibok.customers_of_account(p_account)) group by 1) as d
$$;
revoke execute on function ibok.count_customers(bigint), ibok.count_contracts(bigint), ibok.count_invoices(bigint) from public;
