import { Paper, Text, Title } from '@mantine/core';
import {
  type Icon,
  IconArrowBackUp,
  IconCertificate,
  IconCertificateOff,
  IconClipboardCheck,
  IconClipboardList,
  IconFolder,
  IconFolderCheck,
  IconLock,
  IconLockOpen,
  IconMail,
  IconPackage,
  IconPlugConnected,
  IconPlugConnectedX,
  IconSearch,
  IconTimelineEvent,
  IconTrash,
  IconZoomQuestion,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MeterEvent } from '../../../shared/contract/meters';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Timeline, type TimelineItem } from '../../ui/Timeline';
import { useEventWords } from './useEventWords';

const ICONS: Record<MeterEvent['kind'], Icon> = {
  accepted: IconPackage,
  scrapped: IconTrash,
  lost: IconZoomQuestion,
  found: IconSearch,
  returned: IconPackage,
  installed: IconPlugConnected,
  removed: IconPlugConnectedX,
  reversed: IconArrowBackUp,
  marked: IconCertificate,
  markWithdrawn: IconCertificateOff,
  legalizationLost: IconCertificateOff,
  sealPut: IconLock,
  sealRemoved: IconLockOpen,
  orderMade: IconClipboardList,
  orderClosed: IconClipboardCheck,
  caseOpened: IconFolder,
  caseClosed: IconFolderCheck,
  letter: IconMail,
};

/** Everything the meter ever did and that was done about it, newest first. */
export function EventsTab({ id }: { id: string }) {
  const { t } = useTranslation('meters');
  const life = useQuery(trpc.meters.events.queryOptions({ id }));
  const titleOf = useEventWords();
  if (life.isError) return <ErrorState error={life.error} onRetry={() => void life.refetch()} />;
  const items = (life.data?.events ?? []).map(
    (event): TimelineItem => ({
      id: event.key,
      at: event.day,
      title: titleOf(event),
      icon: ICONS[event.kind],
      ...(event.by && { actor: event.by }),
      body: <Body event={event} />,
    }),
  );
  if (life.data && items.length === 0) {
    return <EmptyState icon={IconTimelineEvent} title={t('event.empty')} text={t('event.emptyText')} />;
  }
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="events-title">
      <Title order={2} size="h4" id="events-title" mb="md">
        {t('event.title')}
      </Title>
      <Timeline label={t('event.label')} items={items} loading={life.isPending} />
    </Paper>
  );
}

/** Kinds whose words already stand in the title. */
const IN_TITLE: readonly MeterEvent['kind'][] = ['marked', 'markWithdrawn', 'sealPut', 'sealRemoved'];

function Body({ event }: { event: MeterEvent }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const facts = [
    event.value !== null && t('event.value', { value: format.volume(event.value) }),
    event.until !== null &&
      t(event.kind === 'orderMade' ? 'event.due' : 'event.until', { until: format.date(event.until) }),
    !IN_TITLE.includes(event.kind) && event.words,
  ].filter(Boolean);
  return (
    <>
      {event.address && event.premiseId && (
        <Text size="sm">
          <AnchorLink to="/premises/$id" params={{ id: event.premiseId }}>
            {event.address}
          </AnchorLink>
        </Text>
      )}
      {facts.length > 0 && <Text size="sm">{facts.join(' · ')}</Text>}
    </>
  );
}
