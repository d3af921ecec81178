import { Button, Group, Paper, SegmentedControl, Skeleton, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterRun, RunRow } from '../../../shared/contract/letter-runs';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';

const OUTCOMES = ['all', 'made', 'mailed', 'refused'] as const;
type Shown = (typeof OUTCOMES)[number];

/** What became of each meter of a run, in the order of the round. */
export function RunReceipt({ run }: { run: LetterRun }) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  const [shown, setShown] = useState<Shown>('all');
  const receipt = useInfiniteQuery(
    trpc.letterRuns.rows.infiniteQueryOptions(
      { id: run.id, ...(shown !== 'all' && { outcome: shown }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const rows = receipt.data?.pages.flatMap((page) => page.rows);
  const counts = { all: run.total, made: run.made, mailed: run.mailed, refused: run.refused };
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="run-receipt">
      <Group justify="space-between" mb="sm" mih="2.25rem">
        <Title order={2} size="h4" id="run-receipt">
          {t('receipt.title')}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t('receipt.label')}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          data={OUTCOMES.map((value) => ({ value, label: `${t(`receipt.${value}`)}: ${format.count(counts[value])}` }))}
        />
      </Group>
      {receipt.isError && <ErrorState error={receipt.error} onRetry={() => void receipt.refetch()} />}
      {receipt.isPending && <Skeleton height={160} />}
      {rows && <Rows rows={rows} state={run.state} />}
      {receipt.hasNextPage && (
        <Button
          mt="sm"
          size="xs"
          variant="default"
          loading={receipt.isFetchingNextPage}
          onClick={() => void receipt.fetchNextPage()}
        >
          {t('receipt.more')}
        </Button>
      )}
    </Paper>
  );
}

function Rows({ rows, state }: { rows: readonly RunRow[]; state: LetterRun['state'] }) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  if (rows.length === 0) return <Text c="dimmed">{t('receipt.empty')}</Text>;
  const columns: RecordColumn<RunRow>[] = [
    { key: 'place', header: t('receipt.place'), kind: 'number', render: ({ place }) => format.count(place) },
    {
      key: 'meter',
      header: t('receipt.meter'),
      render: ({ meterId, factoryNo }) => (
        <AnchorLink to="/meters/$id" params={{ id: meterId }}>
          {factoryNo}
        </AnchorLink>
      ),
    },
    { key: 'address', header: t('receipt.address'), render: ({ address }) => address || <Nothing /> },
    {
      key: 'customer',
      header: t('receipt.customer'),
      render: ({ customerId, customerName }) =>
        customerId && customerName ? (
          <AnchorLink to="/customers/$id" params={{ id: customerId }}>
            {customerName}
          </AnchorLink>
        ) : (
          <Nothing />
        ),
    },
    {
      key: 'validUntil',
      header: t('receipt.validUntil'),
      kind: 'date',
      render: ({ validUntil }) => (validUntil ? format.date(validUntil) : <Nothing />),
    },
    {
      key: 'outcome',
      header: t('receipt.outcome'),
      render: ({ outcome, error, page }) => {
        if (outcome === 'made') return t('receipt.madeOn', { page: format.count(page ?? 0) });
        if (outcome === 'mailed') return t('receipt.mailedOut');
        if (error) return <Text inherit>{t(`refusal.${error}`)}</Text>;
        return <Nothing>{t(state === 'cancelled' ? 'receipt.notMade' : 'receipt.waiting')}</Nothing>;
      },
    },
  ];
  return (
    <RecordTable
      label={t('receipt.label')}
      columns={columns}
      rows={rows}
      rowKey={({ meterId }) => meterId}
      minWidth={860}
    />
  );
}
