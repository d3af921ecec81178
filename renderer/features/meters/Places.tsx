import { Paper, Title } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MeterRecord } from '../../../shared/contract/meters';
import { AnchorLink } from '../../ui/AnchorLink';
import { EmptyState } from '../../ui/EmptyState';
import { type Format, useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';

type Place = MeterRecord['installations'][number];

/** Every point the meter was installed at, the present one first. */
export function Places({ installations }: { installations: readonly Place[] }) {
  const { t } = useTranslation('meters');
  const columns = useColumns(useFormat());
  const sorted = [...installations].sort((a, b) => b.installedOn.localeCompare(a.installedOn));
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="places-title">
      <Title order={2} size="h4" id="places-title" mb="sm">
        {t('record.places')}
      </Title>
      {sorted.length === 0 ? (
        <EmptyState icon={IconMapPinOff} title={t('record.noPlaces')} text={t('record.noPlacesText')} />
      ) : (
        <RecordTable
          label={t('record.places')}
          columns={columns}
          rows={sorted}
          rowKey={({ id }) => id}
          minWidth={820}
        />
      )}
    </Paper>
  );
}

function useColumns(format: Format): RecordColumn<Place>[] {
  const { t } = useTranslation('meters');
  return [
    {
      key: 'address',
      header: t('record.column.address'),
      render: ({ premiseId, address }) => (
        <AnchorLink to="/premises/$id" params={{ id: premiseId }}>
          {address}
        </AnchorLink>
      ),
    },
    { key: 'point', header: t('record.column.point'), kind: 'code', render: ({ pointCode }) => pointCode },
    { key: 'role', header: t('record.column.role'), render: ({ role }) => t(`role.${role}`) },
    { key: 'customer', header: t('record.column.customer'), render: (place) => <Customer place={place} /> },
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
      render: ({ removedOn }) => (removedOn ? format.date(removedOn) : t('record.stillThere')),
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
    {
      key: 'reason',
      header: t('record.column.reason'),
      render: ({ reason, reversed }) => (reversed ? t('record.reversed') : (reason ?? <Nothing />)),
    },
  ];
}

function Customer({ place }: { place: Place }) {
  const { t } = useTranslation('meters');
  if (!place.customerId) return <Nothing>{t('record.nobody')}</Nothing>;
  return (
    <AnchorLink to="/customers/$id" params={{ id: place.customerId }}>
      {place.customerName ?? place.customerId}
    </AnchorLink>
  );
}
