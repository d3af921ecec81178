import { Paper, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MeterNotice } from '../../../shared/contract/letter-runs';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';

/** What was sent about a meter's legalization, to whom and when; newest first. */
export function MeterNotices({ meterId }: { meterId: string }) {
  const { t } = useTranslation('letterRuns');
  const notices = useQuery(trpc.letterRuns.ofMeter.queryOptions({ meterId }));
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="meter-notices">
      <Title order={2} size="h4" mb="sm" id="meter-notices">
        {t('notices.title')}
      </Title>
      {notices.isError && <ErrorState error={notices.error} onRetry={() => void notices.refetch()} />}
      {notices.isPending && <Skeleton height={48} />}
      {notices.data && <Rows notices={notices.data.notices} />}
    </Paper>
  );
}

function Rows({ notices }: { notices: readonly MeterNotice[] }) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  if (notices.length === 0) return <Text c="dimmed">{t('notices.empty')}</Text>;
  const columns: RecordColumn<MeterNotice>[] = [
    {
      key: 'run',
      header: t('notices.run'),
      render: ({ runId }) => (
        <AnchorLink to="/letter-runs/$id" params={{ id: runId }}>
          {t('record', { number: runId })}
        </AnchorLink>
      ),
    },
    { key: 'channel', header: t('column.channel'), render: ({ channel }) => t(`rowChannel.${channel}`) },
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
    { key: 'made', header: t('notices.made'), kind: 'date', render: ({ madeAt }) => format.dateTime(madeAt) },
    {
      key: 'sent',
      header: t('notices.sent'),
      kind: 'date',
      render: ({ sentOn }) => (sentOn ? format.date(sentOn) : <Nothing>{t('notices.notSent')}</Nothing>),
    },
  ];
  return (
    <RecordTable
      label={t('notices.label')}
      columns={columns}
      rows={notices}
      rowKey={({ runId }) => runId}
      minWidth={640}
    />
  );
}
