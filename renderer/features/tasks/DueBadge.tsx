import { IconAlertTriangle, IconCalendar, IconCalendarDue, IconClockHour4 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../../shared/contract/tasks';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';
import { dueOf } from './taskPresets';

const LOOKS = {
  overdue: { tone: 'danger', icon: IconAlertTriangle },
  today: { tone: 'warn', icon: IconClockHour4 },
  week: { tone: 'info', icon: IconCalendarDue },
  later: { tone: 'neutral', icon: IconCalendar },
} as const;

/** When a task is due, and how urgent that is: as a word too. A closed task only had a day. */
export function DueBadge({ task, today }: { task: TaskRow; today: string }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const day = format.date(task.dueOn);
  if (task.state !== 'open') return <>{day}</>;
  const due = dueOf(task.dueOn, today);
  const label = due === 'later' ? day : `${day} · ${t(`due.${due}`)}`;
  return <StateBadge tone={LOOKS[due].tone} icon={LOOKS[due].icon} label={label} />;
}
