-- Personal data of customers: every look and every change goes through here, is counted and leaves a trace.

-- Twice: in the read log, and in the server's own log. A look whose transaction is rolled back leaves no row, but its
-- line stays: a LOG message is written at once, and only a superuser can turn it off. No value and no reason stands there.
create or replace function ibok.log_read(p_customer bigint, p_purpose text, p_fields text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise log 'ibok look: login=% customer=% fields=%', session_user, p_customer, p_fields;
  insert into audit.reads (login, application, customer_id, purpose, fields)
  values (session_user, left(current_setting('application_name'), 64), p_customer, left(p_purpose, 200), p_fields);
end $$;
revoke execute on function ibok.log_read(bigint, text, text) from public;

-- One alarm per person and day when more was looked at than the office's rule allows (default 300): a card, a history, a
-- document, a revealed number, a customer found by a contact each count, so that nobody leafs through the office by another door.
create or replace function ibok.watch_card_opens() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  limit_per_day numeric := ibok.rule_number('alarm.cards_per_day', 300);
  opened bigint;
begin
  -- Once a day is enough, and whoever has gone past the limit shall not wait longer for it at each look.
  if exists (select from audit.alarms
              where kind = 'card_opens' and login = session_user::text collate "default" and day = ibok.today()) then
    return;
  end if;
  select count(*) into opened from (
    select from audit.reads
     -- In the column's collation, else the index on it cannot serve.
     where login = session_user::text collate "default" and at >= ibok.today()::timestamp at time zone 'Europe/Warsaw'
       and fields in ('card', 'history', 'pesel', 'bank_account', 'phone', 'email', 'nip', 'document')
     limit limit_per_day + 1) as looks;
  if opened > limit_per_day then
    insert into audit.alarms (kind, login, day, detail)
    values ('card_opens', session_user, ibok.today(), format('more than %s looks in one day', limit_per_day))
    on conflict (kind, login, day) do nothing;
  end if;
end $$;
revoke execute on function ibok.watch_card_opens() from public;

create or replace function ibok.mask(p_value text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select repeat('*', greatest(char_length(p_value) - 3, 0)) || right(p_value, 3)
$$;
revoke execute on function ibok.mask(text) from public;

create or replace function api.open_card(p_customer bigint, p_purpose text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  c ibok.customers;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_dpo');
  if p_purpose is null or p_purpose not in ('phone_call', 'visit', 'letter', 'email', 'ticket', 'check', 'other') then
    raise exception 'purpose' using errcode = 'IB004';
  end if;
  select * into c from ibok.customers where id = p_customer;
  if not found then raise exception 'no such customer' using errcode = 'IB002'; end if;
  perform ibok.log_read(p_customer, p_purpose, 'card');
  perform ibok.watch_card_opens();
  return jsonb_build_object(
    'id', c.id, 'customerNo', c.customer_no, 'kind', c.kind,
    'firstName', c.first_name, 'lastName', c.last_name, 'companyName', c.company_name,
    'nip', c.nip, 'regon', c.regon, 'peselMasked', ibok.mask(c.pesel), 'bankAccountMasked', ibok.mask(c.bank_account),
    'identifierOverride', c.identifier_override,
    'phone', c.phone, 'phoneAlt', c.phone_alt, 'email', c.email, 'emailAlt', c.email_alt,
    'postalStreet', c.postal_street, 'postalHouseNo', c.postal_house_no, 'postalFlatNo', c.postal_flat_no,
    'postalCode', c.postal_code, 'postalCity', c.postal_city,
    'deceasedOn', c.deceased_on, 'vip', c.vip) || jsonb_build_object(
    'preferredContact', c.preferred_contact, 'officeNote', c.office_note,
    'sourceUpdatedAt', c.source_updated_at, 'createdAt', c.created_at, 'updatedAt', c.updated_at,
    'alerts', jsonb_build_object(
      'deceased', c.deceased_on is not null,
      'legalHolds', (select count(*) from ibok.legal_holds h
                      where h.customer_id = c.id and h.released_at is null
                        and h.valid_from <= ibok.today() and (h.valid_to is null or h.valid_to >= ibok.today()))));
end $$;
revoke execute on function api.open_card(bigint, text) from public;
grant execute on function api.open_card(bigint, text) to bok_clerk, bok_technician, bok_dpo;

create or replace function api.reveal(p_customer bigint, p_field text, p_reason text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  c ibok.customers;
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  if p_field is null or p_field not in ('pesel', 'bank_account') then raise exception 'field' using errcode = 'IB004'; end if;
  if char_length(btrim(p_reason)) >= 5 is not true then raise exception 'reason' using errcode = 'IB004'; end if;
  select * into c from ibok.customers where id = p_customer;
  if not found then raise exception 'no such customer' using errcode = 'IB002'; end if;
  perform ibok.log_read(p_customer, 'reveal: ' || btrim(p_reason), p_field);
  perform ibok.watch_card_opens();
  return case p_field when 'pesel' then c.pesel else c.bank_account end;
end $$;
revoke execute on function api.reveal(bigint, text, text) from public;
grant execute on function api.reveal(bigint, text, text) to bok_clerk, bok_dpo;

-- Whole phone number (7 digits and more), whole e-mail address or whole NIP; never a part, so that nobody can leaf
-- through numbers. At most 20 customers.
create or replace function api.find_by_contact(p_text text) returns table (customer_id bigint, reason text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  typed text := btrim(p_text);
  digits text := regexp_replace(p_text, '[^0-9]', '', 'g');
  hit record;
  hits int := 0;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_dpo');
  if typed is null or char_length(typed) not between 3 and 200 then raise exception 'text' using errcode = 'IB004'; end if;
  for hit in
    select f.id, min(f.why) as why from (
      select c.id, 'phone' as why from ibok.customers c
       where typed ~ '^\+?[0-9 ()/-]+$' and char_length(digits) >= 7 and ibok.phone_key(c.phone) = ibok.phone_key(digits)
      union all
      select c.id, 'phone' from ibok.customers c
       where typed ~ '^\+?[0-9 ()/-]+$' and char_length(digits) >= 7 and ibok.phone_key(c.phone_alt) = ibok.phone_key(digits)
      union all
      select c.id, 'email' from ibok.customers c where strpos(typed, '@') > 0 and lower(c.email::text) = lower(typed)
      union all
      select c.id, 'email' from ibok.customers c where strpos(typed, '@') > 0 and lower(c.email_alt::text) = lower(typed)
      union all
      select c.id, 'nip' from ibok.customers c where typed ~* '^(PL)?[0-9 -]+$' and c.nip = digits
    ) f group by f.id order by f.id limit 20
  loop
    hits := hits + 1;
    perform ibok.log_read(hit.id, 'find_by_contact', hit.why);
    customer_id := hit.id;
    reason := hit.why;
    return next;
  end loop;
  if hits = 0 then
    perform ibok.log_read(null, 'find_by_contact', 'no hit');
  else
    perform ibok.watch_card_opens();
  end if;
end $$;
revoke execute on function api.find_by_contact(text) from public;
grant execute on function api.find_by_contact(text) to bok_clerk, bok_technician, bok_dpo;
