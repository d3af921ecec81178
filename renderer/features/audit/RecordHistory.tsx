import { Paper } from '@mantine/core';
import { IconHistory, IconMinus, IconPencil, IconPlus, IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../../shared/contract/audit';
import { client, trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { Timeline, type TimelineItem } from '../../ui/Timeline';
import { Changes } from './Changes';

const ICONS = { insert: IconPlus, update: IconPencil, delete: IconMinus, bulk: IconStack2 };

/** Reasons that programs write into the trail. */
const BECAUSE = ['undo', 'data_change', 'email_in_person', 'email_phone', 'email_letter'] as const;

/** A record whose history can be shown. */
interface RecordHistoryProps {
  table:
    | 'customers'
    | 'premises'
    | 'meters'
    | 'follow_ups'
    | 'rule_values'
    | 'regulation_versions'
    | 'deletion_requests'
    | 'meter_cases'
    | 'exchanges'
    | 'service_orders'
    | 'holidays'
    | 'approvals'
    | 'registrations'
    | 'accounts';
  id: string;
}

/** Who changed the record, when, why, and every field before and after; newest first, older ones on demand. */
export function RecordHistory({ table, id }: RecordHistoryProps) {
  const { t } = useTranslation('audit');
  const history = useInfiniteQuery({
    // Under the procedure's own key, so that live hints find it.
    queryKey: [...trpc.audit.history.queryKey({ table, id }), 'pages'],
    queryFn: ({ pageParam, signal }) => client.audit.history.query({ table, id, before: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.more ? (page.events.at(-1)?.id ?? null) : null),
  });
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const events = history.data?.pages.flatMap((page) => page.events) ?? [];
  if (!history.isPending && events.length === 0) {
    return <EmptyState icon={IconHistory} title={t('empty')} text={t('emptyText')} />;
  }
  const tableName = (event: HistoryEvent) =>
    t(`table.${event.table as 'customers'}`, { defaultValue: t('table.other') });
  const because = (reason: string | null) =>
    BECAUSE.find((known) => known === reason) ? t(`because.${reason as (typeof BECAUSE)[number]}`) : reason;
  const items = events.map(
    (event): TimelineItem => ({
      id: event.id,
      at: event.at,
      title: t(`op.${event.op}`, { table: tableName(event) }),
      actor: [event.displayName ?? event.login, because(event.reason)].filter(Boolean).join(' · '),
      icon: ICONS[event.op],
      body: <Changes event={event} />,
    }),
  );
  return (
    <Paper withBorder p="md">
      <Timeline
        label={t('label')}
        items={items}
        loading={history.isPending}
        onMore={history.hasNextPage ? () => void history.fetchNextPage() : undefined}
        loadingMore={history.isFetchingNextPage}
      />
    </Paper>
  );
}
