-- Cases of meters: a sub-meter on its way from application to deduction, and a meter whose correctness is disputed.
-- Locks are taken in the order of an exchange: the supply point first, then the case, then installations and meters.

-- How a case is called on screen and in letters: 'S-000012'.
create or replace function ibok.meter_case_number(p_id bigint) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select 'S-' || lpad(p_id::text, greatest(6, char_length(p_id::text)), '0')
$$;
revoke execute on function ibok.meter_case_number(bigint) from public;
grant execute on function ibok.meter_case_number(bigint) to bok_clerk, bok_technician, bok_dpo;

-- Whether the case's sub-meter is built in as accepted: one taken out again, or whose installation was taken back, is not.
create or replace function ibok.sub_meter_stands(p_case ibok.meter_cases) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_case.accepted_on is not null and exists (
    select from ibok.meter_installations i where i.id = p_case.installation_id and i.removed_on is null)
$$;
revoke execute on function ibok.sub_meter_stands(ibok.meter_cases) from public;
grant execute on function ibok.sub_meter_stands(ibok.meter_cases) to bok_clerk, bok_technician, bok_dpo;

-- What the case waits for; shared/domain/meter-cases.ts lays out the same steps for the screen.
create or replace function ibok.meter_case_stage(p_case ibok.meter_cases) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_case.state <> 'open' then p_case.state
    when p_case.kind = 'sub_meter' then case
      when p_case.place_agreed_on is null then 'place'
      when not ibok.sub_meter_stands(p_case) then 'acceptance'
      when p_case.fee_paid_on is null then 'fee'
      when p_case.annex_on is null then 'annex'
      else 'activation' end
    when p_case.removal_id is null then 'removal'
    when p_case.sent_on is null then 'sending'
    when p_case.certificate_on is null then 'certificate'
    else 'answer' end
$$;
revoke execute on function ibok.meter_case_stage(ibok.meter_cases) from public;
grant execute on function ibok.meter_case_stage(ibok.meter_cases) to bok_clerk, bok_technician, bok_dpo;

-- The case, locked after its point. IB002 without one, IB004 for the other kind, IB006 when it is closed. p_kind null: either.
create or replace function ibok.lock_meter_case(p_id bigint, p_kind text) returns ibok.meter_cases
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  c ibok.meter_cases;
begin
  perform from ibok.supply_points p
   where p.id = (select supply_point_id from ibok.meter_cases where id = p_id) for no key update;
  select * into c from ibok.meter_cases where id = p_id for no key update;
  if not found then raise exception 'no such case' using errcode = 'IB002'; end if;
  if c.kind <> coalesce(p_kind, c.kind) then raise exception 'kind' using errcode = 'IB004'; end if;
  if c.state <> 'open' then
    raise exception 'case is %', c.state using errcode = 'IB006', constraint = 'meter_cases_state_now';
  end if;
  return c;
end $$;
revoke execute on function ibok.lock_meter_case(bigint, text) from public;

-- A step's day: not in the future, and not before the step that it builds on.
create or replace function ibok.check_case_day(p_day date, p_after date) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_day is null then raise exception 'day' using errcode = 'IB004'; end if;
  if p_day > ibok.today() or p_day < p_after then
    raise exception 'day out of order' using errcode = 'IB004', constraint = 'meter_cases_step_day';
  end if;
end $$;
revoke execute on function ibok.check_case_day(date, date) from public;

-- Steps have one order: IB006 when what must come before is missing, or what comes after is done already.
create or replace function ibok.check_case_step(p_in_order boolean) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if p_in_order is not true then
    raise exception 'step out of order' using errcode = 'IB006', constraint = 'meter_cases_step_order';
  end if;
end $$;
revoke execute on function ibok.check_case_step(boolean) from public;

-- Whoever asks is supplied at the point on that day; an application lies a year at most.
create or replace function ibok.check_case_opening(p_customer bigint, p_point bigint, p_opened_on date) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.check_case_day(p_opened_on, ibok.today() - 366);
  if not exists (
    select from ibok.supplies s
     where s.supply_point_id = p_point and s.customer_id = p_customer
       and s.valid_from <= p_opened_on and (s.valid_to is null or s.valid_to > p_opened_on)) then
    raise exception 'not supplied there' using errcode = 'IB004', constraint = 'meter_cases_supplied';
  end if;
