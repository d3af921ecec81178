import { Paper, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlanChart as Plan, PlanPeriod } from '../../../shared/contract/meter-registry';
import { BarChart, CHART_COLORS } from '../../ui/Charts';
import { useFormat } from '../../ui/format';
import { PlanPeriods } from './PlanPeriods';

interface PlanChartProps {
  /** Absent while it is on the way. */
  plan: Plan | undefined;
  /** What the list shows now; null where somebody chose days of their own. */
  period: PlanPeriod | null;
  onPeriod: (period: PlanPeriod) => void;
}

/** px at the usual text size: enough to tell a busy month, and the list stays in sight. */
const HEIGHT = 116;

/** Which meters end when: what is past its day, sixty months ahead, and what has no day. A bar opens its list. */
export function PlanChart({ plan, period, onPeriod }: PlanChartProps) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  if (!plan) {
    return (
      <Paper withBorder p="sm" mb="sm">
        <Skeleton h="1.5rem" w="16rem" mb="sm" />
        <Skeleton h={`${HEIGHT / 16}rem`} />
      </Paper>
    );
  }
  const bars: { label: string; count: number; period: PlanPeriod }[] = [
    { label: t('plan.overdue'), count: plan.overdue, period: { is: 'overdue' } },
    ...plan.months.map(({ month, count }) => ({
      label: format.month(month),
      count,
      period: { is: 'months' as const, from: month, to: month },
    })),
    { label: t('plan.unknown'), count: plan.unknown, period: { is: 'unknown' } },
  ];
  return (
    <Paper withBorder p="sm" mb="sm">
      <BarChart
        title={t('plan.chart')}
        category="label"
        categoryLabel={t('plan.column.month')}
        height={HEIGHT}
        oneValue
        actions={<PlanPeriods plan={plan} period={period} onPeriod={onPeriod} />}
        data={bars.map(({ label, count, period: own }) => ({
          label,
          ...(isWithin(own, period) ? { shown: count } : { count }),
        }))}
        series={[
          { name: 'count', label: t('plan.column.count'), color: CHART_COLORS[0] },
          { name: 'shown', label: t('plan.column.count'), color: CHART_COLORS[1] },
        ]}
        formatValue={format.count}
        onPick={(index) => {
          const bar = bars[index];
          if (bar) onPeriod(bar.period);
        }}
      />
    </Paper>
  );
}

/** Whether a bar belongs to the period that the list shows. */
function isWithin(bar: PlanPeriod, shown: PlanPeriod | null): boolean {
  if (shown?.is !== 'months' || bar.is !== 'months') return bar.is === shown?.is;
  return bar.from >= shown.from && bar.to <= shown.to;
}
