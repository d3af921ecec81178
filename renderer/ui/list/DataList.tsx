import { Group } from '@mantine/core';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListCount, ViewState } from '../../../shared/contract/lists';
import { DataTable, type TableEditing } from '../DataTable';
import type { Arranging } from '../DataTableHead';
import type { RowSource } from '../rowSource';
import { useListedKeys } from '../shortcuts';
import { AddFilter } from './AddFilter';
import { type CellChange, CellEditor, type CellOutcome } from './CellEditor';
import { ColumnChooser } from './ColumnChooser';
import { ColumnMenu } from './ColumnMenu';
import { columnOf, type ListColumn } from './columns';
import { ExportMenu, type ExportPort } from './ExportMenu';
import { FilterChips } from './FilterChips';
import { HeadCheck } from './HeadCheck';
import classes from './list.module.css';
import { SelectionBar } from './SelectionBar';
import { extentOf, isChosen } from './selection';
import type { useChosen } from './useChosen';
import { usePrint } from './usePrint';
import { ViewPicker, type ViewsPort } from './ViewPicker';
import { moveColumn, placeColumn, searchView, sizeColumn, sortView } from './viewState';
import { WordsField } from './WordsField';

/** A list's rows, and reading them on for paper. */
export interface ListRows<Row> extends RowSource<Row> {
  /** At most `most` rows in the order of the screen. */
  readRows: (most: number) => Promise<readonly Row[]>;
}

interface DataListProps<Row> {
  /** Accessible name of the list, and its heading on paper. */
  label: string;
  title: string;
  /** All of them, in the standard's order. */
  columns: readonly ListColumn<Row>[];
  rowKey: (row: Row) => string;
  rowLabel: (row: Row) => string;
  rows: ListRows<Row>;
  total: ListCount | undefined;
  view: ViewState;
  onView: (view: ViewState) => void;
  /** The columns' standard arrangement. */
  standard: ViewState;
  /** What the words are looked for in; absent where a list is only filtered by its columns. */
  wordsHint?: string;
  /** Columns that the screen narrows by controls of its own. */
  ownFilters?: readonly string[];
  empty: ReactNode;
  onOpen?: (row: Row, index: number) => void;
  startAt?: { key: string; index: number } | null;
  views?: ViewsPort;
  exporting?: ExportPort;
  /** Choosing rows, and what can be done with them. */
  choosing?: ReturnType<typeof useChosen> & { acts: ReactNode };
  /** Stores a cell edited in place; answers when the list shows it. */
  saveCell?: ((row: Row, column: string, change: CellChange) => Promise<CellOutcome>) | undefined;
  /** Who is working on the row. */
  rowBadge?: (row: Row) => ReactNode;
  /** Opens the print dialog; answers when it is closed. */
  printer: () => Promise<unknown>;
}

