import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { trpc } from '../../app/trpc';
import type { ListQuestion } from './listSearch';

/** Pages of the customer list, one question one cache entry: list and open record share it. */
export function useCustomerList(question: ListQuestion, options: { enabled?: boolean } = {}) {
  return useInfiniteQuery(
    trpc.customers.list.infiniteQueryOptions(question, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      // The rows before stay until the new ones are there: nothing flickers while one types.
      placeholderData: keepPreviousData,
      ...options,
    }),
  );
}
