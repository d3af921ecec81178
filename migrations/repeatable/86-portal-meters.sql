-- The meters an account sees in the portal (regulations § 5: number, dates of legalization, status, kind of owner, day of
-- acceptance), by the same truth as the office's planner.

-- What hangs today at the points where a customer of the account is supplied: [{id, factoryNo, maker, model, dn, q3,
-- ownerKind, status, acceptedOn, role, parent (id of the meter before it, where that hangs at such a point too), place, pointCode, address, customer, installedOn,
-- legalization: {validUntil, mark, markKind, lostOn} | null, legal (today), daysLeft, deducts (today; null for a main
-- meter)}], by address and point.
create or replace function portal.my_meters(p_account bigint) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_portal');
  perform from ibok.accounts where id = p_account and status = 'active';
  if not found then raise exception 'no such account' using errcode = 'IB002'; end if;
  return (
    with here as materialized (
      select s.supply_point_id, s.customer_id
        from (select distinct x.customer_id from ibok.account_access x
               where x.account_id = p_account and x.valid_from <= ibok.today()
                 and (x.valid_to is null or x.valid_to >= ibok.today())) as mine
        join ibok.supplies s on s.customer_id = mine.customer_id and daterange(s.valid_from, s.valid_to) @> ibok.today()
    )
    select coalesce(jsonb_agg(jsonb_build_object(
             'id', m.id::text, 'factoryNo', m.factory_no, 'maker', t.maker, 'model', t.model, 'dn', t.dn, 'q3', t.q3,
             'ownerKind', m.owner_kind, 'status', m.status, 'acceptedOn', m.accepted_on, 'role', i.role,
             'parent', case when parent.removed_on is null and parent.supply_point_id in (select supply_point_id from here)
               then parent.meter_id::text end, 'place', i.place, 'pointCode', p.code,
             'address', ibok.address_line(e.street, e.house_no, e.flat_no, e.city), 'customer', s.customer_id::text,
             'installedOn', i.installed_on,
             'legalization', case when l.id is not null then jsonb_build_object('validUntil', l.valid_until,
               'mark', l.raw_mark, 'markKind', l.mark_kind, 'lostOn', l.lost_on) end,
             'legal', ibok.meter_legal_on(m.id, ibok.today()), 'daysLeft', l.valid_until - ibok.today(),
             'deducts', case when i.role <> 'main' then ibok.deducts_on(i.id, ibok.today()) end)
             order by e.city, e.street, e.house_no, e.flat_no, p.code, i.parent_id nulls first, i.id), '[]')
      from here s
      join ibok.supply_points p on p.id = s.supply_point_id
      join ibok.premises e on e.id = p.premise_id
      join ibok.meter_installations i on i.supply_point_id = p.id and i.removed_on is null
      join ibok.meters m on m.id = i.meter_id
      join ibok.meter_types t on t.id = m.type_id
      left join ibok.meter_installations parent on parent.id = i.parent_id
      left join lateral ibok.current_legalization(m.id) as l on true);
end $$;
revoke execute on function portal.my_meters(bigint) from public;
grant execute on function portal.my_meters(bigint) to ibok_portal;
