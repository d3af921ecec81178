import type { Installation, PremiseRecord, SupplyPoint } from '../../../shared/contract/customers';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { ADDRESS } from '../../db/address';
import { planned } from '../../db/statements';

type InstalledAt = Installation & { supplyPointId: string };

const INSTALLATIONS = planned(
  `select installed.id, installed.meter_id as "meterId", meters.factory_no as "factoryNo", meters.radio_id as "radioId",
          types.maker, types.model, types.dn, types.q3::text as q3, installed.role,
          installed.installed_on::text as "installedOn", installed.removed_on::text as "removedOn",
          newest.read_on::text as "lastReadOn", newest.value::text as "lastValue",
          mark.valid_until::text as "legalUntil", coalesce(mark.valid_until >= ibok.today(), false) as legal,
          installed.supply_point_id as "supplyPointId"
     from ibok.meter_installations as installed
     join ibok.meters as meters on meters.id = installed.meter_id
     join ibok.meter_types as types on types.id = meters.type_id
     left join lateral (select read_on, value from ibok.readings
                         where installation_id = installed.id and not superseded and state not in ('rejected', 'withdrawn')
                         order by read_on desc limit 1) as newest on true
     left join lateral (select valid_until from ibok.legalizations
                         where meter_id = installed.meter_id and withdrawn_at is null
                         order by read_on desc, id desc limit 1) as mark on true
    where installed.supply_point_id = any ($1::bigint[])
    order by installed.removed_on desc nulls first, installed.installed_on desc, installed.role, installed.id`,
);

/** Everything ever built in at the given points, with each installation's newest reading. */
async function installationsAt(ctx: ReadContext, points: string[]): Promise<Map<string, Installation[]>> {
  const rows = await ctx.db.rows<InstalledAt>(INSTALLATIONS, [points]);
  const byPoint = new Map<string, Installation[]>();
  for (const { supplyPointId, ...installation } of rows) {
    byPoint.set(supplyPointId, [...(byPoint.get(supplyPointId) ?? []), installation]);
  }
  return byPoint;
}

const POINTS = planned(
  `select points.id, points.code, points.place, points.status, points.premise_id as "premiseId", ${ADDRESS} as address,
          premises.postal_code as "postalCode", premises.route, contracts.contract_no as "contractNo",
          supplies.valid_from::text as "validFrom", supplies.valid_to::text as "validTo"
     from ibok.supplies as supplies
     join ibok.supply_points as points on points.id = supplies.supply_point_id
     join ibok.premises as premises on premises.id = points.premise_id
     left join ibok.contracts as contracts on contracts.id = supplies.contract_id
    where supplies.customer_id = $1::bigint
    order by supplies.valid_to desc nulls first, points.code`,
);

/** The supply points of a customer, present ones first, with their meters. An unknown customer has none. */
export async function listPoints(ctx: ReadContext, customerId: string): Promise<SupplyPoint[]> {
  const points = await ctx.db.rows<Omit<SupplyPoint, 'installations'>>(POINTS, [customerId]);
  const installations = await installationsAt(ctx, [...new Set(points.map(({ id }) => id))]);
  return points.map((point) => ({ ...point, installations: installations.get(point.id) ?? [] }));
}

type PremiseHead = Omit<PremiseRecord, 'points'>;
type PremisePoint = Omit<PremiseRecord['points'][number], 'supplies' | 'installations'>;
type PremiseSupply = PremiseRecord['points'][number]['supplies'][number] & { supplyPointId: string };

/** A premise with its points, who is and was supplied there, and its meters. Throws NOT_FOUND. */
export async function getPremise(ctx: ReadContext, id: string): Promise<PremiseRecord> {
  const [head] = await ctx.db.rows<PremiseHead>(
    `select id, ${ADDRESS} as address, postal_code as "postalCode", district, route
       from ibok.premises as premises where id = $1::bigint`,
    [id],
  );
  if (!head) throw new AppError('NOT_FOUND');
  const points = await ctx.db.rows<PremisePoint>(
    'select id, code, place, status from ibok.supply_points where premise_id = $1::bigint order by status, code',
    [id],
  );
  const pointIds = points.map((point) => point.id);
  const supplies = await ctx.db.rows<PremiseSupply>(
    `select supplies.supply_point_id as "supplyPointId", supplies.customer_id as "customerId",
            listed.customer_no as "customerNo", listed.display_name as "displayName",
            supplies.valid_from::text as "validFrom", supplies.valid_to::text as "validTo"
       from ibok.supplies as supplies join ibok.customer_search as listed using (customer_id)
      where supplies.supply_point_id = any ($1::bigint[]) order by supplies.valid_from desc`,
    [pointIds],
  );
  const installations = await installationsAt(ctx, pointIds);
  return {
    ...head,
    points: points.map((point) => ({
      ...point,
      supplies: supplies.filter(({ supplyPointId }) => supplyPointId === point.id),
      installations: installations.get(point.id) ?? [],
    })),
  };
}
