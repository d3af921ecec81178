import { Button, Drawer, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconArrowBackUp, IconUserCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../../shared/contract/tasks';
import { useSession } from '../../app/session';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { ShortcutLayer } from '../../ui/shortcuts';
import { SubjectLink } from './SubjectLink';
import { type TaskField, TaskFields } from './TaskFields';
import { mayChange } from './taskRights';
import type { TaskAct } from './useTaskActs';
import { useTaskLabels } from './useTaskLabels';

interface TaskDrawerProps {
  task: TaskRow;
  onAct: (act: TaskAct, task: TaskRow) => void;
  /** Another feature's part, put together in `app/routes.tsx`. */
  history: ReactNode;
  onClose: () => void;
}

/** One task: its form for who may change it while it is open, else what it says; and its history. */
export function TaskDrawer(props: TaskDrawerProps) {
  const { user } = useSession();
  const editable = props.task.state === 'open' && mayChange(props.task, user);
  return editable ? <TaskForm {...props} /> : <TaskView {...props} />;
}

function TaskForm({ task, onClose, history }: TaskDrawerProps) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const queries = useQueryClient();
  const { labels, validate } = useTaskLabels();
  const { title, note, dueOn, assignee } = task;
  const stored = useMemo<Record<TaskField, string | null>>(
    () => ({ title, note, dueOn, assignee }),
    [title, note, dueOn, assignee],
  );
  return (
    <ComparedDrawer
      title={t('edit')}
      stored={stored}
      labels={labels}
      shown={(field, value) => (field === 'dueOn' ? format.date(value) : value)}
      draftId={`tasks.change.${task.id}`}
      validate={validate}
      save={(changes, requestId) => client.tasks.change.mutate({ id: task.id, requestId, changes })}
      onSaved={() => void queries.invalidateQueries(trpc.tasks.pathFilter())}
      onClose={onClose}
    >
      {(form) => (
        <Tabs defaultValue="task" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="task">{t('tab.task')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('tab.history')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="task">
            <TaskFields {...form} subject={task.subject ? <SubjectLink task={task} /> : undefined} />
          </Tabs.Panel>
          <Tabs.Panel value="history">{history}</Tabs.Panel>
        </Tabs>
      )}
    </ComparedDrawer>
  );
}

function TaskView({ task, onAct, onClose, history }: TaskDrawerProps) {
  const { t } = useTranslation(['tasks', 'ui']);
  const format = useFormat();
  const { user } = useSession();
  const open = task.state === 'open';
  const closed = task.closedAt ? format.dateTime(task.closedAt) : null;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="30rem"
      title={t('edit')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ShortcutLayer>
        <Stack gap="lg">
          <KeyValue
            items={[
              { label: t('column.title'), value: task.title },
              { label: t('column.subject'), value: task.subject && <SubjectLink task={task} /> },
              { label: t('column.dueOn'), value: format.date(task.dueOn) },
              { label: t('column.assignee'), value: task.assigneeName },
              { label: t('column.createdBy'), value: task.createdByName },
              { label: t('note'), value: task.note },
              ...(closed ? [{ label: t(`state.${task.state}`), value: `${closed} · ${task.closedBy}` }] : []),
            ]}
          />
          {open && <Text c="dimmed">{t('notYours')}</Text>}
          <Group>
            {open && (
              <Button leftSection={<IconUserCheck size={16} aria-hidden />} onClick={() => onAct('takeOver', task)}>
                {t('act.takeOver')}
              </Button>
            )}
            {!open && mayChange(task, user) && (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} aria-hidden />}
                onClick={() => onAct('reopen', task)}
              >
                {t('act.reopen')}
              </Button>
            )}
          </Group>
          {history}
        </Stack>
      </ShortcutLayer>
    </Drawer>
  );
}
