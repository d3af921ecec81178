import { useTranslation } from 'react-i18next';
import type { Condition } from '../../../shared/contract/health';
import { StateBadge } from '../../ui/StateBadge';

const TONES = { good: 'ok', late: 'warn', down: 'danger' } as const;

/** A verdict as colour, sign and word; `word` where a part has a better one. */
export function ConditionBadge({ condition, word }: { condition: Condition; word?: string | undefined }) {
  const { t } = useTranslation('health');
  return <StateBadge tone={TONES[condition]} label={word ?? t(`condition.${condition}`)} />;
}
