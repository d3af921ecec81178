import type { BillingFileKey } from '../../shared/domain/billing-export';
import { METER_TYPES } from './synthetic/meter-catalogue';
import type { MeterTypeRow, OfficeRows } from './synthetic/rows';

/** One line of the export before it is text: field of `BILLING_FILES` → value in our own notation, null for none. */
export type ExportRow = Record<string, string | number | boolean | null>;

/** The rows of one part as billing would export them: joined by natural keys, since billing does not know our ids. */
export function exportRows(part: OfficeRows): Record<BillingFileKey, ExportRow[]> {
  return {
    customers: part.customers.map(({ id: _, ...customer }) => customer),
    contracts: contractRows(part),
    premises: premiseRows(part),
    meters: meterRows(part),
    readings: readingRows(part),
    invoices: invoiceRows(part),
  };
}

/** Looks rows up by id; every reference of a part ends inside the part. */
function finder<Row extends { id: number }>(rows: readonly Row[]): (id: number) => Row {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => {
    const row = byId.get(id);
    if (!row) throw new RangeError(`No row ${id} in this part.`);
    return row;
  };
}

function contractRows(part: OfficeRows): ExportRow[] {
  const customer = finder(part.customers);
  return part.contracts.map(({ id: _, customerId, ...contract }) => ({
    ...contract,
    customerNo: customer(customerId).customerNo,
  }));
}

function premiseRows(part: OfficeRows): ExportRow[] {
  const customer = finder(part.customers);
  const contract = finder(part.contracts);
  const premise = finder(part.premises);
  const supplies = Map.groupBy(part.supplies, (supply) => supply.supplyPointId);
  return part.supplyPoints.flatMap((point) => {
    const { id: _, ...address } = premise(point.premiseId);
    const place = { ...address, pointCode: point.code, place: point.place, pointStatus: point.status };
    return (supplies.get(point.id) ?? []).map((supply) => ({
      ...place,
      customerNo: customer(supply.customerId).customerNo,
      contractNo: contract(supply.contractId).contractNo,
      suppliedFrom: supply.validFrom,
      suppliedTo: supply.validTo,
    }));
  });
}

function meterRows(part: OfficeRows): ExportRow[] {
  const point = finder(part.supplyPoints);
  const installation = finder(part.installations);
  const installations = Map.groupBy(part.installations, (row) => row.meterId);
  const marks = new Map(part.legalizations.map((row) => [row.meterId, row]));
  const seals = new Map(part.seals.map((row) => [row.installationId, row.sealNo]));
  return part.meters.flatMap(({ id, typeId, ...meter }) => {
    const { id: _, ...type } = meterType(typeId);
    const { markKind = null, rawMark = null, statedUntil = null } = marks.get(id) ?? {};
    const device = { ...type, ...meter, meterId: id, place: meter.stockPlace, markKind, rawMark, statedUntil };
    const stays = installations.get(id);
    if (!stays) return [device];
    return stays.map((stay) => ({
      ...device,
      pointCode: point(stay.supplyPointId).code,
      role: stay.role,
      parentMeterId: stay.parentId === null ? null : installation(stay.parentId).meterId,
      installedOn: stay.installedOn,
      removedOn: stay.removedOn,
      openingValue: stay.openingValue,
      finalValue: stay.finalValue,
      reason: stay.reason,
      place: stay.place,
      sealNo: seals.get(stay.id) ?? null,
    }));
  });
}

function meterType(id: number): MeterTypeRow {
  const type = METER_TYPES[id - 1];
  if (!type) throw new RangeError(`No meter type ${id}.`);
  return type;
}

function readingRows(part: OfficeRows): ExportRow[] {
  const installation = finder(part.installations);
  return part.readings.map(({ installationId, readOn, value, kind, consumption }) => ({
    meterId: installation(installationId).meterId,
    readOn,
    value,
    kind,
    consumption,
  }));
}

function invoiceRows(part: OfficeRows): ExportRow[] {
  const customer = finder(part.customers);
  const contract = finder(part.contracts);
  const invoice = finder(part.invoices);
  return part.invoices.map(({ id: _, customerId, contractId, correctsId, ...head }) => ({
    ...head,
    customerNo: customer(customerId).customerNo,
    contractNo: contract(contractId).contractNo,
    net: head.netGrosze,
    vat: head.vatGrosze,
    gross: head.grossGrosze,
    correctsNo: correctsId === null ? null : invoice(correctsId).invoiceNo,
  }));
}
