import { Alert, Button, SimpleGrid, Skeleton, Stack, Tabs, Tooltip } from '@mantine/core';
import {
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconFiles,
  IconFileText,
  IconHistory,
  IconMailOpened,
  IconPencil,
  IconX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistrationRecord } from '../../../shared/contract/registrations';
import { useWalk } from '../../app/lists/useWalk';
import { Walk } from '../../app/lists/Walk';
import { PresenceMark } from '../../app/presence/PresenceMark';
import { usePresence } from '../../app/presence/usePresence';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { useShortcut } from '../../ui/shortcuts';
import { ApplicantPanel } from './ApplicantPanel';
import { ApproveDrawer } from './ApproveDrawer';
import { CheckPanel } from './CheckPanel';
import { DaysLeft } from './DaysLeft';
import { DuplicatesPanel } from './DuplicatesPanel';
import { EditRegistration } from './EditRegistration';
import { IdentityDrawer } from './IdentityDrawer';
import { RejectDrawer } from './RejectDrawer';
import { REGISTRATIONS } from './registrationRows';
import {
  REGISTRATION_TABS,
  type RegistrationSearch,
  type RegistrationTab,
  registrationSearch,
} from './registrationsSearch';
import { StatusBadge } from './StatusBadge';
import { useMissingWords } from './useMissingWords';

const ICONS = { data: IconFileText, documents: IconFiles, letters: IconMailOpened, history: IconHistory };

type Opened = 'edit' | 'identity' | 'approve' | 'reject' | null;

interface RegistrationPageProps {
  id: string;
  search: RegistrationSearch;
  /** Parts that other features bring: put together in `app/routes.tsx`. */
  documents: ReactNode;
  letters: (record: RegistrationRecord) => ReactNode;
  history: ReactNode;
  /** The act that makes a task about the application, whose name it shows. */
  newTask: (name: string) => ReactNode;
}

