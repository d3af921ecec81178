import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { CustomerRow } from '../../../shared/contract/customers';
import { useListMemory } from '../../app/lists/listMemory';
import { replaceRecord } from '../../app/records';
import { type PageReader, usePages } from '../../ui/list/pages';
import { cardSearch } from './cardSearch';
import { customerReader } from './customerRows';

/** Asked of nobody: stands in while no list was walked. */
const NO_LIST: PageReader<CustomerRow> = {
  identity: 'none',
  key: () => [['customers', 'none']],
  read: async () => ({ rows: [], nextCursor: null }),
};

/** How far from its old place a record is looked for after others came or went. */
const NEAR = 50;

/** The records before and after this one in the list it was opened from; null at its ends or outside of it. */
export interface Neighbours {
  previous: (() => void) | null;
  next: (() => void) | null;
}

/** Walks the remembered list from inside a record; the pages around the record are read as it goes. */
export function useNeighbours(customerId: string): Neighbours {
  const navigate = useNavigate();
  const { walked, at, remember } = useListMemory('customers');
  const reader = useMemo(() => (walked ? customerReader(walked) : NO_LIST), [walked]);
  const begin = at?.index ?? 0;
  const { rowAt, onRange } = usePages(reader, undefined, begin);
  const place = placeOf(customerId, begin, (index) => rowAt(index)?.id);
  useEffect(() => onRange?.(place - 1, place + 1), [onRange, place]);

  // Replaced, not pushed: from wherever one walked to, "back" is the list.
  const to = (index: number) => {
    const id = rowAt(index)?.id;
    if (place < 0 || id === undefined) return null;
    return () => {
      remember({ at: { key: id, index } });
      // One tab walks along: a list read through must not leave a tab for each of its records.
      replaceRecord({ kind: 'customers', id: customerId }, { kind: 'customers', id });
      void navigate({
        to: '/customers/$id',
        params: { id },
        search: ({ tab }) => ({ tab: cardSearch.parse({ tab }).tab }),
        replace: true,
      });
    };
  };
  return { previous: to(place - 1), next: to(place + 1) };
}

function placeOf(id: string, begin: number, idAt: (index: number) => string | undefined): number {
  for (let away = 0; away <= NEAR; away += 1) {
    if (idAt(begin + away) === id) return begin + away;
    if (begin >= away && idAt(begin - away) === id) return begin - away;
  }
  return -1;
}
