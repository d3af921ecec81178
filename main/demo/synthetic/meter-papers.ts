import { type Day, isoDay } from './calendar';
import type { Ledger } from './ledger';
import { shuffledNumber } from './random';
import type { ExchangeRow, InstallationRow, MeterRow, OfficeRows } from './rows';

/** One in so many removed meters never came back from the van. */
const LOST_ONE_IN = 61;

/** What became of a removed meter: nothing yet, scrapped some weeks later, or lost. */
export function addMovement(ledger: Ledger, part: OfficeRows, meter: MeterRow, removedOn: Day): void {
  if (meter.id % LOST_ONE_IN === 0) meter.status = 'lost';
  if (meter.status !== 'scrapped' && meter.status !== 'lost') return;
  const lost = meter.status === 'lost';
  part.movements.push({
    id: ledger.nextId('movements'),
    meterId: meter.id,
    kind: meter.status,
    movedOn: isoDay(Math.min(ledger.today, removedOn + 4 + (meter.id % 37))),
    reason: lost ? 'Nie wrócił do magazynu po wymianie' : 'Zużyty, przekazany na złom',
  });
}

/** The act behind an exchanged point, with the seal it took off and the one it put on. */
export function addExchange(ledger: Ledger, part: OfficeRows, old: InstallationRow, next: InstallationRow): void {
  const id = ledger.nextId('exchanges');
  part.exchanges.push({
    id,
    supplyPointId: next.supplyPointId,
    oldInstallationId: old.id,
    newInstallationId: next.id,
    doneOn: next.installedOn,
    reason: REASONS[id % 50] ?? 'legalization',
  });
  addSeal(ledger, part, old, null, { removedOn: next.installedOn, removedExchangeId: id });
  addSeal(ledger, part, next, id);
}

const REASONS: Readonly<Record<number, ExchangeRow['reason']>> = { 7: 'damage', 23: 'frost', 41: 'damage' };

/** @param putExchangeId the act that put it on; null for a seal of before. */
export function addSeal(
  ledger: Ledger,
  part: OfficeRows,
  installation: InstallationRow,
  putExchangeId: number | null,
  removed: { removedOn: string | null; removedExchangeId: number | null } = {
    removedOn: null,
    removedExchangeId: null,
  },
): void {
  const id = ledger.nextId('seals');
  part.seals.push({
    id,
    sealNo: `KPW ${shuffledNumber(id, 7, 662_607)}`,
    kind: id % 4 === 0 ? 'wire' : 'plastic',
    meterId: installation.meterId,
    installationId: installation.id,
    putOn: installation.installedOn,
    putExchangeId,
    ...removed,
  });
}

/** Where a meter in stock lies: on one of the shelves or in one of the vans. */
export function stockPlace(meterId: number): string {
  return PLACES[(meterId * 7) % PLACES.length] ?? 'magazyn';
}

const PLACES = [
  'regał A1',
  'regał A2',
  'regał A3',
  'regał B1',
  'regał B2',
  'samochód GKA 1',
  'samochód GKA 2',
] as const;
