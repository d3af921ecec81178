import { Badge, Tooltip } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format';
import { useMay } from '../ui/permissions';
import classes from './Shell.module.css';
import { trpc } from './trpc';

/** Open tasks that are mine or that I stand in for. */
function useTaskCounters() {
  const counters = useQuery(trpc.tasks.counters.queryOptions(undefined, { enabled: useMay('tasks.counters') })).data;
  return counters && { waiting: counters.open + counters.substituted, overdue: counters.overdue };
}

/** In the navigation: how many tasks wait, in red when one is overdue. */
export function TaskCounter() {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const counters = useTaskCounters();
  if (!counters?.waiting) return null;
  return (
    <Badge
      size="sm"
      variant="light"
      color={counters.overdue > 0 ? 'red' : 'gray'}
      aria-label={t('tasks.open', { count: counters.waiting })}
    >
      {format.count(counters.waiting)}
    </Badge>
  );
}

/** In the header: to the tasks, with what waits and what is overdue as words. */
export function TaskLink() {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const counters = useTaskCounters();
  if (!counters) return null;
  const { waiting, overdue } = counters;
  const words = waiting > 0 ? t('tasks.open', { count: waiting }) : t('tasks.none');
  const label = overdue > 0 ? `${words}, ${t('tasks.overdue', { count: overdue })}` : words;
  return (
    <Tooltip label={label}>
      <Link
        to="/tasks"
        className={classes.tasks}
        aria-label={`${t('nav.tasks')}: ${label}`}
        data-overdue={overdue > 0 || undefined}
      >
        <IconChecklist size={20} stroke={1.6} aria-hidden />
        {waiting > 0 && <span className={classes.tasksCount}>{format.count(waiting)}</span>}
      </Link>
    </Tooltip>
  );
}
