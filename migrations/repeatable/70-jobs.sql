-- Functions of the worker: sealing, reaping, health.

-- The fixed form of an event that the seal covers: no text that depends on TimeZone or locale.
create or replace function audit.event_hash(e audit.events) returns bytea
language sql stable as $$
  select sha256(convert_to(jsonb_build_array(
    e.id, (extract(epoch from e.at) * 1000000)::bigint, e.xid::text, e.login, e.application, e.request_id, e.on_behalf_of,
    e.table_name, e.row_id, e.op, e.reason, encode(e.digest, 'hex'))::text, 'UTF8'))
$$;
revoke execute on function audit.event_hash(audit.events) from public;

create or replace function audit.range_hash(p_first bigint, p_last bigint, out event_count bigint, out hash bytea)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select count(*), sha256(coalesce(string_agg(audit.event_hash(e), ''::bytea order by e.id), ''::bytea))
    from audit.events e where e.id between p_first and p_last
$$;
revoke execute on function audit.range_hash(bigint, bigint) from public;

-- Seals what can no longer change. A transaction takes its number before it gets event ids, so: whoever holds an id up
-- to the highest one seen has a number below the one this transaction takes right afterwards. Once all numbers below
-- that have ended, the range is complete. Hence two steps: a mark in one run, its seal in a later one.
-- Returns {"sealed": events, "pending": whether a mark waits}. Must be the first statement that writes.
create or replace function jobs.seal() returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  per_seal constant int := 50000;
  oldest_running xid8 := pg_snapshot_xmin(pg_current_snapshot());
  mark audit.seal_mark;
  highest bigint;
  own_xid xid8;
  sealed_to bigint;
  last_hash bytea;
  range_end bigint;
  range record;
  sealed bigint := 0;
begin
  perform api.demand_role('ibok_worker');
  if pg_current_xact_id_if_assigned() is not null then
    raise exception 'seal needs a transaction of its own' using errcode = 'IB006';
  end if;
  if not pg_try_advisory_xact_lock(hashtextextended('ibok.seal', 0)) then
    return jsonb_build_object('sealed', 0, 'pending', true);
  end if;
  select * into mark from audit.seal_mark;
  select coalesce(max(id), 0) into highest from audit.events;
  select s.last_event, s.hash into sealed_to, last_hash from audit.seals s order by s.id desc limit 1;
  sealed_to := coalesce(sealed_to, 0);
  last_hash := coalesce(last_hash, sha256(''::bytea));
  if highest <= sealed_to then return jsonb_build_object('sealed', 0, 'pending', false); end if;
  own_xid := pg_current_xact_id();

  -- A mark from the future comes from a cluster whose numbers began again (dump and restore): it is taken anew.
  if mark.last_event > sealed_to and mark.below_xid <= own_xid then
    if oldest_running < mark.below_xid then return jsonb_build_object('sealed', 0, 'pending', true); end if;
    while sealed_to < mark.last_event loop
      select max(id) into range_end from (
        select id from audit.events where id > sealed_to and id <= mark.last_event order by id limit per_seal) e;
      range_end := coalesce(range_end, mark.last_event);
      select * into range from audit.range_hash(sealed_to + 1, range_end);
      insert into audit.seals (first_event, last_event, event_count, previous_hash, hash)
      values (sealed_to + 1, range_end, range.event_count, last_hash, sha256(last_hash || range.hash))
      returning hash into last_hash;
      sealed_to := range_end;
      sealed := sealed + range.event_count;
    end loop;
  end if;
  insert into audit.seal_mark (last_event, below_xid) values (highest, own_xid)
  on conflict (only_row) do update set last_event = highest, below_xid = own_xid, marked_at = clock_timestamp();
  return jsonb_build_object('sealed', sealed, 'pending', highest > sealed_to);
end $$;
revoke execute on function jobs.seal() from public;
grant execute on function jobs.seal() to ibok_worker;

