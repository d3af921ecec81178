import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { trpc } from '../../app/trpc';

/** Whatever shows meters, places, orders, readings or cases is read anew after an act. */
export function useExchangeRecorded(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    const touched = [
      trpc.exchanges,
      trpc.meters,
      trpc.legalization,
      trpc.orders,
      trpc.meterCases,
      trpc.readings,
      trpc.customers,
    ];
    await Promise.all(touched.map((each) => queries.invalidateQueries(each.pathFilter())));
  }, [queries]);
}
