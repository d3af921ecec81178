import { addMonths, type Day, dayOf, isoDay } from './calendar';
import type { Habits } from './consumption';
import type { Ledger } from './ledger';
import { legalize, markOf } from './legalizations';
import { factoryNo, meterType, radioId, sameNumbering } from './meter-catalogue';
import { addExchange, addMovement, addSeal, stockPlace } from './meter-papers';
import type { Random } from './random';
import { addReadings, type Cycle, type Usage } from './reading-series';
import type { InstallationRow, MeterRow, OfficeRows } from './rows';

export interface PointPlan {
  pointId: number;
  habits: Habits;
  large: boolean;
  cycle: Cycle;
  /** First day of the history shown. */
  since: Day;
  /** Last day somebody was supplied; undefined: somebody still is. */
  suppliedTo: Day | undefined;
  /** Fixed answers instead of chance, for the customer every demonstration opens. */
  showcase?: boolean;
}

/** One point in five had its meter exchanged lately, when the five years of its legalization ended. */
const EXCHANGED = 0.22;
const RADIO = 0.55;
const GARDEN_METER = 0.5;

/**
 * Builds meters into a point: the main meter, perhaps the one before it, perhaps a garden meter behind it.
 * @returns what the main meters counted, for the invoices.
 */
export function addMeters(ledger: Ledger, part: OfficeRows, random: Random, plan: PointPlan): Usage[] {
  const end = plan.suppliedTo ?? ledger.today;
  const exchange = plan.showcase || (random.chance(EXCHANGED) && plan.suppliedTo === undefined);
  const radio = plan.showcase || random.chance(RADIO);
  const typeId = meterType(random, plan.large);
  const usages: Usage[] = [];
  let from: Day;
  let old: InstallationRow | undefined;
  if (exchange) {
    from = plan.showcase ? addMonths(end, -13) : random.int(plan.since + 90, end - 60);
    const removed = addOldMeter(ledger, part, random, plan, from);
    old = removed.installation;
    usages.push(...removed.usages);
  } else {
    from = plan.since - random.int(20, 950);
  }
  const meter = addMeter(ledger, part, random, typeId, from, radio);
  const main = addInstallation(ledger, part, meter, plan, from, exchange ? '0' : String(random.int(0, 2)));
  main.reason = exchange ? 'koniec okresu ważności legalizacji' : null;
  if (old) addExchange(ledger, part, old, main);
  else addSeal(ledger, part, main, null);
  const radioSince = radio ? (plan.showcase ? from : Math.max(from, random.int(plan.since, end))) : undefined;
  const stay = { installation: main, since: plan.since, from, to: end, removed: false, radioSince, cycle: plan.cycle };
  usages.push(...addReadings(ledger, part, random, { ...stay, role: 'main' }, plan.habits));
  if (plan.habits.garden > 0 && (plan.showcase || random.chance(GARDEN_METER)))
    addGardenMeter(ledger, part, random, plan, main);
  return usages;
}

function addOldMeter(
  ledger: Ledger,
  part: OfficeRows,
  random: Random,
  plan: PointPlan,
  removedOn: Day,
): { installation: InstallationRow; usages: Usage[] } {
  const from = addMonths(removedOn, -60) + random.int(0, 45);
  const meter = addMeter(ledger, part, random, meterType(random, plan.large), from, false);
  meter.status = random.chance(0.5) ? 'scrapped' : 'removed';
  addMovement(ledger, part, meter, removedOn);
  const old = addInstallation(ledger, part, meter, plan, from, '0');
  const stay = { installation: old, since: plan.since, from, to: removedOn, removed: true, radioSince: undefined };
  const usages = addReadings(ledger, part, random, { ...stay, cycle: plan.cycle, role: 'main' }, plan.habits);
  return { installation: old, usages };
}

/** The customer's own meter behind the main one: what it counts is not charged as sewage. */
function addGardenMeter(
  ledger: Ledger,
  part: OfficeRows,
  random: Random,
  plan: PointPlan,
  main: InstallationRow,
): void {
  const to = plan.suppliedTo ?? ledger.today;
  // Never before the main meter it stands behind.
  const mainFrom = dayOf(main.installedOn);
  const from = Math.min(mainFrom + random.int(0, 300), to - 20);
  const meter = addMeter(ledger, part, random, meterType(random, false), from, false);
  meter.ownerKind = 'customer';
  const garden = addInstallation(ledger, part, meter, plan, from, '0');
  garden.role = random.chance(0.85) ? 'deduction' : 'sub';
  garden.parentId = main.id;
  garden.reason = 'podlicznik ogrodowy';
  garden.place = 'ogród';
  addSeal(ledger, part, garden, null);
  const stay = { installation: garden, since: plan.since, from, to, removed: false, radioSince: undefined };
  addReadings(ledger, part, random, { ...stay, cycle: plan.cycle, role: 'garden' }, plan.habits);
}

function addMeter(
  ledger: Ledger,
  part: OfficeRows,
  random: Random,
  typeId: number,
  installedOn: Day,
  radio: boolean,
): MeterRow {
  const id = ledger.nextId('meters');
  const acceptedOn = installedOn - random.int(3, 160);
  const { mark, producedYear } = markOf(id, ledger.today, acceptedOn);
  const meter: MeterRow = {
    id,
    factoryNo: factoryNo(typeId, id, producedYear),
    typeId,
    ownerKind: 'utility',
    status: 'installed',
    acceptedOn: isoDay(acceptedOn),
    radioId: radio ? radioId(typeId, id) : null,
    producedYear,
    stockPlace: null,
    sourceUpdatedOn: isoDay(Math.min(ledger.today, installedOn + random.int(0, 5))),
  };
  // Two makers may give the same number: then only maker and place tell the meters apart.
  const twin = ledger.meterBefore;
  if (twin && random.chance(0.05) && sameNumbering(typeId, twin.typeId)) meter.factoryNo = twin.factoryNo;
  ledger.meterBefore = meter;
  part.meters.push(meter);
  legalize(ledger, part, meter, mark, installedOn);
  return meter;
}

/** A meter on the shelf, never built in. */
export function addStockMeter(ledger: Ledger, part: OfficeRows, random: Random): void {
  const meter = addMeter(ledger, part, random, meterType(random, false), ledger.today, random.chance(RADIO));
  meter.status = 'in_stock';
  meter.stockPlace = stockPlace(meter.id);
}

function addInstallation(
  ledger: Ledger,
  part: OfficeRows,
  meter: MeterRow,
  plan: PointPlan,
  installedOn: Day,
  openingValue: string,
): InstallationRow {
  const installation: InstallationRow = {
    id: ledger.nextId('installations'),
    meterId: meter.id,
    supplyPointId: plan.pointId,
    role: 'main',
    parentId: null,
    installedOn: isoDay(installedOn),
    removedOn: null,
    openingValue,
    finalValue: null,
    reason: null,
    place: null,
  };
  part.installations.push(installation);
  return installation;
}