-- Recomputes the chain and the digests of the values. The first fault is named: its seal and range of events, or the
-- event itself where a value was touched. Values of an erased subject (key destroyed) cannot be checked any more.
create or replace function audit.verify_chain() returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  bad jsonb;
begin
  perform api.demand_role('bok_dpo', 'bok_admin', 'ibok_worker');
  select jsonb_build_object('problem', problem, 'seal', id, 'firstEvent', first_event, 'lastEvent', last_event) into bad
    from (
      select s.id, s.first_event, s.last_event,
        case
          when s.first_event <> lag(s.last_event, 1, 0::bigint) over chain + 1
            or s.previous_hash <> lag(s.hash, 1, sha256(''::bytea)) over chain then 'chain_broken'
          when r.event_count < s.event_count then 'event_missing'
          when r.event_count > s.event_count then 'event_added'
          when s.hash <> sha256(s.previous_hash || r.hash) then 'event_changed'
        end as problem
        from audit.seals s cross join lateral audit.range_hash(s.first_event, s.last_event) r
      window chain as (order by s.id)
    ) checked
   where problem is not null order by id limit 1;
  if bad is null then
    select jsonb_build_object('problem', case when v.event_id is null then 'values_missing' else 'values_changed' end, 'event', e.id)
      into bad
      from audit.events e
      left join audit.event_values v on v.event_id = e.id
      left join audit.subject_keys k on k.subject = v.subject
     where v.event_id is null
        or (k.destroyed_at is null and e.digest is distinct from sha256(k.key || convert_to(v.changes::text, 'UTF8')))
     order by e.id limit 1;
  end if;
  return jsonb_build_object(
    'ok', bad is null,
    'seals', (select count(*) from audit.seals),
    'events', (select count(*) from audit.events),
    'unsealed', (select count(*) from audit.events where id > coalesce((select max(last_event) from audit.seals), 0)),
    'head', (select encode(hash, 'hex') from audit.seals order by id desc limit 1),
    'firstBad', bad);
end $$;
revoke execute on function audit.verify_chain() from public;
grant execute on function audit.verify_chain() to bok_dpo, bok_admin, ibok_worker;

-- Ends sessions that hold everybody up, and forgets who has not given a sign of life for two minutes.
create or replace function jobs.reap(p_seconds integer default 60) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ended int;
  gone int;
begin
  perform api.demand_role('ibok_worker');
  -- Sessions first: one of them may hold a lock on presence, and the delete would wait for it in vain.
  ended := keeper.reap_sessions(p_seconds);
  delete from ibok.presence where seen_at < now() - interval '2 minutes';
  get diagnostics gone = row_count;
  return jsonb_build_object('sessions', ended, 'presence', gone);
end $$;
revoke execute on function jobs.reap(integer) from public;
grant execute on function jobs.reap(integer) to ibok_worker;

-- Supplies begin and end by date, without a write: the search rows of those that did since p_since are made anew. By
-- default 400 days back: a worker may have stood still for long, and a row that is right already is left alone.
create or replace function jobs.refresh_addresses(p_since date default null) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  since date := coalesce(p_since, ibok.today() - 400);
  customers bigint[];
begin
  perform api.demand_role('ibok_worker');
  customers := array(
    select distinct customer_id from ibok.supplies
     where valid_from between since and ibok.today() or valid_to between since and ibok.today());
  perform ibok.refresh_customer_search(customers);
  return cardinality(customers);
end $$;
revoke execute on function jobs.refresh_addresses(date) from public;
grant execute on function jobs.refresh_addresses(date) to ibok_worker;

-- The read log is personal data of the staff as well: kept as long as the office's rule says, 12 months by default.
create or replace function jobs.purge_reads() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  months int := greatest(1, ibok.rule_number('retention.read_log_months', 12)::int);
  gone bigint;
begin
  perform api.demand_role('ibok_worker');
  delete from audit.reads
   where at < (ibok.today() - make_interval(months => months))::timestamp at time zone 'Europe/Warsaw';
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke execute on function jobs.purge_reads() from public;
grant execute on function jobs.purge_reads() to ibok_worker;

create or replace function jobs.health() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  sealed_to bigint := coalesce((select max(last_event) from audit.seals), 0);
begin
  perform api.demand_role('ibok_worker');
  return jsonb_build_object(
    'schemaVersion', ibok.schema_version(),
    'serverVersion', current_setting('server_version_num')::int,
    'unsealedEvents', (select count(*) from audit.events where id > sealed_to),
    -- Above 300 a transaction has been open for too long (security.md, C).
    'oldestUnsealedSeconds', coalesce((select extract(epoch from clock_timestamp() - min(at))::int from audit.events where id > sealed_to), 0),
    'lastSealAt', (select max(sealed_at) from audit.seals),
    'alarmsToday', (select count(*) from audit.alarms where day = ibok.today()),
    'staffSessions', (select count(*) from pg_stat_activity where datname = current_database() and usename ~ '^s_'),
    'databaseBytes', pg_database_size(current_database()));
end $$;
revoke execute on function jobs.health() from public;
grant execute on function jobs.health() to ibok_worker;
