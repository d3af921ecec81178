import { Skeleton, Stack, Tabs } from '@mantine/core';
import { IconCertificate, IconFiles, IconGauge, IconHistory, IconMapPin, IconTimelineEvent } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { DataTab } from './DataTab';
import { EventsTab } from './EventsTab';
import { LegalizationTab } from './LegalizationTab';
import { MeterHeader } from './MeterHeader';
import { METER_TABS, type MeterSearch, type MeterTab } from './meterSearch';
import { PointTab } from './PointTab';

const ICONS = {
  data: IconGauge,
  legalization: IconCertificate,
  point: IconMapPin,
  events: IconTimelineEvent,
  documents: IconFiles,
  history: IconHistory,
};

interface MeterPageProps {
  id: string;
  search: MeterSearch;
  /** Parts that other features bring: put together in `app/routes.tsx`. */
  readings: ReactNode;
  documents: ReactNode;
  history: ReactNode;
  /** Exchange, removal, installation: beside the meter's own acts. */
  acts?: ReactNode;
  orders?: ReactNode;
  cases?: ReactNode;
  notices?: ReactNode;
}

/** A meter of the registry: what it is, its legalization, its points, and everything that ever happened to it. */
export function MeterPage({ id, search, ...parts }: MeterPageProps) {
  const { t } = useTranslation('meters');
  const navigate = useNavigate();
  const meter = useQuery(trpc.meters.get.queryOptions({ id }));
  if (meter.isError) return <ErrorState page error={meter.error} onRetry={() => void meter.refetch()} />;
  if (meter.isPending) return <MeterSkeleton />;
  const { data } = meter;
  const show = (next: string | null) =>
    void navigate({
      to: '/meters/$id',
      params: { id },
      search: { tab: next === 'data' ? undefined : (next as MeterTab) },
      replace: true,
    });
  return (
    <>
      <MeterHeader meter={data} acts={parts.acts} onLegalization={() => show('legalization')} />
      <Tabs value={search.tab ?? 'data'} onChange={show} keepMounted={false}>
        <Tabs.List aria-label={t('record.tabs')} mb="md">
          {METER_TABS.map((each) => {
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
            <DataTab meter={data} />
            {parts.orders}
            {parts.cases}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="legalization">
          <Stack gap="md">
            <LegalizationTab meter={data} />
            {parts.notices}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="point">
          <PointTab meter={data} readings={parts.readings} />
        </Tabs.Panel>
        <Tabs.Panel value="events">
          <EventsTab id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="documents">{parts.documents}</Tabs.Panel>
        <Tabs.Panel value="history">{parts.history}</Tabs.Panel>
      </Tabs>
    </>
  );
}

function MeterSkeleton() {
  return (
    <Stack gap="md" aria-busy>
      <Skeleton height={32} width="20rem" maw="100%" />
      <Skeleton height="10rem" />
      <Skeleton height="8rem" />
    </Stack>
  );
}
