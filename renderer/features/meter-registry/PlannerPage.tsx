import { IconCalendarCheck, IconCalendarOff } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterRow, PlanChart as Plan } from '../../../shared/contract/meter-registry';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { selectionOf } from '../../ui/list/selection';
import { useChosen } from '../../ui/list/useChosen';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import type { ChosenMeters } from './chosenMeters';
import { PlanChart } from './PlanChart';
import { periodsOf } from './PlanPeriods';
import { PlanProgress } from './PlanProgress';
import { PlanScopeFields } from './PlanScopeFields';
import { askPeriod, askScope, periodOf, scopeOf } from './planQuestion';
import { useRegistryColumns } from './registryColumns';
import { PLAN } from './registryRows';
import type { PlanSearch } from './registrySearch';

const SHOWN = [
  'factoryNo',
  'validUntil',
  'rawMark',
  'route',
  'address',
  'ordered',
  'orderDay',
  'letterOn',
  'role',
  'ownerKind',
  'conflict',
  'place',
];
/** In the order of the round. */
const SORT = { key: 'address', descending: false } as const;
/** What the controls above the list narrow by: the list names the other filters. */
const OWN_FILTERS = ['month', 'validUntil', 'builtIn', 'role', 'ownerKind', 'route', 'city', 'street'];
const EVERYTHING = { roles: [], owners: [], routes: [], street: null };

interface PlannerPageProps {
  search: PlanSearch;
  /** What can be done with the chosen meters: orders for technicians, letters to customers. */
  acts?: (chosen: ChosenMeters) => ReactNode;
}

/** When legalizations end, which meters are due in a period, and what is already under way for them. */
export function PlannerPage(props: PlannerPageProps) {
  const { t } = useTranslation('registry');
  // The office's day decides what is overdue; it is there at once when any screen has asked before.
  const first = useQuery(trpc.legalization.chart.queryOptions(EVERYTHING));
  if (first.isError) return <ErrorState page error={first.error} onRetry={() => void first.refetch()} />;
  if (!first.data) {
    return (
      <>
        <PageHeader title={t('plan.title')} subtitle={'\u00a0'} />
        <PlanChart plan={undefined} period={null} onPeriod={() => undefined} />
      </>
    );
  }
  return <Planner {...props} whole={first.data} />;
}

function Planner({ search, acts, whole }: PlannerPageProps & { whole: Plan }) {
  const { t } = useTranslation('registry');
  const navigate = useNavigate();
  const columns = useRegistryColumns(SHOWN);
  const { today } = whole;
  const standard = useMemo(() => {
    const { columns: arranged, question } = standardView(columns, SORT);
    return { columns: arranged, question: askPeriod(question, periodsOf(whole).soon, today) };
  }, [columns, whole, today]);
  const arrangement = useSavedViews('legalization', columns, standard);
  const { view, onView } = arrangement;
  const { question } = view;
  useAddressed(search, arrangement, ({ show, month }) => {
    if (!show && !month) return;
    const period = show ? periodsOf(whole)[show] : { is: 'months' as const, from: month ?? '', to: month ?? '' };
    onView({ ...standard, question: askPeriod(standard.question, period, today) });
    void navigate({ to: '/legalization', search: {}, replace: true });
  });
  const scope = scopeOf(question);
  const period = periodOf(question, today);
  const narrowed = useQuery(trpc.legalization.chart.queryOptions(scope, { placeholderData: keepPreviousData }));
  const progress = useQuery(
    trpc.legalization.progress.queryOptions(
      { scope, period: period ?? { is: 'overdue' } },
      { enabled: period !== null, placeholderData: keepPreviousData },
    ),
  );
  const choices = useQuery(trpc.registry.choices.queryOptions(undefined, { staleTime: 300_000 }));
  const choosing = useChosen(JSON.stringify([question.words, question.filters]));
  const selection = useMemo(() => selectionOf(choosing.chosen, question), [choosing.chosen, question]);
  const { total, leave, list } = useServerList(PLAN, arrangement, {
    columns,
    standard,
    title: t('plan.title'),
    selection,
    onAddress: (chosen) => void navigate({ to: '/legalization', search: chosen, replace: true }),
  });
  const ask = (next: typeof question) => onView({ ...view, question: next });
  const plan = narrowed.data ?? whole;

  return (
    <>
      <PageHeader
        title={t('plan.title')}
        subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />}
        actions={period && progress.data && <PlanProgress progress={progress.data} />}
      />
      <PlanScopeFields scope={scope} choices={choices.data} onScope={(next) => ask(askScope(question, next))} />
      <PlanChart plan={plan} period={period} onPeriod={(next) => ask(askPeriod(question, next, today))} />
      <DataList
        {...list}
        label={t('plan.list')}
        rowLabel={labelOf}
        wordsHint={t('wordsHint')}
        ownFilters={OWN_FILTERS}
        empty={<Empty overdue={period?.is === 'overdue'} />}
        onOpen={(row, index) => {
          leave(row, index);
          void navigate({ to: '/meters/$id', params: { id: row.id } });
        }}
        choosing={{
          ...choosing,
          acts: selection && acts?.({ selection, chosen: choosing.chosen, total, onDone: choosing.clear }),
        }}
      />
    </>
  );
}

const labelOf = ({ factoryNo, address }: MeterRow) => `${factoryNo} ${address ?? ''}`;

function Empty({ overdue }: { overdue: boolean }) {
  const { t } = useTranslation('registry');
  return overdue ? (
    <EmptyState icon={IconCalendarCheck} title={t('plan.empty.overdueTitle')} text={t('plan.empty.overdueText')} />
  ) : (
    <EmptyState icon={IconCalendarOff} title={t('plan.empty.title')} text={t('plan.empty.text')} />
  );
}
