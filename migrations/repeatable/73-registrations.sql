-- Applications for an account: what each still lacks, when it is due, how identity is compared. Functions of staff and
-- portal (73-api-registrations.sql, 80-portal-registrations.sql) stand on these.

-- What an application is called on screen, in mail and on paper.
create or replace function ibok.registration_number(p_id bigint) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select 'W-' || lpad(p_id::text, greatest(6, char_length(p_id::text)), '0')
$$;
revoke execute on function ibok.registration_number(bigint) from public;
grant execute on function ibok.registration_number(bigint) to bok_clerk, bok_dpo;

-- The working day a rule gives an application received on a day: by the rule as it stood that day.
create or replace function ibok.registration_term(p_received_on date, p_key text, p_default integer) returns date
language sql stable strict set search_path = pg_catalog, pg_temp as $$
  select ibok.add_working_days(p_received_on, coalesce(
    (select (v.value #>> '{}')::integer from ibok.rule_values v
      where v.key = p_key and v.valid_from <= p_received_on and (v.valid_to is null or v.valid_to >= p_received_on)),
    p_default))
$$;
revoke execute on function ibok.registration_term(date, text, integer) from public;

-- Whether a version binds from its day on: only one the accounts were told of, or the first, which everybody accepted
-- with the application.
create or replace function ibok.regulations_bind(p_version ibok.regulation_versions) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_version.announced_at is not null
      or not exists (select from ibok.regulation_versions v where v.effective_on < p_version.effective_on)
$$;
revoke execute on function ibok.regulations_bind(ibok.regulation_versions) from public;
grant execute on function ibok.regulations_bind(ibok.regulation_versions) to bok_clerk, bok_dpo;

-- The version of the regulations in force on a day; null before the first.
create or replace function ibok.regulations_on(p_day date) returns bigint
language sql stable strict set search_path = pg_catalog, pg_temp as $$
  select v.id from ibok.regulation_versions v
   where v.effective_on <= p_day and ibok.regulations_bind(v) order by v.effective_on desc limit 1
$$;
revoke execute on function ibok.regulations_on(date) from public;
grant execute on function ibok.regulations_on(date) to bok_clerk, bok_dpo;

-- Whether the applicant is the person on the contract: the same surname and first of the first names. Never of a company,
-- for which somebody acts.
create or replace function ibok.is_contract_person(
  p_first_name text, p_last_name text, p_kind text, p_contract_first_name text, p_contract_last_name text
) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select p_kind = 'person' and ibok.fold(p_last_name) = ibok.fold(p_contract_last_name)
     and split_part(ibok.fold(p_first_name), ' ', 1) = split_part(ibok.fold(p_contract_first_name), ' ', 1)
$$;
revoke execute on function ibok.is_contract_person(text, text, text, text, text) from public;
grant execute on function ibok.is_contract_person(text, text, text, text, text) to bok_clerk, bok_dpo;

-- What an application still lacks, in the order a clerk goes through it: 'clause:<key>' for each mandatory clause of the
-- day it was received, 'regulations', 'email', 'customer', 'customer_deceased', 'identity', 'proxy_document', 'original'
-- (of a paper nobody knows where it is filed). With the rights of whoever asks: lists ask it row by row.
create or replace function ibok.registration_gaps(p_registration ibok.registrations) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array(
    select 'clause:' || c.key from ibok.clauses c
     where c.mandatory and c.valid_from <= r.received_on and (c.valid_to is null or c.valid_to >= r.received_on)
       and c.key <> all (r.clauses)
     order by c.id)
  || array_remove(array[
    -- An older version than the one in force would have to be accepted again at once.
    case when not exists (
      select from ibok.regulation_versions v
       where v.id = r.regulation_version_id
         and v.effective_on >= coalesce(
           (select f.effective_on from ibok.regulation_versions f where f.id = ibok.regulations_on(r.received_on)),
           v.effective_on)) then 'regulations' end,
    case when r.email is null then 'email' end,
    case when r.customer_id is null then 'customer' end,
    case when c.deceased_on is not null then 'customer_deceased' end,
    case when r.identity_method is null then 'identity' end,
    case when (r.relation <> 'holder' or c.id is not null
             and not ibok.is_contract_person(r.first_name, r.last_name, c.kind, c.first_name, c.last_name))
          and not exists (select from ibok.documents d where d.id = r.proxy_document_id and d.state = 'active')
         then 'proxy_document' end,
    case when r.channel in ('paper', 'post') and r.original_place is null then 'original' end
  ], null)
    from (select p_registration.*) as r left join ibok.customers c on c.id = r.customer_id
$$;
revoke execute on function ibok.registration_gaps(ibok.registrations) from public;
grant execute on function ibok.registration_gaps(ibok.registrations) to bok_clerk, bok_dpo;

create or replace function ibok.registration_missing(p_id bigint) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.registration_gaps(r) from ibok.registrations r where r.id = p_id
$$;
revoke execute on function ibok.registration_missing(bigint) from public;
grant execute on function ibok.registration_missing(bigint) to bok_clerk, bok_dpo;

-- Whoever writes: the days it is due on are the server's, and an open application is 'incomplete' while it lacks something.
create or replace function ibok.settle_registration() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' or new.received_on <> old.received_on then
    new.due_from := ibok.registration_term(new.received_on, 'registration.due_from_working_days', 3);
    new.due_to := greatest(new.due_from, ibok.registration_term(new.received_on, 'registration.due_to_working_days', 7));
  end if;
  if new.status in ('new', 'incomplete') then
    new.status := case when ibok.registration_gaps(new) = '{}' then 'new' else 'incomplete' end;
  end if;
  return new;
end $$;
revoke execute on function ibok.settle_registration() from public;
create or replace trigger registrations_settle before insert or update on ibok.registrations
  for each row execute function ibok.settle_registration();

-- A proxy's document that is withdrawn, or back in work, changes what the application lacks.
create or replace function ibok.settle_by_document() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update ibok.registrations set proxy_document_id = proxy_document_id
   where proxy_document_id = new.id and status in ('new', 'incomplete');
  return null;
end $$;
revoke execute on function ibok.settle_by_document() from public;
create or replace trigger documents_settle_registrations after update of state on ibok.documents
  for each row when (old.state <> new.state and new.owner_table = 'registrations')
  execute function ibok.settle_by_document();

-- Checks one value against its column and names the column in the error (its domain alone cannot).
create or replace function ibok.check_registration_value(p_column text, p_value text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  broken text;
begin
  perform jsonb_populate_record(null::ibok.registrations, jsonb_build_object(p_column, p_value));
  if p_column in ('first_name', 'last_name') and coalesce(p_value, '') = '' then
    raise check_violation using constraint = 'registrations_named';
  elsif p_column = 'relation' and p_value in ('holder', 'manager', 'proxy') is not true then
    raise check_violation using constraint = 'registrations_relation';
  end if;
exception
  when check_violation then
    get stacked diagnostics broken = constraint_name;
    raise exception 'field refused'
      using errcode = 'check_violation', table = 'registrations', column = p_column, constraint = broken;
  -- Neither a number nor a day: the value itself must not stand in the error.
  when data_exception then
    raise exception '%', p_column using errcode = 'IB004';
end $$;
revoke execute on function ibok.check_registration_value(text, text) from public;

-- Received today at the latest and within a year: an older one is a slip of the pen.
create or replace function ibok.check_received_on(p_day date) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_day between ibok.today() - 366 and ibok.today() is not true then
    raise exception 'received_on' using errcode = 'IB004', constraint = 'registrations_received_on';
  end if;
end $$;
revoke execute on function ibok.check_received_on(date) from public;

-- The fields of a new application, trimmed, an empty one null; no other than p_known. Values are texts.
create or replace function ibok.check_registration_fields(p_fields jsonb, p_known text[]) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  fields jsonb;
  field record;
begin
  if jsonb_typeof(p_fields) is distinct from 'object' then raise exception 'fields' using errcode = 'IB004'; end if;
  for field in select key, value from jsonb_each(p_fields) loop
    if field.key <> all (p_known) or jsonb_typeof(field.value) not in ('string', 'null') then
      -- An unknown key may be anything that was typed; only ours are named.
      raise exception '%', case when field.key = any (p_known) then field.key else 'fields' end using errcode = 'IB004';
    end if;
  end loop;
  select jsonb_object_agg(name, nullif(btrim(p_fields ->> name), '')) into fields from unnest(p_known) as name;
  for field in select key, value from jsonb_each_text(fields) where key not in ('channel', 'clauses') loop
    perform ibok.check_registration_value(field.key, field.value);
  end loop;
  return fields;
end $$;
revoke execute on function ibok.check_registration_fields(jsonb, text[]) from public;

-- Clauses written as their keys parted by spaces; only such as stood on the form that day.
create or replace function ibok.clauses_of(p_keys text, p_day date) returns text[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  keys text[] := array(select distinct key from regexp_split_to_table(coalesce(p_keys, ''), ' +') as key where key <> '' order by key);
begin
  if not keys <@ array(select c.key from ibok.clauses c
                        where c.valid_from <= p_day and (c.valid_to is null or c.valid_to >= p_day)) then
    raise exception 'clauses' using errcode = 'IB004';
  end if;
  return keys;
end $$;
revoke execute on function ibok.clauses_of(text, date) from public;

-- The open application, locked. IB002 without one, IB006 once it was decided.
create or replace function ibok.lock_registration(p_id bigint) returns ibok.registrations
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  r ibok.registrations;
begin
  select * into r from ibok.registrations where id = p_id for no key update;
  if not found then raise exception 'no such application' using errcode = 'IB002'; end if;
  if r.status not in ('new', 'incomplete') then
    raise exception 'application was decided' using errcode = 'IB006', constraint = 'registrations_decided';
  end if;
  return r;
end $$;
revoke execute on function ibok.lock_registration(bigint) from public;

-- The customer of exactly this number, as the applicant or a clerk wrote it.
create or replace function ibok.customer_by_number(p_customer_no text) returns bigint
language sql stable strict set search_path = pg_catalog, pg_temp as $$
  select c.id from ibok.customers c where c.customer_no = btrim(p_customer_no)
$$;
revoke execute on function ibok.customer_by_number(text) from public;

-- What the applicant states to be who they are: {invoiceNo, grossGrosze} | {pesel} | {nip}, in its plain form.
-- IB004 names the field; a number with a wrong check digit has the constraint registrations_<method>.
create or replace function ibok.check_identity_values(p_method text, p_values jsonb) returns jsonb
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  -- An application's field holds a card number or a passport as easily: such keys are refused by not being named.
  wanted constant jsonb := '{"invoice": ["invoiceNo", "grossGrosze"], "pesel": ["pesel"], "nip": ["nip"]}';
  plain text;
begin
  if p_method is null or not wanted ? p_method then raise exception 'method' using errcode = 'IB004'; end if;
  if jsonb_typeof(p_values) is distinct from 'object'
     or (select coalesce(jsonb_agg(key order by key), '[]') from jsonb_object_keys(p_values) as key)
        <> (select jsonb_agg(key order by key) from jsonb_array_elements_text(wanted -> p_method) as key) then
    raise exception 'values' using errcode = 'IB004';
  end if;
  if p_method = 'invoice' then
    plain := upper(regexp_replace(p_values ->> 'invoiceNo', '\s', '', 'g'));
    if plain ~ '^[0-9A-Z][0-9A-Z./_-]{0,39}$' is not true then raise exception 'invoiceNo' using errcode = 'IB004'; end if;
    if (p_values ->> 'grossGrosze') ~ '^-?[0-9]{1,12}$' is not true then
      raise exception 'grossGrosze' using errcode = 'IB004';
    end if;
    return jsonb_build_object('invoiceNo', plain, 'grossGrosze', (p_values ->> 'grossGrosze')::bigint);
  end if;
  plain := regexp_replace(upper(p_values ->> p_method), '^PL|[\s-]', '', 'g');
  if (case p_method when 'pesel' then ibok.pesel_ok(plain) else ibok.nip_ok(plain) end) is not true then
    raise exception '%', p_method using errcode = 'IB004', constraint = 'registrations_' || p_method;
  end if;
  return jsonb_build_object(p_method, plain);
end $$;
revoke execute on function ibok.check_identity_values(text, jsonb) from public;

-- 'confirmed' | 'mismatch' | 'data_missing' (the base has no such number of this customer).
-- An invoice counts with its number and gross amount, if it is one of the last three.
create or replace function ibok.compare_identity(p_customer bigint, p_method text, p_values jsonb) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  known text;
begin
  if p_customer is null then return 'mismatch'; end if;
  if p_method = 'invoice' then
    return case when exists (
      select from (select i.invoice_no, i.gross_grosze from ibok.invoices i
                    where i.customer_id = p_customer and i.kind <> 'duplicate'
                    order by i.issued_on desc, i.id desc limit 3) as last
       where upper(regexp_replace(last.invoice_no, '\s', '', 'g')) = p_values ->> 'invoiceNo'
         and last.gross_grosze = (p_values ->> 'grossGrosze')::bigint) then 'confirmed' else 'mismatch' end;
  end if;
  select case p_method when 'pesel' then c.pesel else c.nip end into known from ibok.customers c where c.id = p_customer;
  return case when known is null then 'data_missing' when known = p_values ->> p_method then 'confirmed' else 'mismatch' end;
end $$;
revoke execute on function ibok.compare_identity(bigint, text, jsonb) from public;

-- Whether somebody has guessed enough for one day: ten times wrong for a customer, five times one person for one application.
-- Strangers who guess through the portal lock the portal alone: of the staff only the staff's own tries count.
create or replace function ibok.identity_tries_spent(p_registration bigint, p_customer bigint) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from audit.reads l
           where l.customer_id = p_customer and l.at > now() - interval '24 hours' and l.fields = 'identity mismatch'
             and (session_user = 'ibok_portal' or l.login <> 'ibok_portal')) >= 10
      or session_user <> 'ibok_portal' and (
         select count(*) from audit.reads l
          -- In the column's collation, else the index on it cannot serve.
          where l.login = session_user::text collate "default" and l.at > now() - interval '24 hours'
            and l.fields = 'identity mismatch' and l.purpose = 'identity: registration:' || p_registration) >= 5
$$;
revoke execute on function ibok.identity_tries_spent(bigint, bigint) from public;

-- Compares what the applicant stated with the customer of p_customer_no, and keeps that it was confirmed, by whom and
-- when; never the PESEL or NIP itself. Each try stands in the read log. → compare_identity's answer, or 'limited'.
create or replace function ibok.try_identity(p_registration bigint, p_customer_no text, p_method text, p_values jsonb) returns text
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  plain jsonb := ibok.check_identity_values(p_method, p_values);
  customer bigint := ibok.customer_by_number(p_customer_no);
  outcome text;
begin
  outcome := case when ibok.identity_tries_spent(p_registration, customer) then 'limited'
                  else ibok.compare_identity(customer, p_method, plain) end;
  perform ibok.log_read(customer, 'identity: registration:' || p_registration, 'identity ' || outcome);
  if outcome = 'confirmed' then
    update ibok.registrations
       set customer_id = customer, identity_method = p_method, identity_checked_by = session_user, identity_checked_at = now()
     where id = p_registration;
  end if;
  return outcome;
end $$;
revoke execute on function ibok.try_identity(bigint, text, text, jsonb) from public;

-- The mail that says when the application is due; by the ways on which one writes by mail.
create or replace function ibok.confirm_receipt(p_registration ibok.registrations) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if p_registration.channel in ('web', 'email') and p_registration.email is not null then
    perform ibok.enqueue_mail('registration.received:' || p_registration.id, p_registration.email, 'registration.received',
      jsonb_build_object('first_name', p_registration.first_name, 'last_name', p_registration.last_name,
        'number', ibok.registration_number(p_registration.id), 'due_to', to_char(p_registration.due_to, 'DD.MM.YYYY')),
      'registrations:' || p_registration.id);
  end if;
end $$;
revoke execute on function ibok.confirm_receipt(ibok.registrations) from public;

-- A free login made of the name, or of the customer's number where the name has no letter for it; numbered when taken.
create or replace function ibok.free_login(p_first_name text, p_last_name text, p_customer_no text) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  first text := split_part(ibok.fold(p_first_name), ' ', 1);
  last text := replace(ibok.fold(p_last_name), ' ', '-');
  base text := rtrim(left(first || '.' || last, 56), '.-');
  proposal text;
  number integer := 1;
begin
  if first = '' or last = '' or char_length(base) < 4 then
    base := 'klient' || left(replace(ibok.fold(coalesce(p_customer_no, '')), ' ', ''), 50);
  end if;
  proposal := base;
  while exists (select from ibok.accounts a where a.login = proposal) loop
    number := number + 1;
    proposal := base || number;
  end loop;
  return proposal;
end $$;
revoke execute on function ibok.free_login(text, text, text) from public;

-- Other open applications and living accounts that may be the same person's: with the same e-mail, customer or name.
-- [{kind: registration | account, id, label, status, reasons}], at most 20.
create or replace function ibok.registration_duplicates(p_registration ibok.registrations) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  with own as (select p_registration.*),
  alike (kind, id, reason) as (
    select 'registration', o.id, 'email' from own r join ibok.registrations o on lower(o.email::text) = lower(r.email::text)
     where o.status in ('new', 'incomplete') and o.id <> r.id
    union all
    select 'registration', o.id, 'customer' from own r join ibok.registrations o on o.customer_id = r.customer_id
     where o.status in ('new', 'incomplete') and o.id <> r.id
    union all
    select 'registration', o.id, 'name' from own r join ibok.registrations o on o.last_name = r.last_name and o.first_name = r.first_name
     where o.status in ('new', 'incomplete') and o.id <> r.id
    union all
    select 'account', a.id, 'email' from own r join ibok.accounts a on lower(a.email::text) = lower(r.email::text)
     where a.id is distinct from r.account_id
    union all
    select 'account', x.account_id, 'customer' from own r join ibok.account_access x on x.customer_id = r.customer_id
     where x.account_id is distinct from r.account_id
       and x.valid_from <= ibok.today() and (x.valid_to is null or x.valid_to >= ibok.today())
    union all
    select 'account', a.id, 'name' from own r join ibok.accounts a
        on a.last_name collate "pl-PL-x-icu" = r.last_name and a.first_name collate "pl-PL-x-icu" = r.first_name
     where a.id is distinct from r.account_id
  ), found as (
    select kind, id, array_agg(distinct reason order by reason) as reasons from alike group by kind, id
  )
  select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'id', d.id::text, 'label', d.label, 'status', d.status,
           'reasons', d.reasons) order by cardinality(d.reasons) desc, d.kind, d.id), '[]')
    from (
      select f.kind, f.id, f.reasons, coalesce(a.login, ibok.registration_number(o.id)) as label, coalesce(a.status, o.status) as status
        from found f
        left join ibok.accounts a on f.kind = 'account' and a.id = f.id
        left join ibok.registrations o on f.kind = 'registration' and o.id = f.id
       where a.status is distinct from 'deleted'
       order by cardinality(f.reasons) desc, f.kind, f.id limit 20) as d
