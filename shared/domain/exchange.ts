/**
 * What a meter's exchange may be, and how much water went through: pure, for the screen to say before anybody saves. The
 * judge is `ibok.record_exchange`, with the same reasons. Values are m³ as decimal text, days ISO `YYYY-MM-DD`.
 */
import { toCubicMetres, toLitres } from './consumption';

/** Where an old meter hangs and what is known of its register. */
export interface OldMeter {
  meterId: string;
  /** Black digits of the register. */
  digits: number;
  installedOn: string;
  /** The newest reading that counts, or the opening. */
  last: { value: string; readOn: string };
  /** Mean m³ a day of about the last year, null where it is not known. */
  perDay: string | null;
}

/** The meter that comes: `validUntil` as the registry knows it, or as the mark typed in says. */
export interface NewMeter {
  meterId: string;
  digits: number;
  free: boolean;
  validUntil: string | null;
  /** What it showed when it was last taken down; null for a meter that never hung. */
  lastFinal: string | null;
}

/** What has been typed so far; '' is nothing yet. */
export interface ExchangeDraft {
  kind: 'exchange' | 'installation' | 'removal';
  doneOn: string;
  finalValue: string;
  finalRollover: boolean;
  openingValue: string;
  /** The register was repaired or replaced since the meter last hung. */
  openingReset: boolean;
  seals: readonly { sealNo: string; kind: string }[];
}

/** Reasons against an act, as codes of `shared/errors.ts`, by the field they stand at. */
export type ExchangeFaults = Partial<
  Record<'doneOn' | 'finalValue' | 'openingValue' | 'newMeter' | 'seals', ExchangeFault>
>;
export type ExchangeFault =
  | 'DAY_IN_FUTURE'
  | 'EXCHANGE_BEFORE_INSTALLATION'
  | 'EXCHANGE_READING_AFTER'
  | 'EXCHANGE_VALUE'
  | 'EXCHANGE_DIGITS'
  | 'EXCHANGE_FINAL_BELOW'
  | 'EXCHANGE_NO_ROLLOVER'
  | 'EXCHANGE_OPENING_BELOW'
  | 'EXCHANGE_SAME_METER'
  | 'EXCHANGE_METER_NOT_FREE'
  | 'EXCHANGE_NOT_LEGAL'
  | 'EXCHANGE_SEAL_TWICE';

/** What is against the act as it is typed; fields that are still empty are not faulty yet. */
export function exchangeFaults(
  draft: ExchangeDraft,
  known: { today: string; old: OldMeter | null; fresh: NewMeter | null },
): ExchangeFaults {
  const faults: ExchangeFaults = {};
  const old = draft.kind === 'installation' ? null : known.old;
  const fresh = draft.kind === 'removal' ? null : known.fresh;
  if (draft.doneOn > known.today) faults.doneOn = 'DAY_IN_FUTURE';
  else if (old && draft.doneOn <= old.installedOn) faults.doneOn = 'EXCHANGE_BEFORE_INSTALLATION';
  else if (old && draft.doneOn < old.last.readOn) faults.doneOn = 'EXCHANGE_READING_AFTER';
  if (old && draft.finalValue !== '') set(faults, 'finalValue', finalFault(draft, old));
  if (fresh) {
    if (draft.openingValue !== '') set(faults, 'openingValue', openingFault(draft, fresh));
    if (fresh.meterId === old?.meterId) faults.newMeter = 'EXCHANGE_SAME_METER';
    else if (!fresh.free) faults.newMeter = 'EXCHANGE_METER_NOT_FREE';
    else if (fresh.validUntil === null || fresh.validUntil < draft.doneOn) faults.newMeter = 'EXCHANGE_NOT_LEGAL';
  }
  const numbers = draft.seals
    .filter(({ sealNo }) => sealNo.trim() !== '')
    .map(({ sealNo, kind }) => `${kind} ${sealNo.trim().toUpperCase()}`);
  if (new Set(numbers).size < numbers.length) faults.seals = 'EXCHANGE_SEAL_TWICE';
  return faults;
}

function set(faults: ExchangeFaults, field: keyof ExchangeFaults, fault: ExchangeFault | null): void {
  if (fault) faults[field] = fault;
}

/** Whole black digits, and no more of them than the register has. */
function registerFault(value: string, digits: number): 'EXCHANGE_VALUE' | 'EXCHANGE_DIGITS' | null {
  if (!/^[0-9]+$/.test(value)) return 'EXCHANGE_VALUE';
  return value.replace(/^0+(?=[0-9])/, '').length > digits ? 'EXCHANGE_DIGITS' : null;
}

function openingFault({ openingValue, openingReset }: ExchangeDraft, fresh: NewMeter): ExchangeFault | null {
  const form = registerFault(openingValue, fresh.digits);
  if (form) return form;
  return !openingReset && fallsBack(openingValue, fresh.lastFinal) ? 'EXCHANGE_OPENING_BELOW' : null;
}

/** Below the black digits that the meter showed when it was last taken down: only after a repair of its register. */
export function fallsBack(openingValue: string, lastFinal: string | null): boolean {
  return lastFinal !== null && /^[0-9]+$/.test(openingValue) && BigInt(openingValue) < toLitres(lastFinal) / 1000n;
}

function finalFault({ finalValue, finalRollover }: ExchangeDraft, { digits, last }: OldMeter): ExchangeFault | null {
  const form = registerFault(finalValue, digits);
  if (form) return form;
  if (finalRollover) return mayPassZero(finalValue, last.value, digits) ? null : 'EXCHANGE_NO_ROLLOVER';
  return toLitres(finalValue) < toLitres(last.value) ? 'EXCHANGE_FINAL_BELOW' : null;
}

/** From the last tenth of the register to the first (V4): only then a lower value may be a rollover. */
export function mayPassZero(value: string, last: string, digits: number): boolean {
  const top = 10n ** BigInt(digits) * 1000n;
  const [now, before] = [toLitres(value), toLitres(last)];
  return now < before && before * 10n >= top * 9n && now * 10n <= top;
}

/** m³ that went through since the last reading: never below 0, null while there is no value that can be. */
export function usedSince(
  draft: Pick<ExchangeDraft, 'finalValue' | 'finalRollover'>,
  { digits, last }: Pick<OldMeter, 'digits' | 'last'>,
): string | null {
  if (registerFault(draft.finalValue, digits)) return null;
  const used =
    toLitres(draft.finalValue) - toLitres(last.value) + (draft.finalRollover ? 10n ** BigInt(digits) * 1000n : 0n);
  return used < 0n ? null : toCubicMetres(used);
}

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** m³ to expect until a day, in whole m³ by the mean of the last year; null where no mean is known. */
export function expectedUse({ last, perDay }: Pick<OldMeter, 'last' | 'perDay'>, doneOn: string): string | null {
  if (perDay === null) return null;
  const days = Math.max(0, daysBetween(last.readOn, doneOn));
  const litres = toLitres(perDay) * BigInt(days);
  return String((litres + 500n) / 1000n);
}

/**
 * Whether what went through is more or less than its expectation by so much that somebody should look again: beyond twice
 * or below two fifths of it, and by 10 or 5 m³ at least (rules V6 and V7).
 */
export function unusualUse(used: string, expected: string): 'high' | 'low' | null {
  const [u, h] = [toLitres(used), toLitres(expected)];
  if (u > 2n * h && u - h >= 10_000n) return 'high';
  if (5n * u < 2n * h && h - u >= 5_000n) return 'low';
  return null;
}
