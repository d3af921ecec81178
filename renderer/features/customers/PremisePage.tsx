import { Paper, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconDroplet, IconDropletOff, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PremiseRecord } from '../../../shared/contract/customers';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { KeyValue } from '../../ui/KeyValue';
import { PageHeader } from '../../ui/PageHeader';
import { PremisePoint } from './PremisePoint';
import { PREMISE_TABS, type PremiseSearch, type PremiseTab } from './premiseSearch';

const ICONS = { points: IconDroplet, history: IconHistory };

interface PremisePageProps {
  id: string;
  search: PremiseSearch;
  /** Brought by another feature: put together in `app/routes.tsx`. */
  history: ReactNode;
}

/** A premise: who is and was supplied at its points, and the meters there. */
export function PremisePage({ id, search, history }: PremisePageProps) {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const premise = useQuery(trpc.customers.premise.queryOptions({ id }));
  if (premise.isError) return <ErrorState page error={premise.error} onRetry={() => void premise.refetch()} />;
  if (premise.isPending) return <PremiseSkeleton />;
  const { data } = premise;
  return (
    <>
      <PageHeader title={data.address} subtitle={`${t('premise.title')} · ${data.postalCode}`} />
      <Tabs
        value={search.tab ?? 'points'}
        onChange={(next) =>
          void navigate({
            to: '/premises/$id',
            params: { id },
            search: { tab: next === 'points' ? undefined : (next as PremiseTab) },
            replace: true,
          })
        }
        keepMounted={false}
      >
        <Tabs.List aria-label={t('premise.tabs')} mb="md">
          {PREMISE_TABS.map((each) => {
            const IconOf = ICONS[each];
            return (
              <Tabs.Tab key={each} value={each} leftSection={<IconOf size={16} stroke={1.75} aria-hidden />}>
                {t(`premise.tab.${each}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="points">
          <Points premise={data} />
        </Tabs.Panel>
        <Tabs.Panel value="history">{history}</Tabs.Panel>
      </Tabs>
    </>
  );
}

function Points({ premise }: { premise: PremiseRecord }) {
  const { t } = useTranslation('customers');
  return (
    <Stack gap="md">
      <Paper withBorder p="md">
        <KeyValue
          columns={3}
          items={[
            { label: t('premise.postalCode'), value: premise.postalCode },
            { label: t('premise.district'), value: premise.district },
            { label: t('premise.route'), value: premise.route },
          ]}
        />
      </Paper>
      {premise.points.length === 0 ? (
        <EmptyState icon={IconDropletOff} title={t('premise.empty')} text={t('premise.emptyText')} />
      ) : (
        premise.points.map((point) => <PremisePoint key={point.id} point={point} />)
      )}
    </Stack>
  );
}

function PremiseSkeleton() {
  return (
    <Stack gap="md">
      <Skeleton height={32} width="20rem" maw="100%" />
      <Skeleton height="4rem" />
      <Skeleton height="14rem" />
    </Stack>
  );
}
