-- The two-person rule for any kind of act: asked for by one person, decided once by another, carried out in the same
-- transaction. A kind names four functions (ibok.approval_kinds); everything else is here and in 72-api-approvals.sql, for
-- psql as for the desk. Locks are taken in one order: the subject, then the approval.

-- Supervisors and the data protection officer see all; others the kinds they may ask for or decide.
grant select on ibok.approvals to bok_clerk, bok_admin, bok_dpo;
create policy approvals_all on ibok.approvals for select to bok_supervisor, bok_dpo using (true);
create policy approvals_of_own_kinds on ibok.approvals for select to bok_clerk, bok_admin using (
  kind in (select k.kind from ibok.approval_kinds k
            where exists (select from unnest(k.requesters || k.deciders) as g (name) where pg_has_role(session_user, g.name, 'usage'))));

-- What was asked never changes, a decision is made once, and no state goes back. Texts may be emptied once it is settled:
-- they can name a person whose data are erased.
create or replace function ibok.guard_approval() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  moves constant jsonb := '{"open": ["approved", "rejected", "void"], "approved": ["executed"]}';
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' or num_nonnulls(new.decided_by, new.decided_at, new.note) > 0 then
      raise exception 'an approval begins open' using errcode = 'IB006';
    end if;
    return new;
  end if;
  if (new.id, new.kind, new.subject, new.subject_version, new.requested_by, new.requested_at, new.impact, new.expires_at)
       is distinct from
     (old.id, old.kind, old.subject, old.subject_version, old.requested_by, old.requested_at, old.impact, old.expires_at)
     or (new.reason <> old.reason and (new.reason <> '' or old.state = 'open'))
     or (new.state <> old.state and (moves -> old.state ? new.state) is not true) then
    raise exception 'what was asked for stays' using errcode = 'IB006';
  end if;
  -- The decision comes with the step that ends the question, and stands from then on.
  if old.state <> 'open' and (
       (new.decided_by, new.decided_at, new.void_reason, new.voided_at)
         is distinct from (old.decided_by, old.decided_at, old.void_reason, old.voided_at)
       or (new.note is distinct from old.note and new.note is not null)
       or (old.executed_at is not null and new.executed_at is distinct from old.executed_at)) then
    raise exception 'a decision stands' using errcode = 'IB006';
  end if;
  if new.state in ('open', 'void') and num_nonnulls(new.decided_by, new.decided_at, new.note) > 0 then
    raise exception 'nobody decided' using errcode = 'IB006';
  end if;
  return new;
end $$;
revoke execute on function ibok.guard_approval() from public;

create or replace trigger approvals_guard before insert or update on ibok.approvals
  for each row execute function ibok.guard_approval();
create or replace trigger approvals_kept before delete or truncate on ibok.approvals
  for each statement execute function ibok.refuse_change();
create or replace trigger approval_payloads_fixed before update on ibok.approval_payloads
  for each statement execute function ibok.refuse_change();

-- Whether somebody has one of the groups now. Whoever holds an unchanged first password, or has left, has none.
create or replace function ibok.is_in_groups(p_login text, p_groups text[]) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from pg_roles r cross join unnest(p_groups) as g (name)
     where r.rolname = p_login and pg_has_role(r.oid, g.name, 'usage'))
$$;
revoke execute on function ibok.is_in_groups(text, text[]) from public;

-- As the policies above, for the functions that the owner runs.
create or replace function ibok.may_see_approval(p_approval ibok.approvals) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.is_in_groups(session_user, array['bok_supervisor', 'bok_dpo'])
      or (ibok.is_in_groups(session_user, array['bok_clerk', 'bok_admin'])
          and exists (select from ibok.approval_kinds k
                       where k.kind = p_approval.kind and ibok.is_in_groups(session_user, k.requesters || k.deciders)))
$$;
revoke execute on function ibok.may_see_approval(ibok.approvals) from public;

-- Of an approval's history: as of the approval. p_id is the event's row name.
create or replace function ibok.may_see_approval_history(p_id text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from ibok.approvals a where a.id = p_id::bigint and ibok.may_see_approval(a))
$$;
revoke execute on function ibok.may_see_approval_history(text) from public;

-- When somebody who was made or reset counts as themselves again: until then the password may be known to who made it.
create or replace function ibok.fresh_until(p_login text) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select greatest(s.created_at, s.password_reset_at)
         + make_interval(hours => ibok.rule_number('approval.fresh_login_hours', 24)::int)
    from ibok.staff_members s where s.login = p_login
$$;
revoke execute on function ibok.fresh_until(text) from public;

create or replace function ibok.is_active_member(p_login text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from ibok.staff_members where login = p_login and active)
$$;
revoke execute on function ibok.is_active_member(text) from public;

