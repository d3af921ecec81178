import { addMonths, dayOf, isoDay } from './synthetic/calendar';
import { Ledger } from './synthetic/ledger';
import { Random } from './synthetic/random';
import type { OfficeRows } from './synthetic/rows';
import { type Site, startSite } from './synthetic/site';
import { addBlock, addHouse, addMultiple, addShowcase, addVacantHouse } from './synthetic/sites';

export interface OfficeOptions {
  customers: number;
  /** `YYYY-MM-DD`: the history of readings and invoices ends before this day. */
  today: string;
  /** Another seed gives another office. */
  seed?: number;
  /** Share of the sites that keep all of their history; the others keep {@link SHORT_HISTORY}. Default all. */
  fullHistories?: number;
}

export const DEFAULT_SEED = 83_300;

/** Months of readings and invoices of a site that does not keep all of them. */
const SHORT_HISTORY = 4;

/**
 * A synthetic water utility of the county of Kartuzy. The same options give the same rows on every machine.
 *
 * Yields one part after another; rows of a part refer only to rows of the same part and to {@link METER_TYPES}, so a
 * million customers need no more memory than a hundred. Identifiers pass their check digits and are made up, as is all
 * else but the names of places and streets.
 */
export function* generateOffice(options: OfficeOptions): Generator<OfficeRows> {
  const ledger = new Ledger(dayOf(options.today));
  const seed = options.seed ?? DEFAULT_SEED;
  const shortFrom = isoDay(addMonths(dayOf(options.today), -SHORT_HISTORY));
  for (let number = 0; ledger.count('customers') < options.customers; number += 1) {
    const site = startSite(ledger, new Random(seed, number));
    if (number === 0) addShowcase(site, { female: false, firstName: 'Jan', lastName: 'Żuk' });
    else addSite(site, options.customers - ledger.count('customers'));
    if (number % 100 >= (options.fullHistories ?? 1) * 100) shorten(site.part, shortFrom);
    yield site.part;
  }
}

/** Leaves out what is older than a day. Rows keep their numbers, so that both kinds of office have the same customers. */
function shorten(part: OfficeRows, from: string): void {
  part.readings = part.readings.filter(({ readOn }) => readOn >= from);
  part.invoices = part.invoices.filter(({ issuedOn }) => issuedOn >= from);
  const kept = new Set(part.invoices.map(({ id }) => id));
  part.invoices = part.invoices.filter(({ correctsId }) => correctsId === null || kept.has(correctsId));
}

/** @param room how many more customers the office takes. */
function addSite(site: Site, room: number): void {
  const kind = site.random.weighted(SITES);
  const { random } = site;
  if (kind === 'block' && room > 4) addBlock(site, room);
  else if (kind === 'vacant') addVacantHouse(site);
  else if (kind === 'company') addMultiple(site, 1, random.chance(0.12) ? 'municipal' : 'company');
  else if (kind === 'chain') addMultiple(site, random.int(2, 12), random.chance(0.5) ? 'municipal' : 'company');
  else if (kind === 'landlord') addMultiple(site, random.int(2, 4), 'person');
  else addHouse(site, room);
}

/** Shares that make about 82 of 100 customers persons. */
const SITES = [
  ['house', 690],
  ['block', 20],
  ['company', 152],
  ['chain', 28],
  ['landlord', 22],
  ['vacant', 14],
] as const;
