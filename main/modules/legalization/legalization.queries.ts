import {
  PLAN_MONTHS,
  type PlanChart,
  type PlanPeriod,
  type PlanProgress,
  type PlanScope,
} from '../../../shared/contract/meter-registry';
import { monthsFrom } from '../../../shared/domain/plan-months';
import type { ReadContext } from '../../core/context';
import { Conditions } from '../../db/page';

/** How many months back an exchange still counts as work on the plan. */
const DONE_MONTHS = 12;

/** Under which names a statement has the role, the owner and the place. */
interface Sources {
  role: 'c' | 'r' | 'i';
  owner: 'c' | 'r';
  place: 'c' | 'r' | 'h';
}
const COUNTS: Sources = { role: 'c', owner: 'c', place: 'c' };
const REGISTER: Sources = { role: 'r', owner: 'r', place: 'r' };
/** A meter that was taken out: the register does not know any more where it was. */
const ACTS: Sources = { role: 'i', owner: 'r', place: 'h' };

/** Which day ends a meter's legalization, and from which day on that is judged. */
interface Judged {
  until: 'r.valid_until' | 'l.until';
  on: '(select ibok.today())' | 'e.done_on';
}
const NOW: Judged = { until: 'r.valid_until', on: '(select ibok.today())' };
/** As it stood on the day of the act: a meter exchanged in time was never overdue. */
const THEN: Judged = { until: 'l.until', on: 'e.done_on' };

interface Counted {
  /** `YYYY-MM`, or `none`. */
  month: string;
  count: number;
}

/**
 * How many meters that are built in end when. Kept counts answer it; for a street the register is counted, by its index.
 * What of the present month is past stands with the overdue.
 */
export async function getPlanChart(ctx: ReadContext, scope: PlanScope): Promise<PlanChart> {
  const [now] = await ctx.db.rows<{ today: string; noticeMonths: number }>(
    `select ibok.today()::text as today, coalesce((select (value #>> '{}')::int from ibok.rule_values
        where key = 'meters.notice_months' and valid_from <= ibok.today()
          and (valid_to is null or valid_to >= ibok.today())), 3) as "noticeMonths"`,
  );
  if (!now) throw new Error('the database knows no day');
  const present = now.today.slice(0, 7);
  const counted = await countMonths(ctx, scope);
  const past = await countPast(ctx, scope, `${present}-01`, now.today);
  const of = new Map(counted.map(({ month, count }) => [month, count]));
  const months = monthsFrom(present, PLAN_MONTHS).map((month) => ({
    month,
    count: (of.get(month) ?? 0) - (month === present ? past : 0),
  }));
  const sum = (which: (month: string) => boolean) =>
    counted.reduce((total, { month, count }) => total + (month !== 'none' && which(month) ? count : 0), 0);
  const last = months.at(-1)?.month ?? present;
  return {
    today: now.today,
    overdue: sum((month) => month < present) + past,
    months,
    later: sum((month) => month > last),
    unknown: of.get('none') ?? 0,
    soon: months.slice(0, now.noticeMonths).reduce((total, { count }) => total + count, 0),
    noticeMonths: now.noticeMonths,
  };
}

function countMonths(ctx: ReadContext, scope: PlanScope): Promise<Counted[]> {
  const conditions = new Conditions();
  if (scope.street) {
    conditions.where('r.plan_month is not null');
    narrow(conditions, scope, REGISTER);
    return ctx.db.rows<Counted>(
      `select r.plan_month as month, count(*)::int as count from ibok.meter_registry as r ${conditions.sql} group by 1`,
      conditions.bind,
    );
  }
  narrow(conditions, scope, COUNTS);
  return ctx.db.rows<Counted>(
    `select coalesce(to_char(c.month, 'YYYY-MM'), 'none') as month, sum(c.count)::int as count
       from ibok.legalization_counts as c ${conditions.sql} group by c.month`,
    conditions.bind,
  );
}

