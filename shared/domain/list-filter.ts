import type { ColumnFilter, ListQuestion } from '../contract/lists';
import { foldedWords, foldText } from './fold';

/** What a column holds for filtering and sorting; days as `YYYY-MM-DD`. Nothing is null or empty text. */
export type ListCell = string | number | boolean | null;

/** A column of rows in memory: what it holds, and whether the search field's words look into it. */
export interface FilterColumn<Row> {
  key: string;
  value: (row: Row) => ListCell;
  searched?: boolean;
}

const collator = new Intl.Collator('pl', { numeric: true });

/**
 * Answers a list's question on rows in memory as the server does on its tables: every word at a word start of a
 * searched column, every filter met, sorted by the wanted column with nothing at the end; equal rows keep their order.
 * A filter on an unknown column matches no row, so that a stale view never shows more than it says.
 */
export function listRows<Row>(
  rows: readonly Row[],
  question: ListQuestion,
  columns: readonly FilterColumn<Row>[],
): readonly Row[] {
  const kept = rows.filter((row) => matchesQuestion(row, question, columns));
  const by = columns.find(({ key }) => key === question.sort.key);
  if (!by) return kept;
  const direction = question.sort.descending ? -1 : 1;
  return kept.toSorted((a, b) => compareCells(by.value(a), by.value(b), direction));
}

/** Whether one row meets the words and every filter. */
export function matchesQuestion<Row>(
  row: Row,
  { words, filters }: Pick<ListQuestion, 'words' | 'filters'>,
  columns: readonly FilterColumn<Row>[],
): boolean {
  return (
    (!words ||
      containsWords(
        columns.filter(({ searched }) => searched).map(({ value }) => value(row)),
        words,
      )) &&
    Object.entries(filters).every(([key, filter]) => {
      const column = columns.find((each) => each.key === key);
      return column !== undefined && matchesFilter(column.value(row), filter);
    })
  );
}

/** Whether a cell meets one filter. */
export function matchesFilter(cell: ListCell, filter: ColumnFilter): boolean {
  const nothing = cell === null || cell === '';
  switch (filter.is) {
    case 'empty':
      return nothing;
    case 'filled':
      return !nothing;
    case 'oneOf':
      return !nothing && filter.values.includes(String(cell));
    case 'text':
      // A blank text narrows nothing; signs without a letter or digit match nobody.
      return filter.text === '' || matchesText(foldText(String(cell ?? '')), filter.how, foldText(filter.text));
    case 'between':
      return typeof cell === 'number' && within(cell, filter.from, filter.to);
    case 'dates':
      return typeof cell === 'string' && !nothing && within(cell.slice(0, 10), filter.from, filter.to);
  }
}

/** Signs without a letter or digit match nobody; without this they would match everybody. */
function containsWords(cells: readonly ListCell[], words: string): boolean {
  const wanted = foldedWords(words);
  const text = ` ${foldText(cells.filter((cell) => cell !== null).join(' '))}`;
  return wanted.length > 0 && wanted.every((word) => text.includes(` ${word}`));
}

function matchesText(text: string, how: 'contains' | 'begins' | 'equals', wanted: string): boolean {
  if (wanted === '') return false;
  if (how === 'equals') return text === wanted;
  return how === 'begins' ? text.startsWith(wanted) : text.includes(wanted);
}

function within<Value extends number | string>(value: Value, from: Value | null, to: Value | null): boolean {
  return (from === null || value >= from) && (to === null || value <= to);
}

function compareCells(a: ListCell, b: ListCell, direction: 1 | -1): number {
  const [aNothing, bNothing] = [a === null || a === '', b === null || b === ''];
  if (aNothing || bNothing) return Number(aNothing) - Number(bNothing);
  if (typeof a === 'number' && typeof b === 'number') return direction * (a - b);
  return direction * collator.compare(String(a), String(b));
}
