-- The worker carries out approved deletions: one transaction each, so that an erasure cut off anywhere has not happened
-- and is begun again. The confirmation leaves through the queue, the protocol is printed from what the case remembers.

-- Approved and free to go: no legal hold, and no mail of the account in the hands of the mail server at this moment.
create or replace function jobs.due_deletions() returns setof bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  return query
    select q.id
      from ibok.deletion_requests q
      join ibok.approvals a on a.id = q.approval_id and a.state = 'approved' and (a.execute_after is null or a.execute_after <= now())
     where q.status = 'approved'
       and not exists (select from ibok.holds_of_account(q.account_id))
       and not exists (select from ibok.outbox o
                        where o.state = 'sending' and o.id in (select ibok.mails_of_account(q.account_id)))
     order by q.due_on, q.id limit 50;
end $$;
revoke execute on function jobs.due_deletions() from public;
grant execute on function jobs.due_deletions() to ibok_worker;

-- Erases the parts of an account in their order. Returns the plan with what was really touched.
create or replace function ibok.erase_parts(p_account bigint) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  part ibok.erasure_parts;
  counted jsonb;
  touched bigint;
  kept jsonb := '[]';
  gone jsonb := '[]';
begin
  -- Counted first: what is kept is found through what goes.
  for part in select * from ibok.erasure_parts where action = 'keep' order by position loop
    execute format('select ibok.%I($1)', part.counts) into counted using p_account;
    kept := kept || (jsonb_build_object('part', part.part, 'action', part.action, 'basis', part.basis) || counted);
  end loop;
  for part in select * from ibok.erasure_parts where action <> 'keep' order by position loop
    execute format('select ibok.%I($1)', part.erases) into touched using p_account;
    gone := gone || jsonb_build_object('part', part.part, 'action', part.action, 'basis', part.basis, 'count', touched);
  end loop;
  return gone || kept;
end $$;
revoke execute on function ibok.erase_parts(bigint) from public;

-- Carries out one approved deletion, whole or not at all; of one that is done already it says so. What stops it is said
-- and changes nothing. → {"outcome": done | already_done | held | not_approved}
create or replace function jobs.execute_deletion(p_id bigint) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  instant constant text := 'YYYY-MM-DD"T"HH24:MI:SS"Z"';
  request ibok.deletion_requests;
  account ibok.accounts;
  approval ibok.approvals;
  parts jsonb;
begin
  perform api.demand_role('ibok_worker');
  select * into request from ibok.deletion_requests where id = p_id for update;
  if not found then raise exception 'no such deletion request' using errcode = 'IB002'; end if;
  if request.status = 'executed' then return '{"outcome": "already_done"}'; end if;
  select * into account from ibok.accounts where id = request.account_id for update;
  -- Whoever is just adding to them (ibok.hold_record) is waited for, and whoever comes now finds them erased.
  perform from ibok.registrations where id in (select ibok.registrations_of_account(account.id)) order by id for update;
  select * into approval from ibok.approvals where id = request.approval_id for update;
  if request.status <> 'approved' or approval.kind is distinct from 'account.delete' or approval.state <> 'approved'
     or approval.subject <> 'deletion_requests:' || p_id then
    return '{"outcome": "not_approved"}';
  end if;
  if exists (select from ibok.holds_of_account(account.id)) then return '{"outcome": "held"}'; end if;

  -- The queue gets the address now; in a moment no table knows it any more. Nobody writes to the dead.
  if request.asked_via <> 'death' then
    perform ibok.enqueue_mail('deletion.done:' || p_id, account.email::text, 'deletion.done', '{}', 'accounts:' || account.id);
  end if;
  parts := ibok.erase_parts(account.id);
  update ibok.deletion_requests
     set status = 'executed', executed_at = now(), closed_at = now(),
         protocol = jsonb_build_object(
           'askedVia', request.asked_via, 'askedOn', request.asked_on, 'dueOn', request.due_on,
           'identityMethod', request.identity_method, 'identityCheckedBy', request.identity_checked_by,
           'requestedBy', approval.requested_by, 'requestedAt', to_char(approval.requested_at at time zone 'UTC', instant),
           'approvedBy', approval.decided_by, 'approvedAt', to_char(approval.decided_at at time zone 'UTC', instant),
           'executedAt', to_char(now() at time zone 'UTC', instant), 'keptUntil', ibok.deletion_kept_until(ibok.today()), 'parts', parts)
   where id = p_id;
  perform ibok.approval_executed(approval.id);
  return '{"outcome": "done"}';
