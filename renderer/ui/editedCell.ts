import { useState } from 'react';
import { type ActiveRow, placeOf } from './activeRow';
import type { RowSource } from './rowSource';

/** The cell being edited: by its row, which others may push to another place meanwhile, and its column. */
interface EditedCell {
  key: string;
  index: number;
  column: string;
}

/** Where an editor goes when it is done: to a neighbouring cell, back to the grid, or nowhere. */
export type EditEnd = 'next' | 'previous' | 'quietly' | undefined;

/** Which cell is edited, and the way from one to the next; `columns` are those on screen that can be. */
export function useEditedCell<Row>(
  source: RowSource<Row>,
  rowKey: (row: Row) => string,
  columns: readonly string[],
  goTo: (active: ActiveRow) => void,
) {
  const [kept, setKept] = useState<EditedCell | null>(null);
  const index = kept === null ? -1 : placeOf(kept, source, rowKey);
  const edited = kept && index >= 0 ? { ...kept, index } : null;

  function edit(place: number, wanted: string | null): void {
    const row = source.rowAt(place);
    const column = wanted !== null && columns.includes(wanted) ? wanted : columns[0];
    if (row !== undefined && column) setKept({ key: rowKey(row), index: place, column });
  }
  /** After the last cell of a row comes the first one of the row below. */
  function leave(end: EditEnd): void {
    setKept(null);
    if (!edited || end === 'quietly') return;
    const step = end === 'next' ? 1 : end === 'previous' ? -1 : 0;
    const beside = columns[columns.indexOf(edited.column) + step];
    const column = beside ?? (step > 0 ? columns[0] : columns.at(-1)) ?? edited.column;
    const place = edited.index + (beside ? 0 : step);
    const row = source.rowAt(place);
    if (row === undefined) return;
    goTo({ index: place, key: rowKey(row), column });
    if (end) edit(place, column);
  }
  return { edited, edit, leave, dropEdit: () => setKept(null) };
}
