import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { ReadingsPanel } from './ReadingsPanel';
import { ReadingsSkeleton } from './ReadingsSkeleton';

/** Readings of everything a customer is or was supplied through, with consumption by month. */
export function CustomerReadings({ customerId }: { customerId: string }) {
  const readings = useQuery(trpc.readings.ofCustomer.queryOptions({ id: customerId }));
  if (readings.isPending) return <ReadingsSkeleton />;
  if (readings.isError) return <ErrorState error={readings.error} onRetry={() => void readings.refetch()} />;
  return <ReadingsPanel series={readings.data.series} consumption={readings.data.consumption} />;
}
