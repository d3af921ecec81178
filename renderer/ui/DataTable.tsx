// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not take
import { Button } from '@mantine/core';
import { type CSSProperties, type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useActiveRow } from './activeRow';
import classes from './DataTable.module.css';
import { type Arranging, type Column, type SortState, TableHead } from './DataTableHead';
import { useRowHeight } from './density';
import { ErrorState } from './ErrorState';
import { useEditedCell } from './editedCell';
import { useLatestActs } from './latestActs';
import { type RowSource, rowsInMemory } from './rowSource';
import { useListedKeys, useShortcut } from './shortcuts';
import { errorSentence } from './showError';
import { type RenderEditor, SkeletonRow, TableRow } from './TableRow';
import { onTableKey } from './tableKeys';
import { tableWidth, tracks } from './tableTracks';
import { useVirtualRows } from './virtualRows';

export type { Column } from './DataTableHead';

/** Choosing rows. Keys are those of `rowKey`. */
export interface TableSelection {
  isChosen: (key: string) => boolean;
  /** The checkbox of all rows. */
  head: ReactNode;
  /** One row, or everything between two; refused by whoever keeps them when it is too much. */
  choose: (keys: readonly string[], on: boolean) => void;
  /** A row between two that is not loaded: what cannot be named is not chosen. */
  onUnloaded: () => void;
  chooseAll: () => void;
  /** Whether there was anything chosen. */
  clear: () => boolean;
}

/** Editing a cell in place. */
export interface TableEditing<Row> {
  columns: readonly string[];
  /** One function for the life of the list. */
  render: RenderEditor<Row>;
}

interface DataTableProps<Row> {
  /** Accessible name of the list. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | RowSource<Row>;
  rowKey: (row: Row) => string;
  /** What a row is called where only its checkbox is read. */
  rowLabel?: (row: Row) => string;
  /** First load: skeleton rows are shown instead of rows. */
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  /** Shown when there is no row and nothing is under way. */
  empty: ReactNode;
  sort?: SortState | undefined;
  onSortChange?: ((sort: SortState) => void) | undefined;
  onOpen?: ((row: Row, index: number) => void) | undefined;
  /** The row to begin at: the one that was open before. */
  startAt?: { key: string; index: number } | null;
  /** J and K also when the focus is elsewhere: for the one main list of a screen. */
  main?: boolean;
  /** Any CSS length; a main list takes what its screen leaves it, others grow with their rows. */
  maxHeight?: string;
  skeletonRows?: number;
  arranging?: Arranging<Row> | undefined;
  selection?: TableSelection | undefined;
  editing?: TableEditing<Row> | undefined;
  /** Beside what names the row: who is working on it. */
  rowBadge?: ((row: Row) => ReactNode) | undefined;
  /** The first column stays where it is when one scrolls sideways. */
  stickyFirst?: boolean;
}

