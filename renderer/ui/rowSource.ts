/** Rows by their place, however they come: all in memory, or page by page while one scrolls. */
export interface RowSource<Row> {
  /** Another question is another list: it begins at its top. */
  identity: string;
  /** Rows the scroll bar stands for; beyond the loaded ones an estimate until `complete`. */
  count: number;
  complete: boolean;
  /** undefined while it is not loaded. */
  rowAt: (index: number) => Row | undefined;
  /** Told which rows are on screen. */
  onRange?: (first: number, last: number) => void;
  /** Nothing can be shown yet. */
  loading?: boolean;
  loadingMore?: boolean;
  error?: unknown;
  /** Some rows are there, others could not be read. */
  moreError?: unknown;
  retry?: () => void;
}

/** Rows that are all there. */
export function rowsInMemory<Row>(rows: readonly Row[], identity = ''): RowSource<Row> {
  return { identity, count: rows.length, complete: true, rowAt: (index) => rows[index] };
}
