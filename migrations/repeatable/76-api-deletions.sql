-- Deletion of an account: asked for, verified and forwarded by one person, approved by another (72-approvals.sql),
-- carried out by the worker (77-jobs-erasure.sql). Locks are taken in one order: the request, the account, its applications,
-- the approval.

-- How it may be made sure that the right person asks, by the way the request came. IB004 for any other.
create or replace function ibok.check_deletion_identity(p_via text, p_method text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  known constant jsonb := '{"portal": ["portal"], "letter": ["signature", "pesel", "nip"],
    "in_person": ["identity_card", "pesel", "nip"], "contract_end": ["contract"], "death": ["death_notice"]}';
begin
  if (known -> p_via ? p_method) is not true then raise exception 'identityMethod' using errcode = 'IB004'; end if;
end $$;
revoke execute on function ibok.check_deletion_identity(text, text) from public;

-- How a request is called on screen, in letters and by the portal: 'U-000012'.
create or replace function ibok.deletion_number(p_id bigint) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select 'U-' || lpad(p_id::text, greatest(6, char_length(p_id::text)), '0')
$$;
revoke execute on function ibok.deletion_number(bigint) from public;
grant execute on function ibok.deletion_number(bigint) to bok_clerk, bok_dpo;

-- What the approver reads where nobody wrote a reason: an approval never has none.
create or replace function ibok.deletion_reason(p_via text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_via
    when 'portal' then 'Wniosek złożony w portalu IBOK'
    when 'letter' then 'Wniosek nadesłany listem'
    when 'in_person' then 'Wniosek złożony osobiście w BOK'
    when 'contract_end' then 'Zakończenie umowy'
    when 'death' then 'Śmierć właściciela konta'
  end
$$;
revoke execute on function ibok.deletion_reason(text) from public;

-- The request, locked before anything it leads to. IB002 without one.
create or replace function ibok.lock_deletion(p_id bigint) returns ibok.deletion_requests
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  request ibok.deletion_requests;
begin
  select * into request from ibok.deletion_requests where id = p_id for no key update;
  if not found then raise exception 'no such deletion request' using errcode = 'IB002'; end if;
  return request;
end $$;
revoke execute on function ibok.lock_deletion(bigint) from public;

-- Sends a verified request to the approvers; whoever signed in counts as the one who asks for approval (invariant 3).
create or replace function ibok.forward_deletion(p_id bigint, p_method text, p_note text) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  request ibok.deletion_requests := ibok.lock_deletion(p_id);
  approval bigint;
begin
  if request.status <> 'open' then raise exception 'request is %', request.status using errcode = 'IB006'; end if;
  perform ibok.check_deletion_identity(request.asked_via, p_method);
  update ibok.deletion_requests
     set status = 'forwarded', forwarded_by = session_user, forwarded_at = now(),
         identity_method = p_method, identity_checked_by = session_user, identity_checked_at = now()
   where id = p_id;
  approval := ibok.open_approval('account.delete', p_id,
    coalesce(nullif(btrim(p_note), ''), ibok.deletion_reason(request.asked_via)));
  update ibok.deletion_requests set approval_id = approval where id = p_id;
  return approval;
end $$;
revoke execute on function ibok.forward_deletion(bigint, text, text) from public;

-- The account as it was before somebody asked for its deletion. Sessions stay ended.
create or replace function ibok.give_account_back(p_account bigint) returns ibok.accounts
language sql set search_path = pg_catalog, pg_temp as $$
  update ibok.accounts set status = status_before, status_before = null where id = p_account and status = 'deleting' returning *
$$;
revoke execute on function ibok.give_account_back(bigint) from public;

-- A written or spoken request that a clerk takes and verifies: blocks the account, opens the case, sends it to approval.
-- p_via: letter | in_person; p_asked_on: the day it came, within the last year. → {"id", "approvalId"}
create or replace function api.request_deletion(
  p_account bigint, p_via text, p_asked_on date, p_identity_method text, p_note text, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_account, p_via, p_asked_on, p_identity_method, p_note);
  result jsonb;
  made bigint;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'deletions.request', input);
  if result is not null then return result; end if;
  if p_via in ('letter', 'in_person') is not true then raise exception 'askedVia' using errcode = 'IB004'; end if;
  if p_asked_on between ibok.today() - 366 and ibok.today() is not true then
    raise exception 'askedOn' using errcode = 'IB004';
  end if;
  perform from ibok.accounts where id = p_account for update;
  if exists (select from ibok.deletion_requests where account_id = p_account and status in ('open', 'forwarded', 'approved')) then
    raise exception 'a request is open' using errcode = 'IB006', constraint = 'deletion_requests_one_open';
  end if;
  made := ibok.open_deletion(p_account, p_via, p_asked_on, p_note);
  return ibok.store_act(p_request, 'deletions.request', input, jsonb_build_object('id', made::text,
    'approvalId', ibok.forward_deletion(made, p_identity_method, p_note)::text));