$$;
revoke execute on function ibok.registration_duplicates(ibok.registrations) from public;

-- The task for a customer whose PESEL or NIP billing does not know: once, until it is done. Null when it stands already.
create or replace function ibok.ask_to_complete(p_registration ibok.registrations, p_customer bigint, p_method text) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  wanted constant text := 'Uzupełnij dane klienta';
begin
  if exists (select from ibok.follow_ups f
              where f.subject = 'customer:' || p_customer and f.state = 'open' and f.title = wanted) then
    return null;
  end if;
  return ibok.add_follow_up(wanted,
    format('W bazie brak numeru %s; jest potrzebny do wniosku %s.', upper(p_method), ibok.registration_number(p_registration.id)),
    'customer:' || p_customer, greatest(ibok.today(), p_registration.due_to), null);
end $$;
revoke execute on function ibok.ask_to_complete(ibok.registrations, bigint, text) from public;

-- The account of an application that lacks nothing, waiting for its activation: whose data it sees from today on, and what
-- the applicant accepted, as of the day they did. p_login null: a free one is made.
create or replace function ibok.open_account(p_registration ibok.registrations, p_login text) returns ibok.accounts
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  r constant ibok.registrations := p_registration;
  agreed_at constant timestamptz :=
    case r.channel when 'web' then r.recorded_at else r.received_on::timestamp at time zone 'Europe/Warsaw' end;
  account ibok.accounts;
