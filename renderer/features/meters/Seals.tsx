import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MeterRecord } from '../../../shared/contract/meters';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';

type Seal = MeterRecord['seals'][number];

/** Every seal the meter ever bore; those on it now first. */
export function Seals({ seals }: { seals: readonly Seal[] }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const columns: RecordColumn<Seal>[] = [
    { key: 'no', header: t('record.sealNo'), kind: 'code', render: ({ sealNo }) => sealNo },
    { key: 'kind', header: t('record.sealKind'), render: ({ kind }) => t(`sealKind.${kind}`) },
    { key: 'place', header: t('record.sealPlace'), render: ({ place }) => t(`sealPlace.${place}`) },
    { key: 'put', header: t('record.sealPut'), kind: 'date', render: ({ putOn }) => format.date(putOn) },
    { key: 'by', header: t('record.sealPutBy'), render: ({ putBy }) => putBy },
    {
      key: 'removed',
      header: t('record.sealRemoved'),
      render: ({ removedOn, removedReason }) =>
        removedOn && removedReason ? (
          `${format.date(removedOn)}, ${t(`sealRemovedReason.${removedReason}`)}`
        ) : (
          <Nothing />
        ),
    },
  ];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="seals-title">
      <Title order={2} size="h4" id="seals-title" mb="sm">
        {t('record.seals')}
      </Title>
      {seals.length === 0 ? (
        <Text c="dimmed">{t('record.noSeals')}</Text>
      ) : (
        <RecordTable label={t('record.seals')} columns={columns} rows={seals} rowKey={({ id }) => id} minWidth={640} />
      )}
    </Paper>
  );
}
