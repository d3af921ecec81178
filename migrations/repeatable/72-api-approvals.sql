-- Acts of two persons as the staff ask for and decide them; the rule itself is 72-approvals.sql.

-- p_subject_version: as the requester saw it; another one now is IB003. Null: as it is now.
create or replace function api.request_approval(
  p_kind text, p_subject_id bigint, p_subject_version text, p_reason text, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_kind, p_subject_id, p_subject_version, p_reason);
  result jsonb;
  kind ibok.approval_kinds;
begin
  perform api.demand_role('bok_clerk', 'bok_admin', 'bok_dpo');
  result := ibok.find_act(p_request, 'approvals.request', input);
  if result is not null then return result; end if;
  kind := ibok.lock_approval_subject(p_kind, p_subject_id);
  if not kind.plain_request then raise exception 'asked for elsewhere' using errcode = 'IB001'; end if;
  if ibok.approval_subject_version(kind, p_subject_id) <> p_subject_version then
    raise exception 'subject changed meanwhile' using errcode = 'IB003';
  end if;
  return ibok.store_act(p_request, 'approvals.request', input,
    jsonb_build_object('id', ibok.open_approval(p_kind, p_subject_id, p_reason)::text));
end $$;
revoke execute on function api.request_approval(text, bigint, text, text, uuid) from public;
grant execute on function api.request_approval(text, bigint, text, text, uuid) to bok_clerk, bok_admin, bok_dpo;

-- One decision for each approval, whoever comes at once. A request that had expired, or whose subject is another than it
-- was, becomes void: that is stored, so it is an answer and no error.
create or replace function api.decide_approval(p_id bigint, p_approve boolean, p_note text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id, p_approve, p_note);
  words text := nullif(btrim(p_note), '');
  result jsonb;
  approval ibok.approvals;
  kind ibok.approval_kinds;
begin
  perform api.demand_role('bok_clerk', 'bok_admin', 'bok_dpo');
  result := ibok.find_act(p_request, 'approvals.decide', input);
  if result is not null then return result; end if;
  if p_approve is null then raise exception 'approve' using errcode = 'IB004'; end if;
  if not p_approve and char_length(words) between 5 and 1000 is not true then
    raise exception 'note' using errcode = 'IB004';
  end if;
  approval := ibok.lock_approval(p_id);
  kind := ibok.approval_kind_of(approval);
  if not ibok.may_see_approval(approval) then raise exception 'no such approval' using errcode = 'IB002'; end if;
  perform ibok.demand_decision(approval, kind, p_approve);
  if approval.state <> 'open' then
    return ibok.store_act(p_request, 'approvals.decide', input, ibok.decision_answer(approval, false));
  end if;

  if approval.expires_at <= now() then
    approval := ibok.void_approval(approval, kind, 'expired');
  elsif ibok.approval_subject_version(kind, ibok.approval_subject_id(approval))
        is distinct from approval.subject_version then
    approval := ibok.void_approval(approval, kind, 'changed');
  else
    update ibok.approvals
       set state = case when p_approve then 'approved' else 'rejected' end,
           decided_by = session_user, decided_at = now(), note = words
     where id = p_id returning * into approval;
    if p_approve then
      execute format('select ibok.%I($1)', kind.approved_function) using approval;
    elsif kind.dropped_function is not null then
      execute format('select ibok.%I($1)', kind.dropped_function) using approval;
    end if;
    delete from ibok.approval_payloads where approval_id = p_id;
    -- Kinds that are done at once say so themselves.
    select * into approval from ibok.approvals where id = p_id;
  end if;
  return ibok.store_act(p_request, 'approvals.decide', input, ibok.decision_answer(approval, approval.state <> 'void'));
end $$;
revoke execute on function api.decide_approval(bigint, boolean, text, uuid) from public;
grant execute on function api.decide_approval(bigint, boolean, text, uuid) to bok_clerk, bok_admin, bok_dpo;

-- By the requester, while nobody has decided.
create or replace function api.withdraw_approval(p_id bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_id);
  result jsonb;
  approval ibok.approvals;
  kind ibok.approval_kinds;
begin
  perform api.demand_role('bok_clerk', 'bok_admin', 'bok_dpo');
  result := ibok.find_act(p_request, 'approvals.withdraw', input);
  if result is not null then return result; end if;
  approval := ibok.lock_approval(p_id);
  kind := ibok.approval_kind_of(approval);
  if not ibok.may_see_approval(approval) then raise exception 'no such approval' using errcode = 'IB002'; end if;
  if approval.requested_by <> session_user then raise exception 'not your request' using errcode = 'IB001'; end if;
  if approval.state = 'open' then
    approval := ibok.void_approval(approval, kind, 'withdrawn');
    return ibok.store_act(p_request, 'approvals.withdraw', input, ibok.decision_answer(approval, true));
  end if;
  return ibok.store_act(p_request, 'approvals.withdraw', input, ibok.decision_answer(approval, false));
