import { useTranslation } from 'react-i18next';
import type { LetterRunRow } from '../../../shared/contract/letter-runs';
import { StateBadge, type Tone } from '../../ui/StateBadge';

const TONES: Record<LetterRunRow['state'], Tone> = {
  running: 'info',
  interrupted: 'warn',
  done: 'ok',
  cancelled: 'neutral',
  failed: 'danger',
};

/** How a run of letters stands. */
export function RunState({ state }: { state: LetterRunRow['state'] }) {
  const { t } = useTranslation('letterRuns');
  return <StateBadge tone={TONES[state]} label={t(`state.${state}`)} />;
}
