import { Paper, SimpleGrid, Skeleton } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Figures } from '../../../shared/contract/dashboard';
import { OPEN_DELETION } from '../../../shared/contract/deletions';
import type { ListQuestion } from '../../../shared/contract/lists';
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
import { LegalizationEnds, WHOLE_PLAN } from './LegalizationEnds';

interface Shown {
  key: keyof Figures;
  link?: LinkProps;
  needs?: 'customers.list' | 'staff.list' | 'mail.list';
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
  { key: 'mailWaiting', link: { to: '/outbox', search: { show: 'queue' } }, needs: 'mail.list' },
  { key: 'mailAttention', link: { to: '/outbox', search: { show: 'attention' } }, needs: 'mail.list', warn: true },
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
  const open = {
    'customers.list': useMay('customers.list'),
    'staff.list': useMay('staff.list'),
    'mail.list': useMay('mail.list'),
  };
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
            <Can action="registrations.counters">
              <RegistrationFigures />
            </Can>
            <Can action="dataChanges.count">
              <DataChangeFigure />
            </Can>
            <Can action="deletions.count">
              <DeletionFigures />
            </Can>
            <Can action="legalization.chart">
              <LegalizationFigures />
            </Can>
            <Can action="meterCases.count">
              <MeterCaseFigures />
            </Can>
            <Can action="approvals.counters">
              <ApprovalFigures />
            </Can>
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
          <Can action="legalization.chart">
            <LegalizationEnds />
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

/** What waits for the person's decision, and logins that are new or have a new password: a reset is somebody's identity. */
function ApprovalFigures() {
  const { t } = useTranslation('dashboard');
  const counters = useQuery(trpc.approvals.counters.queryOptions()).data;
  const decides = useMay('approvals.decide');
  const seesStaff = useMay('staff.list');
  return (
    <>
      <Figure
        label={t(decides ? 'figure.approvalsWaiting' : 'figure.approvalsMine')}
        value={decides ? counters?.waiting : counters?.mine}
        link={{ to: '/approvals', search: { show: decides ? 'waiting' : 'mine' } }}
        warn={decides}
      />
      {seesStaff && (
        <Figure
          label={t('figure.freshStaff')}
          value={counters?.freshStaff ?? undefined}
          link={{ to: '/settings/staff' }}
        />
      )}
    </>
  );
}

/** Accounts that are being deleted, and those past their day: the law's clock. */
function DeletionFigures() {
  const { t } = useTranslation('dashboard');
  const question = (filters: ListQuestion['filters']) => trpc.deletions.count.queryOptions({ question: { filters } });
  const open = useQuery(question({ status: { is: 'oneOf', values: [...OPEN_DELETION] } })).data;
  const late = useQuery(question({ overdue: { is: 'oneOf', values: ['true'] } })).data;
  return (
    <>
      <Figure
        label={t('figure.deletionsOpen')}
        value={open?.count}
        link={{ to: '/deletions', search: { show: 'open' } }}
      />
      <Figure
        label={t('figure.deletionsOverdue')}
        value={late?.count}
        link={{ to: '/deletions', search: { show: 'overdue' } }}
        warn
      />
    </>
  );
}

/** Meters in use past their day, and those that are soon: each number opens its part of the plan. */
function LegalizationFigures() {
  const { t } = useTranslation('dashboard');
  const plan = useQuery(trpc.legalization.chart.queryOptions(WHOLE_PLAN)).data;
  return (
    <>
      <Figure
        label={t('figure.legalizationOverdue')}
        value={plan?.overdue}
        link={{ to: '/legalization', search: { show: 'overdue' } }}
        warn
      />
      <Figure
        label={t('figure.legalizationSoon')}
        value={plan?.soon}
        link={{ to: '/legalization', search: { show: 'soon' } }}
      />
    </>
  );
}

/** Sub-meters that wait for a technician, and answers owed after an expertise: a clock of the law. */
function MeterCaseFigures() {
  const { t } = useTranslation('dashboard');
  const question = (filters: ListQuestion['filters']) => trpc.meterCases.count.queryOptions({ question: { filters } });
  const accepted = useQuery(question({ stage: { is: 'oneOf', values: ['acceptance'] } })).data;
  const owed = useQuery(question({ stage: { is: 'oneOf', values: ['answer'] } })).data;
  const late = useQuery(question({ overdue: { is: 'oneOf', values: ['true'] } })).data;
  return (
    <>
      <Figure
        label={t('figure.casesAcceptance')}
        value={accepted?.count}
        link={{ to: '/meter-cases', search: { show: 'acceptance' } }}
      />
      <Figure
        label={t('figure.casesAnswers')}
        value={owed?.count}
        link={{ to: '/meter-cases', search: { show: 'answer' } }}
      />
      <Figure
        label={t('figure.casesOverdue')}
        value={late?.count}
        link={{ to: '/meter-cases', search: { show: 'overdue' } }}
        warn
      />
    </>
  );
}

/** Contact data that customers want changed; the number opens its queue. */
function DataChangeFigure() {
  const { t } = useTranslation('dashboard');
  const open = useQuery(
    trpc.dataChanges.count.queryOptions({ question: { filters: { status: { is: 'oneOf', values: ['open'] } } } }),
  ).data;
  return <Figure label={t('figure.dataChangesOpen')} value={open?.count} link={{ to: '/data-changes' }} />;
}

/** Applications not decided, by days left; each number opens the queue narrowed to it. */
function RegistrationFigures() {
  const { t } = useTranslation('dashboard');
  const counters = useQuery(trpc.registrations.counters.queryOptions()).data;
  const near = counters && counters.today + counters.soon;
  return (
    <>
      <Figure
        label={t('figure.registrationsOpen')}
        value={counters?.open}
        link={{ to: '/registrations', search: { show: 'open' } }}
      />
      <Figure
        label={t('figure.registrationsNear')}
        value={near}
        link={{ to: '/registrations', search: { due: 'soon' } }}
      />
      <Figure
        label={t('figure.registrationsOverdue')}
        value={counters?.overdue}
        link={{ to: '/registrations', search: { due: 'overdue' } }}
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
