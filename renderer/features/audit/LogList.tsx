import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import { host } from '../../app/host';
import { useListMemory } from '../../app/lists/listMemory';
import { useExport } from '../../app/lists/useExport';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { client, trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import { exportColumns, type ListColumn } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { PAGE_ROWS, type PageReader, readRows, usePages } from '../../ui/list/pages';
import { standardView } from '../../ui/list/viewState';

/** The two logs: their procedures and how often one row's place is asked for by its id. */
const LOGS = {
  journal: { page: 'journal', count: 'journalCount' },
  reads: { page: 'reads', count: 'readsCount' },
} as const;

const NEWEST_FIRST: ListQuestion['sort'] = { key: 'at', descending: true };

interface LogRow {
  id: string;
}

interface LogListProps<Row extends LogRow> {
  list: keyof typeof LOGS;
  label: string;
  title: string;
  columns: readonly ListColumn<Row>[];
  rowLabel: (row: Row) => string;
  empty: ReactNode;
  onOpen?: (row: Row) => void;
}

/** A log, newest first: filtered, arranged, exported and printed like every list; its rows are never edited. */
export function LogList<Row extends LogRow>(props: LogListProps<Row>) {
  const { list, columns, title, onOpen } = props;
  const { t } = useTranslation('journal');
  const format = useFormat();
  const standard = useMemo(() => standardView(columns, NEWEST_FIRST), [columns]);
  const { at, remember } = useListMemory(list);
  const { view, onView, views } = useSavedViews(list, columns, standard);
  const { question } = view;
  const reader = useMemo(() => logReader<Row>(list, question), [list, question]);
  const { filters } = question;
  const counted = useQuery(
    trpc.audit[LOGS[list].count].queryOptions({ question: { filters } }, { placeholderData: keepPreviousData }),
  );
  const rows = usePages(reader, counted.data, at?.index ?? 0);
  const exporting = useExport(() => ({
    list,
    question,
    selection: null,
    columns: exportColumns(view, columns),
    title,
  }));
  const total = counted.data;
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs" aria-live="polite">
        {total ? t(total.capped ? 'countCapped' : 'count', { formatted: format.count(total.count) }) : '\u00a0'}
      </Text>
      <DataList
        label={props.label}
        title={title}
        columns={columns}
        rowKey={keyOf}
        rowLabel={props.rowLabel}
        rows={{ ...rows, readRows: (most) => readRows(reader, most) }}
        total={total}
        view={view}
        onView={onView}
        standard={standard}
        empty={props.empty}
        {...(onOpen && {
          onOpen: (row: Row, index: number) => {
            remember({ at: { key: row.id, index } });
            onOpen(row);
          },
        })}
        startAt={at}
        views={views}
        exporting={exporting}
        printer={host.print}
      />
    </>
  );
}

const keyOf = (row: LogRow) => row.id;

function logReader<Row>(list: keyof typeof LOGS, question: ListQuestion): PageReader<Row> {
  const { page } = LOGS[list];
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: `${list} ${JSON.stringify(question)}`,
    key: (cursor) => trpc.audit[page].queryKey(input(cursor)),
    // Which rows come is the procedure's promise; both answers are pages of rows with an id.
    read: async (cursor, signal) =>
      (await client.audit[page].query(input(cursor), { signal })) as { rows: never[]; nextCursor: string | null },
  };
}
