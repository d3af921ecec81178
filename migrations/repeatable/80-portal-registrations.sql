-- Applications through the portal. The portal knows nobody yet, so it learns nothing either: the answer is the same
-- whether the customer exists, the identity fits, or somebody applied before.

-- What the form shows today: {regulations: {id, label, effectiveOn} | null, clauses: [{key, title, body, mandatory}]}.
create or replace function portal.application_form() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_portal');
  return jsonb_build_object(
    'regulations', (select jsonb_build_object('id', v.id::text, 'label', v.label, 'effectiveOn', v.effective_on)
                      from ibok.regulation_versions v where v.id = ibok.regulations_on(ibok.today())),
    'clauses', (select coalesce(jsonb_agg(jsonb_build_object('key', c.key, 'title', c.title, 'body', c.body,
                         'mandatory', c.mandatory) order by c.id), '[]')
                  from ibok.clauses c
                 where c.valid_from <= ibok.today() and (c.valid_to is null or c.valid_to >= ibok.today())));
end $$;
revoke execute on function portal.application_form() from public;
grant execute on function portal.application_form() to ibok_portal;

-- Takes an application: {requestId, firstName, lastName, email, phone?, street?, houseNo?, flatNo?, postalCode?, city?,
-- relation, customerNo, regulationVersionId, clauses: [key…], identity: {method: invoice, invoiceNo, grossGrosze} |
-- {method: pesel, pesel} | {method: nip, nip}}. Identity is compared at once; PESEL and NIP are kept nowhere.
-- → {number, dueFrom, dueTo}, the same for the same requestId.
-- IB004: a key is missing, unknown or of the wrong kind, or a number has a wrong check digit (constraint
-- registrations_pesel, registrations_nip); 23514: a value its field does not take, with the column and the domain
-- (line_clean for a line break, line_length, email_form for two addresses); IB005: requestId of another application;
-- IB006 registrations_too_many: five applications with this e-mail wait already.
create or replace function portal.register(p_application jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  names constant jsonb := '{"firstName": "first_name", "lastName": "last_name", "email": "email", "phone": "phone",
    "street": "street", "houseNo": "house_no", "flatNo": "flat_no", "postalCode": "postal_code", "city": "city",
    "relation": "relation", "customerNo": "customer_no_given", "regulationVersionId": "regulation_version_id"}';
  identity constant jsonb := p_application -> 'identity';
  request uuid;
  input jsonb;
  result jsonb;
  fields jsonb;
  r ibok.registrations;
begin
  perform api.demand_role('ibok_portal');
  request := ibok.check_application(p_application, names);
  -- Not the identity: see api.check_identity.
  input := jsonb_build_array(p_application - 'identity', identity -> 'method');
  result := ibok.find_act(request, 'portal.register', input);
  if result is not null then return result; end if;
  fields := ibok.check_registration_fields(
    (select jsonb_object_agg(n.value, p_application -> n.key) from jsonb_each_text(names) n where p_application ? n.key),
    array(select value from jsonb_each_text(names)));
  perform ibok.check_identity_values(identity ->> 'method', identity - 'method');
  perform ibok.check_applications_waiting(fields ->> 'email');
  r := jsonb_populate_record(null::ibok.registrations, fields);
  r.id := nextval('ibok.registrations_id_seq');
  perform set_config('ibok.on_behalf_of', 'registration:' || r.id, true);
  insert into ibok.registrations (id, channel, received_on, first_name, last_name, email, phone, street, house_no, flat_no,
    postal_code, city, relation, customer_no_given, invoice_no_given, invoice_gross_given, customer_id,
    regulation_version_id, clauses)
  overriding system value
  values (r.id, 'web', ibok.today(), r.first_name, r.last_name, r.email, r.phone, r.street, r.house_no, r.flat_no,
    r.postal_code, r.city, r.relation, r.customer_no_given, identity ->> 'invoiceNo', (identity ->> 'grossGrosze')::bigint,
    ibok.customer_by_number(r.customer_no_given), r.regulation_version_id,
    ibok.clauses_of((select string_agg(key, ' ') from jsonb_array_elements_text(p_application -> 'clauses') as key), ibok.today()))
  returning * into r;
  perform ibok.try_identity(r.id, r.customer_no_given, identity ->> 'method', identity - 'method');
  perform ibok.confirm_receipt(r);
  return ibok.store_act(request, 'portal.register', input,
    jsonb_build_object('number', ibok.registration_number(r.id), 'dueFrom', r.due_from, 'dueTo', r.due_to));
end $$;
revoke execute on function portal.register(jsonb) from public;
grant execute on function portal.register(jsonb) to ibok_portal;

-- The shape of a portal's application; returns its request id. IB004 names the key that is wrong.
create or replace function ibok.check_application(p_application jsonb, p_names jsonb) returns uuid
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  needed constant text[] := array['requestId', 'firstName', 'lastName', 'email', 'relation', 'customerNo',
    'regulationVersionId', 'clauses', 'identity'];
  wrong text;
begin
  if jsonb_typeof(p_application) is distinct from 'object' then raise exception 'application' using errcode = 'IB004'; end if;
  if exists (select from jsonb_object_keys(p_application) as key
              where not p_names ? key and key not in ('requestId', 'clauses', 'identity')) then
    raise exception 'unknown key' using errcode = 'IB004';
  end if;
  select key into wrong from unnest(needed) as key
   where jsonb_typeof(p_application -> key) is distinct from
         case key when 'clauses' then 'array' when 'identity' then 'object' else 'string' end
      or key not in ('clauses', 'identity') and btrim(p_application ->> key) = ''
   limit 1;
  if wrong is not null then raise exception '%', wrong using errcode = 'IB004'; end if;
  if exists (select from jsonb_array_elements(p_application -> 'clauses') as clause where jsonb_typeof(clause) <> 'string') then
    raise exception 'clauses' using errcode = 'IB004';
  end if;
  if p_application ->> 'requestId' !~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then
    raise exception 'requestId' using errcode = 'IB004';
  end if;
  return (p_application ->> 'requestId')::uuid;
end $$;
revoke execute on function ibok.check_application(jsonb, jsonb) from public;

-- Nobody is to be buried under our confirmations: five applications of one address wait at most.
create or replace function ibok.check_applications_waiting(p_email text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('ibok.applications:' || lower(p_email), 0));
  if (select count(*) from ibok.registrations r
       where lower(r.email::text) = lower(p_email) and r.status in ('new', 'incomplete')) >= 5 then
    raise exception 'too many applications wait' using errcode = 'IB006', constraint = 'registrations_too_many';
  end if;
end $$;
revoke execute on function ibok.check_applications_waiting(text) from public;
