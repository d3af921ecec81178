import type { Legalization, MeterRecord } from '../../../shared/contract/meters';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { ADDRESS } from '../../db/address';

type InstalledPlace = MeterRecord['installations'][number];
type Seal = MeterRecord['seals'][number];
type Twin = MeterRecord['twins'][number];

/** The office's day, and the last day that a legalization ending is warned of (rule meters.notice_months). */
const DAYS = `select ibok.today()::text as today, (ibok.today() + make_interval(months => coalesce((
    select (value #>> '{}')::int from ibok.rule_values
     where key = 'meters.notice_months' and valid_from <= ibok.today() and (valid_to is null or valid_to >= ibok.today())), 3))
  )::date::text as soon`;

/**
 * A meter with every place it was ever built in, who is supplied there now, its legalizations and its seals. Throws
 * NOT_FOUND.
 */
export async function getMeter(ctx: ReadContext, id: string): Promise<MeterRecord> {
  const meter = await ctx.models.Meter.findByPk(id, {
    attributes: [
      'id',
      'factoryNo',
      'radioId',
      'ownerKind',
      'status',
      'acceptedOn',
      'producedYear',
      'stockPlace',
      'note',
    ],
    include: [{ association: 'type', attributes: ['id', 'maker', 'model', 'dn', 'q3', 'r', 'digits'] }],
  });
  if (!meter?.type) throw new AppError('NOT_FOUND');
  const [days, twins, legalizations, seals, installations] = await Promise.all([
    ctx.db.rows<{ today: string; soon: string }>(DAYS),
    twinsOf(ctx, id),
    legalizationsOf(ctx, id),
    sealsOf(ctx, id),
    installationsOf(ctx, id),
  ]);
  const { type } = meter;
  return {
    id: meter.id,
    typeId: type.id,
    factoryNo: meter.factoryNo,
    radioId: meter.radioId,
    ownerKind: meter.ownerKind,
    status: meter.status,
    acceptedOn: meter.acceptedOn,
    producedYear: meter.producedYear,
    stockPlace: meter.stockPlace,
    note: meter.note,
    maker: type.maker,
    model: type.model,
    dn: type.dn,
    q3: type.q3,
    r: type.r,
    digits: type.digits,
    today: days[0]?.today ?? '',
    soon: days[0]?.soon ?? '',
    twins,
    legalizations,
    seals,
    installations,
  };
}

function twinsOf(ctx: ReadContext, meterId: string): Promise<Twin[]> {
  return ctx.db.rows<Twin>(
    `select twins.id, types.maker || ' ' || types.model as type, twins.status,
            case twins.status when 'installed' then ${ADDRESS} else twins.stock_place end as place
       from ibok.meters as meters
       join ibok.meters as twins on twins.factory_key = meters.factory_key and twins.id <> meters.id
            and twins.status in ('in_stock', 'installed')
       join ibok.meter_types as types on types.id = twins.type_id
       left join ibok.meter_installations as installed on installed.meter_id = twins.id and installed.removed_on is null
       left join ibok.supply_points as points on points.id = installed.supply_point_id
       left join ibok.premises as premises on premises.id = points.premise_id
      where meters.id = $1::bigint and meters.factory_key <> '' order by twins.id limit 20`,
    [meterId],
  );
}

function legalizationsOf(ctx: ReadContext, meterId: string): Promise<Legalization[]> {
  return ctx.db.rows<Legalization>(
    `select marks.id, marks.mark_kind as "markKind", marks.raw_mark as "rawMark", marks.read_on::text as "readOn",
            marks.rule_id as "ruleId", marks.computed_until::text as "computedUntil",
            marks.stated_until::text as "statedUntil", marks.override_until::text as "overrideUntil",
            marks.override_reason as "overrideReason", decided.display_name as "overrideBy", marks.lost_on::text as "lostOn",
            marks.lost_reason as "lostReason", marks.lost_note as "lostNote", marks.valid_until::text as "validUntil",
            marks.conflict, marks.source, coalesce(recorded.display_name, marks.recorded_by) as "recordedBy",
            coalesce(withdrawn.display_name, marks.withdrawn_by) as "withdrawnBy", marks.withdrawn_reason as "withdrawnReason"
       from ibok.legalizations as marks
       left join ibok.staff_members as recorded on recorded.login = marks.recorded_by
       left join ibok.staff_members as decided on decided.login = marks.override_by
       left join ibok.staff_members as withdrawn on withdrawn.login = marks.withdrawn_by
      where marks.meter_id = $1::bigint order by marks.read_on desc, marks.id desc`,
    [meterId],
  );
}

function sealsOf(ctx: ReadContext, meterId: string): Promise<Seal[]> {
  return ctx.db.rows<Seal>(
    `select seals.id, seals.seal_no as "sealNo", seals.kind, seals.place, seals.put_on::text as "putOn",
            coalesce(members.display_name, seals.put_by) as "putBy", seals.removed_on::text as "removedOn",
            seals.removed_reason as "removedReason"
       from ibok.seals as seals left join ibok.staff_members as members on members.login = seals.put_by
      where seals.meter_id = $1::bigint order by seals.removed_on is not null, seals.id desc`,
    [meterId],
  );
}

function installationsOf(ctx: ReadContext, meterId: string): Promise<InstalledPlace[]> {
  return ctx.db.rows<InstalledPlace>(
    `select installed.id, installed.role, points.code as "pointCode", premises.id as "premiseId", ${ADDRESS} as address,
            supplies.customer_id as "customerId", listed.display_name as "customerName",
            installed.installed_on::text as "installedOn", installed.removed_on::text as "removedOn",
            installed.opening_value::text as "openingValue", installed.final_value::text as "finalValue", installed.reason,
            installed.place, parents.meter_id as "parentMeterId", parent_meters.factory_no as "parentFactoryNo",
            installed.deducts_from::text as "deductsFrom", installed.reversed_at is not null as reversed
       from ibok.meter_installations as installed
       join ibok.supply_points as points on points.id = installed.supply_point_id
       join ibok.premises as premises on premises.id = points.premise_id
       left join ibok.meter_installations as parents on parents.id = installed.parent_id
       left join ibok.meters as parent_meters on parent_meters.id = parents.meter_id
       left join ibok.supplies as supplies on supplies.supply_point_id = points.id
            and daterange(supplies.valid_from, supplies.valid_to) @> coalesce(installed.removed_on, ibok.today())
       left join ibok.customer_search as listed on listed.customer_id = supplies.customer_id
      where installed.meter_id = $1::bigint order by installed.installed_on desc, installed.id desc`,
    [meterId],
  );
}