/** The one list of the product: what is asked, how it looks, what is chosen, and what can be done with it. */
export function DataList<Row>(props: DataListProps<Row>) {
  const { label, columns, rowKey, rowLabel, rows, total, view, onView, views, choosing, saveCell } = props;
  const { t } = useTranslation('lists');
  const shown = useMemo(
    () =>
      view.columns.flatMap(({ key, width, hidden }) => {
        const column = columnOf(columns, key);
        if (!column || hidden) return [];
        return [width === null ? column : { ...column, width, grow: 0 }];
      }),
    [view.columns, columns],
  );
  const arranging: Arranging<Row> = {
    menu: (column) => {
      const own = columnOf(columns, column.key);
      return own && <ColumnMenu column={own} view={view} onView={onView} />;
    },
    onResize: (key, width) => onView(sizeColumn(view, key, width)),
    onMove: (key, by) => onView(moveColumn(view, key, by)),
    onPlace: (key, at) => onView(placeColumn(view, key, at)),
  };
  const chosen = choosing?.chosen;
  /** What is chosen goes on paper and into the file, else everything listed. */
  const some = chosen !== undefined && (chosen.all || chosen.keys.size > 0);
  const { print, printing } = usePrint({
    title: props.title,
    columns,
    shown: shown.filter(({ offPaper }) => !offPaper),
    view,
    count: total,
    printer: props.printer,
    readRows: async (most) => {
      const read = await rows.readRows(most);
      return chosen && some ? read.filter((row) => isChosen(chosen, rowKey(row))) : read;
    },
  });
  const editing = useEditing(columns, rowLabel, saveCell);
  const chooses = choosing !== undefined;
  const edits = saveCell !== undefined;
  useListedKeys(
    useMemo(
      () => [
        ...(chooses
          ? [
              { keys: t('keys.space'), label: t('keys.chooseRow') },
              { keys: 'Shift+↓', label: t('keys.chooseRange') },
              { keys: 'Ctrl+A', label: t('keys.chooseAll') },
              { keys: 'Esc', label: t('keys.clear') },
            ]
          : []),
        ...(edits ? [{ keys: 'F2', label: t('keys.editCell') }] : []),
        { keys: '→', label: t('keys.cells') },
        { keys: 'Shift+→', label: t('keys.size') },
        { keys: 'Ctrl+→', label: t('keys.move') },
      ],
      [t, chooses, edits],
    ),
  );

  return (
    <>
      <Group role="search" aria-label={t('filters')} gap="xs" className={classes.toolbar}>
        {props.wordsHint && (
          <WordsField
            words={view.question.words ?? ''}
            onWords={(words) => onView(searchView(view, words))}
            placeholder={props.wordsHint}
          />
        )}
        <AddFilter columns={columns} view={view} onView={onView} />
        <FilterChips
          columns={columns}
          view={view}
          onView={onView}
          {...(props.ownFilters && { own: props.ownFilters })}
        />
        <div className={classes.tools}>
          {views && <ViewPicker port={views} />}
          <ColumnChooser
            columns={columns}
            view={view}
            onView={onView}
            onReset={() => onView({ ...view, columns: props.standard.columns })}
          />
          <ExportMenu port={props.exporting} onPrint={print} chosenOnly={some} />
        </div>
      </Group>
      <DataTable
        main
        stickyFirst
        label={label}
        columns={shown}
        rows={rows}
        rowKey={rowKey}
        rowLabel={rowLabel}
        empty={props.empty}
        sort={view.question.sort}
        onSortChange={(sort) => onView(sortView(view, sort))}
        onOpen={props.onOpen}
        startAt={props.startAt ?? null}
        arranging={arranging}
        rowBadge={props.rowBadge}
        editing={editing}
        selection={
          choosing && {
            isChosen: (key) => isChosen(choosing.chosen, key),
            head: (
              <HeadCheck
                extent={extentOf(choosing.chosen, total)}
                onChange={(all) => (all ? choosing.chooseAll() : choosing.clear())}
              />
            ),
            choose: choosing.chooseRows,
            onUnloaded: choosing.sayUnloaded,
            chooseAll: choosing.chooseAll,
            clear: choosing.clear,
          }
        }
      />
      {choosing && rows.count > 0 && (
        <SelectionBar
          chosen={choosing.chosen}
          total={total}
          onClear={choosing.clear}
          onAll={choosing.chooseAll}
          acts={choosing.acts}
          edits={edits}
        />
      )}
      {printing}
    </>
  );
}

/** The editors of the columns that have one; one object while the columns stay. */
function useEditing<Row>(
  columns: readonly ListColumn<Row>[],
  rowLabel: (row: Row) => string,
  saveCell: DataListProps<Row>['saveCell'],
): TableEditing<Row> | undefined {
  const { t } = useTranslation('lists');
  const render = useCallback<TableEditing<Row>['render']>(
    (row, key, leave) => {
      const column = columnOf(columns, key);
      if (!column?.edit || !saveCell) return null;
      const stored = column.value(row);
      return (
        <CellEditor
          key={key}
          label={t('edit.cell', { column: column.header, name: rowLabel(row) })}
          edit={column.edit}
          stored={stored === null ? null : String(stored)}
          save={(change) => saveCell(row, key, change)}
          leave={leave}
        />
      );
    },
    [columns, rowLabel, saveCell, t],
  );
  return useMemo(
    () => saveCell && { columns: columns.filter(({ edit }) => edit).map(({ key }) => key), render },
    [columns, saveCell, render],
  );
}
