import { Button, Paper, Skeleton } from '@mantine/core';
import { IconUserEdit } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataChangeRow } from '../../../shared/contract/data-changes';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { DataChangeState } from './AccountState';
import { DecideDrawer } from './DecideDrawer';

/** What the holder wanted changed through the portal, open requests first. */
export function ChangesTab({ accountId }: { accountId: string }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const may = useMay('dataChanges.decide');
  const [opened, setOpened] = useState<string | null>(null);
  const read = useQuery(trpc.dataChanges.ofAccount.queryOptions({ id: accountId }));
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  if (read.isPending) return <Skeleton height="8rem" />;
  const { requests } = read.data;
  if (requests.length === 0) {
    return <EmptyState icon={IconUserEdit} title={t('change.none')} text={t('change.noneText')} />;
  }
  const columns: RecordColumn<DataChangeRow>[] = [
    {
      key: 'at',
      header: t('change.column.requestedAt'),
      kind: 'date',
      render: (row) => format.dateTime(row.requestedAt),
    },
    { key: 'customer', header: t('change.column.customer'), render: (row) => `${row.customerNo} ${row.customerName}` },
    { key: 'status', header: t('change.column.status'), render: (row) => <DataChangeState status={row.status} /> },
    {
      key: 'decided',
      header: t('change.column.decidedAt'),
      render: (row) => (row.decidedAt ? `${format.dateTime(row.decidedAt)} · ${row.decidedByName ?? ''}` : <Nothing />),
    },
    {
      key: 'act',
      header: t('change.column.act'),
      render: (row) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('change.openOf', { at: format.dateTime(row.requestedAt) })}
          onClick={() => setOpened(row.id)}
        >
          {t(may && row.status === 'open' ? 'change.decide' : 'change.show')}
        </Button>
      ),
    },
  ];
  return (
    <Paper withBorder p="md">
      <RecordTable label={t('change.list')} columns={columns} rows={requests} rowKey={(row) => row.id} minWidth={760} />
      {opened && <DecideDrawer key={opened} id={opened} onClose={() => setOpened(null)} />}
    </Paper>
  );
}