/** One application: who asks, what is there and what is missing, and the decision. */
export function RegistrationPage({ id, search, documents, letters, history, newTask }: RegistrationPageProps) {
  const { t } = useTranslation('registrations');
  const navigate = useNavigate();
  const [opened, setOpened] = useState<Opened>(null);
  usePresence(`registrations:${id}`, opened === 'edit');
  const record = useQuery(trpc.registrations.get.queryOptions({ id }));
  const tab: RegistrationTab = search.tab ?? 'data';

  if (record.isError) return <ErrorState page error={record.error} onRetry={() => void record.refetch()} />;
  if (record.isPending) return <RecordSkeleton />;
  const { data } = record;
  const close = () => setOpened(null);
  return (
    <>
      <Header record={data} busy={opened !== null} onOpen={setOpened} newTask={newTask(data.name)} />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({
            to: '/registrations/$id',
            params: { id },
            search: { tab: next === 'data' ? undefined : (next as RegistrationTab) },
            replace: true,
          })
        }
        keepMounted={false}
      >
        <Tabs.List aria-label={t('record.tabs')} mb="md">
          {REGISTRATION_TABS.map((each) => {
            const IconOf = ICONS[each];
            return (
              <Tabs.Tab key={each} value={each} leftSection={<IconOf size={16} stroke={1.75} aria-hidden />}>
                {t(`record.tab.${each}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="data">
          <Stack gap="md">
            <Outcome record={data} />
            <DuplicatesPanel duplicates={isOpen(data) ? data.duplicates : []} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
              <CheckPanel record={data} onIdentity={() => setOpened('identity')} />
              <ApplicantPanel record={data} />
            </SimpleGrid>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="documents">{documents}</Tabs.Panel>
        <Tabs.Panel value="letters">{letters(data)}</Tabs.Panel>
        <Tabs.Panel value="history">{history}</Tabs.Panel>
      </Tabs>
      {opened === 'edit' && <EditRegistration record={data} onClose={close} />}
      {opened === 'identity' && <IdentityDrawer record={data} onClose={close} />}
      {opened === 'approve' && <ApproveDrawer record={data} onClose={close} />}
      {opened === 'reject' && <RejectDrawer record={data} onClose={close} />}
    </>
  );
}

const isOpen = ({ status }: RegistrationRecord) => status === 'new' || status === 'incomplete';

interface HeaderProps {
  record: RegistrationRecord;
  /** While a form is open, single letters are not for walking the list. */
  busy: boolean;
  onOpen: (what: Opened) => void;
  newTask: ReactNode;
}

function Header({ record, busy, onOpen, newTask }: HeaderProps) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const navigate = useNavigate();
  const neighbours = useWalk({
    list: 'registrations',
    kind: 'registrations',
    id: record.id,
    readerOf: REGISTRATIONS.readerOf,
    show: (id) =>
      void navigate({
        to: '/registrations/$id',
        params: { id },
        search: ({ tab }) => ({ tab: registrationSearch.parse({ tab }).tab }),
        replace: true,
      }),
  });
  return (
    <PageHeader
      title={record.name || record.number}
      subtitle={[
        record.number,
        t('record.received', { channel: t(`channel.${record.channel}`), day: format.date(record.receivedOn) }),
        t('record.term', { from: format.date(record.dueFrom), to: format.date(record.dueTo) }),
      ].join(' · ')}
      badges={
        <>
          <StatusBadge status={record.status} />
          {isOpen(record) && <DaysLeft term={record} />}
          <PresenceMark record={`registrations:${record.id}`} />
        </>
      }
      actions={
        <>
          {newTask}
          {isOpen(record) && <Acts record={record} busy={busy} onOpen={onOpen} />}
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

/** Correct, reject, approve; why approving is not possible yet stands with the button. */
function Acts({ record, busy, onOpen }: Omit<HeaderProps, 'newTask'>) {
  const { t } = useTranslation('registrations');
  const words = useMissingWords();
  const mayEdit = useMay('registrations.edit');
  const mayApprove = useMay('registrations.approve');
  useShortcut('E', t('record.edit'), () => onOpen('edit'), { enabled: mayEdit && !busy });
  if (!mayApprove) return null;
  const ready = record.missing.length === 0;
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onOpen('edit')}>
        {t('record.edit')}
      </Button>
      <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={() => onOpen('reject')}>
        {t('record.reject')}
      </Button>
      <Tooltip
        label={t('record.notYet', { items: words(record.missing, record.clauses).join(', ') })}
        disabled={ready}
        multiline
        maw="24rem"
      >
        <Button
          leftSection={<IconCheck size={16} aria-hidden />}
          // Not `disabled`: the reason why not must be reachable by keyboard.
          aria-disabled={!ready}
          {...(!ready && { 'data-disabled': true })}
          onClick={() => ready && onOpen('approve')}
        >
          {t('record.approve')}
        </Button>
      </Tooltip>
    </>
  );
}

/** How a decided application was decided. */
function Outcome({ record }: { record: RegistrationRecord }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  if (!record.decided) return null;
  const facts = { at: format.dateTime(record.decided.at), by: record.decided.byName };
  if (record.status === 'rejected') {
    const reason = record.rejectionReason && t(`reject.reasons.${record.rejectionReason}`);
    return (
      <Alert color="gray" icon={<IconCircleX size={18} aria-hidden />}>
        {t('record.rejected', { ...facts, reason })}
      </Alert>
    );
  }
  return (
    <Alert color="green" icon={<IconCircleCheck size={18} aria-hidden />}>
      {t('record.approved', { ...facts, login: record.account?.login ?? '—' })}{' '}
      {record.account && (
        <AnchorLink to={'/accounts/$id' as '/registrations/$id'} params={{ id: record.account.id }} underline="always">
          {t('record.toAccount')}
        </AnchorLink>
      )}
    </Alert>
  );
}

function RecordSkeleton() {
  return (
    <Stack gap="lg">
      <Skeleton height={32} width="24rem" maw="100%" />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Skeleton height={320} />
        <Skeleton height={320} />
      </SimpleGrid>
    </Stack>
  );
}
