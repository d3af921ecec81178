-- The trail for those who watch over it, and the state of the whole for the health page.

-- Compares an anchor kept outside (file or mail) with the chain: ok, or how it differs.
-- {"problem": null | "unknown_event" | "head_differs", "day": of the anchor in the database | null}
create or replace function api.check_anchor(p_last_event bigint, p_head text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  sealed audit.seals;
begin
  perform api.demand_role('bok_dpo', 'bok_admin');
  if p_head is null or p_head !~ '^[0-9a-f]{64}$' or p_last_event is null then
    raise exception 'anchor' using errcode = 'IB004';
  end if;
  select * into sealed from audit.seals where last_event = p_last_event;
  return jsonb_build_object(
    'problem', case when sealed.id is null then 'unknown_event'
                    when encode(sealed.hash, 'hex') <> p_head then 'head_differs' end,
    'day', (select day from audit.anchors where last_event = p_last_event order by day limit 1));
end $$;
revoke execute on function api.check_anchor(bigint, text) from public;
grant execute on function api.check_anchor(bigint, text) to bok_dpo, bok_admin;

-- Everything the health page shows, in one answer. Counts and times only.
create or replace function api.health() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  sealed_to bigint := coalesce((select max(last_event) from audit.seals), 0);
begin
  perform api.demand_role('bok_admin', 'bok_supervisor', 'bok_dpo');
  return jsonb_build_object(
    'now', clock_timestamp(),
    'schemaVersion', ibok.schema_version(),
    'serverVersionNumber', current_setting('server_version_num')::int,
    'serverVersion', split_part(current_setting('server_version'), ' ', 1),
    'databaseBytes', pg_database_size(current_database()),
    'standby', pg_is_in_recovery(),
    'jobs', (select coalesce(jsonb_agg(jsonb_build_object('job', job, 'everySeconds', every_seconds, 'endedAt', ended_at,
        'milliseconds', milliseconds, 'fault', fault, 'failures', failures) order by job), '[]') from ibok.job_runs),
    'mirrors', (select coalesce(jsonb_agg(jsonb_build_object('source', source, 'at', synchronised_at) order by source), '[]')
        from ibok.mirror_state),
    'sealer', jsonb_build_object(
      'unsealed', (select count(*) from audit.events where id > sealed_to),
      'oldestUnsealedAt', (select at from audit.events where id > sealed_to order by id limit 1),
      'lastSealAt', (select sealed_at from audit.seals order by id desc limit 1),
      'lastAnchorDay', (select max(day) from audit.anchors),
      'anchorsNotStored', (select count(*) from audit.anchors where stored_at is null),
      'anchorsNotMailed', (select count(*) from audit.anchors where mailed_at is null)),
    'queues', jsonb_build_object(
      'openImports', (select count(*) from ibok.imports where state = 'open'),
      'openApprovals', (select count(*) from ibok.approvals where state = 'open')),
    'connections', jsonb_build_object(
      'most', current_setting('max_connections')::int,
      'staff', (select count(*) from pg_stat_activity where datname = current_database() and usename ~ '^s_'),
      'others', (select count(*) from pg_stat_activity where datname = current_database() and usename !~ '^s_'),
      'persons', (select count(distinct usename) from pg_stat_activity where datname = current_database() and usename ~ '^s_')),
    'programs', (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'persons', persons) order by name), '[]') from (
        select application_name as name, count(distinct usename) as persons from pg_stat_activity
         where datname = current_database() and usename ~ '^s_' and application_name <> '' group by 1) p),
    -- Whom an alarm names is for those who may read audit.alarms.
    'alarms', (select coalesce(jsonb_agg(jsonb_build_object('at', at, 'kind', kind, 'login', login, 'detail', detail)
        order by id desc), '[]') from (select * from audit.alarms where day > ibok.today() - 7
          and (pg_has_role(session_user, 'bok_admin', 'usage') or pg_has_role(session_user, 'bok_dpo', 'usage'))
          order by id desc limit 50) a));
end $$;
revoke execute on function api.health() from public;
grant execute on function api.health() to bok_admin, bok_supervisor, bok_dpo;

-- Anchors for those who compare them.
grant select on audit.anchors to bok_dpo, bok_admin;
create policy anchors_read on audit.anchors for select to bok_dpo, bok_admin using (true);
