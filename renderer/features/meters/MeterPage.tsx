import { Paper, Skeleton, Stack, Tabs, Title } from '@mantine/core';
import { IconChartBar, IconGauge, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterRecord } from '../../../shared/contract/meters';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { PageHeader } from '../../ui/PageHeader';
import { StateBadge, type Tone } from '../../ui/StateBadge';
import { METER_TABS, type MeterSearch, type MeterTab } from './meterSearch';
import { Places } from './Places';

const ICONS = { data: IconGauge, readings: IconChartBar, history: IconHistory };
const TONE: Record<MeterRecord['status'], Tone> = {
  in_stock: 'info',
  installed: 'ok',
  removed: 'neutral',
  scrapped: 'neutral',
  lost: 'danger',
};

interface MeterPageProps {
  id: string;
  search: MeterSearch;
  /** Parts that other features bring: put together in `app/routes.tsx`. */
  readings: ReactNode;
  history: ReactNode;
}

/** A meter of the registry: what it is, where it was installed, its readings and its history. */
export function MeterPage({ id, search, readings, history }: MeterPageProps) {
  const { t } = useTranslation('meters');
  const navigate = useNavigate();
  const meter = useQuery(trpc.meters.get.queryOptions({ id }));
  if (meter.isError) return <ErrorState page error={meter.error} onRetry={() => void meter.refetch()} />;
  if (meter.isPending) return <MeterSkeleton />;
  const { data } = meter;
  const present = data.installations.find(({ removedOn }) => removedOn === null);
  return (
    <>
      <PageHeader
        title={t('record.title', { factoryNo: data.factoryNo })}
        badges={<StateBadge tone={TONE[data.status]} label={t(`status.${data.status}`)} />}
        subtitle={[`${data.maker} ${data.model}`, t('record.portalNo', { id: data.id }), present?.address]
          .filter(Boolean)
          .join(' · ')}
      />
      <Tabs
        value={search.tab ?? 'data'}
        onChange={(next) =>
          void navigate({
            to: '/meters/$id',
            params: { id },
            search: { tab: next === 'data' ? undefined : (next as MeterTab) },
            replace: true,
          })
        }
        keepMounted={false}
      >
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
            <Technical meter={data} />
            <Places installations={data.installations} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="readings">{readings}</Tabs.Panel>
        <Tabs.Panel value="history">{history}</Tabs.Panel>
      </Tabs>
    </>
  );
}

function Technical({ meter }: { meter: MeterRecord }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="technical-title">
      <Title order={2} size="h4" id="technical-title" mb="sm">
        {t('record.technical')}
      </Title>
      <KeyValue
        columns={3}
        items={[
          { label: t('record.maker'), value: meter.maker },
          { label: t('record.model'), value: meter.model },
          { label: t('record.dn'), value: t('record.dnValue', { dn: meter.dn }) },
          { label: t('record.q3'), value: t('record.q3Value', { q3: format.decimal(meter.q3) }) },
          { label: t('record.r'), value: meter.r && t('record.rValue', { r: meter.r }) },
          { label: t('record.digits'), value: meter.digits },
          { label: t('record.radio'), value: meter.radioId },
          { label: t('record.owner'), value: t(`ownerKind.${meter.ownerKind}`) },
          { label: t('record.acceptedOn'), value: meter.acceptedOn && format.date(meter.acceptedOn) },
        ]}
      />
    </Paper>
  );
}

function MeterSkeleton() {
  return (
    <Stack gap="md">
      <Skeleton height={32} width="20rem" maw="100%" />
      <Skeleton height="10rem" />
      <Skeleton height="8rem" />
    </Stack>
  );
}
