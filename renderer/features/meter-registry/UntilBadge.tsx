import { useTranslation } from 'react-i18next';
import type { MeterRow } from '../../../shared/contract/meter-registry';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';

/** Until when a meter may be used; in one that is, or is going to be, what is past never looks like a date among others. */
export function UntilBadge({ row: { validUntil, expired, status } }: { row: MeterRow }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  if (validUntil === null) return <StateBadge tone="neutral" label={t('unknown')} />;
  return expired && (status === 'installed' || status === 'in_stock') ? (
    <StateBadge tone="danger" label={t('expired', { day: format.date(validUntil) })} />
  ) : (
    format.date(validUntil)
  );
}
