import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../../shared/contract/tasks';
import { AnchorLink } from '../../ui/AnchorLink';
import { Nothing } from '../../ui/RecordTable';

const SCREENS = {
  customer: '/customers/$id',
  premise: '/premises/$id',
  meter: '/meters/$id',
  registration: '/registrations/$id',
  account: '/accounts/$id',
  deletion_request: '/deletions/$id',
  meter_case: '/meter-cases/$id',
} as const;

/** The record a task is about: a link where it has a screen, its kind alone for who may not see it. */
export function SubjectLink({ task }: { task: Pick<TaskRow, 'subject' | 'subjectLabel'> }) {
  const { t } = useTranslation('tasks');
  if (!task.subject) return <Nothing />;
  const [kind = '', id = ''] = task.subject.split(':');
  const to = SCREENS[kind as keyof typeof SCREENS];
  const label = task.subjectLabel ?? t(`subject.${kind as 'customer'}`);
  if (kind === 'service_order' && task.subjectLabel) {
    return (
      <AnchorLink to="/orders" search={{ order: id }}>
        {label}
      </AnchorLink>
    );
  }
  if (!to || !task.subjectLabel) return <>{label}</>;
  return (
    <AnchorLink to={to} params={{ id }}>
      {label}
    </AnchorLink>
  );
}
