import { useEffect, useMemo } from 'react';
import type { ListName, ListQuestion } from '../../../shared/contract/lists';
import { type PageReader, usePages } from '../../ui/list/pages';
import { type RecordKind, replaceRecord } from '../records';
import { useListMemory } from './listMemory';

/** How far from its old place a record is looked for after others came or went. */
const NEAR = 50;

/** The records before and after this one in the list it was opened from; null at its ends or outside of it. */
export interface Neighbours {
  previous: (() => void) | null;
  next: (() => void) | null;
}

interface WalkOptions<Row extends { id: string }> {
  /** The list that was walked, and the records it opens. */
  list: ListName;
  kind: RecordKind;
  id: string;
  readerOf: (question: ListQuestion) => PageReader<Row>;
  /** Shows another record in this one's place: replaced, not pushed, so that "back" is the list from wherever one walked to. */
  show: (id: string) => void;
}

/** Walks the remembered list from inside a record; the pages around the record are read as it goes. */
export function useWalk<Row extends { id: string }>(options: WalkOptions<Row>): Neighbours {
  const { list, kind, id, readerOf, show } = options;
  const { walked, at, remember } = useListMemory(list);
  const reader = useMemo(() => (walked ? readerOf(walked) : noList<Row>(list)), [walked, readerOf, list]);
  const begin = at?.index ?? 0;
  const { rowAt, onRange } = usePages(reader, undefined, begin);
  const place = placeOf(id, begin, (index) => rowAt(index)?.id);
  useEffect(() => onRange?.(place - 1, place + 1), [onRange, place]);

  const to = (index: number) => {
    const other = rowAt(index)?.id;
    if (place < 0 || other === undefined) return null;
    return () => {
      remember({ at: { key: other, index } });
      // One tab walks along: a list read through must not leave a tab for each of its records.
      replaceRecord({ kind, id }, { kind, id: other });
      show(other);
    };
  };
  return { previous: to(place - 1), next: to(place + 1) };
}

/** Asked of nobody: stands in while no list was walked. */
function noList<Row extends { id: string }>(list: ListName): PageReader<Row> {
  return { identity: 'none', key: () => [[list, 'none']], read: async () => ({ rows: [], nextCursor: null }) };
}

function placeOf(id: string, begin: number, idAt: (index: number) => string | undefined): number {
  for (let away = 0; away <= NEAR; away += 1) {
    if (idAt(begin + away) === id) return begin + away;
    if (begin >= away && idAt(begin - away) === id) return begin - away;
  }
  return -1;
}
