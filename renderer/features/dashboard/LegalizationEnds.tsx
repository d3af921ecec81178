import { Paper, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { BarChart, CHART_COLORS } from '../../ui/Charts';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import classes from './DashboardPage.module.css';

/** The plan of everybody's meters, nothing left out. */
export const WHOLE_PLAN = { roles: [], owners: [], routes: [], street: null };
const MONTHS_SHOWN = 12;

/** How many legalizations end in each of the next twelve months; a bar opens its list. */
export function LegalizationEnds() {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  const navigate = useNavigate();
  const plan = useQuery(trpc.legalization.chart.queryOptions(WHOLE_PLAN));
  const months = plan.data?.months.slice(0, MONTHS_SHOWN) ?? [];
  return (
    <Paper withBorder p="md" mt="md" className={classes.chart}>
      {plan.isError ? (
        <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
      ) : plan.data ? (
        <BarChart
          title={t('legalization.title')}
          category="month"
          categoryLabel={t('month')}
          data={months.map(({ month, count }) => ({ month: format.month(month), count }))}
          series={[{ name: 'count', label: t('legalization.series'), color: CHART_COLORS[0] }]}
          formatValue={format.count}
          onPick={(index) => {
            const month = months[index]?.month;
            if (month) void navigate({ to: '/legalization', search: { month } });
          }}
        />
      ) : (
        <>
          <Skeleton h="1.5rem" w="60%" mb="sm" />
          <Skeleton h="15rem" />
        </>
      )}
    </Paper>
  );
}
