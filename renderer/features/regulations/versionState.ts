import type { RegulationVersion } from '../../../shared/contract/regulations';
import type { Tone } from '../../ui/StateBadge';

/**
 * Where a version stands: waits for its notices, is late with them (its day may have passed: it did not take effect), was
 * announced, holds, or held once.
 */
export type VersionState = 'planned' | 'late' | 'announced' | 'inForce' | 'past';

export const STATE_TONES: Record<VersionState, Tone> = {
  planned: 'neutral',
  late: 'danger',
  announced: 'info',
  inForce: 'ok',
  past: 'neutral',
};

/** `earliest`: the first day a version announced today may take effect on; empty while it is not known. */
export function versionState(
  { inForce, binds, effectiveOn, announcedAt, accounts }: RegulationVersion,
  today: string,
  earliest = '',
): VersionState {
  if (inForce) return 'inForce';
  if (binds && effectiveOn <= today) return 'past';
  if (announcedAt) return 'announced';
  return accounts > 0 && effectiveOn < earliest ? 'late' : 'planned';
}
