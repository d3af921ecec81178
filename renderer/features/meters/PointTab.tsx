import { Paper, Stack, Text, Title } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterRecord, PointLife } from '../../../shared/contract/meters';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';

type Installed = PointLife['meters'][number];
type Supply = PointLife['supplies'][number];

/** Everything ever at the meter's point, whoever the customer was, and the meter's own readings. */
export function PointTab({ meter, readings }: { meter: MeterRecord; readings: ReactNode }) {
  const { t } = useTranslation('meters');
  const life = useQuery(trpc.meters.atPoint.queryOptions({ id: meter.id }));
  return (
    <Stack gap="md">
      {life.isError && <ErrorState error={life.error} onRetry={() => void life.refetch()} />}
      {life.data && <Point life={life.data} meterId={meter.id} />}
      <section aria-labelledby="readings-title">
        <Title order={2} size="h4" id="readings-title" mb="sm">
          {t('point.readings')}
        </Title>
        {readings}
      </section>
    </Stack>
  );
}

function Point({ life, meterId }: { life: PointLife; meterId: string }) {
  const { t } = useTranslation('meters');
  const meterColumns = useMeterColumns(meterId);
  const supplyColumns = useSupplyColumns();
  if (!life.point) return <EmptyState icon={IconMapPinOff} title={t('point.none')} text={t('point.noneText')} />;
  const { code, address, premiseId } = life.point;
  return (
    <>
      <Paper component="section" withBorder p="md" aria-labelledby="point-title">
        <Title order={2} size="h4" id="point-title">
          {t('point.meters', { code })}
        </Title>
        <Text mb="sm" size="sm">
          <AnchorLink to="/premises/$id" params={{ id: premiseId }}>
            {address}
          </AnchorLink>
        </Text>
        <RecordTable
          label={t('point.meters', { code })}
          columns={meterColumns}
          rows={life.meters}
          rowKey={({ installationId }) => installationId}
          minWidth={820}
        />
      </Paper>
      <Paper component="section" withBorder p="md" aria-labelledby="supplies-title">
        <Title order={2} size="h4" id="supplies-title" mb="sm">
          {t('point.supplies')}
        </Title>
        {life.supplies.length === 0 ? (
          <Text c="dimmed">{t('point.noSupplies')}</Text>
        ) : (
          <RecordTable
            label={t('point.supplies')}
            columns={supplyColumns}
            rows={life.supplies}
            rowKey={({ customerId, validFrom }) => `${customerId} ${validFrom}`}
            minWidth={480}
          />
        )}
      </Paper>
    </>
  );
}

function useMeterColumns(meterId: string): RecordColumn<Installed>[] {
  const { t } = useTranslation('meters');
  const format = useFormat();
  return [
    {
      key: 'meter',
      header: t('record.column.meter'),
      render: (row) =>
        row.meterId === meterId ? (
          <Text component="span" fw={600}>
            {row.factoryNo} ({t('point.this')})
          </Text>
        ) : (
          <AnchorLink to="/meters/$id" params={{ id: row.meterId }}>
            {row.factoryNo}
          </AnchorLink>
        ),
    },
    { key: 'type', header: t('record.model'), render: ({ type }) => type },
    { key: 'role', header: t('record.column.role'), render: ({ role }) => t(`role.${role}`) },
    { key: 'place', header: t('record.column.place'), render: ({ place }) => place ?? <Nothing /> },
    {
      key: 'installed',
      header: t('record.column.installed'),
      kind: 'date',
      render: ({ installedOn }) => format.date(installedOn),
    },
    {
      key: 'removed',
      header: t('record.column.removed'),
      kind: 'date',
      render: ({ removedOn, reversed }) =>
        reversed ? t('record.reversed') : removedOn ? format.date(removedOn) : t('record.stillThere'),
    },
    {
      key: 'opening',
      header: t('record.column.opening'),
      kind: 'number',
      render: ({ openingValue }) => format.volume(openingValue),
    },
    {
      key: 'final',
      header: t('record.column.final'),
      kind: 'number',
      render: ({ finalValue }) => (finalValue === null ? <Nothing /> : format.volume(finalValue)),
    },
  ];
}

function useSupplyColumns(): RecordColumn<Supply>[] {
  const { t } = useTranslation('meters');
  const format = useFormat();
  return [
    {
      key: 'customer',
      header: t('record.column.customer'),
      render: ({ customerId, customerName }) => (
        <AnchorLink to="/customers/$id" params={{ id: customerId }}>
          {customerName}
        </AnchorLink>
      ),
    },
    { key: 'from', header: t('point.from'), kind: 'date', render: ({ validFrom }) => format.date(validFrom) },
    {
      key: 'to',
      header: t('point.to'),
      kind: 'date',
      render: ({ validTo }) => (validTo ? format.date(validTo) : t('point.still')),
    },
  ];
}
