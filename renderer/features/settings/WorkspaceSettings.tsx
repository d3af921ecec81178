import { Skeleton, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Workspace } from '../../../shared/contract/session';
import { client, trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

/** Whether the next sign-in finds the desk as it was left. */
export function WorkspaceSettings() {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const desk = useQuery(trpc.session.workspace.queryOptions());
  const save = useMutation({
    mutationFn: (next: Workspace) => client.session.saveWorkspace.mutate(next),
    onSuccess: (_, next) => queries.setQueryData(trpc.session.workspace.queryKey(), next),
    onError: showError,
  });
  if (!desk.data) return <Skeleton h="2.75rem" w="24rem" maw="100%" />;
  const stored = desk.data;
  return (
    <Switch
      label={t('desk.restore')}
      description={t('desk.restoreHint')}
      checked={save.isPending ? save.variables.restore : stored.restore}
      onChange={(event) => save.mutate({ ...stored, restore: event.currentTarget.checked })}
    />
  );
}
