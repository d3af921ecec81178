-- Cases of meters, step by step. Each act says what it needs by the case's own steps; the screen explains, this decides.

-- An application for a sub-meter whose water is to be deducted. p_case {"customerId", "pointId", "role": sub | deduction,
-- "openedOn", "note"}. → {"id", "number"}
create or replace function api.open_sub_meter_case(p_case jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_case);
  point bigint := (p_case ->> 'pointId')::bigint;
  result jsonb;
  made bigint;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.openSubMeter', input);
  if result is not null then return result; end if;
  if p_case ->> 'role' in ('sub', 'deduction') is not true then raise exception 'role' using errcode = 'IB004'; end if;
  perform ibok.check_case_opening((p_case ->> 'customerId')::bigint, point, (p_case ->> 'openedOn')::date);
  insert into ibok.meter_cases (kind, customer_id, supply_point_id, opened_on, role, note)
  values ('sub_meter', (p_case ->> 'customerId')::bigint, point, (p_case ->> 'openedOn')::date, p_case ->> 'role',
          nullif(btrim(p_case ->> 'note'), ''))
  returning id into made;
  return ibok.store_act(p_request, 'meterCases.openSubMeter', input,
    jsonb_build_object('id', made::text, 'number', ibok.meter_case_number(made)));
end $$;
revoke execute on function api.open_sub_meter_case(jsonb, uuid) from public;
grant execute on function api.open_sub_meter_case(jsonb, uuid) to bok_clerk, bok_technician;

-- A meter is to be examined by the office of measures, as the customer demands or the utility wants. p_case {"customerId",
-- "pointId", "meterId", "openedOn", "note"}; the meter is built in at the point or was. A removal that has happened counts.
-- → {"id", "number"}
create or replace function api.open_expertise_case(p_case jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_case);
  point bigint := (p_case ->> 'pointId')::bigint;
  meter bigint := (p_case ->> 'meterId')::bigint;
  result jsonb;
  made bigint;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.openExpertise', input);
  if result is not null then return result; end if;
  -- A meter that leaves the point now is seen to leave by one of the two.
  perform from ibok.supply_points where id = point for no key update;
  perform ibok.check_case_opening((p_case ->> 'customerId')::bigint, point, (p_case ->> 'openedOn')::date);
  if not exists (select from ibok.meter_installations where meter_id = meter and supply_point_id = point
                   and reversed_at is null) then
    raise exception 'meter was never there' using errcode = 'IB004', constraint = 'meter_cases_meter_of_point';
  end if;
  insert into ibok.meter_cases (kind, customer_id, supply_point_id, meter_id, opened_on, demanded_by, removal_id, note)
  values ('expertise', (p_case ->> 'customerId')::bigint, point, meter, (p_case ->> 'openedOn')::date,
          coalesce(p_case ->> 'demandedBy', 'customer'), ibok.removal_of(meter, point), nullif(btrim(p_case ->> 'note'), ''))
  returning id into made;
  return ibok.store_act(p_request, 'meterCases.openExpertise', input,
    jsonb_build_object('id', made::text, 'number', ibok.meter_case_number(made)));
end $$;
revoke execute on function api.open_expertise_case(jsonb, uuid) from public;
grant execute on function api.open_expertise_case(jsonb, uuid) to bok_clerk, bok_technician;

