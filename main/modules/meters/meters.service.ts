import type { MeterRecord } from '../../../shared/contract/meters';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { ADDRESS } from '../../db/address';

type InstalledPlace = MeterRecord['installations'][number];

/** A meter with every place it was ever built in, and who is supplied there now. Throws NOT_FOUND. */
export async function getMeter(ctx: ReadContext, id: string): Promise<MeterRecord> {
  const meter = await ctx.models.Meter.findByPk(id, {
    attributes: ['id', 'factoryNo', 'radioId', 'ownerKind', 'status', 'acceptedOn'],
    include: [{ association: 'type', attributes: ['maker', 'model', 'dn', 'q3', 'r', 'digits'] }],
  });
  if (!meter?.type) throw new AppError('NOT_FOUND');
  const { factoryNo, radioId, ownerKind, status, acceptedOn, type } = meter;
  return {
    id: meter.id,
    factoryNo,
    radioId,
    ownerKind,
    status,
    acceptedOn,
    maker: type.maker,
    model: type.model,
    dn: type.dn,
    q3: type.q3,
    r: type.r,
    digits: type.digits,
    installations: await installationsOf(ctx, id),
  };
}

function installationsOf(ctx: ReadContext, meterId: string): Promise<InstalledPlace[]> {
  return ctx.db.rows<InstalledPlace>(
    `select installed.id, installed.role, points.code as "pointCode", premises.id as "premiseId", ${ADDRESS} as address,
            supplies.customer_id as "customerId", listed.display_name as "customerName",
            installed.installed_on::text as "installedOn", installed.removed_on::text as "removedOn",
            installed.opening_value::text as "openingValue", installed.final_value::text as "finalValue", installed.reason
       from ibok.meter_installations as installed
       join ibok.supply_points as points on points.id = installed.supply_point_id
       join ibok.premises as premises on premises.id = points.premise_id
       left join ibok.supplies as supplies on supplies.supply_point_id = points.id
            and daterange(supplies.valid_from, supplies.valid_to) @> coalesce(installed.removed_on, ibok.today())
       left join ibok.customer_search as listed on listed.customer_id = supplies.customer_id
      where installed.meter_id = $1::bigint order by installed.installed_on desc`,
    [meterId],
  );
}
