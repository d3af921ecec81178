import { Alert, Button, Skeleton, Stack, Tabs, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconCamera, IconFileText, IconHistory, IconReplace } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExchangeRecord } from '../../../shared/contract/exchanges';
import { useWalk } from '../../app/lists/useWalk';
import { Walk } from '../../app/lists/Walk';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { ExchangeBadge } from './ExchangeBadge';
import { ExchangeFacts } from './ExchangeFacts';
import { EXCHANGES } from './exchangeRows';
import { EXCHANGE_TABS, type ExchangeSearch, type ExchangeTab, exchangeSearch } from './exchangesSearch';
import { ReverseDrawer } from './ReverseDrawer';

const ICONS = { act: IconReplace, photos: IconCamera, protocol: IconFileText, history: IconHistory };

interface ExchangePageProps {
  id: string;
  search: ExchangeSearch;
  /** Parts that other features bring: put together in `app/routes.tsx`. */
  photos: ReactNode;
  protocol: (record: ExchangeRecord) => ReactNode;
  history: ReactNode;
}

/** One act: what hung there before and after, seals, what went through, its protocol, and taking it back. */
export function ExchangePage({ id, search, photos, protocol, history }: ExchangePageProps) {
  const { t } = useTranslation('exchanges');
  const navigate = useNavigate();
  const [reversing, setReversing] = useState(false);
  const record = useQuery(trpc.exchanges.get.queryOptions({ id }));
  if (record.isError) return <ErrorState page error={record.error} onRetry={() => void record.refetch()} />;
  if (record.isPending) {
    return (
      <Stack gap="md" aria-busy>
        <Skeleton height={32} width="24rem" maw="100%" />
        <Skeleton height="16rem" />
      </Stack>
    );
  }
  const { data } = record;
  return (
    <>
      <Header record={data} busy={reversing} onReverse={() => setReversing(true)} />
      <Reversed record={data} />
      <Tabs
        value={search.tab ?? 'act'}
        onChange={(next) =>
          void navigate({
            to: '/exchanges/$id',
            params: { id },
            search: { tab: next === 'act' ? undefined : (next as ExchangeTab) },
            replace: true,
          })
        }
        keepMounted={false}
      >
        <Tabs.List aria-label={t('record.tabs')} mb="md">
          {EXCHANGE_TABS.map((each) => {
            const IconOf = ICONS[each];
            return (
              <Tabs.Tab key={each} value={each} leftSection={<IconOf size={16} stroke={1.75} aria-hidden />}>
                {t(`record.tab.${each}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="act">
          <ExchangeFacts record={data} />
        </Tabs.Panel>
        <Tabs.Panel value="photos">{photos}</Tabs.Panel>
        <Tabs.Panel value="protocol">{protocol(data)}</Tabs.Panel>
        <Tabs.Panel value="history">{history}</Tabs.Panel>
      </Tabs>
      {reversing && <ReverseDrawer exchange={data} onClose={() => setReversing(false)} />}
    </>
  );
}

interface HeaderProps {
  record: ExchangeRecord;
  /** While a form is open, single letters are not for walking the list. */
  busy: boolean;
  onReverse: () => void;
}

function Header({ record, busy, onReverse }: HeaderProps) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  const navigate = useNavigate();
  const mayReverse = useMay('exchanges.reverse');
  const neighbours = useWalk({
    list: 'exchanges',
    kind: 'exchanges',
    id: record.id,
    readerOf: EXCHANGES.readerOf,
    show: (id) =>
      void navigate({
        to: '/exchanges/$id',
        params: { id },
        search: ({ tab }) => ({ tab: exchangeSearch.parse({ tab }).tab }),
        replace: true,
      }),
  });
  return (
    <PageHeader
      title={t(`record.title.${record.kind}`, { number: record.id })}
      subtitle={[format.date(record.doneOn), record.address, record.pointCode].join(' · ')}
      badges={<ExchangeBadge reversed={record.reversed} />}
      actions={
        <>
          {mayReverse && !record.reversed && <ReverseButton obstacle={record.obstacle} onReverse={onReverse} />}
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

/** Why it cannot be taken back stands with the button. */
function ReverseButton({ obstacle, onReverse }: { obstacle: ExchangeRecord['obstacle']; onReverse: () => void }) {
  const { t } = useTranslation('exchanges');
  const ready = obstacle === null;
  return (
    <Tooltip label={obstacle && t(`obstacle.${obstacle}`)} disabled={ready} multiline maw="24rem">
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        // Not `disabled`: the reason why not must be reachable by keyboard.
        aria-disabled={!ready}
        {...(!ready && { 'data-disabled': true })}
        onClick={() => ready && onReverse()}
      >
        {t('reverse.act')}
      </Button>
    </Tooltip>
  );
}

function Reversed({ record: { reversedAt, reversedByName, reversalReason } }: { record: ExchangeRecord }) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  if (!reversedAt) return null;
  return (
    <Alert color="gray" mb="md" icon={<IconArrowBackUp size={18} aria-hidden />}>
      {t('record.reversed', { at: format.dateTime(reversedAt), by: reversedByName, reason: reversalReason })}
    </Alert>
  );
}
