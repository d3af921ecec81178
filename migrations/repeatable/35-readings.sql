-- An installation's readings rise in time, whoever writes (invariant 7). An estimate may have been too high and is no
-- witness; a register that passed its highest value needs a declared rollover. Whoever writes a reading locks its
-- installation until the end of the transaction, and looks only then: with an older snapshot, as the stricter isolation
-- levels have it, the reading that somebody else has just committed would stay unseen.

create or replace function ibok.readings_rise() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  earlier numeric;
  later ibok.readings;
begin
  if not ibok.reading_counts(new) then return null; end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'readings are written in READ COMMITTED' using errcode = 'invalid_transaction_state';
  end if;
  perform from ibok.meter_installations where id = new.installation_id for no key update;
  if not new.rollover then
    select r.value into earlier from ibok.readings r
     where r.installation_id = new.installation_id and r.read_on < new.read_on and ibok.reading_counts(r)
     order by r.read_on desc limit 1;
    if earlier > new.value then
      raise exception 'reading below the one before it' using errcode = 'check_violation', constraint = 'readings_rise';
    end if;
  end if;
  select * into later from ibok.readings r
   where r.installation_id = new.installation_id and r.read_on > new.read_on and ibok.reading_counts(r)
   order by r.read_on limit 1;
  if later.value < new.value and not later.rollover then
    raise exception 'reading above the one after it' using errcode = 'check_violation', constraint = 'readings_rise';
  end if;
  return null;
end $$;
revoke execute on function ibok.readings_rise() from public;

create or replace function ibok.reading_counts(r ibok.readings) returns boolean
language sql immutable as $$
  select not r.superseded and r.kind <> 'estimate' and r.state not in ('rejected', 'withdrawn', 'reversed')
$$;
revoke execute on function ibok.reading_counts(ibok.readings) from public;

-- After the statement: the rows of one statement are then compared with each other, in whatever order they came.
create or replace trigger readings_rise
  after insert or update of installation_id, read_on, value, kind, state, superseded, rollover on ibok.readings
  for each row execute function ibok.readings_rise();
