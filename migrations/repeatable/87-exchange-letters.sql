-- The protocol of an exchange, first installation or removal: what stands in it.

-- One side of an act: the meter that went or came, as it was read on the day. Null where there is none.
create or replace function ibok.exchange_side(p_installation bigint, p_on date) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('meterId', m.id::text, 'factoryNo', m.factory_no, 'type', concat_ws(' ', t.maker, t.model),
           'dn', t.dn, 'q3', t.q3::text, 'role', i.role, 'place', i.place, 'ownerKind', m.owner_kind,
           'installedOn', i.installed_on, 'opening', i.opening_value::text, 'final', i.final_value::text,
           'mark', l.raw_mark, 'validUntil', l.valid_until)
    from ibok.meter_installations i join ibok.meters m on m.id = i.meter_id join ibok.meter_types t on t.id = m.type_id
    left join lateral (
      select x.raw_mark, x.valid_until from ibok.legalizations x
       where x.meter_id = m.id and x.withdrawn_at is null
        order by x.read_on <= p_on desc, x.read_on desc, x.id desc limit 1) as l on true
   where i.id = p_installation
$$;
revoke execute on function ibok.exchange_side(bigint, date) from public;

-- Seals an act put on, or took off: [{"sealNo", "kind", "place"}].
create or replace function ibok.exchange_seals(p_exchange bigint, p_put boolean) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('sealNo', s.seal_no, 'kind', s.kind, 'place', s.place) order by s.id), '[]')
    from ibok.seals s
   where case when p_put then s.put_exchange_id = p_exchange
           else s.removed_exchange_id = p_exchange and s.put_exchange_id is distinct from p_exchange end
$$;
revoke execute on function ibok.exchange_seals(bigint, boolean) from public;

-- {"since", "name", "address", "fields", "details", "customer"} as ibok.application_facts has it. It is handed to whoever
-- was supplied there that day. IB006 for an act that was taken back.
create or replace function ibok.exchange_letter_facts(p_id bigint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  e ibok.exchanges;
  place record;
  holder record;
begin
  select * into e from ibok.exchanges where id = p_id;
  if not found then raise exception 'no such act' using errcode = 'IB002'; end if;
  if e.reversed_at is not null then perform ibok.refuse_exchange('reversed', 'IB006'); end if;
  select p.code, p.place, m.street, m.house_no, m.flat_no, m.postal_code::text as postal_code, m.city into place
    from ibok.supply_points p join ibok.premises m on m.id = p.premise_id where p.id = e.supply_point_id;
  select c.id, c.customer_no, coalesce(nullif(c.company_name, ''), concat_ws(' ', c.first_name, c.last_name)) as name into holder
    from ibok.supplies s join ibok.customers c on c.id = s.customer_id
   where s.supply_point_id = e.supply_point_id and s.valid_from <= e.done_on and (s.valid_to is null or s.valid_to > e.done_on);
  return jsonb_build_object(
    'since', e.done_on, 'name', holder.name, 'customer', holder.id,
    'address', jsonb_build_object('street', place.street, 'houseNo', place.house_no, 'flatNo', place.flat_no,
      'postalCode', place.postal_code, 'city', place.city),
    'fields', jsonb_build_object('number', e.id::text, 'act', e.kind, 'done_on', e.done_on, 'point', place.code),
    'details', jsonb_build_object(
      'reason', e.reason, 'note', e.note, 'customerNo', holder.customer_no, 'pointPlace', place.place,
      'doneBy', coalesce((select display_name from ibok.staff_members where login = e.done_by), e.done_by),
      'old', ibok.exchange_side(e.old_installation_id, e.done_on), 'new', ibok.exchange_side(e.new_installation_id, e.done_on),
      'previous', (select jsonb_build_object('value', r.value::text, 'readOn', r.read_on)
                     from ibok.register_on(e.old_installation_id, e.done_on - 1) as r where e.old_installation_id is not null),
      'used', (select r.consumption::text from ibok.readings r where r.id = (e.before ->> 'finalReading')::bigint),
      'sealsOff', ibok.exchange_seals(e.id, false), 'sealsOn', ibok.exchange_seals(e.id, true)));
end $$;
revoke execute on function ibok.exchange_letter_facts(bigint) from public;
