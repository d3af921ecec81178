import { Button, Paper, Skeleton } from '@mantine/core';
import { IconLogin } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AccountRecord, AccountSignIn } from '../../../shared/contract/accounts';
import { client, trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge, type Tone } from '../../ui/StateBadge';

const TONE: Record<AccountSignIn['outcome'], Tone> = { ok: 'ok', wrong_password: 'warn', refused: 'danger' };

/** Who tried to sign in through the portal, when, from where; newest first. */
export function SignInsTab({ account: { id } }: { account: AccountRecord }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const read = useInfiniteQuery({
    // Under the procedure's own key, so that live hints find it.
    queryKey: [...trpc.accounts.signIns.queryKey({ id }), 'pages'],
    queryFn: ({ pageParam, signal }) => client.accounts.signIns.query({ id, before: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.more ? (page.rows.at(-1)?.id ?? null) : null),
  });
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  if (read.isPending) return <Skeleton height="12rem" />;
  const rows = read.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) {
    return <EmptyState icon={IconLogin} title={t('signIn.none')} text={t('signIn.noneText')} />;
  }
  const columns: RecordColumn<AccountSignIn>[] = [
    { key: 'at', header: t('signIn.at'), kind: 'date', render: (row) => format.dateTime(row.at) },
    {
      key: 'outcome',
      header: t('signIn.outcome'),
      render: (row) => <StateBadge tone={TONE[row.outcome]} label={t(`signIn.is.${row.outcome}`)} />,
    },
    { key: 'address', header: t('signIn.address'), kind: 'code', render: (row) => row.address ?? <Nothing /> },
    { key: 'agent', header: t('signIn.agent'), render: (row) => row.agent ?? <Nothing /> },
  ];
  return (
    <Paper withBorder p="md">
      <RecordTable label={t('signIn.title')} columns={columns} rows={rows} rowKey={(row) => row.id} minWidth={640} />
      {read.hasNextPage && (
        <Button
          mt="sm"
          size="xs"
          variant="default"
          loading={read.isFetchingNextPage}
          onClick={() => void read.fetchNextPage()}
        >
          {t('signIn.more')}
        </Button>
      )}
    </Paper>
  );
}
