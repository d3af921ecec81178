-- Working days: Monday to Friday but the days off in ibok.holidays (by law, and those the office adds). A period counts
-- from the day after its first day. shared/domain/working-days.ts repeats both rules for previews; a test compares them.

-- The p_days-th working day after p_from; p_from itself for 0. IB004 outside 0 to 366.
create or replace function ibok.add_working_days(p_from date, p_days integer) returns date
language plpgsql stable strict set search_path = pg_catalog, pg_temp as $$
declare
  reached date := p_from;
  left_over integer := p_days;
begin
  if p_days not between 0 and 366 then raise exception 'days' using errcode = 'IB004'; end if;
  while left_over > 0 loop
    reached := reached + 1;
    if extract(isodow from reached) < 6 and not exists (select from ibok.holidays h where h.day = reached) then
      left_over := left_over - 1;
    end if;
  end loop;
  return reached;
end $$;
revoke execute on function ibok.add_working_days(date, integer) from public;
grant execute on function ibok.add_working_days(date, integer) to bok_staff;

-- The day itself when it is a working day, else the first one after it: where a term that ends on a day off ends.
create or replace function ibok.next_working_day(p_day date) returns date
language sql stable strict set search_path = pg_catalog, pg_temp as $$
  select ibok.add_working_days(p_day - 1, 1)
$$;
revoke execute on function ibok.next_working_day(date) from public;
grant execute on function ibok.next_working_day(date) to bok_staff;

-- Days from Monday to Friday up to and with a day, since Monday the first of January of year 1.
create or replace function ibok.weekdays_until(p_day date) returns integer
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select n / 7 * 5 + least(n % 7 + 1, 5) from (select p_day - date '0001-01-01' as n) as since
$$;
revoke execute on function ibok.weekdays_until(date) from public;
grant execute on function ibok.weekdays_until(date) to bok_staff;

-- Working days after p_from up to and with p_to; 0 on the day itself, negative for a p_to that has passed.
create or replace function ibok.working_days_between(p_from date, p_to date) returns integer
language sql stable strict set search_path = pg_catalog, pg_temp as $$
  select sign(p_to - p_from)::integer * (
    ibok.weekdays_until(greatest(p_from, p_to)) - ibok.weekdays_until(least(p_from, p_to)) - (
      select count(*)::integer from ibok.holidays h
       where h.day > least(p_from, p_to) and h.day <= greatest(p_from, p_to) and extract(isodow from h.day) < 6))
$$;
revoke execute on function ibok.working_days_between(date, date) from public;
grant execute on function ibok.working_days_between(date, date) to bok_staff;
