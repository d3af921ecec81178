import type { MeterEvent, MeterForm, PointLife } from '../../../shared/contract/meters';
import type { ReadContext } from '../../core/context';
import { ADDRESS } from '../../db/address';

/** Events shown of one meter: more than a life of exchanges, letters and orders brings. */
const SHOWN = 500;

/**
 * One relation of everything that happened to meter $1. A day that only an instant is known of is the office's. What was
 * taken back shows once, as taken back.
 */
const LIFE = `
  select 'movement' || id as key, kind, moved_on as day, recorded_at as at, recorded_by as login, null as code, reason as words,
         null::numeric as value, null::date as until, null::bigint as point, null::bigint as ref
    from ibok.meter_movements where meter_id = $1::bigint
  union all
  select 'in' || i.id, 'installed', i.installed_on, e.recorded_at, e.done_by, i.role, i.place, i.opening_value, null,
         i.supply_point_id, e.id
    from ibok.meter_installations i left join ibok.exchanges e on e.new_installation_id = i.id
   where i.meter_id = $1::bigint and i.reversed_at is null
  union all
  select 'out' || i.id, 'removed', i.removed_on, e.recorded_at, e.done_by, e.reason, coalesce(e.note, i.reason), i.final_value,
         null, i.supply_point_id, e.id
    from ibok.meter_installations i
    left join ibok.exchanges e on e.old_installation_id = i.id and e.reversed_at is null
   where i.meter_id = $1::bigint and i.removed_on is not null and i.reversed_at is null
  union all
  select 'reversed' || e.id, 'reversed', (e.reversed_at at time zone 'Europe/Warsaw')::date, e.reversed_at, e.reversed_by, e.kind,
         e.reversal_reason, null, null, e.supply_point_id, e.id
    from ibok.exchanges e
   where e.reversed_at is not null and exists (
     select from ibok.meter_installations i
      where i.meter_id = $1::bigint and i.id in (e.old_installation_id, e.new_installation_id))
  union all
  select 'mark' || id, 'marked', read_on, recorded_at, recorded_by, mark_kind, raw_mark, null, valid_until, null, null
    from ibok.legalizations where meter_id = $1::bigint
  union all
  select 'unmark' || id, 'markWithdrawn', (withdrawn_at at time zone 'Europe/Warsaw')::date, withdrawn_at, withdrawn_by, mark_kind,
         raw_mark, null, null, null, null
    from ibok.legalizations where meter_id = $1::bigint and withdrawn_at is not null
  union all
  select 'loss' || id, 'legalizationLost', lost_on, recorded_at, null, lost_reason, lost_note, null, null, null, null
    from ibok.legalizations where meter_id = $1::bigint and lost_on is not null and withdrawn_at is null
  union all
  select 'seal' || id, 'sealPut', put_on, recorded_at, put_by, place, seal_no::text, null, null, null, put_exchange_id
    from ibok.seals where meter_id = $1::bigint
  union all
  select 'unseal' || id, 'sealRemoved', removed_on, recorded_at, removed_by, removed_reason, seal_no::text, null, null, null,
         removed_exchange_id
    from ibok.seals where meter_id = $1::bigint and removed_on is not null
  union all
  select 'order' || id, 'orderMade', (made_at at time zone 'Europe/Warsaw')::date, made_at, made_by, kind, note, null, due_on,
         supply_point_id, id
    from ibok.service_orders where meter_id = $1::bigint
  union all
  select 'done' || id, 'orderClosed', coalesce(closed_on, (closed_at at time zone 'Europe/Warsaw')::date), closed_at, closed_by,
         coalesce(result, state), result_note, result_value, null, supply_point_id, id
    from ibok.service_orders where meter_id = $1::bigint and closed_at is not null
  union all
  select 'case' || id, 'caseOpened', opened_on, recorded_at, recorded_by, kind, null, null, null, supply_point_id, id
    from ibok.meter_cases where meter_id = $1::bigint
  union all
  select 'uncase' || id, 'caseClosed', (closed_at at time zone 'Europe/Warsaw')::date, closed_at, closed_by, kind, closing_reason,
         null, null, supply_point_id, id
    from ibok.meter_cases where meter_id = $1::bigint and closed_at is not null
  union all
  select 'letter' || r.id, 'letter', coalesce(r.sent_on, (r.started_at at time zone 'Europe/Warsaw')::date), r.started_at, r.login,
         i.channel, null, null, i.valid_until, null, r.id
    from ibok.letter_run_items i join ibok.letter_runs r on r.id = i.run_id
   where i.meter_id = $1::bigint and i.outcome in ('made', 'mailed')`;

