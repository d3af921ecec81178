import { IconAlertCircle, IconCircleCheck, IconCircleX, IconFileCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RegistrationRow } from '../../../shared/contract/registrations';
import { StateBadge } from '../../ui/StateBadge';

const LOOKS = {
  new: { tone: 'info', icon: IconFileCheck },
  incomplete: { tone: 'warn', icon: IconAlertCircle },
  approved: { tone: 'ok', icon: IconCircleCheck },
  rejected: { tone: 'neutral', icon: IconCircleX },
} as const;

/** How far an application has come, as colour, icon and word. */
export function StatusBadge({ status }: { status: RegistrationRow['status'] }) {
  const { t } = useTranslation('registrations');
  return <StateBadge {...LOOKS[status]} label={t(`status.${status}`)} />;
}
