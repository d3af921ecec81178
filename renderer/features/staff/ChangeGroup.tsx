import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { ConfirmDanger } from '../../ui/ConfirmDanger';
import { showError } from '../../ui/showError';
import type { StaffAct } from './staffActs';

/** Between clerk and technician; every other role takes a second person. The person has to sign in anew. */
export function ChangeGroup({ asked, onClose }: { asked: StaffAct | null; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const queries = useQueryClient();
  const change = useMutation(
    trpc.staff.changeGroup.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('regroup.done'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries(trpc.staff.pathFilter());
        onClose();
      },
      onError: showError,
    }),
  );
  const from = asked?.member.group ?? 'bok_clerk';
  const to = from === 'bok_clerk' ? 'bok_technician' : 'bok_clerk';
  return (
    <ConfirmDanger
      opened={asked !== null}
      title={t('regroup.title', { name: asked?.member.displayName ?? '' })}
      confirmLabel={t('regroup.confirm', { group: t(`group.${to}`) })}
      busy={change.isPending}
      onClose={onClose}
      onConfirm={() => asked && change.mutate({ requestId: asked.requestId, login: asked.member.login, from, to })}
    >
      {t('regroup.text', { from: t(`group.${from}`), to: t(`group.${to}`) })}
    </ConfirmDanger>
  );
}
