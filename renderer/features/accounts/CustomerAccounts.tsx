import { Paper, Skeleton } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CustomerAccount } from '../../../shared/contract/accounts';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { AccountState } from './AccountState';
import { nameOf } from './accountColumns';

/** Accounts of the portal that see a customer, or did; on the customer's card. */
export function CustomerAccounts({ customerId }: { customerId: string }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const read = useQuery(trpc.accounts.ofCustomer.queryOptions({ id: customerId }));
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  if (read.isPending) return <Skeleton height="8rem" />;
  const { accounts } = read.data;
  if (accounts.length === 0) {
    return <EmptyState icon={IconUserCircle} title={t('ofCustomer.none')} text={t('ofCustomer.noneText')} />;
  }
  const columns: RecordColumn<CustomerAccount>[] = [
    {
      key: 'login',
      header: t('column.login'),
      render: (row) => (
        <AnchorLink underline="always" to="/accounts/$id" params={{ id: row.id }}>
          {row.login ?? t('erased')}
        </AnchorLink>
      ),
    },
    { key: 'name', header: t('column.name'), render: nameOf },
    { key: 'relation', header: t('access.relation'), render: (row) => t(`relation.${row.relation}`) },
    { key: 'status', header: t('column.status'), render: (row) => <AccountState status={row.status} /> },
    { key: 'from', header: t('access.from'), kind: 'date', render: (row) => format.date(row.validFrom) },
    {
      key: 'to',
      header: t('access.to'),
      kind: 'date',
      render: (row) => (row.validTo ? format.date(row.validTo) : <Nothing>{t('access.open')}</Nothing>),
    },
    {
      key: 'lastSignInAt',
      header: t('column.lastSignInAt'),
      kind: 'date',
      render: (row) => (row.lastSignInAt ? format.dateTime(row.lastSignInAt) : <Nothing />),
    },
  ];
  return (
    <Paper withBorder p="md">
      <RecordTable
        label={t('ofCustomer.title')}
        columns={columns}
        rows={accounts}
        rowKey={(row) => `${row.id}-${row.validFrom}`}
        minWidth={800}
      />
    </Paper>
  );
}
