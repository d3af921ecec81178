import type { Legalization, MeterRecord } from '../../../shared/contract/meters';
import type { Tone } from '../../ui/StateBadge';

export type LegalState = 'valid' | 'soon' | 'expired' | 'lost' | 'unknown';

export const LEGAL_TONE: Record<LegalState, Tone> = {
  valid: 'ok',
  soon: 'warn',
  expired: 'danger',
  lost: 'danger',
  unknown: 'warn',
};

/** The mark in force: the newest that was not withdrawn. */
export function markInForce(legalizations: readonly Legalization[]): Legalization | undefined {
  return legalizations.find(({ withdrawnReason }) => withdrawnReason === null);
}

/** How a meter stands today by the mark in force; days are ISO. */
export function legalState({ legalizations, today, soon }: Pick<MeterRecord, 'legalizations' | 'today' | 'soon'>): {
  state: LegalState;
  mark: Legalization | undefined;
} {
  const mark = markInForce(legalizations);
  if (!mark) return { state: 'unknown', mark };
  if (mark.validUntil < today)
    return { state: mark.lostOn !== null && mark.lostOn <= today ? 'lost' : 'expired', mark };
  return { state: mark.validUntil <= soon ? 'soon' : 'valid', mark };
}

/** Days from `from` up to `to`; negative once it has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