end $$;
revoke execute on function ibok.check_case_opening(bigint, bigint, date) from public;

-- The meter behind which a sub-meter of this point stands: the main one built in there. Null without one, or with several.
create or replace function ibok.main_installation(p_point bigint) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select min(i.id) from ibok.meter_installations i
   where i.supply_point_id = p_point and i.role = 'main' and i.removed_on is null having count(*) = 1
$$;
revoke execute on function ibok.main_installation(bigint) from public;

-- The open order a case waits for; null without one.
create or replace function ibok.case_order(p_case bigint) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select o.id from ibok.service_orders o where o.case_id = p_case and o.state = 'open' order by o.id limit 1
$$;
revoke execute on function ibok.case_order(bigint) from public;

-- The act that took the disputed meter out of the point and stands: the last one. Null while the meter is built in there.
create or replace function ibok.removal_of(p_meter bigint, p_point bigint) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select max(x.id) from ibok.exchanges x join ibok.meter_installations i on i.id = x.old_installation_id
   where i.meter_id = p_meter and i.supply_point_id = p_point and x.reversed_at is null
     and not exists (select from ibok.meter_installations now
                      where now.meter_id = p_meter and now.supply_point_id = p_point and now.removed_on is null)
$$;
revoke execute on function ibok.removal_of(bigint, bigint) from public;