begin
  if p_login is null then
    -- Two approvals at once must not find the same login free.
    perform pg_advisory_xact_lock(hashtextextended('ibok.free_login', 0));
    p_login := ibok.free_login(r.first_name, r.last_name, (select c.customer_no from ibok.customers c where c.id = r.customer_id));
  end if;
  insert into ibok.accounts (login, first_name, last_name, email, phone, registration_id)
  values (p_login, r.first_name, r.last_name, r.email, r.phone, r.id) returning * into account;
  insert into ibok.account_access (account_id, customer_id, relation, document_id)
  values (account.id, r.customer_id, r.relation, r.proxy_document_id);
  insert into ibok.regulation_acceptances (account_id, version_id, accepted_at, channel)
  values (account.id, r.regulation_version_id, agreed_at, r.channel);
  insert into ibok.consents (account_id, kind, given_at, given_channel)
  select account.id, 'e_invoice', agreed_at, r.channel where 'e_invoice' = any (r.clauses);
  return account;
end $$;
revoke execute on function ibok.open_account(ibok.registrations, text) from public;

-- A refusal's reason as mail and letter say it; null for 'other', which has words of its own.
create or replace function ibok.rejection_words(p_reason text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_reason
    when 'not_a_customer' then 'nie znaleziono umowy na podane dane'
    when 'identity_not_confirmed' then 'nie udało się potwierdzić tożsamości'
    when 'no_proxy_document' then 'brak dokumentu potwierdzającego prawo do działania w imieniu klienta'
    when 'missing_clauses' then 'brak wymaganych oświadczeń lub akceptacji Regulaminu IBOK'
    when 'duplicate' then 'konto albo wcześniejszy wniosek już istnieje'
    when 'withdrawn' then 'wniosek został wycofany'
  end
$$;
revoke execute on function ibok.rejection_words(text) from public;
