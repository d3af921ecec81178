import {
  ksefCrc,
  NIP_WEIGHTS,
  PESEL_WEIGHTS,
  REGON_LOCAL_WEIGHTS,
  REGON_WEIGHTS,
  weightedSum,
} from '../../../shared/domain/identifiers';
import { type Random, shuffledNumber } from './random';

/** A NIP that passes its check digit. Bodies whose remainder is 10 are no numbers, so the next one is tried. */
export function syntheticNip(random: Random): string {
  for (;;) {
    const body = `589${random.digits(6)}`;
    const check = weightedSum(body, NIP_WEIGHTS) % 11;
    if (check < 10) return body + check;
  }
}

/** @param born `YYYY-MM-DD`, 1900–2099. */
export function syntheticPesel(random: Random, born: string, female: boolean): string {
  const month = Number(born.slice(5, 7)) + (born.startsWith('20') ? 20 : 0);
  const gender = 2 * random.int(0, 4) + (female ? 0 : 1);
  const body = born.slice(2, 4) + String(month).padStart(2, '0') + born.slice(8, 10) + random.digits(3) + gender;
  return body + ((10 - (weightedSum(body, PESEL_WEIGHTS) % 10)) % 10);
}

/** A REGON of nine digits, or of fourteen for a local unit. */
export function syntheticRegon(random: Random, local: boolean): string {
  const body = `19${random.digits(6)}`;
  const regon = body + ((weightedSum(body, REGON_WEIGHTS) % 11) % 10);
  if (!local) return regon;
  const unit = regon + random.digits(4);
  return unit + ((weightedSum(unit, REGON_LOCAL_WEIGHTS) % 11) % 10);
}

/** Sort code of no bank: the numbers lead nowhere. */
const NO_BANK = '99999994';

/** Bank account with right check digits, one per customer. */
export function syntheticNrb(customerId: number): string {
  const account = NO_BANK + shuffledNumber(customerId, 16, 4_711);
  return String(98n - (BigInt(`${account}252100`) % 97n)).padStart(2, '0') + account;
}

/** KSeF number of an invoice that the utility issued on the day. */
export function syntheticKsefNumber(sellerNip: string, issuedOn: string, invoiceId: number): string {
  const technical = Number(shuffledNumber(invoiceId, 14, 815))
    .toString(16)
    .toUpperCase()
    .padStart(12, '0');
  const body = `${sellerNip}-${issuedOn.replaceAll('-', '')}-${technical}`;
  return `${body}-${ksefCrc(body)}`;
}
