import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCalendar,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconEyeCheck,
  IconHourglass,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeletionRow } from '../../../shared/contract/deletions';
import { StateBadge } from '../../ui/StateBadge';
import { useDueWords } from './deletionWords';

const LOOKS = {
  open: { tone: 'warn', icon: IconEyeCheck },
  forwarded: { tone: 'info', icon: IconUsersGroup },
  approved: { tone: 'info', icon: IconHourglass },
  rejected: { tone: 'neutral', icon: IconCircleX },
  withdrawn: { tone: 'neutral', icon: IconArrowBackUp },
  executed: { tone: 'ok', icon: IconCircleCheck },
} as const;

/** How far a request has come, as colour, icon and word. */
export function DeletionState({ status }: Pick<DeletionRow, 'status'>) {
  const { t } = useTranslation('deletions');
  return <StateBadge {...LOOKS[status]} label={t(`status.${status}`)} />;
}

/** Up to so many working days left the day is close. */
const CLOSE = 2;

/** The day it is due with the working days left, red behind it; a closed request only had a day. */
export function DueDay({ row }: { row: Pick<DeletionRow, 'dueOn' | 'daysLeft' | 'overdue'> }) {
  const label = useDueWords()(row);
  if (row.daysLeft === null) return <>{label}</>;
  if (row.overdue) return <StateBadge tone="danger" icon={IconAlertTriangle} label={label} />;
  return row.daysLeft <= CLOSE ? (
    <StateBadge tone="warn" icon={IconClockHour4} label={label} />
  ) : (
    <StateBadge tone="neutral" icon={IconCalendar} label={label} />
  );
}
