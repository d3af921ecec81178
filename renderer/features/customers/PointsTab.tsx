import { Stack } from '@mantine/core';
import { IconDropletOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { LinesSkeleton } from './LinesSkeleton';
import { SupplyPointCard } from './SupplyPointCard';
import { isRunning } from './supplyPeriod';

interface PointsTabProps {
  customerId: string;
  /** What can be begun at a point of a running supply. */
  acts: (point: { id: string; code: string }) => ReactNode;
}

/** Every point the customer is or was supplied at, the running supplies first. */
export function PointsTab({ customerId, acts }: PointsTabProps) {
  const { t } = useTranslation('customers');
  const points = useQuery(trpc.customers.points.queryOptions({ id: customerId }));
  if (points.isPending) return <LinesSkeleton lines={6} />;
  if (points.isError) return <ErrorState error={points.error} onRetry={() => void points.refetch()} />;
  if (points.data.points.length === 0) {
    return <EmptyState icon={IconDropletOff} title={t('points.empty')} text={t('points.emptyText')} />;
  }
  const running = points.data.points.filter(isRunning);
  const ended = points.data.points.filter((point) => !isRunning(point));
  return (
    <Stack gap="md">
      {[...running, ...ended].map((point) => (
        <SupplyPointCard
          key={`${point.id}-${point.validFrom}`}
          point={point}
          acts={isRunning(point) ? acts(point) : null}
        />
      ))}
    </Stack>
  );
}
