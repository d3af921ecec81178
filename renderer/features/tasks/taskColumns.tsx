import { ActionIcon, Group, Menu, Text, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleOff,
  IconDots,
  IconUserCheck,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../../shared/contract/tasks';
import { useSession } from '../../app/session';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { StateBadge } from '../../ui/StateBadge';
import { DueBadge } from './DueBadge';
import { SubjectLink } from './SubjectLink';
import { mayChange } from './taskRights';
import type { TaskAct } from './useTaskActs';

/** Columns of the task list, as `main/modules/tasks/tasks.list.ts` serves them; the circle at the left completes a task. */
export function useTaskColumns(
  today: string,
  act: (act: TaskAct, task: TaskRow) => void,
): readonly ListColumn<TaskRow>[] {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const { user } = useSession();
  const office = useQuery(trpc.staff.colleagues.queryOptions()).data;
  return useMemo(() => {
    const people = (office?.colleagues ?? []).map(({ login, displayName }) => ({ value: login, label: displayName }));
    const states = STATES.map((value) => ({ value, label: t(`state.${value}`) }));
    const reasons = REASONS.map((value) => ({ value, label: t(`reason.${value}`) }));
    const person = (key: 'assignee' | 'createdBy'): ListColumn<TaskRow> => ({
      key,
      header: t(`column.${key}`),
      width: 132,
      grow: 1,
      filter: { by: 'values', choices: people },
      words: wordsOf(people),
      value: (task) => task[key],
      render: (task) => task[`${key}Name`],
    });
    return [
      {
        key: 'state',
        header: t('column.state'),
        width: 88,
        align: 'center',
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: (task) => task.state,
        render: (task) => <Circle task={task} enabled={mayChange(task, user)} onAct={act} />,
      },
      {
        key: 'title',
        header: t('column.title'),
        width: 220,
        grow: 3,
        fixed: true,
        searched: true,
        filter: { by: 'text' },
        value: (task) => task.title,
        render: (task) => <Title task={task} />,
      },
      {
        key: 'subject',
        header: t('column.subject'),
        width: 130,
        grow: 2,
        value: (task) => task.subject,
        print: (task) => task.subjectLabel ?? '',
        render: (task) => <SubjectLink task={task} />,
      },
      {
        key: 'dueOn',
        header: t('column.dueOn'),
        width: 190,
        sortKey: 'dueOn',
        filter: { by: 'dates' },
        value: (task) => task.dueOn,
        print: (task) => format.date(task.dueOn),
        render: (task) => <DueBadge task={task} today={today} />,
      },
      person('assignee'),
      person('createdBy'),
      {
        key: 'mine',
        header: t('column.mine'),
        width: 140,
        hidden: true,
        filter: { by: 'values', choices: reasons, nothing: true },
        words: wordsOf(reasons),
        value: (task) => task.mine,
        render: (task) => (task.mine ? t(`reason.${task.mine}`) : '—'),
      },
      {
        key: 'createdAt',
        header: t('column.createdAt'),
        width: 160,
        hidden: true,
        sortKey: 'createdAt',
        filter: { by: 'dates' },
        value: (task) => task.createdAt,
        print: (task) => format.dateTime(task.createdAt),
        render: (task) => format.dateTime(task.createdAt),
      },
      {
        key: 'acts',
        header: t('column.acts'),
        width: 92,
        align: 'center',
        offPaper: true,
        value: () => null,
        render: (task) => (
          <Acts task={task} changes={mayChange(task, user)} own={task.mine === 'assigned'} onAct={act} />
        ),
      },
    ];
  }, [t, format, today, act, user, office]);
}

const STATES = ['open', 'done', 'cancelled'] as const;
const REASONS = ['assigned', 'substitute'] as const;

function wordsOf(choices: readonly Choice[]): Record<string, string> {
  return Object.fromEntries(choices.map(({ value, label }) => [value, label]));
}

function Title({ task }: { task: TaskRow }) {
  const { t } = useTranslation('tasks');
  return (
    <Group gap="xs" wrap="nowrap">
      <Text span truncate inherit td={task.state === 'open' ? undefined : 'line-through'} title={task.title}>
        {task.title}
      </Text>
      {task.mine === 'substitute' && (
        <StateBadge tone="info" icon={IconUserCheck} label={t('substitute', { name: task.assigneeName })} />
      )}
      {task.state === 'cancelled' && <StateBadge tone="neutral" icon={IconCircleOff} label={t('state.cancelled')} />}
    </Group>
  );
}

interface CircleProps {
  task: TaskRow;
  enabled: boolean;
  onAct: (act: TaskAct, task: TaskRow) => void;
}

function Circle({ task, enabled, onAct }: CircleProps) {
  const { t } = useTranslation('tasks');
  const open = task.state === 'open';
  const label = t(open ? 'act.complete' : 'act.reopen');
  return (
    <Tooltip label={open ? `${label} (Z)` : label} disabled={!enabled}>
      <ActionIcon
        aria-label={`${label}: ${task.title}`}
        disabled={!enabled}
        tabIndex={-1}
        color={open ? 'gray' : 'ibok'}
        onClick={() => onAct(open ? 'complete' : 'reopen', task)}
      >
        {open ? <IconCircle size={18} stroke={1.6} /> : <IconCircleCheckFilled size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

function Acts({
  task,
  changes,
  own,
  onAct,
}: { task: TaskRow; changes: boolean; own: boolean } & Omit<CircleProps, 'enabled'>) {
  const { t } = useTranslation('tasks');
  const open = task.state === 'open';
  if (!changes && (own || !open)) return null;
  return (
    // Outside of the list, which would cut it off, but inside the main landmark.
    <Menu position="bottom-end" portalProps={{ target: '#main' }}>
      <Menu.Target>
        <ActionIcon aria-label={t('acts', { title: task.title })} tabIndex={-1}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {open && !own && (
          <Menu.Item leftSection={<IconUserCheck size={16} aria-hidden />} onClick={() => onAct('takeOver', task)}>
            {t('act.takeOver')}
          </Menu.Item>
        )}
        {open && changes && (
          <Menu.Item leftSection={<IconCircleOff size={16} aria-hidden />} onClick={() => onAct('cancel', task)}>
            {t('act.cancel')}
          </Menu.Item>
        )}
        {!open && changes && (
          <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => onAct('reopen', task)}>
            {t('act.reopen')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
