import { Button, Group, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reading, ReadingSeries } from '../../../shared/contract/readings';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { READING_TONE } from './states';

/** Two years of quarterly readings and more; older ones on demand. */
const SHOWN_AT_FIRST = 12;

/** Readings of one installation, newest first: value and consumption right-aligned in m³. */
export function ReadingsTable({ series }: { series: ReadingSeries }) {
  const { t } = useTranslation('readings');
  const format = useFormat();
  const [all, setAll] = useState(false);
  if (series.readings.length === 0) return <Text c="dimmed">{t('series.none')}</Text>;
  const shown = all ? series.readings : series.readings.slice(0, SHOWN_AT_FIRST);
  const hidden = series.readings.length - shown.length;
  // One meter that tells litres makes the whole column tell them.
  const places = series.readings.some(({ value }) => /\.\d*[1-9]/.test(value)) ? 3 : 0;
  const columns: RecordColumn<Reading>[] = [
    { key: 'readOn', header: t('column.readOn'), kind: 'date', render: ({ readOn }) => format.date(readOn) },
    { key: 'value', header: t('column.value'), kind: 'number', render: ({ value }) => format.volume(value, places) },
    {
      key: 'consumption',
      header: t('column.consumption'),
      kind: 'number',
      render: ({ consumption }) => <Consumption consumption={consumption} places={places} />,
    },
    { key: 'kind', header: t('column.kind'), render: ({ kind }) => t(`kind.${kind}`) },
    {
      key: 'state',
      header: t('column.state'),
      render: ({ state }) => <StateBadge tone={READING_TONE[state]} label={t(`state.${state}`)} />,
    },
  ];
  return (
    <>
      <RecordTable
        label={t('series.label', { factoryNo: series.factoryNo })}
        columns={columns}
        rows={shown}
        rowKey={({ id }) => id}
        minWidth={560}
      />
      {hidden > 0 && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setAll(true)}>
          {t('series.showAll', { count: hidden })}
        </Button>
      )}
    </>
  );
}

/** Volume since the reading before; a negative one is named, not only coloured. */
function Consumption({ consumption, places }: { consumption: string | null; places: 0 | 3 }) {
  const { t } = useTranslation('readings');
  const format = useFormat();
  if (consumption === null) return <Nothing />;
  if (!consumption.startsWith('-')) return format.volume(consumption, places);
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <Tooltip label={t('negative')}>
        <IconAlertTriangle size={16} role="img" aria-label={t('negative')} color="var(--mantine-color-error)" />
      </Tooltip>
      {format.volume(consumption, places)}
    </Group>
  );
}
