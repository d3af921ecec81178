import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconGaugeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MonthlyConsumption, ReadingSeries } from '../../../shared/contract/readings';
import { AnchorLink } from '../../ui/AnchorLink';
import { BarChart } from '../../ui/Charts';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';
import classes from './ReadingsPanel.module.css';
import { ReadingsTable } from './ReadingsTable';

/** Main meters before those behind them. */
const RANK: Record<ReadingSeries['role'], number> = { main: 0, sub: 1, deduction: 2 };

interface ReadingsPanelProps {
  series: readonly ReadingSeries[];
  consumption?: readonly MonthlyConsumption[];
}

/** Consumption by month per point, and below it the readings of every meter, those still installed first. */
export function ReadingsPanel({ series, consumption = [] }: ReadingsPanelProps) {
  const { t } = useTranslation('readings');
  if (series.length === 0) return <EmptyState icon={IconGaugeOff} title={t('empty')} text={t('emptyText')} />;
  const inOrder = [...series].sort(
    (a, b) => Number(a.removedOn !== null) - Number(b.removedOn !== null) || RANK[a.role] - RANK[b.role],
  );
  return (
    <Stack gap="md">
      {consumption.map((point) => (
        <Consumption key={point.pointCode} point={point} alone={consumption.length === 1} />
      ))}
      {inOrder.map((each) => (
        <Series key={each.installationId} series={each} />
      ))}
    </Stack>
  );
}

function Consumption({ point, alone }: { point: MonthlyConsumption; alone: boolean }) {
  const { t } = useTranslation('readings');
  const format = useFormat();
  if (point.months.length === 0) return <Text c="dimmed">{t('chart.none')}</Text>;
  const tenths = (value: number) => `${format.decimal(String(Math.round(value * 10) / 10))}\u00a0m³`;
  return (
    <Paper withBorder p="md">
      <BarChart
        title={t(alone ? 'chart.title' : 'chart.titlePoint', { point: point.pointCode })}
        // Bars are drawn, not reckoned with: their height may be a float.
        data={point.months.map(({ month, volume }) => ({ month: format.month(month), volume: Number(volume) }))}
        category="month"
        categoryLabel={t('chart.month')}
        series={[{ name: 'volume', label: t('chart.volume'), color: 'ibok.7' }]}
        formatValue={tenths}
        height={220}
      />
      <Text size="xs" c="dimmed" mt="xs">
        {t('chart.hint')}
      </Text>
    </Paper>
  );
}

function Series({ series }: { series: ReadingSeries }) {
  const { t } = useTranslation('readings');
  const format = useFormat();
  return (
    <Paper component="section" withBorder p="md" aria-label={t('series.meter', { factoryNo: series.factoryNo })}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Group gap="sm">
          <Title order={2} size="h4">
            <AnchorLink to="/meters/$id" params={{ id: series.meterId }} className={classes.heading}>
              {t('series.meter', { factoryNo: series.factoryNo })}
            </AnchorLink>
          </Title>
          <Text c="dimmed">{t(`role.${series.role}`)}</Text>
          {series.removedOn && (
            <StateBadge tone="neutral" label={t('series.removed', { day: format.date(series.removedOn) })} />
          )}
        </Group>
        <Text c="dimmed">{[series.pointCode, series.address].join(' · ')}</Text>
      </Group>
      <ReadingsTable series={series} />
    </Paper>
  );
}
