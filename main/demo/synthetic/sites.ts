import { isoDay } from './calendar';
import { organisationCustomer, personCustomer } from './customers';
import { addStockMeter } from './metering';
import type { OrganisationKind } from './organisations';
import type { PersonName } from './people';
import type { Address } from './places';
import type { CustomerRow, SupplyPointRow } from './rows';
import type { Site } from './site';
import { supply } from './supply';

/** A house with one family; one in twenty-five was sold lately, and the seller's contract ended that day. */
export function addHouse(site: Site, room: number): void {
  const address = site.ledger.addresses.next(site.random);
  const point = addPoint(
    site,
    addPremise(site, address),
    site.random.chance(0.2) ? 'studzienka przed domem' : 'piwnica',
  );
  if (room > 1 && site.random.chance(0.04)) {
    const sold = site.ledger.today - site.random.int(60, 500);
    const counted = supply(site, addPerson(site, address), address, [point], {
      use: 'household',
      to: sold,
      sold: true,
    });
    supply(site, addPerson(site, address), address, [point], { use: 'household', from: sold, counted });
    return;
  }
  supply(site, addPerson(site, address), address, [point], { use: 'household' });
  if (site.random.chance(0.02)) addStockMeter(site.ledger, site.part, site.random);
}

/** The customer whom every demonstration opens: in the town, with an exchange, a radio module and a garden meter. */
export function addShowcase(site: Site, name: PersonName): void {
  const address = { ...site.ledger.addresses.next(site.random, true), sewer: true };
  const point = addPoint(site, addPremise(site, address), 'piwnica');
  const customer = personCustomer(site.random, site.ledger.nextId('customers'), site.ledger.today, address, name);
  Object.assign(customer, { phone: '+48 601 220 300', email: 'jan.zuk@example.com', deceasedOn: null });
  site.part.customers.push(customer);
  supply(site, customer, address, [point], { use: 'household', showcase: true });
}

/** A point that nobody is supplied at since the last customer left. */
export function addVacantHouse(site: Site): void {
  const address = site.ledger.addresses.next(site.random);
  const point = addPoint(site, addPremise(site, address), 'piwnica');
  supply(site, addPerson(site, address), address, [point], {
    to: site.ledger.today - site.random.int(30, 400),
    use: 'household',
  });
  if (site.random.chance(0.5)) point.status = 'inactive';
}

/** A block: the housing community at the main meter, families in flats with points of their own. */
export function addBlock(site: Site, room: number): void {
  const { random, ledger } = site;
  const address = ledger.addresses.next(random, random.chance(0.8));
  const community = addOrganisation(site, address, 'community');
  supply(site, community, address, [addPoint(site, addPremise(site, address), 'węzeł w piwnicy')], { use: 'building' });
  const flats = Math.min(random.int(4, 14), room - 1);
  for (let flat = 1; flat <= flats; flat += 1) {
    const point = addPoint(site, addPremise(site, address, String(flat)), random.pick(FLAT_PLACES));
    supply(site, addPerson(site, address), address, [point], { use: 'household' });
  }
}

/** A company, a municipal unit or a family with one point or with several, at one address or at many. */
export function addMultiple(site: Site, points: number, kind: OrganisationKind | 'person'): void {
  const { random, ledger } = site;
  const address = ledger.addresses.next(random, kind === 'municipal' && random.chance(0.5));
  const customer = kind === 'person' ? addPerson(site, address) : addOrganisation(site, address, kind);
  const places: SupplyPointRow[] = [];
  for (let place = 0; place < points; place += 1) {
    const another = place > 0 && random.chance(0.7);
    const premiseId =
      another || place === 0 ? addPremise(site, place === 0 ? address : ledger.addresses.next(random)) : undefined;
    places.push(addPoint(site, premiseId ?? lastPremise(site), random.pick(BUSINESS_PLACES)));
  }
  const use = kind === 'person' ? 'household' : 'business';
  // Up to four points share a contract.
  for (let first = 0; first < places.length; first += 4) {
    supply(site, customer, address, places.slice(first, first + 4), { use });
  }
}

const FLAT_PLACES = ['łazienka', 'kuchnia', 'przedpokój', 'szacht na klatce'] as const;
const BUSINESS_PLACES = ['kotłownia', 'studnia wodomierzowa', 'zaplecze', 'hala', 'piwnica', null] as const;

function lastPremise(site: Site): number {
  return site.part.premises.at(-1)?.id ?? addPremise(site, site.ledger.addresses.next(site.random));
}

function addPerson(site: Site, address: Address): CustomerRow {
  const customer = personCustomer(site.random, site.ledger.nextId('customers'), site.ledger.today, address);
  return keepCustomer(site, customer);
}

function addOrganisation(site: Site, address: Address, kind: OrganisationKind): CustomerRow {
  const id = site.ledger.nextId('customers');
  return keepCustomer(site, organisationCustomer(site.random, id, site.ledger.today, address, kind));
}

function keepCustomer(site: Site, customer: CustomerRow): CustomerRow {
  site.part.customers.push(customer);
  if (site.random.chance(0.003)) {
    site.part.legalHolds.push({
      id: site.ledger.nextId('legalHolds'),
      customerId: customer.id,
      reason: site.random.pick(HOLD_REASONS),
      validFrom: isoDay(site.ledger.today - site.random.int(10, 300)),
    });
  }
  return customer;
}

const HOLD_REASONS = ['Spór sądowy o zapłatę', 'Kontrola skarbowa', 'Postępowanie policji: pobór bez umowy'] as const;

function addPremise(site: Site, address: Address, flatNo: string | null = null): number {
  const id = site.ledger.nextId('premises');
  const { city, street, houseNo, postalCode, district, route } = address;
  site.part.premises.push({ id, city, street, houseNo, flatNo, postalCode, district, route });
  return id;
}

function addPoint(site: Site, premiseId: number, place: string | null): SupplyPointRow {
  const id = site.ledger.nextId('supplyPoints');
  const point: SupplyPointRow = { id, code: `PP-${String(id).padStart(6, '0')}`, premiseId, place, status: 'active' };
  site.part.supplyPoints.push(point);
  return point;
}