-- The note of the loss that a certificate brings.
create or replace function ibok.certificate_note(p_no text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select 'Ekspertyza: świadectwo ' || p_no
$$;
revoke execute on function ibok.certificate_note(text) from public;

-- A meter found out of requirements is not legal from the certificate's day on; what was lost before stays as it is.
create or replace function ibok.lose_legalization(p_meter bigint, p_on date, p_note text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.lock_meter(p_meter);
  update ibok.legalizations l set lost_on = p_on, lost_reason = 'out_of_requirements', lost_note = p_note
    from ibok.current_legalization(p_meter) as c
   where l.id = c.id and (l.lost_on is null or l.lost_on > p_on);
end $$;
revoke execute on function ibok.lose_legalization(bigint, date, text) from public;

-- Takes back the loss that a wrong certificate brought, and no other.
create or replace function ibok.restore_legalization(p_meter bigint, p_on date, p_note text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.lock_meter(p_meter);
  update ibok.legalizations l set lost_on = null, lost_reason = null, lost_note = null
   where l.meter_id = p_meter and l.withdrawn_at is null
     and l.lost_on = p_on and l.lost_reason = 'out_of_requirements' and l.lost_note = p_note;
end $$;
revoke execute on function ibok.restore_legalization(bigint, date, text) from public;

-- What a case is about never changes, and a closed one stays as it was closed, but for its note.
create or replace function ibok.guard_meter_case() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (old.kind, old.customer_id, old.supply_point_id, old.opened_on, old.recorded_by, old.recorded_at)
     is distinct from (new.kind, new.customer_id, new.supply_point_id, new.opened_on, new.recorded_by, new.recorded_at)
     or old.state <> 'open' and to_jsonb(old) - 'note' is distinct from to_jsonb(new) - 'note' then
    raise exception 'case is fixed' using errcode = 'IB006', constraint = 'meter_cases_state_now';
  end if;
  return new;
end $$;
revoke execute on function ibok.guard_meter_case() from public;

create or replace trigger meter_cases_fixed before update on ibok.meter_cases
  for each row execute function ibok.guard_meter_case();

-- Whoever writes: the water of a sub-meter that has a case is deducted from the day on which the case made it active.
create or replace function ibok.guard_deduction() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select from ibok.meter_cases c
     where c.installation_id = new.id and c.kind = 'sub_meter' and c.state <> 'cancelled'
       and (c.activated_on is null or new.deducts_from < c.activated_on)) then
    raise exception 'case is not complete' using errcode = 'IB006', constraint = 'meter_installations_case_complete';
  end if;
  return new;
end $$;
revoke execute on function ibok.guard_deduction() from public;

create or replace trigger meter_installations_deduction before update of deducts_from on ibok.meter_installations
  for each row when (new.deducts_from is not null and new.deducts_from is distinct from old.deducts_from)
  execute function ibok.guard_deduction();

-- Acts at the point carry their cases along: the disputed meter leaves, or an accepted sub-meter is exchanged before it is
-- active. Taking such an act back takes the step back, unless the case has gone on from there.
create or replace function ibok.follow_exchange() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  taken_back boolean := tg_op = 'UPDATE';
begin
  if taken_back then
    if exists (
      select from ibok.meter_cases c
       where c.removal_id = new.id and c.sent_on is not null
          or c.state = 'done' and c.installation_id = new.new_installation_id) then
      raise exception 'a case goes on from this act' using errcode = 'IB006', constraint = 'exchanges_case_goes_on';
    end if;
    update ibok.meter_cases set removal_id = null where removal_id = new.id and state = 'open';
    if new.kind = 'exchange' then
      update ibok.meter_cases c set installation_id = new.old_installation_id, meter_id = i.meter_id
        from ibok.meter_installations i
       where i.id = new.old_installation_id and c.installation_id = new.new_installation_id and c.state = 'open';
    end if;
    return null;
  end if;
  update ibok.meter_cases c set removal_id = new.id
    from ibok.meter_installations i
   where i.id = new.old_installation_id and c.kind = 'expertise' and c.state = 'open' and c.removal_id is null
     and c.meter_id = i.meter_id and c.supply_point_id = new.supply_point_id;
  if new.kind = 'exchange' then
    update ibok.meter_cases c set installation_id = new.new_installation_id, meter_id = i.meter_id
      from ibok.meter_installations i
     where i.id = new.new_installation_id and c.kind = 'sub_meter' and c.state = 'open'
       and c.installation_id = new.old_installation_id;
  end if;
  return null;
end $$;
revoke execute on function ibok.follow_exchange() from public;

create or replace trigger exchanges_cases_follow after insert on ibok.exchanges
  for each row execute function ibok.follow_exchange();
create or replace trigger exchanges_cases_return after update of reversed_at on ibok.exchanges
  for each row when (old.reversed_at is null and new.reversed_at is not null) execute function ibok.follow_exchange();

-- {"since", "name", "address", "fields", "details", "customer"} of the answer after an expertise, once there is a certificate.
create or replace function ibok.expertise_letter_facts(p_id bigint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  c ibok.meter_cases;
begin
  select * into c from ibok.meter_cases where id = p_id;
  if not found then raise exception 'no such case' using errcode = 'IB002'; end if;
  if c.kind <> 'expertise' or c.certificate_on is null then
    raise exception 'no certificate yet' using errcode = 'IB006';
  end if;
  return (
    select jsonb_build_object(
      'since', c.opened_on, 'customer', c.customer_id,
      'name', coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.company_name),
      'address', coalesce(
        (select jsonb_build_object('street', u.postal_street, 'houseNo', u.postal_house_no, 'flatNo', u.postal_flat_no,
                  'postalCode', u.postal_code, 'city', u.postal_city) where u.postal_city <> ''),
        jsonb_build_object('street', p.street, 'houseNo', p.house_no, 'flatNo', p.flat_no, 'postalCode', p.postal_code,
          'city', p.city)),
      'details', '{}'::jsonb,
      'fields', jsonb_build_object('case_no', ibok.meter_case_number(c.id), 'opened_on', c.opened_on, 'factory_no', m.factory_no,
        'place', ibok.address_line(p.street, p.house_no, p.flat_no, p.city), 'removed_on', x.done_on, 'sent_on', c.sent_on,
        'office', c.office, 'certificate_no', c.certificate_no, 'certificate_on', c.certificate_on, 'result', c.result,
        'cost', c.cost_side, 'consequence', case when c.result = 'meets' and c.cost_side = 'utility' then 'meets_own' else c.result end))
      from ibok.customers u
      join ibok.meters m on m.id = c.meter_id
      join ibok.exchanges x on x.id = c.removal_id
      join ibok.supply_points s on s.id = c.supply_point_id
      join ibok.premises p on p.id = s.premise_id
     where u.id = c.customer_id);
end $$;
revoke execute on function ibok.expertise_letter_facts(bigint) from public;