end $$;
revoke execute on function api.request_deletion(bigint, text, date, text, text, uuid) from public;
grant execute on function api.request_deletion(bigint, text, date, text, text, uuid) to bok_clerk;

-- For what came from the portal, from a death or from the end of a contract, and for what came back undecided.
-- → {"id", "approvalId"}
create or replace function api.forward_deletion(p_id bigint, p_identity_method text, p_note text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_identity_method, p_note);
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'deletions.forward', input);
  if result is not null then return result; end if;
  return ibok.store_act(p_request, 'deletions.forward', input, jsonb_build_object('id', p_id::text,
    'approvalId', ibok.forward_deletion(p_id, p_identity_method, p_note)::text));
end $$;
revoke execute on function api.forward_deletion(bigint, text, text, uuid) from public;
grant execute on function api.forward_deletion(bigint, text, text, uuid) to bok_clerk;

-- The holder has changed their mind, or nobody has to go after all. p_note says why, in five characters at least.
-- Once approved it is too late.
create or replace function api.withdraw_deletion(p_id bigint, p_note text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_note);
  result jsonb;
  request ibok.deletion_requests;
  approval ibok.approvals;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'deletions.withdraw', input);
  if result is not null then return result; end if;
  if char_length(btrim(p_note)) between 5 and 1000 is not true then raise exception 'note' using errcode = 'IB004'; end if;
  request := ibok.lock_deletion(p_id);
  if request.status not in ('open', 'forwarded') then
    raise exception 'request is %', request.status using errcode = 'IB006';
  end if;
  update ibok.deletion_requests
     set status = 'withdrawn', closed_at = now(), note = concat_ws(E'\n', request.note, btrim(p_note))
   where id = p_id;
  perform ibok.give_account_back(request.account_id);
  if request.status = 'forwarded' then
    approval := ibok.lock_approval(request.approval_id);
    perform ibok.void_approval(approval, ibok.approval_kind_of(approval), 'withdrawn');
  end if;
  return ibok.store_act(p_request, 'deletions.withdraw', input, jsonb_build_object('id', p_id::text));
end $$;
revoke execute on function api.withdraw_deletion(bigint, text, uuid) from public;
grant execute on function api.withdraw_deletion(bigint, text, uuid) to bok_clerk;

