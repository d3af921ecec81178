import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '../../ui/StateBadge';

/** Whether an act stands. */
export function ExchangeBadge({ reversed }: { reversed: boolean }) {
  const { t } = useTranslation('exchanges');
  return reversed ? (
    <StateBadge tone="neutral" icon={IconArrowBackUp} label={t('state.reversed')} />
  ) : (
    <StateBadge tone="ok" icon={IconCheck} label={t('state.standing')} />
  );
}