create or replace function ibok.approval_subject_id(p_approval ibok.approvals) returns bigint
language sql immutable set search_path = pg_catalog, pg_temp as $$ select split_part(p_approval.subject, ':', 2)::bigint $$;
revoke execute on function ibok.approval_subject_id(ibok.approvals) from public;

-- The kind, with the row locked that the approval is about. A subject that does not exist yet (a person to be made) has
-- none to lock.
create or replace function ibok.lock_approval_subject(p_kind text, p_subject_id bigint) returns ibok.approval_kinds
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  known ibok.approval_kinds;
begin
  select * into known from ibok.approval_kinds k where k.kind = p_kind;
  if not found then raise exception 'no such kind' using errcode = 'IB002'; end if;
  execute format('select from ibok.%I where id = $1 for no key update', known.subject_table) using p_subject_id;
  return known;
end $$;
revoke execute on function ibok.lock_approval_subject(text, bigint) from public;

create or replace function ibok.approval_subject_version(p_kind ibok.approval_kinds, p_subject_id bigint) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  version text;
begin
  execute format('select ibok.%I($1)', p_kind.version_function) into version using p_subject_id;
  return version;
end $$;
revoke execute on function ibok.approval_subject_version(ibok.approval_kinds, bigint) from public;

-- Counts and words of what would be touched, as they are now.
create or replace function ibok.approval_impact(p_kind ibok.approval_kinds, p_subject_id bigint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  impact jsonb;
begin
  execute format('select ibok.%I($1)', p_kind.impact_function) into impact using p_subject_id;
  return coalesce(impact, '{}');
end $$;
revoke execute on function ibok.approval_impact(ibok.approval_kinds, bigint) from public;

-- Ends an open approval that nobody decides any more, and lets its kind tidy up.
create or replace function ibok.void_approval(p_approval ibok.approvals, p_kind ibok.approval_kinds, p_reason text)
returns ibok.approvals
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  ended ibok.approvals;
begin
  update ibok.approvals set state = 'void', void_reason = p_reason, voided_at = now()
   where id = p_approval.id returning * into ended;
  if p_kind.dropped_function is not null then execute format('select ibok.%I($1)', p_kind.dropped_function) using ended; end if;
  delete from ibok.approval_payloads where approval_id = ended.id;
  return ended;
end $$;
revoke execute on function ibok.void_approval(ibok.approvals, ibok.approval_kinds, text) from public;

-- The approval, locked after its subject.
create or replace function ibok.lock_approval(p_id bigint) returns ibok.approvals
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  approval ibok.approvals;
begin
  select * into approval from ibok.approvals where id = p_id;
  if not found then raise exception 'no such approval' using errcode = 'IB002'; end if;
  perform ibok.lock_approval_subject(approval.kind, ibok.approval_subject_id(approval));
  -- Two who decide at once: the second waits here, and reads what the first has made of it.
  select * into approval from ibok.approvals where id = p_id for no key update;
  return approval;
end $$;
revoke execute on function ibok.lock_approval(bigint) from public;

create or replace function ibok.approval_kind_of(p_approval ibok.approvals) returns ibok.approval_kinds
language sql stable set search_path = pg_catalog, pg_temp as $$
  select k from ibok.approval_kinds k where k.kind = p_approval.kind
$$;
revoke execute on function ibok.approval_kind_of(ibok.approvals) from public;

-- Opens one for who p_requested_by is: the person signed in, or whoever verified and forwarded what the portal, a death
-- or the end of a contract asked for. p_payload: what the act needs besides its subject, read by nobody; its key
-- `facts` is shown with the impact instead. For functions that have checked the role and keep the act.
create or replace function ibok.open_approval(
  p_kind text, p_subject_id bigint, p_reason text, p_payload jsonb default null, p_requested_by text default session_user
) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  reason text := btrim(p_reason);
  kind ibok.approval_kinds;
  version text;
  pending ibok.approvals;
  opened bigint;
begin
  kind := ibok.lock_approval_subject(p_kind, p_subject_id);
  if not ibok.is_active_member(p_requested_by) or not ibok.is_in_groups(p_requested_by, kind.requesters) then
    raise exception 'may not ask for this' using errcode = 'IB001';
  end if;
  if char_length(reason) between 5 and 1000 is not true then raise exception 'reason' using errcode = 'IB004'; end if;
  version := ibok.approval_subject_version(kind, p_subject_id);
  if version is null then raise exception 'no such subject' using errcode = 'IB002'; end if;
  select * into pending from ibok.approvals a
   where a.kind = p_kind and a.subject = kind.subject_table || ':' || p_subject_id and a.state = 'open' for no key update;
  if found and pending.expires_at <= now() then perform ibok.void_approval(pending, kind, 'expired'); end if;

  insert into ibok.approvals (kind, subject, subject_version, requested_by, reason, impact, expires_at)
  values (p_kind, kind.subject_table || ':' || p_subject_id, version, p_requested_by, reason,
    ibok.approval_impact(kind, p_subject_id) || coalesce(p_payload -> 'facts', '{}'),
    now() + make_interval(days => ibok.rule_number('approval.valid_days', 14)::int))
  returning id into opened;
  if p_payload - 'facts' <> '{}' then
    insert into ibok.approval_payloads (approval_id, payload) values (opened, p_payload - 'facts');
  end if;
  return opened;
end $$;
revoke execute on function ibok.open_approval(text, bigint, text, jsonb, text) from public;

-- Why the person signed in may not decide it, as {why, until?}; null: may. One of own_request, not_decider, own_subject,
-- decider_fresh, and for an approval (a rejection protects and needs nobody's leave) requester_left, requester_fresh.
create or replace function ibok.decision_obstacle(p_approval ibok.approvals, p_kind ibok.approval_kinds, p_approve boolean)
returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_approval.requested_by = session_user then '{"why": "own_request"}'
    when not ibok.is_active_member(session_user) or not ibok.is_in_groups(session_user, p_kind.deciders)
      then '{"why": "not_decider"}'
    when p_kind.subject_table = 'staff_members' and exists (
      select from ibok.staff_members s where 'staff_members:' || s.id = p_approval.subject and s.login = session_user)
      then '{"why": "own_subject"}'
    when ibok.fresh_until(session_user) > now()
      then jsonb_build_object('why', 'decider_fresh', 'until', ibok.fresh_until(session_user))
    when p_approve and not ibok.is_active_member(p_approval.requested_by) then '{"why": "requester_left"}'
    -- Somebody who moved to another group could not ask for it today either. By the group on record: whoever has a new
    -- first password is in none for the moment.
    when p_approve and not ibok.is_in_groups(
      (select s.staff_group::text from ibok.staff_members s where s.login = p_approval.requested_by), p_kind.requesters)
      then '{"why": "requester_left"}'
    when p_approve and ibok.fresh_until(p_approval.requested_by) > now()
      then jsonb_build_object('why', 'requester_fresh', 'until', ibok.fresh_until(p_approval.requested_by))
  end
$$;
revoke execute on function ibok.decision_obstacle(ibok.approvals, ibok.approval_kinds, boolean) from public;

create or replace function ibok.demand_decision(p_approval ibok.approvals, p_kind ibok.approval_kinds, p_approve boolean)
returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  why text := ibok.decision_obstacle(p_approval, p_kind, p_approve) ->> 'why';
begin
  case why
    when 'not_decider' then raise exception 'may not decide this' using errcode = 'IB001';
    when 'own_request', 'own_subject' then
      raise exception 'second person required' using errcode = 'IB007', constraint = 'approvals_two_persons';
    when 'decider_fresh' then
      raise exception 'made or reset too recently' using errcode = 'IB006', constraint = 'approvals_decider_fresh';
    when 'requester_left' then
      raise exception 'the requester has left' using errcode = 'IB006', constraint = 'approvals_requester_left';
    when 'requester_fresh' then
      raise exception 'the requester was made or reset too recently'
        using errcode = 'IB006', constraint = 'approvals_requester_fresh';
    else null;
  end case;
end $$;
revoke execute on function ibok.demand_decision(ibok.approvals, ibok.approval_kinds, boolean) from public;

-- What a decider is told: {done, state, voidReason, decidedBy, decidedAt}; done is false where somebody was quicker, or
-- where the request had become void.
create or replace function ibok.decision_answer(p_approval ibok.approvals, p_done boolean) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('done', p_done, 'state', p_approval.state, 'voidReason', p_approval.void_reason,
    'decidedBy', p_approval.decided_by)
$$;
revoke execute on function ibok.decision_answer(ibok.approvals, boolean) from public;

-- What waits for a decision of the person signed in: every eligible approver sees it. Somebody too fresh to decide as well.
create or replace function ibok.waiting_approvals() returns setof bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select a.id
    from ibok.approvals a join ibok.approval_kinds k on k.kind = a.kind
   where a.state = 'open' and a.expires_at > now() and a.requested_by <> session_user
     and ibok.is_in_groups(session_user, k.deciders)
     and not exists (select from ibok.staff_members s
                      where k.subject_table = 'staff_members' and 'staff_members:' || s.id = a.subject and s.login = session_user)
$$;
revoke execute on function ibok.waiting_approvals() from public;

-- For what an approval has set going and a worker has finished.
create or replace function ibok.approval_executed(p_id bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update ibok.approvals set state = 'executed', executed_at = now() where id = p_id and state = 'approved';
  if not found then raise exception 'not approved, or done before' using errcode = 'IB006'; end if;
end $$;
revoke execute on function ibok.approval_executed(bigint) from public;
