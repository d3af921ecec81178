import { Button, Select, Skeleton, Text } from '@mantine/core';
import { IconClipboardCheck, IconPrinter } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DESK_MOST, type Desk } from '../../../shared/contract/orders';
import { MadePdfPreview } from '../../app/preview/MadePdfPreview';
import { useSession } from '../../app/session';
import { client, trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { useShortcut } from '../../ui/shortcuts';
import { DayPicker } from './DayPicker';
import { DeskList } from './DeskList';
import { DeskOrderPanel } from './DeskOrderPanel';
import classes from './desk.module.css';
import { useFieldWorkers } from './fieldWorkers';
import type { DeskSearch } from './ordersSearch';
import { ScanField } from './ScanField';
import { useRound } from './useRound';

const openOf = (desk: Desk | undefined) => desk?.orders.filter(({ state }) => state === 'open').length ?? 0;

/** The technician's desk: the orders of a day in the order of the round, worked by keyboard and scanner alone. */
export function DeskPage({ search }: { search: DeskSearch }) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const navigate = useNavigate();
  const { user } = useSession();
  const workers = useFieldWorkers();
  const [printing, setPrinting] = useState(false);
  // A clerk has no orders: whoever enters results from paper begins with the first technician.
  const whose = search.of ?? (user.group === 'bok_clerk' ? (workers[0]?.value ?? null) : null);
  const asked = { day: search.day ?? null, assignee: whose };
  const query = useQuery(trpc.orders.desk.queryOptions(asked, { placeholderData: keepPreviousData }));
  const desk = query.data;
  const round = useRound(desk, search.order ?? null);
  const go = (to: DeskSearch) =>
    void navigate({ to: '/my-orders', search: { ...search, order: undefined, ...to }, replace: true });
  const print = () => setPrinting(true);
  useShortcut('J', t('desk.down'), () => round.step(1));
  useShortcut('K', t('desk.up'), () => round.step(-1));
  useShortcut('W', t('desk.enterResult'), round.enter);
  useShortcut('S', t('desk.toScan'), () => round.refs.scan.current?.focus());
  useShortcut('P', t('desk.print'), print, { enabled: openOf(desk) > 0 });
  const { current } = round;
  return (
    <>
      <DeskHeader
        desk={desk}
        own={!whose || whose === user.login}
        whose={user.group === 'bok_technician' ? null : { workers, of: whose ?? user.login, onOf: (of) => go({ of }) }}
        onDay={(day) => go({ day })}
        onPrint={print}
        scan={<ScanField orders={desk?.orders ?? []} field={round.refs.scan} onFound={round.found} />}
      />
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height="60dvh" />}
      {desk && !current && (
        <EmptyState
          icon={IconClipboardCheck}
          title={t(!whose || whose === user.login ? 'desk.empty' : 'desk.emptyOf')}
          text={t('desk.emptyText')}
          action={<AnchorLink to="/orders">{t('desk.toAll')}</AnchorLink>}
        />
      )}
      {desk?.more && <Text size="sm">{t('desk.more', { count: DESK_MOST })}</Text>}
      {desk && current && (
        <div className={classes.desk} aria-busy={query.isPlaceholderData} data-main-list>
          <DeskList
            orders={desk.orders}
            selected={current.id}
            onSelect={(order) => round.select(order)}
            onEnter={round.enter}
            list={round.refs.list}
          />
          <DeskOrderPanel
            // A result that was taken back is entered anew.
            key={`${current.id} ${current.state}`}
            order={current}
            today={desk.today}
            saving={round.saving}
            firstField={round.refs.field}
            focus={round.focus}
            onSave={(draft) => round.save(current, draft)}
            onLeave={() => round.refs.list.current?.focus()}
            onGo={() => go({ order: current.id })}
          />
        </div>
      )}
      {printing && desk && (
        <MadePdfPreview
          title={t('desk.printTitle', { day: format.date(desk.day) })}
          make={() => client.orders.routeList.mutate(asked)}
          onClose={() => setPrinting(false)}
        />
      )}
    </>
  );
}

interface DeskHeaderProps {
  desk: Desk | undefined;
  own: boolean;
  /** Whose desk, for those who may look at others'. */
  whose: { workers: { value: string; label: string }[]; of: string; onOf: (login: string) => void } | null;
  onDay: (day: string) => void;
  onPrint: () => void;
  scan: ReactNode;
}

function DeskHeader({ desk, own, whose, onDay, onPrint, scan }: DeskHeaderProps) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const open = openOf(desk);
  return (
    <PageHeader
      title={own ? t('desk.title') : t('desk.titleOf', { name: desk?.assigneeName ?? '' })}
      subtitle={desk ? t('desk.subtitle', { open: format.count(open), total: format.count(desk.orders.length) }) : ' '}
      actions={
        desk && (
          <>
            {scan}
            {whose && (
              <Select
                aria-label={t('desk.whose')}
                w="11rem"
                data={whose.workers}
                value={whose.of}
                allowDeselect={false}
                searchable
                onChange={(of) => of && whose.onOf(of)}
              />
            )}
            <DayPicker day={desk.day} today={desk.today} onDay={onDay} />
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              disabled={open === 0}
              title={open === 0 ? t('desk.printNone') : undefined}
              onClick={onPrint}
            >
              {t('desk.print')}
            </Button>
          </>
        )
      }
    />
  );
}
