import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { ConfirmDanger } from '../../ui/ConfirmDanger';
import { showError } from '../../ui/showError';
import type { StaffAct } from './staffActs';

/** Asks for the login once more, then ends a leaver's access. */
export function EndStaff({ asked, onClose }: { asked: StaffAct | null; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const queries = useQueryClient();
  const end = useMutation(
    trpc.staff.end.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('end.done'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries({ queryKey: trpc.staff.list.queryKey() });
        onClose();
      },
      onError: showError,
    }),
  );
  return (
    <ConfirmDanger
      opened={asked !== null}
      title={t('end.title', { name: asked?.member.displayName ?? '' })}
      confirmLabel={t('end.confirm')}
      typed={asked?.member.login ?? ''}
      busy={end.isPending}
      onClose={onClose}
      onConfirm={() => asked && end.mutate({ requestId: asked.requestId, login: asked.member.login })}
    >
      {t('end.text')}
    </ConfirmDanger>
  );
}
