import type { Charts, Figures } from '../../../shared/contract/dashboard';
import { may } from '../../../shared/permissions';
import type { ReadContext } from '../../core/context';

type MailFigures = Record<'mailWaiting' | 'mailAttention', number>;
type OfficeFigures = { [Name in Exclude<keyof Figures, 'staffActive' | keyof MailFigures>]: number };

/** The first numbers of the Pulpit; those of customers only for groups that may see customers. */
export async function getFigures(ctx: ReadContext): Promise<Figures> {
  const [staff] = await ctx.db.rows<{ active: number }>(
    'select count(*)::int as active from ibok.staff_members where active',
  );
  const staffActive = staff?.active ?? 0;
  if (!may(ctx.actor.group, 'customers.list')) return { ...NOTHING, staffActive };
  const [office] = await ctx.db.rows<OfficeFigures>(OFFICE_FIGURES);
  const [mail] = may(ctx.actor.group, 'mail.list') ? await ctx.db.rows<MailFigures>(MAIL_FIGURES) : [];
  return { ...NOTHING, ...office, ...mail, staffActive };
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
  mailWaiting: null,
  mailAttention: null,
};

/** Today stands in selects of its own: PostgreSQL would work it out again for each row. */
const OFFICE_FIGURES = `select
  (select count(*)::int from ibok.customer_search) as customers,
  (select count(*)::int from ibok.customer_search where kind = 'company') as companies,
  (select count(*)::int from ibok.supply_points where status = 'active') as "activePoints",
  (select count(*)::int from ibok.meters where status = 'installed') as "metersInstalled",
  (select count(*)::int from ibok.meters where status = 'in_stock') as "metersInStock",
  (select count(*)::int from ibok.contracts where status = 'active') as "activeContracts",
  (select count(*)::int from ibok.contracts
    where status = 'active' and valid_to between (select ibok.today()) and (select ibok.today() + 30)) as "contractsEndingSoon",
  (select count(*)::int from ibok.supply_points as points where points.status = 'active' and not exists (
    select from ibok.meter_installations as installed
     where installed.supply_point_id = points.id and installed.removed_on is null)) as "pointsWithoutMeter",
  (select count(*)::int from ibok.readings
    where read_on >= (select date_trunc('month', ibok.today()::timestamp)::date) and not superseded) as "readingsThisMonth"`;

/** Of the messages the person sees: what waits, and what was not sent and not sent again. */
const MAIL_FIGURES = `select
  (select count(*)::int from ibok.outbox where state in ('new', 'held', 'sending')) as "mailWaiting",
  (select count(*)::int from ibok.outbox as o where o.state in ('unsure', 'failed')
    and not exists (select from ibok.outbox as copy where copy.resends_id = o.id)) as "mailAttention"`;

const MONTHS = `select to_char(month, 'YYYY-MM') as month, month::date as first, (month + interval '1 month')::date as after
  from generate_series(date_trunc('month', ibok.today()::timestamp) - interval '12 months',
                       date_trunc('month', ibok.today()::timestamp) - interval '1 month', interval '1 month') as month`;

/** Readings and volume by month, counted by day first; the bounds are values, so that the planner knows how much that is. */
const BY_MONTH = `with days as materialized (
    select read_on, sum(consumption) as volume,
           count(*) filter (where kind in ('actual', 'control', 'opening', 'final')) as actual,
           count(*) filter (where kind = 'customer') as customer,
           count(*) filter (where kind = 'remote') as remote,
           count(*) filter (where kind = 'estimate') as estimate
      from ibok.readings where read_on >= $1 and read_on < $2 and not superseded group by read_on),
  months as (${MONTHS})
  select month, coalesce(sum(actual), 0)::int as actual, coalesce(sum(customer), 0)::int as customer,
         coalesce(sum(remote), 0)::int as remote, coalesce(sum(estimate), 0)::int as estimate,
         coalesce(sum(volume), 0)::numeric(12, 3)::text as volume
    from months left join days on read_on >= first and read_on < after
   group by month order by month`;

type Month = Charts['readings'][number] & Charts['volume'][number];

/** Two charts over the last twelve full months: readings by how they came, and the volume billed by them. */
export async function getCharts(ctx: ReadContext): Promise<Charts> {
  const [year] = await ctx.db.rows<{ first: string; after: string }>(
    `select min(first) as first, max(after) as after from (${MONTHS}) as months`,
  );
  // One statement for both: it reads a year of the office, and the person has two connections for everything.
  const rows = await ctx.db.rows<Month>(BY_MONTH, [year?.first, year?.after]);
  return {
    readings: rows.map(({ month, actual, customer, remote, estimate }) => ({
      month,
      actual,
      customer,
      remote,
      estimate,
    })),
    volume: rows.map(({ month, volume }) => ({ month, volume })),
  };
}
