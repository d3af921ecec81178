-- Functions of the worker for the trail's daily anchor and for the health page.

-- Makes today's anchor from the last seal, once a day, and returns all that still have to be stored or mailed.
create or replace function jobs.anchors_due()
returns table (day date, last_event bigint, events bigint, head text, anchored_at timestamptz, stored boolean, mailed boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform api.demand_role('ibok_worker');
  insert into audit.anchors (day, last_event, events, head)
  select ibok.today(), s.last_event, (select sum(event_count) from audit.seals), s.hash
    from audit.seals s order by s.id desc limit 1
  on conflict (day) do nothing;
  return query
    select a.day, a.last_event, a.events, encode(a.head, 'hex'), a.anchored_at, a.stored_at is not null, a.mailed_at is not null
      from audit.anchors a
     -- What could not leave for a month is seen on the health page; it is not mailed in one heap.
     where (a.stored_at is null or a.mailed_at is null) and a.day > ibok.today() - 31
     order by a.day;
end $$;
revoke execute on function jobs.anchors_due() from public;
grant execute on function jobs.anchors_due() to ibok_worker;

-- p_way: stored | mailed.
create or replace function jobs.note_anchor(p_day date, p_way text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  case p_way
    when 'stored' then update audit.anchors set stored_at = clock_timestamp() where day = p_day and stored_at is null;
    when 'mailed' then update audit.anchors set mailed_at = clock_timestamp() where day = p_day and mailed_at is null;
    else raise exception 'way' using errcode = 'IB004';
  end case;
end $$;
revoke execute on function jobs.note_anchor(date, text) from public;
grant execute on function jobs.note_anchor(date, text) to ibok_worker;

-- An anchor leaves its day, head and event as they were made.
create or replace function audit.guard_anchor() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (old.day, old.last_event, old.events, old.head, old.anchored_at)
     is not distinct from (new.day, new.last_event, new.events, new.head, new.anchored_at) then
    return new;
  end if;
  raise exception 'anchors never change' using errcode = 'IB006';
end $$;
revoke execute on function audit.guard_anchor() from public;
create or replace trigger anchors_fixed before update or delete on audit.anchors
  for each row execute function audit.guard_anchor();

-- Whom the anchor is mailed to: everybody active in the data protection officer's group who has an address.
create or replace function jobs.officers() returns table (address text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  return query select distinct lower(email::text) from ibok.staff_members
    where staff_group = 'bok_dpo' and active and email is not null order by 1;
end $$;
revoke execute on function jobs.officers() from public;
grant execute on function jobs.officers() to ibok_worker;

-- The end of a job's run. Written at most every 20 seconds while nothing changes: jobs run more often than anybody looks.
create or replace function jobs.note_run(p_job text, p_every_seconds int, p_milliseconds int, p_fault text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  insert into ibok.job_runs as r (job, every_seconds, ended_at, milliseconds, fault, failures)
  values (p_job, p_every_seconds, clock_timestamp(), p_milliseconds, left(p_fault, 60), (p_fault is not null)::int)
  on conflict (job) do update
    set every_seconds = excluded.every_seconds, ended_at = excluded.ended_at, milliseconds = excluded.milliseconds,
        fault = excluded.fault, failures = case when excluded.fault is null then 0 else r.failures + 1 end
    where r.fault is distinct from excluded.fault or excluded.fault is not null
       or r.ended_at < clock_timestamp() - interval '20 seconds';
end $$;
revoke execute on function jobs.note_run(text, int, int, text) from public;
grant execute on function jobs.note_run(text, int, int, text) to ibok_worker;

-- A finished import of a file is a synchronisation of its kind.
create or replace function ibok.note_mirror() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into ibok.mirror_state (source, synchronised_at) values (new.file_kind, clock_timestamp())
  on conflict (source) do update set synchronised_at = excluded.synchronised_at;
  return null;
end $$;
revoke execute on function ibok.note_mirror() from public;
create or replace trigger imports_note_mirror after update of state on ibok.imports
  for each row when (new.state = 'done' and old.state <> 'done') execute function ibok.note_mirror();