end $$;
revoke execute on function api.withdraw_approval(bigint, uuid) from public;
grant execute on function api.withdraw_approval(bigint, uuid) to bok_clerk, bok_admin, bok_dpo;

create or replace function api.approvals_waiting() returns setof bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_admin', 'bok_dpo');
  return query select w from ibok.waiting_approvals() as w;
end $$;
revoke execute on function api.approvals_waiting() from public;
grant execute on function api.approvals_waiting() to bok_clerk, bok_admin, bok_dpo;

create or replace function api.approval_counters() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_admin', 'bok_dpo');
  return jsonb_build_object(
    'waiting', (select count(*) from ibok.waiting_approvals()),
    'mine', (select count(*) from ibok.approvals where state = 'open' and requested_by = session_user),
    -- Who was made or reset in the last week: whoever may see the staff keeps an eye on it.
    'freshStaff', case when ibok.is_in_groups(session_user, array['bok_supervisor', 'bok_admin', 'bok_dpo']) then (
      select count(*) from ibok.staff_members
       where active and greatest(created_at, password_reset_at) > now() - interval '7 days') end);
end $$;
revoke execute on function api.approval_counters() from public;
grant execute on function api.approval_counters() to bok_clerk, bok_admin, bok_dpo;

-- What somebody sees beside the row: {impact, changed} as they are now (null once it is settled), and why this person may
-- not approve or reject it, as {why, until?}.
create or replace function api.look_at_approval(p_id bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  approval ibok.approvals;
  kind ibok.approval_kinds;
begin
  perform api.demand_role('bok_clerk', 'bok_admin', 'bok_dpo');
  select * into approval from ibok.approvals where id = p_id;
  if not found or not ibok.may_see_approval(approval) then raise exception 'no such approval' using errcode = 'IB002'; end if;
  kind := ibok.approval_kind_of(approval);
  return jsonb_build_object(
    'impactNow', case when approval.state = 'open'
      then approval.impact || ibok.approval_impact(kind, ibok.approval_subject_id(approval)) end,
    'changed', case when approval.state = 'open'
      then ibok.approval_subject_version(kind, ibok.approval_subject_id(approval)) is distinct from approval.subject_version end,
    'cannotApprove', ibok.decision_obstacle(approval, kind, true),
    'cannotReject', ibok.decision_obstacle(approval, kind, false));
end $$;
revoke execute on function api.look_at_approval(bigint) from public;
grant execute on function api.look_at_approval(bigint) to bok_clerk, bok_admin, bok_dpo;

-- What a list shows of whom or what an approval is about; null for who may not know, or once it has been erased.
create or replace function api.approval_label(p_id bigint) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  approval ibok.approvals;
begin
  perform api.demand_role('bok_clerk', 'bok_admin', 'bok_dpo');
  select * into approval from ibok.approvals where id = p_id;
  if not found or not ibok.may_see_approval(approval) then return null; end if;
  if approval.subject like 'staff\_members:%' then
    return coalesce(
      (select s.display_name::text from ibok.staff_members s where s.id = ibok.approval_subject_id(approval)),
      approval.impact ->> 'display_name');
  end if;
  -- 'deletion_requests:5' is the subject 'deletion_request:5' of tasks.
  return nullif(ibok.subject_label(regexp_replace(approval.subject, 's:', ':')), '');
end $$;
revoke execute on function api.approval_label(bigint) from public;
grant execute on function api.approval_label(bigint) to bok_clerk, bok_admin, bok_dpo;

-- What nobody decided in time becomes void. One that cannot does not keep the others. Returns how many did.
create or replace function jobs.expire_approvals() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  due bigint;
  approval ibok.approvals;
  expired int := 0;
begin
  perform api.demand_role('ibok_worker');
  for due in select id from ibok.approvals where state = 'open' and expires_at <= now() order by requested_at, id limit 500 loop
    begin
      approval := ibok.lock_approval(due);
      continue when approval.state <> 'open';
      perform ibok.void_approval(approval, ibok.approval_kind_of(approval), 'expired');
      expired := expired + 1;
    exception when others then
      -- Without the row's values: the number says which request to look at.
      raise log 'approval % did not expire: %', due, sqlstate;
    end;
  end loop;
  return expired;
end $$;
revoke execute on function jobs.expire_approvals() from public;
grant execute on function jobs.expire_approvals() to ibok_worker;
