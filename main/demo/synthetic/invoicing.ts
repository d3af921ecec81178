import { type Day, dayInMonth, isoDay, yearAndMonth } from './calendar';
import { syntheticKsefNumber } from './identifiers';
import type { Ledger } from './ledger';
import type { Random } from './random';
import type { Usage } from './reading-series';
import type { ContractRow, CustomerRow, InvoiceRow, OfficeRows } from './rows';

/** The utility's own NIP, as printed in its regulations. */
const SELLER_NIP = '5891435089';
/** Businesses get their invoices through KSeF from this day on. */
const KSEF_SINCE = '2026-04-01';
const VAT_PERCENT = 8;

/** Net prices in grosze by year: a m³ of water, a m³ of sewage, the standing charge a month. */
const PRICES: Readonly<Record<number, readonly [number, number, number]>> = {
  2024: [452, 781, 385],
  2025: [485, 836, 412],
};
const PRICES_NOW = [512, 894, 438] as const;

const HISTORY_MONTHS = 18;

/** Adds the invoices of a contract: households by the quarter, organisations by the month. */
export function addInvoices(
  ledger: Ledger,
  part: OfficeRows,
  random: Random,
  customer: CustomerRow,
  contract: ContractRow,
  usages: readonly Usage[],
): void {
  const months = customer.kind === 'company' ? 1 : 3;
  const today = yearAndMonth(ledger.today);
  const oldest = dayInMonth(today.year, today.month - HISTORY_MONTHS, 1);
  const delivery = deliveryOf(random, customer);
  for (const [, period] of byPeriod(usages, months)) {
    const lastDay = Math.max(...period.map((usage) => usage.day));
    const issuedOn = lastDay + random.int(3, 6);
    if (lastDay < oldest || issuedOn > ledger.today) continue;
    const volume = period.reduce((sum, usage) => sum + usage.volume, 0);
    const invoice = invoiceRow(
      ledger,
      customer,
      contract,
      issuedOn,
      delivery,
      netGrosze(contract, issuedOn, volume, months),
    );
    if (invoice.delivery === 'ksef') giveKsefNumber(random, invoice);
    part.invoices.push(invoice);
    const correctedOn = issuedOn + random.int(9, 30);
    if (random.chance(0.008) && correctedOn <= ledger.today)
      addCorrection(ledger, part, random, customer, contract, invoice, correctedOn);
  }
}

function byPeriod(usages: readonly Usage[], months: number): Map<number, Usage[]> {
  return Map.groupBy(usages, ({ day }) => {
    const { year, month } = yearAndMonth(day);
    return Math.floor((year * 12 + month) / months);
  });
}

function netGrosze(contract: ContractRow, issuedOn: Day, volume: number, months: number): number {
  const [water, sewage, standing] = PRICES[yearAndMonth(issuedOn).year] ?? PRICES_NOW;
  const perCubicMetre = (contract.kind === 'sewage' ? 0 : water) + (contract.kind === 'water' ? 0 : sewage);
  return volume * perCubicMetre + months * standing;
}

function deliveryOf(random: Random, customer: CustomerRow): InvoiceRow['delivery'] {
  if (customer.email === null) return 'paper';
  return random.weighted([
    ['paper', 3],
    ['email', 4],
    ['portal', 3],
  ]);
}

function invoiceRow(
  ledger: Ledger,
  customer: CustomerRow,
  contract: ContractRow,
  issued: Day,
  delivery: InvoiceRow['delivery'],
  net: number,
): InvoiceRow {
  const id = ledger.nextId('invoices');
  const issuedOn = isoDay(issued);
  const vat = Math.round((net * VAT_PERCENT) / 100);
  return {
    id,
    invoiceNo: `FV/${issuedOn.slice(0, 4)}/${issuedOn.slice(5, 7)}/${String(id).padStart(6, '0')}`,
    kind: 'invoice',
    customerId: customer.id,
    contractId: contract.id,
    issuedOn,
    dueOn: isoDay(issued + 14),
    netGrosze: net,
    vatGrosze: vat,
    grossGrosze: net + vat,
    correctsId: null,
    ksefNo: null,
    ksefOn: null,
    ksefMode: null,
    delivery: customer.kind === 'company' && customer.nip !== null && issuedOn >= KSEF_SINCE ? 'ksef' : delivery,
    upo: false,
    sourceUpdatedOn: issuedOn,
  };
}

/** A few stay without a number: the office has to find and chase them. */
function giveKsefNumber(random: Random, invoice: InvoiceRow): void {
  if (random.chance(0.006)) return;
  invoice.ksefNo = syntheticKsefNumber(SELLER_NIP, invoice.issuedOn, invoice.id);
  invoice.ksefOn = invoice.issuedOn;
  invoice.ksefMode = random.chance(0.96) ? 'online' : 'offline24';
  invoice.upo = true;
}

/** A correcting invoice carries the difference: here a tenth of the amount goes back to the customer. */
function addCorrection(
  ledger: Ledger,
  part: OfficeRows,
  random: Random,
  customer: CustomerRow,
  contract: ContractRow,
  wrong: InvoiceRow,
  day: Day,
): void {
  const correction = invoiceRow(ledger, customer, contract, day, wrong.delivery, -Math.round(wrong.netGrosze / 10));
  correction.kind = 'correction';
  correction.invoiceNo = correction.invoiceNo.replace('FV/', 'FK/');
  correction.correctsId = wrong.id;
  if (correction.delivery === 'ksef') giveKsefNumber(random, correction);
  part.invoices.push(correction);
}