-- What a deletion would touch and what law keeps, with what stops it: {parts, holds: [{customerNo, reason, from, to}]}.
-- Counts and days only, so it is no look into somebody's data.
create or replace function api.deletion_preview(p_account bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  if not exists (select from ibok.accounts where id = p_account) then
    raise exception 'no such account' using errcode = 'IB002';
  end if;
  return jsonb_build_object(
    'parts', ibok.erasure_plan(p_account),
    'dueOn', ibok.add_working_days(ibok.today(), ibok.rule_number('deletion.working_days', 7)::int),
    'holds', (
      select coalesce(jsonb_agg(jsonb_build_object('customerId', h.customer_id::text, 'customerNo', c.customer_no,
               'reason', h.reason, 'from', h.valid_from, 'to', h.valid_to) order by h.id), '[]')
        from ibok.holds_of_account(p_account) h join ibok.customers c on c.id = h.customer_id));
end $$;
revoke execute on function api.deletion_preview(bigint) from public;
grant execute on function api.deletion_preview(bigint) to bok_clerk, bok_dpo;

-- Whether a legal hold stops the deletion of an account today: what the list shows beside each request.
create or replace function api.deletion_held(p_account bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  return exists (select from ibok.holds_of_account(p_account));
end $$;
revoke execute on function api.deletion_held(bigint) from public;
grant execute on function api.deletion_held(bigint) to bok_clerk, bok_dpo;

-- How far the mails about a request have come: [{template, state, at}]; no address and no text.
create or replace function api.deletion_mails(p_id bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  return (
    select coalesce(jsonb_agg(jsonb_build_object('template', split_part(o.key, ':', 1), 'state', o.state,
             'at', to_char(coalesce(o.sent_at, o.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by o.id), '[]')
      from ibok.outbox o
     where o.key in ('deletion.received:' || p_id, 'deletion.rejected:' || p_id, 'deletion.done:' || p_id));
end $$;
revoke execute on function api.deletion_mails(bigint) from public;
grant execute on function api.deletion_mails(bigint) to bok_clerk, bok_dpo;

-- The kind "account.delete" of the two-person rule.

-- Whose account it is and whose data it sees, as a digest under the account's own key, which the erasure destroys. Legal
-- holds are no part of it: they stop the approval while they last and leave it as it was when they are released.
create or replace function ibok.deletion_version(p_id bigint) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(k.key || convert_to(jsonb_build_array(
      q.account_id, q.asked_via, q.asked_on, q.identity_method, a.login, a.first_name, a.last_name, a.email, a.phone, a.status_before,
      (select jsonb_agg(jsonb_build_array(x.customer_id, x.relation, x.valid_from, x.valid_to) order by x.id)
         from ibok.account_access x where x.account_id = a.id))::text, 'UTF8')), 'hex')
    from ibok.deletion_requests q
    join ibok.accounts a on a.id = q.account_id
    join audit.subject_keys k on k.subject = 'account:' || a.id
   where q.id = p_id
$$;
revoke execute on function ibok.deletion_version(bigint) from public;

-- {part: count} of what would go or be kept, without the parts that have nothing, and without those that the request itself
-- adds to: the approver would read a difference where there is none.
create or replace function ibok.deletion_impact(p_id bigint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(jsonb_object_agg(part.value ->> 'part', part.value -> 'count'), '{}')
      from ibok.deletion_requests q cross join lateral jsonb_array_elements(ibok.erasure_plan(q.account_id)) as part
     where q.id = p_id and (part.value ->> 'count')::bigint > 0 and part.value ->> 'part' not in ('trail', 'remarks'));
end $$;
revoke execute on function ibok.deletion_impact(bigint) from public;

create or replace function ibok.deletion_approved(p_approval ibok.approvals) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  request ibok.deletion_requests := ibok.lock_deletion(ibok.approval_subject_id(p_approval));
begin
  if request.status <> 'forwarded' or request.approval_id is distinct from p_approval.id then
    raise exception 'request is %', request.status using errcode = 'IB006';
  end if;
  if exists (select from ibok.holds_of_account(request.account_id)) then
    raise exception 'a legal hold stops it' using errcode = 'IB006', constraint = 'deletion_requests_legal_hold';
  end if;
  update ibok.deletion_requests set status = 'approved' where id = request.id;
end $$;
revoke execute on function ibok.deletion_approved(ibok.approvals) from public;

-- Rejected: the case is closed, the account as before, a holder who asked told why. Void: nobody decided in time or the account
-- changed; the holder's wish stands, so the case waits to be verified and forwarded anew.
create or replace function ibok.deletion_dropped(p_approval ibok.approvals) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  request ibok.deletion_requests := ibok.lock_deletion(ibok.approval_subject_id(p_approval));
  account ibok.accounts;
begin
  -- Withdrawn by api.withdraw_deletion, which has tidied up itself.
  if request.status <> 'forwarded' or request.approval_id is distinct from p_approval.id then return; end if;
  if p_approval.state = 'void' then
    update ibok.deletion_requests set status = 'open', forwarded_by = null, forwarded_at = null where id = request.id;
    return;
  end if;
  update ibok.deletion_requests set status = 'rejected', closed_at = now() where id = request.id;
  account := ibok.give_account_back(request.account_id);
  -- Only who asked gets an answer.
  if request.asked_via in ('portal', 'letter', 'in_person') then
    perform ibok.tell_account(account, 'deletion.rejected', request.id::text, jsonb_build_object('reason', p_approval.note));
  end if;
end $$;
revoke execute on function ibok.deletion_dropped(ibok.approvals) from public;

insert into ibok.approval_kinds as known
  (kind, subject_table, version_function, impact_function, approved_function, dropped_function, requesters, deciders)
values ('account.delete', 'deletion_requests', 'deletion_version', 'deletion_impact', 'deletion_approved', 'deletion_dropped',
  '{bok_clerk}', '{bok_supervisor}')
on conflict (kind) do update
  set version_function = excluded.version_function, impact_function = excluded.impact_function,
      approved_function = excluded.approved_function, dropped_function = excluded.dropped_function,
      requesters = excluded.requesters, deciders = excluded.deciders
  where (known.version_function, known.impact_function, known.approved_function, known.dropped_function, known.requesters, known.deciders)
    is distinct from (excluded.version_function, excluded.impact_function, excluded.approved_function, excluded.dropped_function,
      excluded.requesters, excluded.deciders);
