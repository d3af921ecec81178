import type { z } from 'zod';
import type {
  ExchangePlace,
  FoundMeter,
  FoundPlace,
  HungMeter,
  StartedExchange,
  startExchangeInput,
} from '../../../shared/contract/exchanges';
import { foldedWords } from '../../../shared/domain/fold';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { ADDRESS } from '../../db/address';
import { likeLiteral } from '../../db/page';

/** How many places or meters are offered at most for what was typed. */
const OFFERED = 8;
/** Days that a mean is best taken over, and at least: fewer say nothing about a year. */
const MEAN_DAYS = { best: 365, least: 60 };

/** Readings that say what a register showed, as ibok.reading_counts has it. */
const COUNTS = `not r.superseded and r.kind <> 'estimate' and r.state not in ('rejected', 'withdrawn', 'reversed')`;

const HUNG = `select i.id as "installationId", m.id as "meterId", m.factory_no as "factoryNo", m.radio_id as "radioId",
    concat_ws(' ', t.maker, t.model) as type, t.dn, t.digits, i.role, i.place, i.installed_on::text as "installedOn",
    registry.valid_until::text as "validUntil", last.shown as last, mean.per_day as "perDay",
    (select coalesce(jsonb_agg(jsonb_build_object('sealNo', s.seal_no, 'kind', s.kind, 'place', s.place) order by s.id), '[]')
       from ibok.seals as s where s.installation_id = i.id and s.removed_on is null) as seals,
    (select count(*)::int from ibok.meter_installations as c where c.parent_id = i.id and c.removed_on is null) as children
  from ibok.meter_installations as i
  join ibok.meters as m on m.id = i.meter_id
  join ibok.meter_types as t on t.id = m.type_id
  left join ibok.meter_registry as registry on registry.meter_id = m.id
  cross join lateral (
    select jsonb_build_object('value', trim_scale(k.value)::text, 'readOn', k.read_on, 'kind', k.kind) as shown, k.value, k.read_on
      from (select r.value, r.read_on, r.kind, 1 as place from ibok.readings as r where r.installation_id = i.id and ${COUNTS}
            union all select i.opening_value, i.installed_on, 'opening', 2) as k
     order by k.place, k.read_on desc limit 1) as last
  left join lateral (
    select trim_scale(round((last.value - r.value) / (last.read_on - r.read_on), 3))::text as per_day
      from ibok.readings as r
     where r.installation_id = i.id and ${COUNTS} and r.value <= last.value
       and r.read_on <= last.read_on - ${MEAN_DAYS.least}
     order by abs(last.read_on - r.read_on - ${MEAN_DAYS.best}) limit 1) as mean on true
 where i.supply_point_id = $1::bigint and i.removed_on is null
 order by i.role <> 'main', i.id`;

const PLACE = `select points.id as "pointId", points.code as "pointCode", premises.id as "premiseId", ${ADDRESS} as address,
    premises.route, listed.customer_no as "customerNo", listed.display_name as "customerName"
  from ibok.supply_points as points
  join ibok.premises as premises on premises.id = points.premise_id
  left join ibok.supplies as supplied on supplied.supply_point_id = points.id
       and daterange(supplied.valid_from, supplied.valid_to) @> ibok.today()
  left join ibok.customer_search as listed on listed.customer_id = supplied.customer_id
 where points.id = $1::bigint`;

/** A point with the meters that hang there now. Throws NOT_FOUND. */
async function readPlace(ctx: ReadContext, pointId: string): Promise<ExchangePlace> {
  const [place] = await ctx.db.rows<Omit<ExchangePlace, 'hung'>>(PLACE, [pointId]);
  if (!place) throw new AppError('NOT_FOUND');
  return { ...place, hung: await ctx.db.rows<HungMeter>(HUNG, [pointId]) };
}

const METER = `select m.id as "meterId", m.factory_no as "factoryNo", m.radio_id as "radioId", concat_ws(' ', t.maker, t.model) as type,
    t.dn, t.digits, m.owner_kind as "ownerKind", m.status, m.stock_place as "stockPlace", registry.valid_until::text as "validUntil",
    (select trim_scale(i.final_value)::text from ibok.meter_installations as i
      where i.meter_id = m.id and i.final_value is not null and i.reversed_at is null order by i.removed_on desc, i.id desc limit 1) as "lastFinal"
  from ibok.meters as m
  join ibok.meter_types as t on t.id = m.type_id
  left join ibok.meter_registry as registry on registry.meter_id = m.id`;

interface Begun {
  pointId: string | null;
  installationId: string | null;
  meterId: string | null;
  orderId: string | null;
}

