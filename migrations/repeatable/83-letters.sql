-- Letters on paper: which record each kind is about and what stands in it. The program draws the PDF; what it draws from,
-- and that it is kept, is decided here (83-api-letters.sql).

-- The record a kind of letter is about, as its id. IB004 for an unknown kind or another table's record.
create or replace function ibok.letter_record(p_kind text, p_record text) returns bigint
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  tables constant jsonb := '{"activation": "accounts", "regulations_confirmation": "accounts", "application_copy": "registrations",
    "refusal": "registrations", "deletion_protocol": "deletion_requests", "expertise_result": "meter_cases",
    "exchange_protocol": "exchanges"}';
begin
  if p_record ~ ('^' || (tables ->> p_kind) || ':[1-9][0-9]{0,17}$') is not true then
    raise exception 'letter' using errcode = 'IB004';
  end if;
  return split_part(p_record, ':', 2)::bigint;
end $$;
revoke execute on function ibok.letter_record(text, text) from public;

-- The sign of the case a letter belongs to: 'IBOK/W-000012/2026'. All letters of a case bear the same.
create or replace function ibok.letter_reference(p_record text, p_since date) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select format('IBOK/%s-%s/%s',
    case split_part(p_record, ':', 1) when 'registrations' then 'W' when 'accounts' then 'K' when 'meter_cases' then 'S'
      when 'exchanges' then 'PW' else 'U' end,
    lpad(split_part(p_record, ':', 2), greatest(6, char_length(split_part(p_record, ':', 2))), '0'),
    extract(year from p_since))
$$;
revoke execute on function ibok.letter_reference(text, date) from public;

-- Where a letter to the holder of an account goes: the address of the application, else the postal address of the customer
-- whose account it is, else the place they are supplied at longest.
create or replace function ibok.letter_address(p_registration ibok.registrations) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('street', a.street, 'houseNo', a.house_no, 'flatNo', a.flat_no, 'postalCode', a.postal_code, 'city', a.city)
    from (select p_registration.street, p_registration.house_no, p_registration.flat_no, p_registration.postal_code::text,
                 p_registration.city, 1 as place
           where p_registration.city <> ''
          union all
          select c.postal_street, c.postal_house_no, c.postal_flat_no, c.postal_code::text, c.postal_city, 2
            from ibok.customers c
           where c.id = p_registration.customer_id and p_registration.relation = 'holder' and c.postal_city <> ''
          union all
          (select m.street, m.house_no, m.flat_no, m.postal_code::text, m.city, 3
             from ibok.supplies s join ibok.supply_points p on p.id = s.supply_point_id join ibok.premises m on m.id = p.premise_id
            where s.customer_id = p_registration.customer_id and p_registration.relation = 'holder'
              and s.valid_from <= ibok.today() and (s.valid_to is null or s.valid_to >= ibok.today())
            order by s.valid_from, s.id limit 1)
          order by place limit 1) as a
$$;
revoke execute on function ibok.letter_address(ibok.registrations) from public;

-- Why an application was refused, as the applicant may read it. A reason in one's own words is the last line of the note.
create or replace function ibok.refusal_words(p_registration ibok.registrations) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case p_registration.rejection_reason
    when 'other' then regexp_replace(p_registration.note, '^.*\n', '')
    else ibok.rejection_words(p_registration.rejection_reason) end
$$;
revoke execute on function ibok.refusal_words(ibok.registrations) from public;

