/**
 * Check digits of Polish identifiers. The database has the same judges (`ibok.nip_ok` and its siblings); a property
 * test proves that both agree. All take the bare number, as it is stored: {@link identifierDigits} makes it one.
 */

/** What people type without what they type for the eye: spaces, hyphens and dots go. */
export function identifierDigits(typed: string): string {
  return typed.replace(/[\s.-]/g, '');
}

/** Σ weightᵢ × digitᵢ over as many digits as there are weights. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);
}

export const NIP_WEIGHTS = [6, 5, 7, 2, 3, 4, 5, 6, 7] as const;
export const PESEL_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3] as const;
export const REGON_WEIGHTS = [8, 9, 2, 3, 4, 5, 6, 7] as const;
export const REGON_LOCAL_WEIGHTS = [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8] as const;

/**
 * Tax number: ten digits, the tenth is the weighted sum mod 11. Remainder 10 has no digit, so it is no valid number;
 * libraries that read it as 0 let wrong numbers through, and a wrong buyer's NIP makes a KSeF invoice undeliverable.
 */
export function nipOk(nip: string): boolean {
  return /^[0-9]{10}$/.test(nip) && weightedSum(nip, NIP_WEIGHTS) % 11 === Number(nip[9]);
}

/** The century of birth stands in the month: +80 for 1800, +0 for 1900, +20 for 2000, +40 for 2100, +60 for 2200. */
const PESEL_CENTURIES = [1900, 2000, 2100, 2200, 1800] as const;

/**
 * Personal number: eleven digits that begin with a real day of birth; the last is (10 − weighted sum mod 10) mod 10
 * (act on the population register of 24 September 2010, art. 15).
 */
export function peselOk(pesel: string): boolean {
  return (
    /^[0-9]{11}$/.test(pesel) &&
    (10 - (weightedSum(pesel, PESEL_WEIGHTS) % 10)) % 10 === Number(pesel[10]) &&
    peselBirthDay(pesel) !== undefined
  );
}

/** Day of birth as `YYYY-MM-DD` out of the first six digits, undefined where there is no such day. */
function peselBirthDay(pesel: string): string | undefined {
  const codedMonth = Number(pesel.slice(2, 4));
  const century = PESEL_CENTURIES[Math.floor(codedMonth / 20)] ?? 1900;
  const month = String(codedMonth % 20).padStart(2, '0');
  const day = `${century + Number(pesel.slice(0, 2))}-${month}-${pesel.slice(4, 6)}`;
  return isDay(day) ? day : undefined;
}

/** Whether `YYYY-MM-DD` is a day of the calendar (2026-02-30 is none). */
function isDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/**
 * Statistical number: nine digits (weighted sum mod 11, where 10 counts as 0), or fourteen for a local unit, whose
 * first nine are a REGON and whose last is the check digit of the thirteen before it.
 */
export function regonOk(regon: string): boolean {
  if (!/^([0-9]{9}|[0-9]{14})$/.test(regon)) return false;
  const check = (weights: readonly number[]) => (weightedSum(regon, weights) % 11) % 10;
  return (
    check(REGON_WEIGHTS) === Number(regon[8]) &&
    (regon.length === 9 || check(REGON_LOCAL_WEIGHTS) === Number(regon[13]))
  );
}

/** Bank account (NRB, an IBAN without its `PL`): 26 digits; digits 3–26, `2521`, digits 1–2 leave 1 mod 97 (ISO 7064). */
export function nrbOk(account: string): boolean {
  return /^[0-9]{26}$/.test(account) && BigInt(`${account.slice(2)}2521${account.slice(0, 2)}`) % 97n === 1n;
}

/**
 * Number of an invoice in KSeF: 35 characters `NIP-YYYYMMDD-12 hex-CRC`, hexadecimal in upper case, the day a real one.
 * The CRC is CRC-8 over the first 32 characters (polynomial 0x07, start 0): Ministry of Finance, repository
 * CIRFMF/ksef-api, faktury/numer-ksef.md.
 */
export function ksefNumberOk(ksefNumber: string): boolean {
  const parts = /^[0-9]{10}-([0-9]{4})([0-9]{2})([0-9]{2})-[0-9A-F]{12}-([0-9A-F]{2})$/.exec(ksefNumber);
  if (!parts) return false;
  const [, year, month, day, crc] = parts;
  return isDay(`${year}-${month}-${day}`) && ksefCrc(ksefNumber.slice(0, 32)) === crc;
}

/** CRC-8 of ASCII text as two upper-case hexadecimal digits: the end of a KSeF number. */
export function ksefCrc(text: string): string {
  let crc = 0;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc.toString(16).toUpperCase().padStart(2, '0');
}

/** Postal code `NN-NNN`. Whether it exists is not decided by its form. */
export function postalCodeOk(postalCode: string): boolean {
  return /^[0-9]{2}-[0-9]{3}$/.test(postalCode);
}
