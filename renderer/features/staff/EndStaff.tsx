import { Select, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { ConfirmDanger } from '../../ui/ConfirmDanger';
import { showError } from '../../ui/showError';
import type { StaffAct } from './staffActs';

/** Asks for the login once more and who takes the open tasks, then ends a leaver's access. */
export function EndStaff({ asked, onClose }: { asked: StaffAct | null; onClose: () => void }) {
  const { t } = useTranslation(['staff', 'ui']);
  const queries = useQueryClient();
  const [tasksTo, setTasksTo] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each opening asks anew
  useEffect(() => setTasksTo(null), [asked]);
  const login = asked?.member.login ?? '';
  const tasks = useQuery(trpc.staff.openTasks.queryOptions({ login }, { enabled: asked !== null, staleTime: 0 }));
  const office = useQuery(trpc.staff.colleagues.queryOptions());
  const people = (office.data?.colleagues ?? []).filter((person) => person.active && person.login !== login);
  const end = useMutation(
    trpc.staff.end.mutationOptions({
      onSuccess: ({ tasksHandedOver }) => {
        const done = t('end.done');
        const message = tasksHandedOver > 0 ? `${done} ${t('end.handedOver', { count: tasksHandedOver })}` : done;
        notifications.show({ message, icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries(trpc.staff.pathFilter());
        onClose();
      },
      onError: showError,
    }),
  );
  const open = tasks.data?.count ?? 0;
  return (
    <ConfirmDanger
      opened={asked !== null}
      title={t('end.title', { name: asked?.member.displayName ?? '' })}
      confirmLabel={t('end.confirm')}
      typed={login}
      busy={end.isPending || (asked !== null && tasks.isPending)}
      onClose={onClose}
      onConfirm={() => asked && end.mutate({ requestId: asked.requestId, login, tasksTo })}
    >
      <Text>{t('end.text')}</Text>
      {open > 0 && (
        <Select
          mt="sm"
          label={t('end.tasks', { count: open })}
          placeholder={t('end.tasksStay')}
          clearable
          clearButtonProps={{ 'aria-label': t('ui:clear') }}
          searchable
          data={people.map(({ login: value, displayName }) => ({ value, label: displayName }))}
          value={tasksTo}
          onChange={setTasksTo}
          comboboxProps={{ withinPortal: false }}
        />
      )}
    </ConfirmDanger>
  );
}