/** What the address names, as point, installation and meter; null where there is nothing such (any more). */
const BEGIN: Record<Exclude<keyof z.infer<typeof startExchangeInput>, 'fresh'>, string> = {
  installation: `select i.supply_point_id as "pointId", case when i.removed_on is null then i.id end as "installationId",
      null::bigint as "meterId", null::bigint as "orderId" from ibok.meter_installations as i where i.id = $1::bigint`,
  point: `select p.id as "pointId", null::bigint as "installationId", null::bigint as "meterId", null::bigint as "orderId"
      from ibok.supply_points as p where p.id = $1::bigint`,
  meter: `select i.supply_point_id as "pointId", i.id as "installationId", case when i.id is null then m.id end as "meterId",
      null::bigint as "orderId" from ibok.meters as m
      left join ibok.meter_installations as i on i.meter_id = m.id and i.removed_on is null where m.id = $1::bigint`,
  order: `select o.supply_point_id as "pointId", i.id as "installationId", null::bigint as "meterId",
      case when o.state = 'open' then o.id end as "orderId" from ibok.service_orders as o
      left join ibok.meter_installations as i on i.meter_id = o.meter_id and i.supply_point_id = o.supply_point_id and i.removed_on is null
     where o.id = $1::bigint`,
  case: `select c.supply_point_id as "pointId", i.id as "installationId", null::bigint as "meterId",
      (select o.id from ibok.service_orders as o where o.case_id = c.id and o.state = 'open' order by o.id limit 1) as "orderId"
      from ibok.meter_cases as c
      left join ibok.meter_installations as i on i.meter_id = c.meter_id and i.supply_point_id = c.supply_point_id and i.removed_on is null
     where c.id = $1::bigint`,
};

const OFFICE = `select ibok.today()::text as today, coalesce(jsonb_agg(jsonb_build_object('login', login, 'name', display_name)
    order by staff_group, display_name), '[]') as technicians
  from ibok.staff_members where active and staff_group in ('bok_technician', 'bok_supervisor')`;

/** Where an act begins: the place with its meters, which of them is meant, and who may have done it. Throws NOT_FOUND. */
export async function startExchange(
  ctx: ReadContext,
  { fresh: chosen, ...from }: z.infer<typeof startExchangeInput>,
): Promise<StartedExchange> {
  const [office] = await ctx.db.rows<Pick<StartedExchange, 'today' | 'technicians'>>(OFFICE, []);
  if (!office) throw new Error('the database gave no answer');
  const [named] = Object.entries(from) as [keyof typeof BEGIN, string][];
  if (!named) return { ...office, place: null, installationId: null, fresh: null, orderId: null };
  const [begun] = await ctx.db.rows<Begun>(BEGIN[named[0]], [named[1]]);
  if (!begun) throw new AppError('NOT_FOUND');
  const { pointId, installationId, orderId } = begun;
  const meterId = chosen ?? begun.meterId;
  const [fresh] = meterId ? await ctx.db.rows<FoundMeter>(`${METER} where m.id = $1::bigint`, [meterId]) : [];
  return {
    ...office,
    place: pointId ? await readPlace(ctx, pointId) : null,
    installationId,
    fresh: fresh ?? null,
    orderId,
  };
}

const FOUND = `points.id as "pointId", points.code as "pointCode", ${ADDRESS} as address, i.id as "installationId",
    m.id as "meterId", m.factory_no as "factoryNo", i.role`;
const PLACES = `ibok.supply_points as points
  join ibok.premises as premises on premises.id = points.premise_id
  left join ibok.meter_installations as i on i.supply_point_id = points.id and i.removed_on is null
  left join ibok.meters as m on m.id = i.meter_id`;
const ORDER = `order by points.code, i.role <> 'main', i.id limit ${OFFERED}`;

/**
 * Where a meter hangs or may hang, for what was scanned or typed: the number of a point, a meter's number of any kind, else
 * an address. A number that fits something exactly is not looked for further.
 */
export async function findPlaces(ctx: ReadContext, text: string): Promise<FoundPlace[]> {
  const words = foldedWords(text);
  const code = words.join('');
  const exact = await ctx.db.rows<FoundPlace>(
    `select ${FOUND} from ${PLACES}
      where points.code = $1 or i.meter_id in (
        select k.id from ibok.meters as k where k.factory_key = $2 and k.factory_key like '%' || $2 || '%'
        union all select k.id from ibok.meters as k where k.radio_id = upper($2)
        union all select k.id from ibok.meters as k where k.id = case when $2 ~ '^[0-9]{1,18}$' then $2::bigint end)
      ${ORDER}`,
    [text.trim(), code],
  );
  if (exact.length > 0 || words.length === 0) return exact;
  return ctx.db.rows<FoundPlace>(
    `select ${FOUND} from ${PLACES} where ${words.map((_, index) => `premises.search_text like $${index + 1}`).join(' and ')} ${ORDER}`,
    words.map((word) => `% ${likeLiteral(word)}%`),
  );
}

/** Meters that bear exactly this number (id, factory number or radio module), those in stock first. */
export function findMeters(ctx: ReadContext, text: string): Promise<FoundMeter[]> {
  const code = foldedWords(text).join('');
  return ctx.db.rows<FoundMeter>(
    `${METER} where m.id in (
       select k.id from ibok.meters as k where k.factory_key = $1 and k.factory_key like '%' || $1 || '%'
       union all select k.id from ibok.meters as k where k.radio_id = upper($1)
       union all select k.id from ibok.meters as k where k.id = case when $1 ~ '^[0-9]{1,18}$' then $1::bigint end)
     order by array_position(array['in_stock', 'removed', 'installed', 'lost', 'scrapped'], m.status), m.id limit ${OFFERED}`,
    [code],
  );
}
