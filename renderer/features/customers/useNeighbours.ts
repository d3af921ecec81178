import { useNavigate } from '@tanstack/react-router';
import { type Neighbours, useWalk } from '../../app/lists/useWalk';
import { cardSearch } from './cardSearch';
import { CUSTOMERS } from './customerRows';

/** The customers before and after this one in the list it was opened from; the part of the card that is shown stays. */
export function useNeighbours(customerId: string): Neighbours {
  const navigate = useNavigate();
  return useWalk({
    list: 'customers',
    kind: 'customers',
    id: customerId,
    readerOf: CUSTOMERS.readerOf,
    show: (id) =>
      void navigate({
        to: '/customers/$id',
        params: { id },
        search: ({ tab }) => ({ tab: cardSearch.parse({ tab }).tab }),
        replace: true,
      }),
  });
}
