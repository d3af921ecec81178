import { Alert, Button, SimpleGrid, Skeleton, Stack, Tabs, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconFiles,
  IconHistory,
  IconListCheck,
  IconX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseAct, MeterCaseRecord } from '../../../shared/contract/meter-cases';
import { useWalk } from '../../app/lists/useWalk';
import { Walk } from '../../app/lists/Walk';
import { PresenceMark } from '../../app/presence/PresenceMark';
import { usePresence } from '../../app/presence/usePresence';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { AcceptSubMeter } from './AcceptSubMeter';
import { CaseFacts } from './CaseFacts';
import { CaseStage, useLeftWords } from './CaseState';
import { CaseSteps } from './CaseSteps';
import { METER_CASES } from './caseRows';
import { CASE_TABS, type CaseTab, type MeterCaseSearch, meterCaseSearch } from './casesSearch';
import { EditNote } from './EditNote';
import { RecordAnnex, RecordCertificate, RecordFee } from './PaperDrawers';
import { Activate, AgreePlace, Answered, CancelCase, OrderDrawer, SendAway, type StepProps } from './StepDrawers';

const ICONS = { steps: IconListCheck, documents: IconFiles, history: IconHistory };

const DRAWERS: Record<CaseAct, ComponentType<StepProps>> = {
  agreePlace: AgreePlace,
  order: OrderDrawer,
  accept: AcceptSubMeter,
  recordFee: RecordFee,
  recordAnnex: RecordAnnex,
  activate: Activate,
  send: SendAway,
  recordCertificate: RecordCertificate,
  answer: Answered,
  cancel: CancelCase,
  edit: EditNote,
};

interface MeterCasePageProps {
  id: string;
  search: MeterCaseSearch;
  /** Parts that other features bring: put together in `app/routes.tsx`. */
  letters: (record: MeterCaseRecord) => ReactNode;
  documents: ReactNode;
  history: ReactNode;
  newTask: (name: string) => ReactNode;
}

/** One case: how far it has come, what comes next, and its papers. */
export function MeterCasePage({ id, search, letters, documents, history, newTask }: MeterCasePageProps) {
  const { t } = useTranslation('meterCases');
  const navigate = useNavigate();
  const [act, setAct] = useState<CaseAct | null>(null);
  usePresence(`meter_cases:${id}`, act !== null);
  const record = useQuery(trpc.meterCases.get.queryOptions({ id }));
  const go = (tab: CaseTab) =>
    void navigate({ to: '/meter-cases/$id', params: { id }, search: meterCaseSearch({ tab }), replace: true });
  if (record.isError) return <ErrorState page error={record.error} onRetry={() => void record.refetch()} />;
  if (record.isPending) return <PageSkeleton />;
  const { data } = record;
  const Drawer = act && DRAWERS[act];
  return (
    <>
      <Header record={data} newTask={newTask(data.number)} busy={act !== null} onAct={setAct} />
      <Tabs value={search.tab ?? 'steps'} onChange={(next) => go(next as CaseTab)} keepMounted={false}>
        <Tabs.List aria-label={t('record.tabs')} mb="md">
          {CASE_TABS.map((each) => {
            const IconOf = ICONS[each];
            return (
              <Tabs.Tab key={each} value={each} leftSection={<IconOf size={16} stroke={1.75} aria-hidden />}>
                {t(`record.tab.${each}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="steps">
          <Stack gap="md">
            <Notices record={data} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
              <CaseSteps record={data} onAct={setAct} onDocuments={() => go('documents')} />
              <CaseFacts record={data} onEdit={() => setAct('edit')} />
            </SimpleGrid>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <Stack gap="lg">
            {data.kind === 'expertise' && <Part title={t('record.letters')}>{letters(data)}</Part>}
            <Part title={t('record.papers')}>{documents}</Part>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="history">{history}</Tabs.Panel>
      </Tabs>
      {Drawer && <Drawer record={data} onClose={() => setAct(null)} />}
    </>
  );
}

interface HeaderProps {
  record: MeterCaseRecord;
  newTask: ReactNode;
  /** While a form is open, single letters are not for walking the list. */
  busy: boolean;
  onAct: (act: CaseAct) => void;
}

function Header({ record, newTask, busy, onAct }: HeaderProps) {
  const { t } = useTranslation('meterCases');
  const navigate = useNavigate();
  const { id, kind, number, abilities } = record;
  const neighbours = useWalk({
    list: 'metercases',
    kind: 'meter-cases',
    id,
    readerOf: METER_CASES.readerOf,
    show: (other) => void navigate({ to: '/meter-cases/$id', params: { id: other }, replace: true }),
  });
  return (
    <PageHeader
      title={t(`record.${kind}`, { number })}
      badges={
        <>
          <CaseStage stage={record.stage} />
          <PresenceMark record={`meter_cases:${id}`} />
        </>
      }
      subtitle={[record.customerName, record.address, record.factoryNo && t('record.meter', { no: record.factoryNo })]
        .filter(Boolean)
        .join(' · ')}
      actions={
        <>
          {newTask}
          {abilities.cancel === null && (
            <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={() => onAct('cancel')}>
              {t('record.cancel')}
            </Button>
          )}
          <Walk
            neighbours={neighbours}
            words={{ previous: t('record.previous'), next: t('record.next') }}
            editing={busy}
          />
        </>
      }
    />
  );
}

/** How it ended, or what presses. */
function Notices({ record }: { record: MeterCaseRecord }) {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  const left = useLeftWords()(record);
  const { state, kind, overdue, answerDueOn } = record;
  if (state === 'cancelled') {
    return (
      <Alert color="gray" icon={<IconCircleX size={18} aria-hidden />} p="xs">
        {t('notice.cancelled', { reason: record.closingReason })}
      </Alert>
    );
  }
  if (state === 'done') {
    const day = kind === 'sub_meter' ? record.activatedOn : record.answeredOn;
    return (
      <Alert color="green" icon={<IconCircleCheck size={18} aria-hidden />} p="xs">
        {t(`notice.done.${kind}`, { day: format.date(day ?? record.openedOn) })}
      </Alert>
    );
  }
  if (!answerDueOn) return null;
  return (
    <Alert
      color={overdue ? 'red' : 'blue'}
      icon={overdue ? <IconAlertTriangle size={18} aria-hidden /> : <IconClockHour4 size={18} aria-hidden />}
      p="xs"
    >
      {overdue
        ? t('notice.overdue', { day: format.date(answerDueOn) })
        : t('notice.dueOn', { day: format.date(answerDueOn), left })}
    </Alert>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}

function PageSkeleton() {
  return (
    <Stack gap="md">
      <Skeleton height={32} width="20rem" maw="100%" />
      <Skeleton height="2rem" />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Skeleton height="18rem" />
        <Skeleton height="18rem" />
      </SimpleGrid>
    </Stack>
  );
}
