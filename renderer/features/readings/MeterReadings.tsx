import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { ReadingsPanel } from './ReadingsPanel';
import { ReadingsSkeleton } from './ReadingsSkeleton';

/** Readings of one meter at every place it was installed. */
export function MeterReadings({ meterId }: { meterId: string }) {
  const readings = useQuery(trpc.readings.ofMeter.queryOptions({ id: meterId }));
  if (readings.isPending) return <ReadingsSkeleton />;
  if (readings.isError) return <ErrorState error={readings.error} onRetry={() => void readings.refetch()} />;
  return <ReadingsPanel series={readings.data.series} />;
}
