import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { replaceRecord } from '../../app/records';
import type { CardSearch } from './cardSearch';
import { useListMemory } from './listMemory';
import { listQuestion } from './listSearch';
import { useCustomerList } from './useCustomerList';

/** Asked for nobody: stands in while no list was walked. */
const EVERYBODY = listQuestion({}, '');

/** The records before and after this one in the list it was opened from; null at its ends or outside of it. */
export interface Neighbours {
  previous: (() => void) | null;
  next: (() => void) | null;
}

/** Walks the remembered list from inside a record and reads the list on before its loaded end is reached. */
export function useNeighbours(customerId: string): Neighbours {
  const navigate = useNavigate();
  const { walked, rememberList } = useListMemory();
  const list = useCustomerList(walked ?? EVERYBODY, { enabled: walked !== null });
  const ids = list.data?.pages.flatMap((page) => page.rows.map(({ id }) => id)) ?? [];
  const place = ids.indexOf(customerId);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const nearEnd = place >= 0 && place >= ids.length - 2 && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (nearEnd) void fetchNextPage();
  }, [nearEnd, fetchNextPage]);

  // Replaced, not pushed: from wherever one walked to, "back" is the list.
  const to = (id: string | undefined) =>
    id === undefined
      ? null
      : () => {
          if (walked) rememberList(walked, id);
          // One tab walks along: a list read through must not leave a tab for each of its records.
          replaceRecord({ kind: 'customers', id: customerId }, { kind: 'customers', id });
          void navigate({
            to: '/customers/$id',
            params: { id },
            search: ({ tab }: CardSearch) => ({ tab }),
            replace: true,
          });
        };
  return place < 0 ? { previous: null, next: null } : { previous: to(ids[place - 1]), next: to(ids[place + 1]) };
}
