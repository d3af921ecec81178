import type { ColumnFilter } from '../../shared/contract/lists';
import type { Action } from '../../shared/permissions';
import { BadQuestion, type PageSource, type SortColumn } from './page';

/** One column of a list, as a person may filter, sort and export it. */
export interface ListColumn {
  /** Its value in SQL. */
  sql: string;
  type: 'text' | 'integer' | 'boolean' | 'date' | 'instant';
  /** The kinds of filter it takes. */
  filters: readonly ColumnFilter['is'][];
  /** The values a `oneOf` may name, where there are fixed ones. */
  codes?: readonly string[];
  /** Each of its words also stands in the list's `words`, whose index then serves its text filter. */
  inWords?: true;
  /** Present only where an index serves the order. */
  sort?: SortColumn;
}

/**
 * A list of the product, as constant parts: nothing that comes in ever becomes SQL text. Who may see which rows and
 * columns is decided by the database, for the person who asks.
 */
export interface List extends PageSource {
  /** The action that allows opening it; selecting, counting and exporting ask for the same. */
  action: Action;
  /** The search text its words are found in (form of `ibok.search_words`). */
  words?: string;
  columns: Readonly<Record<string, ListColumn>>;
}

/** The sort column of this name. Throws BadQuestion. */
export function sortOf(list: List, key: string): SortColumn {
  const sort = Object.hasOwn(list.columns, key) ? list.columns[key]?.sort : undefined;
  if (!sort) throw new BadQuestion('sort');
  return sort;
}
