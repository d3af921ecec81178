-- Contact data, the wished way of contact and the note for colleagues, mastered by Desk. One function for the form, the
-- field edited in a list, and whatever else saves one customer. Compared field by field in the transaction: two people may change different fields of
-- one customer at the same time, and are asked only where both changed the same one to different values.

-- Checks one value against its column's domain and names the column in the error (the domain alone cannot).
create or replace function ibok.demand_contact_value(p_column text, p_value text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  broken text;
begin
  perform jsonb_populate_record(null::ibok.customers, jsonb_build_object(p_column, p_value));
  if p_column = 'preferred_contact' and p_value not in ('phone', 'email', 'letter', 'visit') then
    raise check_violation using constraint = 'customers_preferred_contact';
  end if;
exception when check_violation then
  get stacked diagnostics broken = constraint_name;
  raise exception 'field refused' using errcode = 'check_violation', table = 'customers', column = p_column, constraint = broken;
end $$;
revoke execute on function ibok.demand_contact_value(text, text) from public;

-- Whether a field stands as this person's own last save left it, and that save began from p_original: a second window,
-- or the list beside the form, shows what was there before, and asking about one's own save would be no help (T11).
create or replace function ibok.is_own_save(p_subject text, p_column text, p_original text, p_stored text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from ibok.undo_steps own
     where own.subject = p_subject and own.login = session_user and own.state = 'open' and own.before_values ? p_column
       and own.before_values ->> p_column is not distinct from p_original)
  and (select last.login = session_user and last.state = 'open'
              and last.after_values ->> p_column is not distinct from p_stored
         from ibok.undo_steps last
        where last.subject = p_subject and last.after_values ? p_column order by last.id desc limit 1)
$$;
revoke execute on function ibok.is_own_save(text, text, text, text) from public;

-- p_changes {column: [old, new]} → {"status": "saved", "changed": [column…]}
-- or {"status": "conflict", "fields": {column: {original, theirs, mine}}}, and then nothing was stored.
create or replace function api.edit_contact(p_customer bigint, p_changes jsonb, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  editable constant text[] := array['phone', 'phone_alt', 'email', 'email_alt', 'postal_street', 'postal_house_no',
    'postal_flat_no', 'postal_code', 'postal_city', 'preferred_contact', 'office_note'];
  input jsonb := jsonb_build_array(p_customer, p_changes);
  current jsonb;
  wanted jsonb := '{}';
  conflicts jsonb := '{}';
  result jsonb;
  field record;
begin
  perform api.demand_role('bok_clerk');
  if jsonb_typeof(p_changes) is distinct from 'object' or p_changes = '{}' then
    raise exception 'changes' using errcode = 'IB004';
  end if;
  result := ibok.find_act(p_request, 'customers.editContact', input);
  if result is not null then return result; end if;
  select to_jsonb(c) into current from ibok.customers c where id = p_customer for no key update;
  if not found then raise exception 'no such customer' using errcode = 'IB002'; end if;

  for field in
    select key, value, nullif(btrim(value ->> 0), '') as original, nullif(btrim(value ->> 1), '') as mine,
           current ->> key as theirs
      from jsonb_each(p_changes)
  loop
    if field.key <> all (editable) or jsonb_typeof(field.value) <> 'array' or jsonb_array_length(field.value) <> 2
       or jsonb_typeof(field.value -> 0) not in ('string', 'null') or jsonb_typeof(field.value -> 1) not in ('string', 'null') then
      raise exception 'changes' using errcode = 'IB004';
    end if;
    perform ibok.demand_contact_value(field.key, field.mine);
    if field.theirs is distinct from field.original and field.theirs is distinct from field.mine
       and ibok.is_own_save('customer:' || p_customer, field.key, field.original, field.theirs) is not true then
      conflicts := conflicts || jsonb_build_object(field.key,
        jsonb_build_object('original', field.original, 'theirs', field.theirs, 'mine', field.mine));
    elsif field.theirs is distinct from field.mine then
      wanted := wanted || jsonb_build_object(field.key, field.mine);
    end if;
  end loop;
  if conflicts <> '{}' then return jsonb_build_object('status', 'conflict', 'fields', conflicts); end if;

  if wanted <> '{}' then
    update ibok.customers c
       set phone = n.phone, phone_alt = n.phone_alt, email = n.email, email_alt = n.email_alt,
           postal_street = n.postal_street, postal_house_no = n.postal_house_no, postal_flat_no = n.postal_flat_no,
           postal_code = n.postal_code, postal_city = n.postal_city, preferred_contact = n.preferred_contact,
           office_note = n.office_note
      from jsonb_populate_record(null::ibok.customers, current || wanted) as n
     where c.id = p_customer;
    perform ibok.add_undo_step('editContact', 'customer:' || p_customer, 1,
      (select jsonb_object_agg(key, current -> key) from jsonb_object_keys(wanted) as key), wanted);
  end if;
  return ibok.store_act(p_request, 'customers.editContact', input, jsonb_build_object('status', 'saved', 'changed',
    coalesce((select jsonb_agg(key order by key) from jsonb_object_keys(wanted) as key), '[]')));
end $$;
revoke execute on function api.edit_contact(bigint, jsonb, uuid) from public;
grant execute on function api.edit_contact(bigint, jsonb, uuid) to bok_clerk;
