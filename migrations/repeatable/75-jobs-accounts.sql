-- Jobs of the worker for accounts.

-- Blocks, on the day it becomes known, the accounts whose holder died or has no contract any more, and opens their
-- deletion; of those blocked for another reason it opens the deletion alone, once: what people refused or took back is not
-- asked again. One that fails does not keep the others: {"blocked": n, "opened": n, "failed": n}. At most 500 a run.
create or replace function jobs.block_ended_accounts() returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ended record;
  blocked int := 0;
  opened int := 0;
  failed int := 0;
begin
  perform api.demand_role('ibok_worker');
  for ended in
    -- The set is narrowed by two joins over all accounts first; account_end() then judges the few that are left.
    with candidates as (
      select x.account_id from ibok.account_access x join ibok.customers c on c.id = x.customer_id
       where x.relation = 'holder' and c.deceased_on is not null
      union
      select x.account_id from ibok.account_access x
       where x.relation = 'holder' and not exists (
         select from ibok.contracts n
          where n.customer_id = x.customer_id
            and case when n.valid_to is null then n.status in ('draft', 'active') else n.valid_to >= ibok.today() end))
    select a.id, a.status, cause.reason
      from ibok.accounts a join candidates on candidates.account_id = a.id
      cross join lateral (select ibok.account_end(a.id) as reason) as cause
     where cause.reason is not null
       and (a.status in ('pending', 'active')
            or a.status = 'blocked' and not exists (
              select from ibok.deletion_requests q where q.account_id = a.id and q.asked_via = cause.reason))
     order by a.id limit 500
  loop
    begin
      if ended.status = 'blocked' then
        perform ibok.open_deletion(ended.id, ended.reason, ibok.today(), null);
        opened := opened + 1;
      else
        perform ibok.block_account(ended.id, ended.reason);
        blocked := blocked + 1;
      end if;
    exception when others then
      -- Without the row's values: the number says which account to look at.
      raise log 'account % was not blocked or its deletion not opened: %', ended.id, sqlstate;
      failed := failed + 1;
    end;
  end loop;
  return jsonb_build_object('blocked', blocked, 'opened', opened, 'failed', failed);
end $$;
revoke execute on function jobs.block_ended_accounts() from public;
grant execute on function jobs.block_ended_accounts() to ibok_worker;

-- Links that nobody used are forgotten a month after their end. The used one stays: it is the proof of the activation.
create or replace function jobs.purge_account_tokens() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  perform api.demand_role('ibok_worker');
  delete from ibok.account_tokens where used_at is null and coalesce(revoked_at, expires_at) < now() - interval '30 days';
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke execute on function jobs.purge_account_tokens() from public;
grant execute on function jobs.purge_account_tokens() to ibok_worker;
