import { Paper, SimpleGrid, Skeleton } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Figures } from '../../../shared/contract/dashboard';
import { useSession } from '../../app/session';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { Consumption, ReadingSources } from './DashboardCharts';
import classes from './DashboardPage.module.css';
import { Figure } from './Figure';

interface Shown {
  key: keyof Figures;
  link?: LinkProps;
  needs?: 'customers.list' | 'staff.list';
  warn?: boolean;
}

const FIGURES: readonly Shown[] = [
  { key: 'customers', link: { to: '/customers' }, needs: 'customers.list' },
  { key: 'companies', link: { to: '/customers', search: { kind: 'company' } }, needs: 'customers.list' },
  { key: 'activePoints' },
  { key: 'pointsWithoutMeter', warn: true },
  { key: 'metersInstalled' },
  { key: 'metersInStock' },
  { key: 'activeContracts' },
  { key: 'contractsEndingSoon', warn: true },
  { key: 'readingsThisMonth' },
  { key: 'staffActive', link: { to: '/settings/staff' }, needs: 'staff.list' },
];

/** The first screen: how the office stands, in numbers that open their lists, and two charts. */
export function DashboardPage() {
  const { t } = useTranslation('dashboard');
  const { user } = useSession();
  const figures = useQuery(trpc.dashboard.figures.queryOptions());
  // An administrator sees the staff only: what a role never sees takes no room on its screen.
  const office = useMay('dashboard.charts');
  const shown = FIGURES.filter(({ key }) => (office || key === 'staffActive') && figures.data?.[key] !== null);
  const open = { 'customers.list': useMay('customers.list'), 'staff.list': useMay('staff.list') };
  if (figures.isError) return <ErrorState page error={figures.error} onRetry={() => void figures.refetch()} />;
  const empty = figures.data?.customers === 0 && figures.data.metersInstalled === 0;
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('greeting', { name: user.displayName })} />
      {empty ? (
        <EmptyState icon={IconDatabaseOff} title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <>
          <ul className={classes.figures} aria-label={t('figures')}>
            <TaskFigures />
            {shown.map(({ key, link, needs, warn }) => (
              <Figure
                key={key}
                label={t(`figure.${key}`)}
                value={figures.data?.[key] ?? undefined}
                link={needs && open[needs] ? link : undefined}
                warn={warn ?? false}
              />
            ))}
          </ul>
          <Can action="dashboard.charts">
            <ChartsRow />
          </Can>
        </>
      )}
    </>
  );
}

/** What waits for the person: own tasks and those stood in for, and what of them is overdue. */
function TaskFigures() {
  const { t } = useTranslation('dashboard');
  const counters = useQuery(trpc.tasks.counters.queryOptions()).data;
  const waiting = counters && counters.open + counters.substituted;
  return (
    <>
      <Figure label={t('figure.tasksOpen')} value={waiting} link={{ to: '/tasks', search: { show: 'mine' } }} />
      <Figure
        label={t('figure.tasksOverdue')}
        value={counters?.overdue}
        link={{ to: '/tasks', search: { due: 'overdue' } }}
        warn
      />
    </>
  );
}

function ChartsRow() {
  const charts = useQuery(trpc.dashboard.charts.queryOptions());
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" mt="md">
      {[ReadingSources, Consumption].map((Chart) => (
        <Paper key={Chart.name} withBorder p="md" className={classes.chart}>
          {charts.isError ? (
            <ErrorState error={charts.error} onRetry={() => void charts.refetch()} />
          ) : charts.data ? (
            <Chart charts={charts.data} />
          ) : (
            <>
              <Skeleton h="1.5rem" w="60%" mb="sm" />
              <Skeleton h="15rem" />
            </>
          )}
        </Paper>
      ))}
    </SimpleGrid>
  );
}
