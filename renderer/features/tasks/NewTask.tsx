import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { type TaskField, TaskFields } from './TaskFields';
import { dayAfter } from './taskPresets';
import { useTaskLabels } from './useTaskLabels';

interface NewTaskProps {
  /** The record it is about, with its name on screen; null for a task of the office. */
  about: { subject: string; label: string } | null;
  today: string;
  onClose: () => void;
}

/** The form for a new task: due tomorrow and one's own, unless chosen otherwise. */
export function NewTask({ about, today, onClose }: NewTaskProps) {
  const { t } = useTranslation('tasks');
  const { user } = useSession();
  const queries = useQueryClient();
  const { labels, validate } = useTaskLabels();
  // Nothing is stored yet: what the form begins with counts as typed only where it is changed.
  const empty = useMemo<Record<TaskField, string | null>>(
    () => ({ title: null, note: null, dueOn: dayAfter(today, 1), assignee: user.login }),
    [today, user.login],
  );
  return (
    <ComparedDrawer
      title={t('new')}
      stored={empty}
      labels={labels}
      draftId={`tasks.new.${about?.subject ?? ''}`}
      validate={validate}
      save={async (changes, requestId) => {
        const value = (field: TaskField) => {
          const change = changes[field];
          return change ? change.to : empty[field];
        };
        await client.tasks.create.mutate({
          requestId,
          title: value('title') ?? '',
          note: value('note'),
          subject: about?.subject ?? null,
          dueOn: value('dueOn') ?? '',
          assignee: value('assignee'),
        });
        return { status: 'saved' };
      }}
      onSaved={() => {
        notifications.show({ message: t('created'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries(trpc.tasks.pathFilter());
      }}
      onClose={onClose}
    >
      {(form) => <TaskFields {...form} subject={about?.label} />}
    </ComparedDrawer>
  );
}

/** On a record: makes a task about it. */
export function NewTaskButton({ subject, label }: { subject: string; label: string }) {
  const { t } = useTranslation('tasks');
  const [open, setOpen] = useState(false);
  const [today, setToday] = useState('');
  const queries = useQueryClient();
  // The office's day, not the computer's.
  const start = () =>
    void queries.fetchQuery(trpc.staff.colleagues.queryOptions()).then((office) => {
      setToday(office.today);
      setOpen(true);
    });
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={start}>
        {t('new')}
      </Button>
      {open && <NewTask about={{ subject, label }} today={today} onClose={() => setOpen(false)} />}
    </>
  );
}
