import { Code, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Nothing, RecordTable } from '../../ui/RecordTable';

/** The heads of the seals by day, and whether each left the database. */
export function Anchors() {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const list = useQuery(trpc.audit.anchors.queryOptions());
  const anchors = list.data?.anchors ?? [];
  const left = (at: string | null) => (at ? format.dateTime(at) : <Nothing>{t('seals.not')}</Nothing>);
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h4">
        {t('seals.anchors')}
      </Title>
      <Text c="dimmed">{t('seals.anchorsText')}</Text>
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && anchors.length === 0 && <Nothing>{t('seals.anchorsEmpty')}</Nothing>}
      {anchors.length > 0 && (
        <RecordTable
          label={t('seals.anchors')}
          minWidth={760}
          rows={anchors}
          rowKey={({ day }) => day}
          columns={[
            { key: 'day', header: t('seals.column.day'), kind: 'date', render: ({ day }) => format.date(day) },
            {
              key: 'events',
              header: t('seals.column.events'),
              kind: 'number',
              render: ({ events }) => format.count(events),
            },
            { key: 'last', header: t('seals.lastEvent'), kind: 'number', render: ({ lastEvent }) => lastEvent },
            {
              key: 'head',
              header: t('seals.column.head'),
              kind: 'code',
              render: ({ head }) => <Code title={head}>{`${head.slice(0, 12)}…${head.slice(-4)}`}</Code>,
            },
            { key: 'stored', header: t('seals.column.stored'), kind: 'date', render: ({ storedAt }) => left(storedAt) },
            { key: 'mailed', header: t('seals.column.mailed'), kind: 'date', render: ({ mailedAt }) => left(mailedAt) },
          ]}
        />
      )}
    </Stack>
  );
}
