import { useTranslation } from 'react-i18next';
import type { Charts } from '../../../shared/contract/dashboard';
import { BarChart, CHART_COLORS, LineChart } from '../../ui/Charts';
import { useFormat } from '../../ui/format';

/** How the readings of the last twelve months came. */
export function ReadingSources({ charts }: { charts: Charts }) {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  return (
    <BarChart
      title={t('readings.title')}
      category="month"
      categoryLabel={t('month')}
      data={charts.readings.map(({ month, ...counts }) => ({ month: format.month(month), ...counts }))}
      series={[
        { name: 'actual', label: t('readings.actual'), color: CHART_COLORS[0] },
        { name: 'customer', label: t('readings.customer'), color: CHART_COLORS[1] },
        { name: 'remote', label: t('readings.remote'), color: CHART_COLORS[2] },
        { name: 'estimate', label: t('readings.estimate'), color: CHART_COLORS[3] },
      ]}
      formatValue={format.count}
    />
  );
}

/** m³ of the last twelve months. A chart needs numbers; the exact text stays in the records. */
export function Consumption({ charts }: { charts: Charts }) {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  return (
    <LineChart
      title={t('volume.title')}
      category="month"
      categoryLabel={t('month')}
      data={charts.volume.map(({ month, volume }) => ({ month: format.month(month), volume: Number(volume) }))}
      series={[{ name: 'volume', label: t('volume.series'), color: CHART_COLORS[0] }]}
      formatValue={(value) => format.volume(String(value))}
    />
  );
}
