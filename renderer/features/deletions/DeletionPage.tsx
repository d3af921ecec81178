import { Alert, Button, Group, Skeleton, Stack, Tabs, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconFileDescription,
  IconFiles,
  IconGavel,
  IconHistory,
  IconHourglass,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionRecord } from '../../../shared/contract/deletions';
import { useWalk } from '../../app/lists/useWalk';
import { Walk } from '../../app/lists/Walk';
import { PresenceMark } from '../../app/presence/PresenceMark';
import { usePresence } from '../../app/presence/usePresence';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { StateBadge } from '../../ui/StateBadge';
import { DeletionProgress } from './DeletionProgress';
import { DeletionState, DueDay } from './DeletionState';
import { DELETIONS } from './deletionRows';
import { DELETION_TABS, type DeletionSearch, type DeletionTab, deletionSearch } from './deletionsSearch';
import { ErasurePlan, impactAsked } from './ErasurePlan';
import { ForwardDeletion } from './ForwardDeletion';
import { RequestFacts } from './RequestFacts';
import { WithdrawDeletion } from './WithdrawDeletion';

const ICONS = { request: IconFileDescription, documents: IconFiles, history: IconHistory };

interface DeletionPageProps {
  id: string;
  search: DeletionSearch;
  /** Parts that other features bring: put together in `app/routes.tsx`. */
  letters: ReactNode;
  documents: ReactNode;
  history: ReactNode;
  newTask: (name: string) => ReactNode;
}

/** One request for deletion: what was asked and checked, what would go and what law keeps, and how far it has come. */
export function DeletionPage({ id, search, letters, documents, history, newTask }: DeletionPageProps) {
  const { t } = useTranslation('deletions');
  const navigate = useNavigate();
  const [act, setAct] = useState<'forward' | 'withdraw' | null>(null);
  usePresence(`deletion_requests:${id}`, act !== null);
  const request = useQuery(trpc.deletions.get.queryOptions({ id }));
  const go = (tab: DeletionTab) =>
    void navigate({ to: '/deletions/$id', params: { id }, search: deletionSearch({ tab }), replace: true });
  if (request.isError) return <ErrorState page error={request.error} onRetry={() => void request.refetch()} />;
  if (request.isPending) return <PageSkeleton />;
  const { data } = request;
  return (
    <>
      <Header deletion={data} newTask={newTask(data.number)} busy={act !== null} onAct={setAct} />
      <Tabs value={search.tab ?? 'request'} onChange={(next) => go(next as DeletionTab)} keepMounted={false}>
        <Tabs.List aria-label={t('tabs')} mb="md">
          {DELETION_TABS.map((each) => {
            const IconOf = ICONS[each];
            return (
              <Tabs.Tab key={each} value={each} leftSection={<IconOf size={16} stroke={1.75} aria-hidden />}>
                {t(`tab.${each}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="request">
          <Stack gap="md">
            <Notices deletion={data} />
            <RequestFacts deletion={data} />
            <DeletionProgress deletion={data} />
            {data.parts.length > 0 && (
              <ErasurePlan parts={data.parts} done={data.status === 'executed'} asked={impactAsked(data)} />
            )}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <Stack gap="lg">
            <Part title={t('letters')}>{letters}</Part>
            {/* Nothing is added to what is erased. */}
            {data.status !== 'executed' && <Part title={t('papers')}>{documents}</Part>}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="history">{history}</Tabs.Panel>
      </Tabs>
      {act === 'forward' && <ForwardDeletion deletion={data} onClose={() => setAct(null)} />}
      {act === 'withdraw' && <WithdrawDeletion deletion={data} onClose={() => setAct(null)} />}
    </>
  );
}

interface HeaderProps {
  deletion: DeletionRecord;
  newTask: ReactNode;
  busy: boolean;
  onAct: (act: 'forward' | 'withdraw') => void;
}

function Header({ deletion, newTask, busy, onAct }: HeaderProps) {
  const { t } = useTranslation('deletions');
  const navigate = useNavigate();
  const { id, abilities } = deletion;
  const neighbours = useWalk({
    list: 'deletions',
    kind: 'deletions',
    id,
    readerOf: DELETIONS.readerOf,
    show: (other) => void navigate({ to: '/deletions/$id', params: { id: other }, replace: true }),
  });
  return (
    <PageHeader
      title={t('record', { number: deletion.number })}
      badges={
        <>
          <DeletionState status={deletion.status} />
          {deletion.overdue && <DueDay row={deletion} />}
          {deletion.held && <StateBadge tone="warn" icon={IconGavel} label={t('held')} />}
          <PresenceMark record={`deletion_requests:${id}`} />
        </>
      }
      subtitle={<Subtitle deletion={deletion} />}
      actions={
        <>
          {newTask}
          {abilities.withdraw === null && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              onClick={() => onAct('withdraw')}
            >
              {t('withdraw.act')}
            </Button>
          )}
          {abilities.forward === null && (
            <Button leftSection={<IconUsersGroup size={16} aria-hidden />} onClick={() => onAct('forward')}>
              {t('forward.act')}
            </Button>
          )}
          <Walk neighbours={neighbours} words={{ previous: t('previous'), next: t('next') }} editing={busy} />
        </>
      }
    />
  );
}

function Subtitle({ deletion }: { deletion: DeletionRecord }) {
  const { t } = useTranslation('deletions');
  return (
    <Group gap="xs">
      {deletion.login ? (
        <AnchorLink to="/accounts/$id" params={{ id: deletion.accountId }}>
          {t('accountOf', { login: deletion.login })}
        </AnchorLink>
      ) : (
        <span>{t('accountGone')}</span>
      )}
      {deletion.customers.length > 0 && (
        <>
          <span aria-hidden>·</span>
          <span>{t('customers', { count: deletion.customers.length, numbers: deletion.customers.join(', ') })}</span>
        </>
      )}
    </Group>
  );
}

/** What stands in the way, or what is to be done next. */
function Notices({ deletion }: { deletion: DeletionRecord }) {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  const { approval, holds, status } = deletion;
  return (
    <>
      {deletion.held &&
        holds.map(({ customerNo, reason, from, to }) => (
          <Alert
            key={`${customerNo} ${from} ${reason}`}
            color="yellow"
            icon={<IconGavel size={18} aria-hidden />}
            p="xs"
          >
            {t(to ? 'notice.heldTo' : 'notice.held', {
              customerNo,
              reason,
              from: format.date(from),
              to: to ? format.date(to) : '',
            })}
          </Alert>
        ))}
      {status === 'open' && (
        <Alert
          color={approval ? 'yellow' : 'blue'}
          icon={approval ? <IconAlertTriangle size={18} aria-hidden /> : <IconUsersGroup size={18} aria-hidden />}
          p="xs"
        >
          {t(approval?.voidReason ? `notice.again.${approval.voidReason}` : 'notice.check')}
        </Alert>
      )}
      {status === 'approved' && !deletion.held && (
        <Alert color="blue" icon={<IconHourglass size={18} aria-hidden />} p="xs">
          {t('notice.approved')}
        </Alert>
      )}
    </>
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
      <Skeleton height="9rem" />
      <Skeleton height="6rem" />
      <Skeleton height="18rem" />
    </Stack>
  );
}
