-- Letters to many about the end of a legalization: who gets one, and who does not and why. Decided set by set, when a run
-- begins and again when it goes on after a cut; nothing is made or sent before all of it is (90-api-letter-runs.sql).

-- Where a message to a customer goes: the address of the holder's active account, else the one on the card.
create or replace function ibok.customer_mail(p_customer bigint) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select known.address
    from (select a.email::text as address, 1 as place
            from ibok.account_access x join ibok.accounts a on a.id = x.account_id
           where x.customer_id = p_customer and x.relation = 'holder' and a.status = 'active'
             and x.valid_from <= ibok.today() and (x.valid_to is null or x.valid_to >= ibok.today())
          union all
          select c.email::text, 2 from ibok.customers c where c.id = p_customer and c.email is not null) as known
   order by known.place limit 1
$$;
revoke execute on function ibok.customer_mail(bigint) from public;

-- The rows of a run over p_ids in the order of the round: recipient and channel, or why there is no letter. It goes to who
-- is supplied at the meter's point today. p_again: whether somebody may be told of the same end a second time. Of two runs
-- that are under way the older one has the meter.
create or replace function ibok.plan_letter_run(p_ids bigint[], p_channel text, p_again boolean, p_run bigint default null)
returns table (meter_id bigint, place integer, customer_id bigint, valid_until date, channel text, error text)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with chosen as materialized (
    select m.id, i.id as installation, i.role, c.id as customer, c.deceased_on, l.valid_until,
           ibok.round_order(h.route, h.city, h.street, h.house_no, h.flat_no) as round
      from ibok.meters m
      left join ibok.meter_installations i on i.meter_id = m.id and i.removed_on is null
      left join ibok.supply_points p on p.id = i.supply_point_id
      left join ibok.premises h on h.id = p.premise_id
      left join ibok.supplies s on s.supply_point_id = i.supply_point_id
        and s.valid_from <= ibok.today() and (s.valid_to is null or s.valid_to > ibok.today())
      left join ibok.customers c on c.id = s.customer_id
      -- As ibok.current_legalization, for many at once.
      left join lateral (
        select l.valid_until from ibok.legalizations l
         where l.meter_id = m.id and l.withdrawn_at is null order by l.read_on desc, l.id desc limit 1) as l on true
     where m.id = any (p_ids)
  ), judged as (
    select c.*, case
        when c.installation is null then 'NOT_INSTALLED'
        -- The main meter is the utility's own care (facts 1.1.5).
        when c.role = 'main' then 'NOT_A_SUB_METER'
        when c.customer is null then 'NOBODY_SUPPLIED'
        when c.deceased_on is not null then 'CUSTOMER_DECEASED'
        when c.valid_until is null then 'NO_LEGALIZATION'
        when exists (select from ibok.letter_run_items n join ibok.letter_runs r on r.id = n.run_id
                      where n.meter_id = c.id and n.outcome is null and r.state = 'running'
                        and (p_run is null or r.id < p_run)) then 'IN_OTHER_RUN'
        when not p_again and exists (
          select from ibok.letter_run_items n
           where n.meter_id = c.id and n.outcome in ('made', 'mailed') and n.valid_until = c.valid_until) then 'ALREADY_NOTIFIED'
      end as error
      from chosen c
  )
  select j.id, row_number() over (order by j.round nulls last, j.id)::integer, j.customer, j.valid_until,
         case when j.error is not null then null
              when p_channel = 'mail_first' and ibok.customer_mail(j.customer) is not null then 'mail'
              else 'letter' end,
         j.error
    from judged j
$$;
revoke execute on function ibok.plan_letter_run(bigint[], text, boolean, bigint) from public;

-- What a notice names: the fields of both its templates, as texts.
create or replace function ibok.notice_fields(p_meter bigint, p_customer bigint, p_until date) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'name', btrim(case c.kind when 'person' then concat_ws(' ', c.first_name, c.last_name) else c.company_name end),
    'meter', m.id::text, 'factory_no', m.factory_no, 'valid_until', p_until,
    'place', concat_ws(', ',
      concat_ws(' ', coalesce(h.street, h.city), concat_ws('/', h.house_no, h.flat_no)),
      concat_ws(' ', h.postal_code, h.city), i.place))
    from ibok.meters m
    join ibok.customers c on c.id = p_customer
    left join ibok.meter_installations i on i.meter_id = m.id and i.removed_on is null
    left join ibok.supply_points p on p.id = i.supply_point_id
    left join ibok.premises h on h.id = p.premise_id
   where m.id = p_meter
$$;
revoke execute on function ibok.notice_fields(bigint, bigint, date) from public;

-- The address on the envelope: the customer's postal one, else the premise the meter is built in.
create or replace function ibok.notice_address(p_meter bigint, p_customer bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when c.postal_city <> '' and c.postal_code is not null
    then jsonb_build_object('street', c.postal_street, 'houseNo', c.postal_house_no, 'flatNo', c.postal_flat_no,
           'postalCode', c.postal_code, 'city', c.postal_city)
    else (select jsonb_build_object('street', h.street, 'houseNo', h.house_no, 'flatNo', h.flat_no,
                   'postalCode', h.postal_code, 'city', h.city)
            from ibok.meter_installations i
            join ibok.supply_points p on p.id = i.supply_point_id join ibok.premises h on h.id = p.premise_id
           where i.meter_id = p_meter and i.removed_on is null) end
    from ibok.customers c where c.id = p_customer
$$;
revoke execute on function ibok.notice_address(bigint, bigint) from public;

-- The run, locked, for who began it or a supervisor. IB002 for everybody else.
create or replace function ibok.own_letter_run(p_run bigint) returns ibok.letter_runs
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  run ibok.letter_runs;
begin
  select * into run from ibok.letter_runs
   where id = p_run and (login = session_user or pg_has_role(session_user, 'bok_supervisor', 'usage')) for update;
  if not found then raise exception 'no such run' using errcode = 'IB002'; end if;
  return run;
end $$;
revoke execute on function ibok.own_letter_run(bigint) from public;

-- Runs are begun and taken up again one after the other, so that each sees the meters of the others.
create or replace function ibok.hold_letter_runs() returns void
language sql set search_path = pg_catalog, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('ibok.letter_runs', 0))
$$;
revoke execute on function ibok.hold_letter_runs() from public;

-- Queues the messages of a run that are not queued yet; a customer whose address is gone since is refused by name. The key
-- is the run and the meter: no message goes out twice, whatever happens in between.
create or replace function ibok.mail_letter_run(p_run bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update ibok.letter_run_items n set channel = null, outcome = 'refused', error = 'NO_ADDRESS'
   where n.run_id = p_run and n.channel = 'mail' and n.outcome is null and ibok.customer_mail(n.customer_id) is null;
  perform ibok.enqueue_mails('meters.legalization_notice', (
    select coalesce(jsonb_agg(jsonb_build_object(
             'key', 'letter_run:' || n.run_id || ':' || n.meter_id, 'to', ibok.customer_mail(n.customer_id),
             'fields', ibok.notice_fields(n.meter_id, n.customer_id, n.valid_until),
             'record', 'customers:' || n.customer_id) order by n.place), '[]')
      from ibok.letter_run_items n where n.run_id = p_run and n.channel = 'mail' and n.outcome is null));
  update ibok.letter_run_items n set outcome = 'mailed', outbox_id = o.id
    from ibok.outbox o
   where n.run_id = p_run and n.channel = 'mail' and n.outcome is null and o.key = 'letter_run:' || n.run_id || ':' || n.meter_id;
end $$;
revoke execute on function ibok.mail_letter_run(bigint) from public;
