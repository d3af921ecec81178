import { type Day, isoDay } from './calendar';
import { habits } from './consumption';
import { addInvoices } from './invoicing';
import { addMeters } from './metering';
import type { Address } from './places';
import type { Usage } from './reading-series';
import type { ContractRow, CustomerRow, SupplyPointRow } from './rows';
import type { Site } from './site';

export interface SupplyPlan {
  use: 'household' | 'business' | 'building';
  from?: Day;
  to?: Day;
  /** Somebody else is supplied from `to` on: the meters are read as before. */
  sold?: boolean;
  /** What the meters counted, built in for the customer before. */
  counted?: Usage[];
  showcase?: boolean;
}

/**
 * One contract, a supply for each point, the meters of each point, and the invoices for the time of the contract.
 * @returns what the meters counted.
 */
export function supply(
  site: Site,
  customer: CustomerRow,
  address: Address,
  points: SupplyPointRow[],
  plan: SupplyPlan,
): Usage[] {
  const { ledger, part, random } = site;
  const contract = addContract(site, customer, address, plan);
  const { validFrom, validTo } = contract;
  for (const point of points) {
    part.supplies.push({
      id: ledger.nextId('supplies'),
      supplyPointId: point.id,
      customerId: customer.id,
      contractId: contract.id,
      validFrom,
      validTo,
    });
  }
  const usages = plan.counted ?? points.flatMap((point) => meterPoint(site, point, plan));
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = plan;
  const own = usages.filter(({ day }) => day > from && day <= to);
  addInvoices(ledger, part, random, customer, contract, own);
  return usages;
}

function meterPoint({ ledger, part, random, cycle, since }: Site, point: SupplyPointRow, plan: SupplyPlan): Usage[] {
  return addMeters(ledger, part, random, {
    pointId: point.id,
    habits: plan.showcase ? { indoors: 310, garden: 260 } : habits(random, plan.use),
    large: plan.use === 'building' || (plan.use === 'business' && random.chance(0.2)),
    cycle,
    since,
    suppliedTo: plan.sold ? undefined : plan.to,
    showcase: plan.showcase ?? false,
  });
}

function addContract(site: Site, customer: CustomerRow, address: Address, plan: SupplyPlan): ContractRow {
  const { ledger, random } = site;
  const id = ledger.nextId('contracts');
  const from = plan.from ?? site.since - random.int(100, 9_000);
  const signedOn = isoDay(from - random.int(0, 21));
  const contract: ContractRow = {
    id,
    contractNo: `${String(id).padStart(5, '0')}/${signedOn.slice(0, 4)}`,
    customerId: customer.id,
    kind: address.sewer ? (random.chance(0.98) ? 'water_and_sewage' : 'sewage') : 'water',
    signedOn,
    validFrom: isoDay(from),
    validTo: plan.to === undefined ? null : isoDay(plan.to),
    status: plan.to === undefined ? 'active' : random.chance(0.8) ? 'terminated' : 'expired',
    sourceUpdatedOn: isoDay(Math.max(from, plan.to ?? from)),
  };
  site.part.contracts.push(contract);
  return contract;
}
