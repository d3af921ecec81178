import type { Charts, Figures } from '../../../shared/contract/dashboard';
import { may } from '../../../shared/permissions';
import type { ReadContext } from '../../core/context';

type OfficeFigures = { [Name in Exclude<keyof Figures, 'staffActive'>]: number };

/** The first numbers of the Pulpit; those of customers only for groups that may see customers. */
export async function getFigures(ctx: ReadContext): Promise<Figures> {
  const [staff] = await ctx.db.rows<{ active: number }>(
    'select count(*)::int as active from ibok.staff_members where active',
  );
  const staffActive = staff?.active ?? 0;
  if (!may(ctx.actor.group, 'customers.list')) return { ...NOTHING, staffActive };
  const [office] = await ctx.db.rows<OfficeFigures>(OFFICE_FIGURES);
  return { ...NOTHING, ...office, staffActive };
}

const NOTHING: Omit<Figures, 'staffActive'> = {
  customers: null,
  companies: null,
  activePoints: null,
  metersInstalled: null,
  metersInStock: null,
  activeContracts: null,
  contractsEndingSoon: null,
  pointsWithoutMeter: null,
  readingsThisMonth: null,
};

const OFFICE_FIGURES = `select
  (select count(*)::int from ibok.customer_search) as customers,
  (select count(*)::int from ibok.customer_search where kind = 'company') as companies,
  (select count(*)::int from ibok.supply_points where status = 'active') as "activePoints",
  (select count(*)::int from ibok.meters where status = 'installed') as "metersInstalled",
  (select count(*)::int from ibok.meters where status = 'in_stock') as "metersInStock",
  (select count(*)::int from ibok.contracts where status = 'active') as "activeContracts",
  (select count(*)::int from ibok.contracts
    where status = 'active' and valid_to between ibok.today() and ibok.today() + 30) as "contractsEndingSoon",
  (select count(*)::int from ibok.supply_points as points where points.status = 'active' and not exists (
    select from ibok.meter_installations as installed
     where installed.supply_point_id = points.id and installed.removed_on is null)) as "pointsWithoutMeter",
  (select count(*)::int from ibok.readings
    where read_on >= date_trunc('month', ibok.today()::timestamp)::date and not superseded) as "readingsThisMonth"`;

const MONTHS = `select to_char(month, 'YYYY-MM') as month, month::date as first, (month + interval '1 month')::date as after
  from generate_series(date_trunc('month', ibok.today()::timestamp) - interval '12 months',
                       date_trunc('month', ibok.today()::timestamp) - interval '1 month', interval '1 month') as month`;

/** Two charts over the last twelve full months: readings by how they came, and the volume billed by them. */
export async function getCharts(ctx: ReadContext): Promise<Charts> {
  const [readings, volume] = await Promise.all([
    ctx.db.rows<Charts['readings'][number]>(
      `with months as (${MONTHS})
       select month,
              count(*) filter (where kind in ('actual', 'control', 'opening', 'final'))::int as actual,
              count(*) filter (where kind = 'customer')::int as customer,
              count(*) filter (where kind = 'remote')::int as remote,
              count(*) filter (where kind = 'estimate')::int as estimate
         from months left join ibok.readings on read_on >= first and read_on < after and not superseded
        group by month order by month`,
    ),
    ctx.db.rows<Charts['volume'][number]>(
      `with months as (${MONTHS})
       select month, coalesce(sum(consumption), 0)::numeric(12, 3)::text as volume
         from months left join ibok.readings on read_on >= first and read_on < after and not superseded
        group by month order by month`,
    ),
  ]);
  return { readings, volume };
}
