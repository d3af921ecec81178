import type { ColumnFilter, ListQuestion, ViewState } from '../../../shared/contract/lists';

/** What of a column the pure rules of a view look at. */
export interface KnownColumn {
  key: string;
  hidden?: boolean;
  fixed?: boolean;
  filter?: unknown;
  sortKey?: string;
}

/** Narrowest and widest a column can be made, px at the usual text size. */
const NARROWEST = 48;
const WIDEST = 1200;

/** How a list looks before anybody arranged it. */
export function standardView(columns: readonly KnownColumn[], sort: ListQuestion['sort']): ViewState {
  return {
    columns: columns.map(({ key, hidden = false }) => ({ key, width: null, hidden })),
    question: { filters: {}, sort },
  };
}

/**
 * A kept view on the columns there are now: what was removed since is dropped with its filter, what was added since
 * stands, as the standard has it, behind the column it follows there; an order that is gone is the standard's.
 */
export function mergeView(kept: ViewState, columns: readonly KnownColumn[], sort: ListQuestion['sort']): ViewState {
  const known = new Map(columns.map((column) => [column.key, column]));
  const merged = kept.columns.filter(
    ({ key }, index) => known.has(key) && kept.columns.findIndex((each) => each.key === key) === index,
  );
  columns.forEach(({ key, hidden = false }, index) => {
    if (merged.some((each) => each.key === key)) return;
    const before = columns[index - 1]?.key;
    const place = before === undefined ? 0 : merged.findIndex((each) => each.key === before) + 1;
    merged.splice(place, 0, { key, width: null, hidden });
  });
  const { words, filters } = kept.question;
  return {
    columns: merged.map((each) => (known.get(each.key)?.fixed ? { ...each, hidden: false } : each)),
    question: {
      ...(words ? { words } : {}),
      filters: Object.fromEntries(Object.entries(filters).filter(([key]) => known.get(key)?.filter)),
      sort: known.get(kept.question.sort.key)?.sortKey ? kept.question.sort : sort,
    },
  };
}

/** Whether two views show the same: the changed-marker beside a view's name. */
export function sameView(a: ViewState, b: ViewState): boolean {
  return canonical(a) === canonical(b);
}

function canonical({ columns, question: { words, filters, sort } }: ViewState): string {
  const ordered = Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    columns.map(({ key, width, hidden }) => [key, width, hidden]),
    words ?? '',
    ordered.map(([key, filter]) => [key, Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))]),
    [sort.key, sort.descending],
  ]);
}

/** Moves a column past the next one on screen, to the left (-1) or right (1); at the edge nothing moves. */
export function moveColumn(view: ViewState, key: string, by: -1 | 1): ViewState {
  const columns = [...view.columns];
  const from = columns.findIndex((column) => column.key === key);
  const moved = columns[from];
  let to = from + by;
  while (columns[to]?.hidden) to += by;
  if (!moved || !columns[to]) return view;
  columns.splice(from, 1);
  columns.splice(to, 0, moved);
  return { ...view, columns };
}

/** Puts a column where another one stands. */
export function placeColumn(view: ViewState, key: string, at: string): ViewState {
  const moved = view.columns.find((column) => column.key === key);
  const to = view.columns.findIndex((column) => column.key === at);
  if (!moved || to < 0 || key === at) return view;
  const columns = view.columns.filter((column) => column !== moved);
  columns.splice(to, 0, moved);
  return { ...view, columns };
}

export function showColumn(view: ViewState, key: string, shown: boolean): ViewState {
  return {
    ...view,
    columns: view.columns.map((column) => (column.key === key ? { ...column, hidden: !shown } : column)),
  };
}

/** `width` in px at the usual text size; null gives the column its own width back. */
export function sizeColumn(view: ViewState, key: string, width: number | null): ViewState {
  const fitting = width === null ? null : Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
  return {
    ...view,
    columns: view.columns.map((column) => (column.key === key ? { ...column, width: fitting } : column)),
  };
}

/** Sets a column's filter; null takes it away. */
export function filterColumn(view: ViewState, key: string, filter: ColumnFilter | null): ViewState {
  const { [key]: _, ...others } = view.question.filters;
  return { ...view, question: { ...view.question, filters: filter ? { ...others, [key]: filter } : others } };
}

export function sortView(view: ViewState, sort: ListQuestion['sort']): ViewState {
  return { ...view, question: { ...view.question, sort } };
}

/** The words of the search field; empty is none. */
export function searchView(view: ViewState, text: string): ViewState {
  const { words: _, ...question } = view.question;
  const words = text.trim();
  return { ...view, question: words ? { ...question, words } : question };
}

/** Everybody again; columns and order stay, and so do the filters of the columns in `but`. */
export function clearFilters(view: ViewState, but: readonly string[] = []): ViewState {
  const kept = Object.entries(view.question.filters).filter(([key]) => but.includes(key));
  return { ...view, question: { filters: Object.fromEntries(kept), sort: view.question.sort } };
}

/** Whether anything narrows the list. */
export function isNarrowed({ words, filters }: Pick<ListQuestion, 'words' | 'filters'>): boolean {
  return Boolean(words) || Object.keys(filters).length > 0;
}