/** Everything a meter ever did and that was done about it, the newest first. */
export function listMeterEvents(ctx: ReadContext, meterId: string): Promise<MeterEvent[]> {
  return ctx.db.rows<MeterEvent>(
    `select life.key, life.kind, life.day::text as day, coalesce(members.display_name, nullif(life.login, 'ibok_billing')) as by, life.code, life.words,
            life.value::text as value, life.until::text as until, case when points.id is not null then ${ADDRESS} end as address,
            premises.id as "premiseId", life.ref
       from (${LIFE}) as life
       left join ibok.staff_members as members on members.login = life.login
       left join ibok.supply_points as points on points.id = life.point
       left join ibok.premises as premises on premises.id = points.premise_id
      order by life.day desc, life.at desc nulls last,
            life.kind in ('orderMade', 'caseOpened', 'installed', 'sealPut', 'marked', 'accepted'), life.kind = 'accepted', life.key desc limit ${SHOWN}`,
    [meterId],
  );
}

/** The point where a meter is, or last was: all that was ever built in there, and all who were ever supplied there. */
export async function getPointLife(ctx: ReadContext, meterId: string): Promise<PointLife> {
  const [point] = await ctx.db.rows<NonNullable<PointLife['point']>>(
    `select points.id, points.code, premises.id as "premiseId", ${ADDRESS} as address
       from ibok.meter_installations as installed
       join ibok.supply_points as points on points.id = installed.supply_point_id
       join ibok.premises as premises on premises.id = points.premise_id
      where installed.meter_id = $1::bigint
      order by installed.reversed_at is not null, installed.installed_on desc, installed.id desc limit 1`,
    [meterId],
  );
  if (!point) return { point: null, meters: [], supplies: [] };
  const [meters, supplies] = await Promise.all([
    ctx.db.rows<PointLife['meters'][number]>(
      `select installed.id as "installationId", meters.id as "meterId", meters.factory_no as "factoryNo",
              types.maker || ' ' || types.model as type, installed.role, installed.place,
              installed.installed_on::text as "installedOn", installed.removed_on::text as "removedOn",
              installed.opening_value::text as "openingValue", installed.final_value::text as "finalValue",
              installed.reversed_at is not null as reversed
         from ibok.meter_installations as installed
         join ibok.meters as meters on meters.id = installed.meter_id
         join ibok.meter_types as types on types.id = meters.type_id
        where installed.supply_point_id = $1::bigint
        order by installed.removed_on desc nulls first, installed.role <> 'main', installed.installed_on desc, installed.id desc`,
      [point.id],
    ),
    ctx.db.rows<PointLife['supplies'][number]>(
      `select supplies.customer_id as "customerId", listed.display_name as "customerName",
              supplies.valid_from::text as "validFrom", supplies.valid_to::text as "validTo"
         from ibok.supplies as supplies join ibok.customer_search as listed on listed.customer_id = supplies.customer_id
        where supplies.supply_point_id = $1::bigint order by supplies.valid_from desc`,
      [point.id],
    ),
  ]);
  return { point, meters, supplies };
}

/** Types to choose from, and the dated rules that marks are read by. */
export async function getMeterForm(ctx: ReadContext): Promise<MeterForm> {
  const [[day], types, rules] = await Promise.all([
    ctx.db.rows<{ today: string }>('select ibok.today()::text as today'),
    ctx.db.rows<MeterForm['types'][number]>(
      `select id, maker, model, dn, q3::text as q3, r, digits from ibok.meter_types order by maker, model, dn, q3`,
    ),
    ctx.db.rows<MeterForm['rules'][number]>(
      `select id, mark_kind as "markKind", marks_from::text as "marksFrom", marks_to::text as "marksTo", months, ends,
              ahead_months as "aheadMonths", source from ibok.legalization_rules order by mark_kind, marks_from`,
    ),
  ]);
  return { today: day?.today ?? '', types, rules };
}
