-- customer_search and premises.search_text are kept here and nowhere else. One set-based function does the work for
-- one customer as for a million; loaders may disable the triggers and call rebuild_customer_search() at the end.

create or replace function ibok.set_premise_search() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.search_text := ibok.search_words(concat_ws(' ', new.street, new.house_no, new.flat_no, new.city, new.postal_code));
  return new;
end $$;
revoke execute on function ibok.set_premise_search() from public;

create or replace trigger premises_search_text
  before insert or update of city, street, house_no, flat_no, postal_code, search_text on ibok.premises
  for each row execute function ibok.set_premise_search();

-- 'Gdańska 4/2, Kartuzy', or 'Kiełpino 12' where a village has no streets.
create or replace function ibok.address_line(p_street text, p_house_no text, p_flat_no text, p_city text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select concat_ws(' ', coalesce(nullif(p_street, ''), p_city), concat_ws('/', nullif(p_house_no, ''), nullif(p_flat_no, '')))
      || case when nullif(p_street, '') is null then '' else ', ' || p_city end
$$;
revoke execute on function ibok.address_line(text, text, text, text) from public;
grant execute on function ibok.address_line(text, text, text, text) to bok_staff;
revoke execute on function ibok.address_key(text, text, text, text) from public;
grant execute on function ibok.address_key(text, text, text, text) to bok_staff;

-- Writes the search rows of the customers named. The customers are locked first: two transactions that changed
-- different sides of the same customer then compute one after the other, the second from what the first committed.
-- Nested loops are asked for by name: the import, which calls this under enable_nestloop = off, would leave a connection
-- with a cached plan that reads all premises for each customer, for every save that comes after it.
create or replace function ibok.refresh_customer_search(p_customers bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp set enable_nestloop = on as $$
declare
  former text[];
begin
  if coalesce(cardinality(p_customers), 0) = 0 then return; end if;
  perform from ibok.customers where id = any (p_customers) order by id for no key update;
  select array_agg(distinct s.name_key) into former from ibok.customer_search s where s.customer_id = any (p_customers);

  -- One look at the supplies for each customer: as good for one customer as for a million, whatever the planner guesses.
  with wanted as (
    select c.id as customer_id, c.customer_no::text as customer_no, c.kind,
           case c.kind when 'person' then btrim(c.last_name || ' ' || c.first_name) else c.company_name::text end as display_name,
           ibok.fold(case c.kind when 'person' then c.last_name else c.company_name end) as name_key,
           coalesce(p.address, '') as address, coalesce(p.city, '') as city, coalesce(p.postal_code, '') as postal_code,
           p.point_count, c.deceased_on is not null as deceased,
           ibok.search_words(concat_ws(' ', c.customer_no, c.last_name, c.first_name, c.company_name, p.words)) as search_text,
           c.vip, f.customer_since, c.preferred_contact, c.office_note::text as office_note
      from ibok.customers c
      cross join lateral (
        select count(*)::int as point_count,
               string_agg(concat_ws(' ', pr.street, pr.house_no, pr.flat_no, pr.city), ' ' order by s.valid_from, s.id) as words,
               (array_agg(ibok.address_line(pr.street, pr.house_no, pr.flat_no, pr.city) order by s.valid_from, s.id))[1] as address,
               (array_agg(pr.city::text order by s.valid_from, s.id))[1] as city,
               (array_agg(pr.postal_code::text order by s.valid_from, s.id))[1] as postal_code
          from ibok.supplies s
          join ibok.supply_points sp on sp.id = s.supply_point_id
          join ibok.premises pr on pr.id = sp.premise_id
         where s.customer_id = c.id
           and s.valid_from <= ibok.today() and (s.valid_to is null or s.valid_to > ibok.today())) as p
      cross join lateral (
        select min(s.valid_from) as customer_since from ibok.supplies s where s.customer_id = c.id) as f
     where c.id = any (p_customers)
  )
  insert into ibok.customer_search as kept (customer_id, customer_no, kind, display_name, sort_name, name_key, address,
      sort_address, city, postal_code, point_count, deceased, search_text, vip, customer_since, preferred_contact,
      office_note)
  select customer_id, customer_no, kind, display_name, display_name, name_key, address,
         address, city, postal_code, point_count, deceased, search_text, vip, customer_since, preferred_contact,
         office_note
    from wanted
  on conflict (customer_id) do update set
    customer_no = excluded.customer_no, kind = excluded.kind, display_name = excluded.display_name,
    sort_name = excluded.sort_name, name_key = excluded.name_key, address = excluded.address,
    sort_address = excluded.sort_address, city = excluded.city, postal_code = excluded.postal_code,
    point_count = excluded.point_count, deceased = excluded.deceased, search_text = excluded.search_text,
    vip = excluded.vip, customer_since = excluded.customer_since, preferred_contact = excluded.preferred_contact,
    office_note = excluded.office_note
  -- An unchanged row is left alone: its trigram index is the dearest part.
  where kept is distinct from excluded;

  perform ibok.refresh_customer_surnames(former, p_customers);
end $$;
revoke execute on function ibok.refresh_customer_search(bigint[]) from public;

-- Takes out surnames nobody bears any more (a name may be all that an erased person leaves) and adds new ones.
create or replace function ibok.refresh_customer_surnames(p_former text[], p_customers bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from ibok.customer_surnames n
   where n.name_key = any (p_former)
     and not exists (select from ibok.customer_search s where s.name_key = n.name_key collate "C");
  insert into ibok.customer_surnames (name_key)
  select distinct s.name_key collate "default" from ibok.customer_search s
   where s.customer_id = any (p_customers) and s.name_key <> ''
  on conflict (name_key) do nothing;
end $$;
revoke execute on function ibok.refresh_customer_surnames(text[], bigint[]) from public;

-- All search rows anew; premises carry their own search text.
create or replace function ibok.refill_customer_search() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  delete from ibok.customer_search;
  delete from ibok.customer_surnames;
  perform ibok.refresh_customer_search(array(select id from ibok.customers));
end $$;
revoke execute on function ibok.refill_customer_search() from public;

-- Everything anew, after a load with the triggers disabled.
create or replace function ibok.rebuild_customer_search() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update ibok.premises set search_text = ''
   where search_text <> ibok.search_words(concat_ws(' ', street, house_no, flat_no, city, postal_code));
  perform ibok.refill_customer_search();
end $$;
revoke execute on function ibok.rebuild_customer_search() from public;

create or replace function ibok.search_follows_customers() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    perform ibok.refresh_customer_surnames(
      array(select distinct ibok.fold(case kind when 'person' then last_name else company_name end) from changed), null);
  elsif tg_op = 'INSERT' then
    perform ibok.refresh_customer_search(array(select id from changed));
  else
    -- A new phone number, the most frequent edit, changes nothing here.
    perform ibok.refresh_customer_search(array(
      select c.id from changed c join former f using (id)
       where (c.customer_no, c.kind, c.first_name, c.last_name, c.company_name, c.deceased_on, c.vip, c.preferred_contact,
              c.office_note)
         is distinct from (f.customer_no, f.kind, f.first_name, f.last_name, f.company_name, f.deceased_on, f.vip,
              f.preferred_contact, f.office_note)));
  end if;
  return null;
end $$;
revoke execute on function ibok.search_follows_customers() from public;

create or replace function ibok.search_follows_supplies() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    perform ibok.refresh_customer_search(array(select customer_id from changed union select customer_id from former));
  else
    perform ibok.refresh_customer_search(array(select distinct customer_id from changed));
  end if;
  return null;
end $$;
revoke execute on function ibok.search_follows_supplies() from public;

create or replace function ibok.search_follows_supply_points() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.refresh_customer_search(array(
    select distinct s.customer_id from ibok.supplies s join changed c on c.id = s.supply_point_id));
  return null;
end $$;
revoke execute on function ibok.search_follows_supply_points() from public;

create or replace function ibok.search_follows_premises() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.refresh_customer_search(array(
    select distinct s.customer_id
      from changed c join ibok.supply_points sp on sp.premise_id = c.id join ibok.supplies s on s.supply_point_id = sp.id));
  return null;
end $$;
revoke execute on function ibok.search_follows_premises() from public;

create or replace trigger search_insert after insert on ibok.customers
  referencing new table as changed for each statement execute function ibok.search_follows_customers();
create or replace trigger search_update after update on ibok.customers
  referencing new table as changed old table as former for each statement execute function ibok.search_follows_customers();
create or replace trigger search_delete after delete on ibok.customers
  referencing old table as changed for each statement execute function ibok.search_follows_customers();
create or replace trigger search_insert after insert on ibok.supplies
  referencing new table as changed for each statement execute function ibok.search_follows_supplies();
create or replace trigger search_update after update on ibok.supplies
  referencing new table as changed old table as former for each statement execute function ibok.search_follows_supplies();
create or replace trigger search_delete after delete on ibok.supplies
  referencing old table as changed for each statement execute function ibok.search_follows_supplies();
-- A point or premise that is new has no supply yet, one that is deleted has none any more.
create or replace trigger search_update after update on ibok.supply_points
  referencing new table as changed for each statement execute function ibok.search_follows_supply_points();
create or replace trigger search_update after update on ibok.premises
  referencing new table as changed for each statement execute function ibok.search_follows_premises();