/** How many ended from `from` on, before `today`. */
async function countPast(ctx: ReadContext, scope: PlanScope, from: string, today: string): Promise<number> {
  const conditions = new Conditions();
  conditions.where('r.installation_id is not null');
  conditions.where(`r.valid_until >= ${conditions.add(from)}::date`);
  conditions.where(`r.valid_until < ${conditions.add(today)}::date`);
  narrow(conditions, scope, REGISTER);
  const [row] = await ctx.db.rows<{ count: number }>(
    `select count(*)::int as count from ibok.meter_registry as r ${conditions.sql}`,
    conditions.bind,
  );
  return row?.count ?? 0;
}

/** The scope as conditions. */
function narrow(conditions: Conditions, { roles, owners, routes, street }: PlanScope, from: Sources): void {
  const { role, owner, place } = from;
  if (roles.length > 0) conditions.where(`${role}.role = any (${conditions.add(roles)}::text[])`);
  if (owners.length > 0) conditions.where(`${owner}.owner_kind = any (${conditions.add(owners)}::text[])`);
  if (routes.length > 0) conditions.where(`${place}.route = any (${conditions.add(routes)}::text[])`);
  if (!street) return;
  conditions.where(`${place}.city = ${conditions.add(street.city)}`);
  conditions.where(
    street.street === null ? `${place}.street is null` : `${place}.street = ${conditions.add(street.street)}`,
  );
}

/** How far the work on a part of the plan has come. */
export async function getPlanProgress(
  ctx: ReadContext,
  { scope, period }: { scope: PlanScope; period: PlanPeriod },
): Promise<PlanProgress> {
  // Both are few, and each has an index of its own.
  const count = async (under: 'r.order_id is not null' | 'r.letter_on is not null') => {
    const conditions = new Conditions();
    conditions.where('r.plan_month is not null');
    conditions.where(under);
    within(conditions, period, NOW);
    narrow(conditions, scope, REGISTER);
    const [row] = await ctx.db.rows<{ count: number }>(
      `select count(*)::int as count from ibok.meter_registry as r ${conditions.sql}`,
      conditions.bind,
    );
    return row?.count ?? 0;
  };
  return {
    planned: await count('r.order_id is not null'),
    written: await count('r.letter_on is not null'),
    done: await countDone(ctx, scope, period),
  };
}

/** The period as conditions; a present month begins with the day it is judged on, what of it is past is overdue. */
function within(conditions: Conditions, period: PlanPeriod, { until, on }: Judged): void {
  switch (period.is) {
    case 'unknown':
      conditions.where(`${until} is null`);
      return;
    case 'overdue':
      conditions.where(`${until} < ${on}`);
      return;
    case 'months':
      conditions.where(`${until} >= greatest(${conditions.add(`${period.from}-01`)}::date, ${on})`);
      conditions.where(`${until} < (${conditions.add(`${period.to}-01`)}::date + interval '1 month')::date`);
  }
}

/**
 * How many meters of the period were exchanged, by the legalization that had been read on them until then: a mark or a loss
 * that came after the act changes nothing.
 */
async function countDone(ctx: ReadContext, scope: PlanScope, period: PlanPeriod): Promise<number> {
  const conditions = new Conditions();
  conditions.where(`e.kind = 'exchange'`);
  conditions.where('e.reversed_at is null');
  conditions.where(
    `e.done_on > (select (ibok.today() - make_interval(months => ${conditions.add(DONE_MONTHS)}::int))::date)`,
  );
  within(conditions, period, THEN);
  narrow(conditions, scope, ACTS);
  const [row] = await ctx.db.rows<{ count: number }>(
    `select count(*)::int as count from ibok.exchanges as e
       join ibok.meter_installations as i on i.id = e.old_installation_id
       join ibok.meter_registry as r on r.meter_id = i.meter_id
       join ibok.supply_points as p on p.id = i.supply_point_id
       join ibok.premises as h on h.id = p.premise_id
       left join lateral (
         select case when x.lost_on > e.done_on then coalesce(x.override_until, least(x.computed_until, x.stated_until))
                  else x.valid_until end as until
           from ibok.legalizations as x
          where x.meter_id = i.meter_id and x.withdrawn_at is null and x.read_on <= e.done_on
          order by x.read_on desc, x.id desc limit 1) as l on true ${conditions.sql}`,
    conditions.bind,
  );
  return row?.count ?? 0;
}
