-- Adds up the differences of ibok.legalization_counts; what was added meanwhile has another key and waits for the next run.
-- Answers how many rows are left out.
create or replace function jobs.fold_legalization_counts() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  folded bigint;
begin
  perform api.demand_role('ibok_worker');
  with crowded as (
    select unnest(array_agg(id)) as id from ibok.legalization_counts
     group by month, role, owner_kind, route having count(*) > 1 or sum(count) = 0
  ), gone as (
    delete from ibok.legalization_counts c using crowded where c.id = crowded.id
    returning c.month, c.role, c.owner_kind, c.route, c.count
  ), kept as (
    insert into ibok.legalization_counts (month, role, owner_kind, route, count)
    select month, role, owner_kind, route, sum(count) from gone
     group by month, role, owner_kind, route having sum(count) <> 0
    returning 1
  )
  select (select count(*) from gone) - (select count(*) from kept) into folded;
  return folded;
end $$;
revoke execute on function jobs.fold_legalization_counts() from public;
grant execute on function jobs.fold_legalization_counts() to ibok_worker;