-- Where the sub-meter will hang, as agreed with the customer; said anew until the meter is accepted.
create or replace function api.agree_case_place(p_id bigint, p_place text, p_on date, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_place, p_on);
  result jsonb;
  c ibok.meter_cases;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.agreePlace', input);
  if result is not null then return result; end if;
  if nullif(btrim(p_place), '') is null then raise exception 'place' using errcode = 'IB004'; end if;
  c := ibok.lock_meter_case(p_id, 'sub_meter');
  perform ibok.check_case_step(not ibok.sub_meter_stands(c));
  perform ibok.check_case_day(p_on, c.opened_on);
  update ibok.meter_cases set place = btrim(p_place), place_agreed_on = p_on where id = p_id;
  return ibok.store_act(p_request, 'meterCases.agreePlace', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.agree_case_place(bigint, text, date, uuid) from public;
grant execute on function api.agree_case_place(bigint, text, date, uuid) to bok_clerk, bok_technician;

-- Sends a technician: to accept the sub-meter, or to take the disputed one out. p_order {"dueOn", "assignee", "day", "note"},
-- each may be null. → {"id", "orderId", "already"}: an order that is open is answered, not doubled.
create or replace function api.order_meter_case(p_id bigint, p_order jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_order);
  result jsonb;
  c ibok.meter_cases;
  known bigint;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.order', input);
  if result is not null then return result; end if;
  if (p_order ->> 'dueOn')::date < ibok.today() or (p_order ->> 'day')::date < ibok.today() then
    raise exception 'order in the past' using errcode = 'IB004', constraint = 'meter_cases_order_day';
  end if;
  c := ibok.lock_meter_case(p_id, null);
  perform ibok.check_case_step(ibok.meter_case_stage(c) in ('acceptance', 'removal'));
  known := ibok.case_order(p_id);
  return ibok.store_act(p_request, 'meterCases.order', input, jsonb_build_object(
    'id', p_id::text, 'already', known is not null,
    'orderId', coalesce(known, ibok.open_order(case c.kind when 'sub_meter' then 'sub_meter_acceptance' else 'expertise' end,
      c.supply_point_id, c.meter_id, (p_order ->> 'dueOn')::date, nullif(btrim(p_order ->> 'note'), ''), p_id,
      p_order ->> 'assignee', (p_order ->> 'day')::date))::text));
end $$;
revoke execute on function api.order_meter_case(bigint, jsonb, uuid) from public;
grant execute on function api.order_meter_case(bigint, jsonb, uuid) to bok_clerk, bok_technician;

-- The technician has accepted and sealed the sub-meter: it is built in by the same act as every meter and the order is done.
-- p_act {"meterId", "openingValue", "doneOn", "doneBy", "seals", "mark", "note", "photos"} as ibok.record_exchange takes them;
-- without a seal nothing is accepted. Its water is not deducted yet. → {"id", "exchangeId", "installationId"}
create or replace function api.accept_sub_meter(p_id bigint, p_act jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_act);
  result jsonb;
  c ibok.meter_cases;
  done_on date := (p_act ->> 'doneOn')::date;
  main bigint;
  act bigint;
  installed ibok.meter_installations;
begin
  perform api.demand_role('bok_technician', 'bok_supervisor');
  result := ibok.find_act(p_request, 'meterCases.accept', input);
  if result is not null then return result; end if;
  c := ibok.lock_meter_case(p_id, 'sub_meter');
  perform ibok.check_case_step(ibok.meter_case_stage(c) = 'acceptance');
  perform ibok.check_case_day(done_on, c.place_agreed_on);
  if jsonb_typeof(p_act -> 'seals') is distinct from 'array' or p_act -> 'seals' = '[]' then
    raise exception 'no seal' using errcode = 'IB004', constraint = 'meter_cases_sealed';
  end if;
  main := ibok.main_installation(c.supply_point_id);
  if main is null then
    raise exception 'no main meter to stand behind' using errcode = 'IB006', constraint = 'meter_cases_main_meter';
  end if;
  act := ibok.record_exchange(jsonb_strip_nulls(jsonb_build_object(
    'kind', 'installation', 'pointId', c.supply_point_id::text, 'newMeterId', p_act ->> 'meterId',
    'openingValue', p_act -> 'openingValue', 'role', c.role, 'parentInstallationId', main::text, 'place', c.place,
    'doneOn', done_on, 'reason', 'request', 'note', p_act -> 'note', 'doneBy', coalesce(p_act ->> 'doneBy', session_user::text),
    'seals', p_act -> 'seals', 'mark', p_act -> 'mark', 'photos', coalesce(nullif(p_act -> 'photos', 'null'), '[]'),
    'orderId', ibok.case_order(p_id)::text)));
  select i.* into installed from ibok.exchanges x join ibok.meter_installations i on i.id = x.new_installation_id where x.id = act;
  -- Somebody may have built it in before, by an act of its own: then it is that meter only if it hangs as the case wants it.
  if installed.role <> c.role or installed.installed_on <> done_on or installed.deducts_from is not null
     or not exists (select from ibok.seals where installation_id = installed.id and removed_on is null) then
    raise exception 'built in otherwise' using errcode = 'IB006', constraint = 'meter_cases_installed_otherwise';
  end if;
  update ibok.meter_cases
     set meter_id = installed.meter_id, installation_id = installed.id, accepted_on = done_on, sealed_on = done_on
   where id = p_id;
  return ibok.store_act(p_request, 'meterCases.accept', input,
    jsonb_build_object('id', p_id::text, 'exchangeId', act::text, 'installationId', installed.id::text));
end $$;
revoke execute on function api.accept_sub_meter(bigint, jsonb, uuid) from public;
grant execute on function api.accept_sub_meter(bigint, jsonb, uuid) to bok_technician, bok_supervisor;

-- The fee of acceptance and sealing, paid on a day since the application; p_amount in grosze, null as the rule has it, 0 is
-- allowed and still said. Corrected until the case is closed.
create or replace function api.record_case_fee(p_id bigint, p_amount integer, p_paid_on date, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_amount, p_paid_on);
  result jsonb;
  c ibok.meter_cases;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.recordFee', input);
  if result is not null then return result; end if;
  c := ibok.lock_meter_case(p_id, 'sub_meter');
  perform ibok.check_case_step(c.place_agreed_on is not null);
  perform ibok.check_case_day(p_paid_on, c.opened_on);
  update ibok.meter_cases
     set fee_amount = coalesce(p_amount, ibok.rule_number('meters.sub_meter_fee_grosze', 0)::integer), fee_paid_on = p_paid_on
   where id = p_id;
  return ibok.store_act(p_request, 'meterCases.recordFee', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.record_case_fee(bigint, integer, date, uuid) from public;
grant execute on function api.record_case_fee(bigint, integer, date, uuid) to bok_clerk, bok_technician;

-- The annex to the contract, with its signed text among the case's documents. Corrected until the case is closed.
create or replace function api.record_case_annex(p_id bigint, p_no text, p_on date, p_document bigint, p_request uuid)
returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_no, p_on, p_document);
  result jsonb;
  c ibok.meter_cases;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.recordAnnex', input);
  if result is not null then return result; end if;
  if nullif(btrim(p_no), '') is null then raise exception 'no' using errcode = 'IB004'; end if;
  c := ibok.lock_meter_case(p_id, 'sub_meter');
  perform ibok.check_case_step(ibok.sub_meter_stands(c) and c.fee_paid_on is not null);
  perform ibok.check_case_day(p_on, c.sealed_on);
  perform from ibok.documents d
    where d.id = p_document and d.owner_table = 'meter_cases' and d.owner_id = p_id and d.state = 'active' for key share;
  if not found then
    raise exception 'no such document of the case' using errcode = 'IB004', constraint = 'meter_cases_annex_document';
  end if;
  update ibok.meter_cases set annex_no = btrim(p_no), annex_on = p_on where id = p_id;
  return ibok.store_act(p_request, 'meterCases.recordAnnex', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.record_case_annex(bigint, text, date, bigint, uuid) from public;
grant execute on function api.record_case_annex(bigint, text, date, bigint, uuid) to bok_clerk, bok_technician;

-- The sub-meter is active: from p_on its water is deducted, and the case is done.
create or replace function api.activate_sub_meter(p_id bigint, p_on date, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_on);
  result jsonb;
  c ibok.meter_cases;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.activate', input);
  if result is not null then return result; end if;
  c := ibok.lock_meter_case(p_id, 'sub_meter');
  perform ibok.check_case_step(ibok.meter_case_stage(c) = 'activation');
  perform ibok.check_case_day(p_on, greatest(c.sealed_on, c.fee_paid_on, c.annex_on));
  -- An exchange before activation has set a later first day.
  perform ibok.check_case_day(p_on, (select installed_on from ibok.meter_installations where id = c.installation_id));
  update ibok.meter_cases
     set activated_on = p_on, state = 'done', closed_at = now(), closed_by = session_user
   where id = p_id;
  update ibok.meter_installations set deducts_from = p_on where id = c.installation_id;
  return ibok.store_act(p_request, 'meterCases.activate', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.activate_sub_meter(bigint, date, uuid) from public;
grant execute on function api.activate_sub_meter(bigint, date, uuid) to bok_clerk, bok_technician;

-- The removed meter went to the office of measures p_office. Corrected until there is a certificate.
create or replace function api.send_to_expertise(p_id bigint, p_office text, p_on date, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_office, p_on);
  result jsonb;
  c ibok.meter_cases;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.send', input);
  if result is not null then return result; end if;
  if nullif(btrim(p_office), '') is null then raise exception 'office' using errcode = 'IB004'; end if;
  c := ibok.lock_meter_case(p_id, 'expertise');
  perform ibok.check_case_step(c.removal_id is not null and c.certificate_on is null);
  perform ibok.check_case_day(p_on, (select done_on from ibok.exchanges where id = c.removal_id));
  perform ibok.check_case_day(p_on, c.opened_on);
  update ibok.meter_cases set office = btrim(p_office), sent_on = p_on where id = p_id;
  return ibok.store_act(p_request, 'meterCases.send', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.send_to_expertise(bigint, text, date, uuid) from public;
grant execute on function api.send_to_expertise(bigint, text, date, uuid) to bok_clerk, bok_technician;

-- What the office of measures found. p_result: meets | fails. Who bears the cost follows; a meter that fails is not legal from
-- that day on. The clock of the answer starts. Corrected until the customer is answered: the loss of legalization that the
-- wrong certificate brought is taken back first. → {"id", "costSide", "answerDueOn"}
create or replace function api.record_certificate(p_id bigint, p_no text, p_on date, p_result text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_no, p_on, p_result);
  result jsonb;
  c ibok.meter_cases;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.recordCertificate', input);
  if result is not null then return result; end if;
  if nullif(btrim(p_no), '') is null then raise exception 'no' using errcode = 'IB004'; end if;
  if p_result in ('meets', 'fails') is not true then raise exception 'result' using errcode = 'IB004'; end if;
  c := ibok.lock_meter_case(p_id, 'expertise');
  perform ibok.check_case_step(ibok.meter_case_stage(c) in ('certificate', 'answer'));
  perform ibok.check_case_day(p_on, c.sent_on);
  if c.result = 'fails' then
    perform ibok.restore_legalization(c.meter_id, c.certificate_on, ibok.certificate_note(c.certificate_no));
  end if;
  update ibok.meter_cases
     set certificate_no = btrim(p_no), certificate_on = p_on, result = p_result,
         cost_side = case p_result when 'fails' then 'utility' else c.demanded_by end,
         answer_due_on = ibok.next_working_day(p_on + ibok.rule_number('complaint.expertise_days', 7)::integer)
   where id = p_id returning * into c;
  if p_result = 'fails' then
    perform ibok.lose_legalization(c.meter_id, p_on, ibok.certificate_note(c.certificate_no));
  end if;
  return ibok.store_act(p_request, 'meterCases.recordCertificate', input,
    jsonb_build_object('id', p_id::text, 'costSide', c.cost_side, 'answerDueOn', c.answer_due_on));
end $$;
revoke execute on function api.record_certificate(bigint, text, date, text, uuid) from public;
grant execute on function api.record_certificate(bigint, text, date, text, uuid) to bok_clerk, bok_technician;

-- The customer was answered; the case is done.
create or replace function api.answer_expertise(p_id bigint, p_on date, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_on);
  result jsonb;
  c ibok.meter_cases;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.answer', input);
  if result is not null then return result; end if;
  c := ibok.lock_meter_case(p_id, 'expertise');
  perform ibok.check_case_step(ibok.meter_case_stage(c) = 'answer');
  perform ibok.check_case_day(p_on, c.certificate_on);
  update ibok.meter_cases
     set answered_on = p_on, state = 'done', closed_at = now(), closed_by = session_user
   where id = p_id;
  return ibok.store_act(p_request, 'meterCases.answer', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.answer_expertise(bigint, date, uuid) from public;
grant execute on function api.answer_expertise(bigint, date, uuid) to bok_clerk, bok_technician;

-- The application or demand is withdrawn, with the reason. A sub-meter that is built in is taken out first: a meter without a
-- case would stand at the point with nobody to say whether its water counts. With a certificate the answer is owed.
create or replace function api.cancel_meter_case(p_id bigint, p_reason text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_reason);
  result jsonb;
  c ibok.meter_cases;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.cancel', input);
  if result is not null then return result; end if;
  if char_length(btrim(p_reason)) >= 5 is not true then raise exception 'reason' using errcode = 'IB004'; end if;
  c := ibok.lock_meter_case(p_id, null);
  if ibok.sub_meter_stands(c) then
    raise exception 'its meter is built in' using errcode = 'IB006', constraint = 'meter_cases_meter_stands';
  end if;
  perform ibok.check_case_step(c.certificate_on is null);
  perform set_config('ibok.reason', btrim(p_reason), true);
  -- Nobody has to go there any more. Each order after its meter, as whoever closes it takes them.
  perform ibok.lock_order(o.id)
    from (select id from ibok.service_orders where case_id = p_id and state = 'open' order by meter_id, id) as o;
  update ibok.service_orders
     set state = 'cancelled', closed_by = session_user, closed_on = ibok.today(), closed_at = now()
   where case_id = p_id and state = 'open';
  update ibok.meter_cases
     set state = 'cancelled', closed_at = now(), closed_by = session_user, closing_reason = btrim(p_reason)
   where id = p_id;
  return ibok.store_act(p_request, 'meterCases.cancel', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.cancel_meter_case(bigint, text, uuid) from public;
grant execute on function api.cancel_meter_case(bigint, text, uuid) to bok_clerk, bok_technician;

-- p_changes {note: [old, new]}, compared as in api.edit_contact; a closed case's note may still be completed.
-- → {"status": "saved"} or {"status": "conflict", "fields": …}
create or replace function api.edit_meter_case(p_id bigint, p_changes jsonb, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_changes);
  result jsonb;
  c ibok.meter_cases;
  compared jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'meterCases.edit', input);
  if result is not null then return result; end if;
  select * into c from ibok.meter_cases where id = p_id for no key update;
  if not found then raise exception 'no such case' using errcode = 'IB002'; end if;
  compared := ibok.compare_fields(to_jsonb(c), p_changes, array['note']);
  if compared -> 'conflicts' <> '{}' then
    return jsonb_build_object('status', 'conflict', 'fields', compared -> 'conflicts');
  end if;
  if compared -> 'wanted' ? 'note' then
    update ibok.meter_cases set note = compared -> 'wanted' ->> 'note' where id = p_id;
  end if;
  return ibok.store_act(p_request, 'meterCases.edit', input, '{"status": "saved"}');
end $$;
revoke execute on function api.edit_meter_case(bigint, jsonb, uuid) from public;
grant execute on function api.edit_meter_case(bigint, jsonb, uuid) to bok_clerk, bok_technician;

-- Who did the steps, by the trail: {column: name} for the case's days that are set. No value of the record leaves here.
create or replace function api.meter_case_doers(p_id bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_dpo');
  return (
    select coalesce(jsonb_object_agg(step.name, coalesce(s.display_name::text, step.login)), '{}')
      from (select day.key as name, ibok.last_writer('meter_cases', c.id, day.key) as login
              from ibok.meter_cases c cross join lateral jsonb_each_text(to_jsonb(c)) as day
             where c.id = p_id and day.value is not null
               and day.key in ('place_agreed_on', 'accepted_on', 'fee_paid_on', 'annex_on', 'activated_on', 'removal_id',
                 'sent_on', 'certificate_on', 'answered_on')) as step
      left join ibok.staff_members s on s.login = step.login
     where step.login <> '');
end $$;
revoke execute on function api.meter_case_doers(bigint) from public;
grant execute on function api.meter_case_doers(bigint) to bok_clerk, bok_technician, bok_dpo;