-- {"since", "name", "address", "fields", "details", "customer"} of a letter about an application.
create or replace function ibok.application_facts(p_kind text, p_id bigint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  r ibok.registrations;
begin
  select * into r from ibok.registrations where id = p_id;
  if not found then raise exception 'no such application' using errcode = 'IB002'; end if;
  if r.erased_at is not null or (p_kind = 'refusal' and r.status <> 'rejected') then
    raise exception 'no such letter of it' using errcode = 'IB006';
  end if;
  return jsonb_build_object(
    'since', r.received_on, 'name', concat_ws(' ', r.first_name, r.last_name), 'address', ibok.letter_address(r),
    'customer', r.customer_id,
    'fields', jsonb_build_object('first_name', r.first_name, 'last_name', r.last_name,
        'number', ibok.registration_number(r.id), 'received_on', r.received_on)
      || case p_kind when 'refusal' then jsonb_build_object('reason', ibok.refusal_words(r)) else '{}' end,
    'details', case p_kind when 'application_copy' then jsonb_build_object(
      'channel', r.channel, 'email', r.email, 'phone', r.phone, 'relation', r.relation,
      'customerNo', r.customer_no_given, 'invoiceNo', r.invoice_no_given, 'invoiceGross', r.invoice_gross_given::text,
      'originalPlace', r.original_place, 'dueTo', r.due_to,
      'regulations', (select label from ibok.regulation_versions where id = r.regulation_version_id),
      'clauses', (select coalesce(jsonb_agg(jsonb_build_object('title', c.title, 'body', c.body, 'given', c.key = any (r.clauses))
                            order by c.id), '[]')
                    from ibok.clauses c
                   where c.valid_from <= r.received_on and (c.valid_to is null or c.valid_to >= r.received_on)))
      else '{}' end);
end $$;
revoke execute on function ibok.application_facts(text, bigint) from public;

-- The same of a letter about an account: while it is not being erased, and for the confirmation once it accepted something.
create or replace function ibok.account_letter_facts(p_kind text, p_id bigint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  a ibok.accounts;
  r ibok.registrations;
  accepted record;
begin
  select * into a from ibok.accounts where id = p_id;
  if not found then raise exception 'no such account' using errcode = 'IB002'; end if;
  if a.status not in ('pending', 'active', 'blocked') or (p_kind = 'activation' and a.status = 'blocked') then
    raise exception 'no such letter of it' using errcode = 'IB006';
  end if;
  select * into r from ibok.registrations where id = a.registration_id;
  select v.label, v.effective_on, (x.accepted_at at time zone 'Europe/Warsaw')::date as accepted_on, x.channel into accepted
    from ibok.regulation_acceptances x join ibok.regulation_versions v on v.id = x.version_id
   where x.account_id = p_id order by v.effective_on desc limit 1;
  if not found and p_kind = 'regulations_confirmation' then
    raise exception 'nothing accepted yet' using errcode = 'IB006';
  end if;
  return jsonb_build_object(
    'since', (a.created_at at time zone 'Europe/Warsaw')::date, 'name', concat_ws(' ', a.first_name, a.last_name),
    'address', ibok.letter_address(r), 'customer', r.customer_id, 'details', '{}'::jsonb,
    'fields', jsonb_build_object('first_name', a.first_name, 'last_name', a.last_name, 'login', a.login)
      || case p_kind
        when 'activation' then jsonb_build_object('email', a.email, 'hours', ibok.rule_number('account.activation_hours', 72)::text)
        else jsonb_build_object('label', accepted.label, 'effective_on', accepted.effective_on,
          'accepted_on', accepted.accepted_on, 'channel', accepted.channel) end);
end $$;
revoke execute on function ibok.account_letter_facts(text, bigint) from public;

-- The same of the protocol of an erasure. It goes to nobody and names nobody but the staff who did it.
create or replace function ibok.protocol_facts(p_id bigint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  q ibok.deletion_requests;
  p ibok.approvals;
begin
  select * into q from ibok.deletion_requests where id = p_id;
  if not found then raise exception 'no such request' using errcode = 'IB002'; end if;
  if q.status <> 'executed' then raise exception 'not erased yet' using errcode = 'IB006'; end if;
  select * into p from ibok.approvals where id = q.approval_id;
  return jsonb_build_object(
    'since', q.asked_on, 'name', null, 'address', null,
    'customer', ibok.document_customer('deletion_requests', p_id),
    'fields', jsonb_build_object('number', ibok.deletion_number(q.id), 'account', q.account_id::text, 'asked_on', q.asked_on,
      'executed_on', (q.executed_at at time zone 'Europe/Warsaw')::date),
    'details', jsonb_build_object('via', q.asked_via, 'identity', q.identity_method, 'dueOn', q.due_on, 'plan', q.protocol -> 'parts',
      'forwardedBy', coalesce((select display_name from ibok.staff_members where login = q.forwarded_by), q.forwarded_by),
      'approvedBy', coalesce((select display_name from ibok.staff_members where login = p.decided_by), p.decided_by)));
end $$;
revoke execute on function ibok.protocol_facts(bigint) from public;

-- The letterhead of a day: {name, lines, phone, email, website, registerLine, privacyEmail}.
create or replace function ibok.letterhead_on(p_day date) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('name', h.name, 'lines', h.lines, 'phone', h.phone, 'email', h.email, 'website', h.website,
           'registerLine', h.register_line, 'privacyEmail', h.privacy_email)
    from ibok.letterheads h where h.valid_from <= p_day order by h.valid_from desc limit 1
$$;
revoke execute on function ibok.letterhead_on(date) from public;

-- The text of a letter that is valid today. IB002 without one.
create or replace function ibok.letter_template(p_kind text) returns ibok.templates
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  t ibok.templates;
begin
  select * into t from ibok.templates
   where key = 'letter.' || p_kind and valid_from <= ibok.today() and (valid_to is null or valid_to >= ibok.today());
  if not found then raise exception 'no text is valid today' using errcode = 'IB002'; end if;
  return t;
end $$;
revoke execute on function ibok.letter_template(text) from public;

-- All a letter is drawn from: {kind, record, madeAt, today, reference, name, address, template {subject, body}, fields,
-- details, letterhead}, and `customer`, whom the reading is noted under. Days as ISO, words as codes: the program has both
-- in Polish.
create or replace function ibok.letter_facts(p_kind text, p_record text) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  id bigint := ibok.letter_record(p_kind, p_record);
  text ibok.templates := ibok.letter_template(p_kind);
  facts jsonb;
begin
  facts := case split_part(p_record, ':', 1)
    when 'registrations' then ibok.application_facts(p_kind, id)
    when 'accounts' then ibok.account_letter_facts(p_kind, id)
    when 'meter_cases' then ibok.expertise_letter_facts(id)
    when 'exchanges' then ibok.exchange_letter_facts(id)
    else ibok.protocol_facts(id) end;
  return facts - 'since' || jsonb_build_object(
    'kind', p_kind, 'record', p_record, 'today', ibok.today(),
    'madeAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'reference', ibok.letter_reference(p_record, (facts ->> 'since')::date),
    'template', jsonb_build_object('subject', text.subject, 'body', text.body),
    'letterhead', ibok.letterhead_on(ibok.today()));
end $$;
revoke execute on function ibok.letter_facts(text, text) from public;

-- A document of the record for a letter that was drawn, without its file yet.
create or replace function ibok.letter_document(p_kind text, p_record text) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  insert into ibok.documents (title, category, owner_table, owner_id, personal, retention_class)
  select case p_kind
           when 'activation' then 'Pismo: założenie konta'
           when 'application_copy' then 'Kopia wniosku'
           when 'refusal' then 'Pismo: odmowa założenia konta'
           when 'deletion_protocol' then 'Protokół usunięcia konta'
           when 'exchange_protocol' then 'Protokół wymiany wodomierza'
           when 'expertise_result' then 'Pismo: wynik ekspertyzy wodomierza'
           else 'Potwierdzenie akceptacji Regulaminu' end,
         case p_kind when 'application_copy' then 'application' when 'deletion_protocol' then 'protocol' when 'exchange_protocol' then 'protocol' else 'letter' end,
         split_part(p_record, ':', 1), ibok.letter_record(p_kind, p_record), p_kind <> 'deletion_protocol',
         case p_kind when 'deletion_protocol' then 'permanent' when 'exchange_protocol' then 'contract' when 'expertise_result' then 'contract'
           else 'portal' end
  returning id
$$;
revoke execute on function ibok.letter_document(text, text) from public;

-- The letter itself, once its document has a file.
create or replace function ibok.insert_letter(p_kind text, p_record text, p_document bigint) returns bigint
language sql set search_path = pg_catalog, pg_temp as $$
  insert into ibok.letters (kind, record, template_id, document_id)
  select p_kind, p_record, t.id, p_document from ibok.letter_template(p_kind) as t
  returning id
$$;
revoke execute on function ibok.insert_letter(text, text, bigint) from public;
