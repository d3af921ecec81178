import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Selection, ViewState } from '../../../shared/contract/lists';
import { exportColumns, type ListColumn } from '../../ui/list/columns';
import { readRows, usePages } from '../../ui/list/pages';
import { useMay } from '../../ui/permissions';
import { host } from '../host';
import { useListMemory } from './listMemory';
import type { ServerList } from './serverList';
import { useExport } from './useExport';
import type { ListArrangement } from './useSavedViews';

interface ServerListOptions<Row> {
  columns: readonly ListColumn<Row>[];
  standard: ViewState;
  /** Heading on paper and in exported files. */
  title: string;
  /** What is exported; null or absent is all that matches. */
  selection?: Selection | null;
  /** Puts the chosen view into the address, where the list has one. */
  onAddress?: (search: { view?: string }) => void;
}

/**
 * A list of the server on screen, as `arrangement` asks for it: `list` is what DataList wants of it, `leave` remembers the
 * place one opens a record from, so that the way back and the walk from record to record begin there.
 */
export function useServerList<Row extends { id: string }>(
  source: ServerList<Row>,
  { view, onView, views }: ListArrangement,
  { columns, standard, title, selection = null, onAddress }: ServerListOptions<Row>,
) {
  const { question } = view;
  const { at, walked, remember } = useListMemory(source.name);
  const mayExport = useMay('lists.startExport');
  const reader = useMemo(() => source.readerOf(question), [source, question]);
  const total = useQuery(source.countOf(question)).data;
  // The place one left is a place in that list only.
  const place = at && walked && JSON.stringify(walked) === JSON.stringify(question) ? at : null;
  const rows = usePages(reader, total, place?.index ?? 0);
  const exporting = useExport(() => ({
    list: source.name,
    question,
    selection,
    columns: exportColumns(view, columns),
    title,
  }));
  return {
    total,
    leave: (row: Row, index: number) => remember({ walked: question, at: { key: row.id, index } }),
    list: {
      title,
      columns,
      rowKey: keyOf,
      rows: { ...rows, readRows: (most: number) => readRows(reader, most) },
      total,
      view,
      onView,
      standard,
      startAt: place,
      views: {
        ...views,
        choose: (chosen: Parameters<typeof views.choose>[0]) => {
          views.choose(chosen);
          onAddress?.(chosen ? { view: chosen.id } : {});
        },
      },
      ...(mayExport && { exporting }),
      printer: host.print,
    },
  };
}

const keyOf = ({ id }: { id: string }) => id;
