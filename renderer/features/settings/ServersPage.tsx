import { Alert, Code, Paper, Skeleton } from '@mantine/core';
import { IconInfoCircle, IconServer } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ConfiguredServer } from '../../../shared/contract/session';
import { useSession } from '../../app/session';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { PageHeader } from '../../ui/PageHeader';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';

/** Which servers this program knows and which one is in use. Read only: the list belongs to the installation. */
export function ServersPage() {
  const { t } = useTranslation('settings');
  const { user } = useSession();
  const list = useQuery(trpc.session.servers.queryOptions());
  const columns: RecordColumn<ConfiguredServer>[] = [
    { key: 'name', header: t('servers.name'), render: ({ name }) => name },
    { key: 'hosts', header: t('servers.hosts'), kind: 'number', render: ({ hosts }) => hosts },
    { key: 'reads', header: t('servers.reads'), render: ({ readsFrom }) => t(`servers.from.${readsFrom}`) },
    {
      key: 'kind',
      header: t('servers.kind'),
      render: ({ embedded }) => t(embedded ? 'servers.demo' : 'servers.shared'),
    },
    {
      key: 'state',
      header: t('servers.state'),
      render: ({ current }) =>
        current && <StateBadge tone="ok" label={t('servers.inUse', { version: user.server.version })} />,
    },
  ];
  return (
    <>
      <PageHeader title={t('servers.title')} subtitle={t('servers.subtitle')} />
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton h="6rem" />}
      {list.data && (
        <Paper withBorder p="md">
          <RecordTable
            label={t('servers.title')}
            columns={columns}
            rows={list.data.servers}
            rowKey={({ id }) => id}
            minWidth={640}
          />
        </Paper>
      )}
      <Alert mt="md" color="gray" icon={<IconInfoCircle size={18} aria-hidden />} title={t('servers.file')}>
        {t('servers.fileText')} <Code>servers.json</Code>
      </Alert>
      <Alert mt="md" color="gray" icon={<IconServer size={18} aria-hidden />} title={t('servers.choice')}>
        {t('servers.choiceText')}
      </Alert>
    </>
  );
}
