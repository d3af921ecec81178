import { IconAlertTriangle, IconCalendar, IconClockHour4 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RegistrationRow } from '../../../shared/contract/registrations';
import { StateBadge } from '../../ui/StateBadge';

/** Up to so many working days left the term is close. */
const CLOSE = 2;

type Term = Pick<RegistrationRow, 'daysLeft' | 'overdue' | 'status'>;

/** Working days to the last day of the term, red behind it; a decided application has none left to count. */
export function DaysLeft({ term }: { term: Term }) {
  const { t } = useTranslation('registrations');
  if (term.status === 'approved' || term.status === 'rejected') return <>—</>;
  if (term.overdue) return <StateBadge tone="danger" icon={IconAlertTriangle} label={t('left.late')} />;
  const label = term.daysLeft === 0 ? t('left.today') : t('left.days', { count: term.daysLeft });
  return term.daysLeft <= CLOSE ? (
    <StateBadge tone="warn" icon={IconClockHour4} label={label} />
  ) : (
    <StateBadge tone="neutral" icon={IconCalendar} label={label} />
  );
}
