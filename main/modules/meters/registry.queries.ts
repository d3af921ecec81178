import type { ListInput } from '../../../shared/contract/lists';
import type { MeterChoices, MeterRow } from '../../../shared/contract/meter-registry';
import type { ReadContext } from '../../core/context';
import { listPage } from '../../db/list';
import { METER_LIST } from './meters.list';

/** A page of the register. Throws INVALID_INPUT for a question the list does not answer. */
export function listMeters(ctx: ReadContext, input: ListInput) {
  return listPage<MeterRow>(ctx.db, METER_LIST, input);
}

/** Each street once, by a loose scan of the index: quick at any size. */
const STREETS = `with recursive streets as (
   (select city, street from ibok.meter_registry where plan_month is not null order by city, street limit 1)
   union all
   select beyond.city, beyond.street from streets cross join lateral (
     (select r.city, r.street from ibok.meter_registry as r
       where r.plan_month is not null and r.city = streets.city and r.street > streets.street order by r.street limit 1)
     union all
     -- Streets of a place are followed by what has none there.
     (select r.city, r.street from ibok.meter_registry as r
       where r.plan_month is not null and r.city = streets.city and r.street is null and streets.street is not null limit 1)
     union all
     (select r.city, r.street from ibok.meter_registry as r
       where r.plan_month is not null and r.city > streets.city order by r.city, r.street limit 1)
     limit 1) as beyond)
 select city, street from streets order by city collate "pl-PL-x-icu", street collate "pl-PL-x-icu" nulls first`;

const ROUTES = `with recursive routes as (
   (select route from ibok.meter_registry where plan_month is not null order by route limit 1)
   union all
   select (select r.route from ibok.meter_registry as r
            where r.plan_month is not null and r.route > routes.route order by r.route limit 1)
     from routes where routes.route is not null)
 select route from routes where route <> ''`;

const MONTHS = `with recursive months as (
   (select plan_month from ibok.meter_registry where plan_month is not null order by plan_month limit 1)
   union all
   select (select r.plan_month from ibok.meter_registry as r where r.plan_month > months.plan_month order by r.plan_month limit 1)
     from months where months.plan_month is not null)
 select plan_month as month from months where plan_month <> 'none' order by 1`;

const byNumber = new Intl.Collator('pl', { numeric: true }).compare;

/** What meters are made by, and the places where they are built in. */
export async function listMeterChoices(ctx: ReadContext): Promise<MeterChoices> {
  const types = await ctx.db.rows<{ maker: string; model: string }>(
    'select distinct maker, model from ibok.meter_types',
  );
  const routes = await ctx.db.rows<{ route: string }>(ROUTES);
  const streets = await ctx.db.rows<{ city: string; street: string | null }>(STREETS);
  const months = await ctx.db.rows<{ month: string }>(MONTHS);
  return {
    months: months.map(({ month }) => month),
    makers: [...new Set(types.map(({ maker }) => maker))].toSorted(byNumber),
    models: [...new Set(types.map(({ model }) => model))].toSorted(byNumber),
    routes: routes.map(({ route }) => route).toSorted(byNumber),
    cities: [...new Set(streets.map(({ city }) => city))],
    streets,
  };
}
