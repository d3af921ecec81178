import { type ReactNode, useMemo, useState } from 'react';
import type { ListQuestion, ViewState } from '../../../shared/contract/lists';
import { listRows } from '../../../shared/domain/list-filter';
import { rowsInMemory } from '../rowSource';
import type { ListColumn } from './columns';
import { DataList } from './DataList';
import { mergeView, standardView } from './viewState';

interface MemoryListProps<Row> {
  label: string;
  title: string;
  columns: readonly ListColumn<Row>[];
  /** undefined while they are read. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  rowLabel: (row: Row) => string;
  sort: ListQuestion['sort'];
  wordsHint: string;
  empty: ReactNode;
  error?: unknown;
  onRetry?: () => void;
  onOpen?: (row: Row) => void;
  printer: () => Promise<unknown>;
}

/** A small list that is all in memory: asked, arranged and printed like the great ones, by the same rules. */
export function MemoryList<Row>(props: MemoryListProps<Row>) {
  const { columns, rows, sort, error, onRetry } = props;
  const [arranged, setArranged] = useState<ViewState | null>(null);
  const standard = useMemo(() => standardView(columns, sort), [columns, sort]);
  const view = useMemo(
    () => (arranged ? mergeView(arranged, columns, sort) : standard),
    [arranged, columns, sort, standard],
  );
  const { question } = view;
  const found = useMemo(() => listRows(rows ?? [], question, columns), [rows, question, columns]);
  const source = useMemo(
    () => ({
      ...rowsInMemory(found, JSON.stringify(question)),
      loading: rows === undefined && !error,
      error,
      ...(onRetry && { retry: onRetry }),
      readRows: async (most: number) => found.slice(0, most),
    }),
    [found, question, rows, error, onRetry],
  );
  return (
    <DataList
      label={props.label}
      title={props.title}
      columns={columns}
      rowKey={props.rowKey}
      rowLabel={props.rowLabel}
      rows={source}
      total={rows && { count: found.length, capped: false }}
      view={view}
      onView={setArranged}
      standard={standard}
      wordsHint={props.wordsHint}
      empty={props.empty}
      {...(props.onOpen && { onOpen: props.onOpen })}
      printer={props.printer}
    />
  );
}
