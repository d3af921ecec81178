import type { ReadingState } from '../../../shared/contract/readings';
import type { Tone } from '../../ui/StateBadge';

/** How a reading's state looks: what waits for a person stands out, what billing has taken is calm. */
export const READING_TONE: Record<ReadingState, Tone> = {
  received: 'info',
  flagged: 'warn',
  deferred: 'warn',
  released: 'ok',
  rejected: 'danger',
  withdrawn: 'neutral',
  fetched: 'ok',
  acknowledged: 'ok',
  refused: 'danger',
  reversed: 'neutral',
};