/** The one grid of the application: virtual rows, sticky head, keyboard, and its designed other states. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, rowLabel = rowKey, onOpen, selection, editing, arranging } = props;
  const { main = false, maxHeight, skeletonRows = 12, stickyFirst = false } = props;
  const { t } = useTranslation('ui');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const source = useMemo(() => (isSource(rows) ? rows : rowsInMemory(rows)), [rows]);
  const { count, rowAt, identity } = source;
  const loading = props.loading ?? source.loading ?? false;
  const error = props.error ?? source.error;
  const onRetry = props.onRetry ?? source.retry;
  const { active, setActive } = useActiveRow(source, rowKey, props.startAt ?? null);
  const pressed = useRef(false);
  const anchor = useRef<number | null>(null);
  const shownEdits = columns.filter(({ key }) => editing?.columns.includes(key)).map(({ key }) => key);
  const { edited, edit, leave, dropEdit } = useEditedCell(source, rowKey, shownEdits, (next) => {
    scroller.current?.focus({ preventScroll: true });
    setActive(next);
    virtual.reveal(next.index);
  });
  const virtual = useVirtualRows({ scroller, count, rowHeight, pinned: edited?.index ?? null });
  const opens = onOpen !== undefined;
  const keysOfList = useMemo(
    () => [
      { keys: 'J', label: t('shortcuts.nextRow') },
      { keys: 'K', label: t('shortcuts.previousRow') },
      ...(opens ? [{ keys: 'Enter', label: t('shortcuts.openRow') }] : []),
    ],
    [t, opens],
  );
  useListedKeys(keysOfList);

  const { indexes } = virtual;
  const first = indexes[0] ?? 0;
  const last = indexes.at(-1) ?? 0;
  const { onRange } = source;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);

  // Another question is another list. Before paint: its rows must not be seen at the old list's place.
  const shown = useRef(identity);
  useLayoutEffect(() => {
    if (shown.current === identity) return;
    shown.current = identity;
    setActive(null);
    dropEdit();
    anchor.current = null;
    virtual.toTop();
  });
  // A list that has the focus has a row the keys act on, also when its rows come later or others took their place.
  useEffect(() => {
    if (active || loading || count === 0 || pressed.current) return;
    if (document.activeElement === scroller.current) moveTo(first);
  });
  const begun = useRef(!props.startAt);
  useEffect(() => {
    if (begun.current || loading || !active) return;
    begun.current = true;
    virtual.reveal(active.index, true);
  });

  function moveTo(index: number) {
    const place = Math.max(0, Math.min(count - 1, index));
    const row = rowAt(place);
    virtual.reveal(place);
    if (row) setActive({ index: place, key: rowKey(row), column: active?.column ?? null });
  }
  const at = active?.index ?? -1;
  // The focus comes along, so that Enter opens what J and K reached.
  const walk = (index: number) => {
    scroller.current?.focus({ preventScroll: true });
    moveTo(index);
  };
  useShortcut('J', t('shortcuts.nextRow'), () => walk(at + 1), { enabled: main });
  useShortcut('K', t('shortcuts.previousRow'), () => walk(at - 1), { enabled: main });

  function openActive() {
    const row = rowAt(at);
    if (row) onOpen?.(row, at);
  }
  function check(index: number, on: boolean, range: boolean) {
    if (!selection) return;
    const from = range ? (anchor.current ?? index) : index;
    const [low, high] = [Math.min(from, index), Math.max(from, index)];
    const between = Array.from({ length: high - low + 1 }, (_, step) => rowAt(low + step));
    if (!range) anchor.current = index;
    if (between.includes(undefined)) return selection.onUnloaded();
    selection.choose(
      between.map((row) => rowKey(row as Row)),
      on,
    );
  }
  const columnAfter = (from: string | null, by: -1 | 1) => {
    const place = columns.findIndex(({ key }) => key === from);
    return columns[place < 0 ? (by > 0 ? 0 : columns.length - 1) : place + by]?.key ?? from;
  };
  function moveCell(by: -1 | 1) {
    if (!active) return;
    const column = columnAfter(active.column, by);
    setActive({ ...active, column });
    document.getElementById(`${id}-${at}-${column}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  const acts = useLatestActs<Row>({
    activate: (index, row) => setActive({ index, key: rowKey(row), column: null }),
    open: (index, row) => onOpen?.(row, index),
    check,
    edit,
    leave,
  });

  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
  const style = {
    '--columns': tracks(columns, selection !== undefined),
    '--table-width': tableWidth(columns, selection !== undefined),
    '--row-height': `${rowHeight}px`,
    ...(maxHeight ? { maxHeight } : {}),
  } as CSSProperties;

  if (error) return <ErrorState error={error} {...(onRetry ? { onRetry } : {})} />;
  if (!loading && count === 0) return props.empty;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-busy={loading || source.loadingMore}
      aria-rowcount={source.complete ? count + 1 : -1}
      aria-colcount={columns.length + (selection ? 1 : 0)}
      aria-multiselectable={selection ? true : undefined}
      aria-describedby={`${id}-keys`}
      aria-activedescendant={
        active && indexes.includes(at) ? `${id}-${at}${active.column ? `-${active.column}` : ''}` : undefined
      }
      tabIndex={0}
      data-main-list={main || undefined}
      className={classes.table}
      style={style}
      onKeyDown={(event) =>
        onTableKey(event, {
          move: (by) => moveTo(active ? at + by : 0),
          moveTo: (end) => moveTo(end === 'first' ? 0 : count - 1),
          page: (by) => moveTo(at + by * page),
          open: openActive,
          cell: arranging && moveCell,
          edit: shownEdits.length > 0 ? () => edit(at, active?.column ?? null) : undefined,
          check: selection && (() => active && check(at, !selection.isChosen(active.key), false)),
          checkTo: selection && ((by) => checkOn(by)),
          checkAll: selection?.chooseAll,
          uncheck: selection?.clear,
        })
      }
      // Pressed with the mouse, the list must stand still until the click has found its row.
      onMouseDown={() => {
        pressed.current = true;
      }}
      onMouseUp={() => {
        pressed.current = false;
      }}
      onBlur={() => {
        pressed.current = false;
      }}
      onFocus={(event) =>
        event.target === event.currentTarget && !pressed.current && !active && !loading && moveTo(first)
      }
    >
      <span id={`${id}-keys`} hidden>
        {t('table.keys')}
      </span>
      <TableHead
        columns={columns}
        sort={props.sort}
        onSortChange={props.onSortChange}
        arranging={arranging}
        onResizing={(key, width) => {
          // Straight to the grid's tracks: not one row is rendered while the mouse moves.
          const sized = columns.map((column) => (column.key === key ? { ...column, width, grow: 0 } : column));
          scroller.current?.style.setProperty('--columns', tracks(sized, selection !== undefined));
          scroller.current?.style.setProperty('--table-width', tableWidth(sized, selection !== undefined));
        }}
        check={selection?.head}
        stickyFirst={stickyFirst}
      />
      {loading ? (
        <div role="rowgroup">
          {Array.from({ length: skeletonRows }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: identical lines without identity
            <SkeletonRow key={index} index={index} columns={columns} checks={selection !== undefined} />
          ))}
        </div>
      ) : (
        <div role="rowgroup" className={classes.body} style={{ height: virtual.height }}>
          <div role="none" className={classes.block} style={{ transform: `translateY(${virtual.blockTop}px)` }}>
            {indexes.map((index) => {
              const row = rowAt(index);
              const top = virtual.topOf(index);
              if (row === undefined) {
                const checks = selection !== undefined;
                return <SkeletonRow key={`@${index}`} index={index} top={top} columns={columns} checks={checks} />;
              }
              const key = rowKey(row);
              return (
                <TableRow
                  key={key}
                  id={`${id}-${index}`}
                  index={index}
                  top={top}
                  row={row}
                  columns={columns}
                  active={index === at}
                  activeColumn={index === at ? (active?.column ?? null) : null}
                  checked={selection ? selection.isChosen(key) : null}
                  editing={edited?.key === key ? edited.column : null}
                  editor={editing?.render}
                  label={rowLabel(row)}
                  badge={props.rowBadge}
                  stickyFirst={stickyFirst}
                  opens={opens}
                  acts={acts}
                />
              );
            })}
          </div>
        </div>
      )}
      {source.moreError !== undefined && (
        <div role="alert" className={classes.more}>
          {errorSentence(source.moreError)}{' '}
          <Button size="compact-xs" variant="default" onClick={source.retry}>
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  );

  function checkOn(by: -1 | 0 | 1) {
    if (!active) return moveTo(0);
    const next = Math.max(0, Math.min(count - 1, at + by));
    if (anchor.current === null) anchor.current = at;
    check(next, true, true);
    moveTo(next);
  }
}

function isSource<Row>(rows: readonly Row[] | RowSource<Row>): rows is RowSource<Row> {
  return !Array.isArray(rows);
}
