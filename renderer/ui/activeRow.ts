import { useState } from 'react';
import type { RowSource } from './rowSource';

/** Where the keys are: a row by key and place, and the cell the arrows went to. */
export interface ActiveRow {
  index: number;
  key: string;
  column: string | null;
}

/** How far from its old place a row is looked for after others came or went. */
const NEAR = 200;

/** The row the keys act on; it is followed when it moves, and lost when it leaves. */
export function useActiveRow<Row>(
  source: RowSource<Row>,
  rowKey: (row: Row) => string,
  startAt: { key: string; index: number } | null,
) {
  const [kept, setKept] = useState<ActiveRow | null>(startAt && { ...startAt, column: null });
  const index = kept === null ? -1 : placeOf(kept, source, rowKey);
  return { active: kept && index >= 0 ? { ...kept, index } : null, setActive: setKept };
}

/** Where a row stands now that stood at `index`; -1 when it is not near there any more. */
export function placeOf<Row>(
  { key, index }: Pick<ActiveRow, 'key' | 'index'>,
  { count, rowAt }: RowSource<Row>,
  rowKey: (row: Row) => string,
): number {
  const keyAt = (place: number) => {
    const row = rowAt(place);
    return row === undefined ? undefined : rowKey(row);
  };
  if (keyAt(index) === key) return index;
  // Not loaded yet is not gone.
  if (index < count && keyAt(index) === undefined) return index;
  for (let away = 1; away <= NEAR; away += 1) {
    if (keyAt(index - away) === key) return index - away;
    if (keyAt(index + away) === key) return index + away;
  }
  return -1;
}