end $$;
revoke execute on function jobs.execute_deletion(bigint) from public;
grant execute on function jobs.execute_deletion(bigint) to ibok_worker;

-- The second step, repeatable: executed cases whose protocol has no paper yet.
create or replace function jobs.deletions_without_protocol() returns setof bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  return query
    select id from ibok.deletion_requests where status = 'executed' and protocol_document_id is null order by id limit 50;
end $$;
revoke execute on function jobs.deletions_without_protocol() from public;
grant execute on function jobs.deletions_without_protocol() to ibok_worker;

-- Confirmations that have left lose their address, and so do those that could not leave within two weeks: then nobody
-- will send them any more. Returns how many.
create or replace function jobs.clear_confirmations() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  cleared text[];
begin
  perform api.demand_role('ibok_worker');
  with gone as (
    update ibok.outbox o
       set state = case when o.state in ('sent', 'cancelled') then o.state else 'cancelled' end,
           to_address = null, fields = null, erased_at = now()
      from ibok.templates t
     where t.id = o.template_id and t.key = 'deletion.done' and o.erased_at is null
       and (o.state in ('sent', 'cancelled') or (o.state <> 'sending' and o.created_at < now() - interval '14 days'))
    returning o.record)
  select array_agg(distinct replace(record, 's:', ':')) into cleared from gone;
  -- The trail has written the address down once more, as the value before.
  if cleared is not null then perform ibok.empty_trail_of(cleared); end if;
  return coalesce(cardinality(cleared), 0);
end $$;
revoke execute on function jobs.clear_confirmations() from public;
grant execute on function jobs.clear_confirmations() to ibok_worker;

-- One alarm a day for the data protection officer while a request is past its day.
create or replace function jobs.watch_deletions() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  overdue bigint;
begin
  perform api.demand_role('ibok_worker');
  select count(*) into overdue from ibok.deletion_requests
   where status in ('open', 'forwarded', 'approved') and due_on < ibok.today();
  if overdue > 0 then
    insert into audit.alarms (kind, login, day, detail)
    values ('deletions_overdue', session_user, ibok.today(), format('%s deletion requests past their day', overdue))
    on conflict (kind, login, day) do nothing;
  end if;
  return overdue;
end $$;
revoke execute on function jobs.watch_deletions() from public;
grant execute on function jobs.watch_deletions() to ibok_worker;

-- What proves a deletion goes when its time has come, with everything kept on the same ground; so do requests that came to
-- nothing. The empty rows of account and applications stay: they are the numbers of the statistics and name nobody.
create or replace function jobs.purge_deletions() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  request ibok.deletion_requests;
  gone bigint := 0;
begin
  perform api.demand_role('ibok_worker');
  for request in
    select * from ibok.deletion_requests
     where closed_at is not null and ibok.deletion_kept_until((closed_at at time zone 'Europe/Warsaw')::date) < ibok.today()
     order by id limit 500 for update skip locked
  loop
    update ibok.deletion_requests set protocol_document_id = null where id = request.id;
    perform ibok.drop_documents(array(
      select id from ibok.documents where owner_table = 'deletion_requests' and owner_id = request.id));
    if request.status = 'executed' then
      delete from ibok.regulation_acceptances where account_id = request.account_id;
      delete from ibok.regulation_notices where account_id = request.account_id;
      delete from ibok.consents where account_id = request.account_id;
      delete from ibok.account_access where account_id = request.account_id;
    end if;
    delete from ibok.deletion_requests where id = request.id;
    gone := gone + 1;
  end loop;
  return gone;
end $$;
revoke execute on function jobs.purge_deletions() from public;
grant execute on function jobs.purge_deletions() to ibok_worker;
