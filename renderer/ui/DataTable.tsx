// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not take
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';
import { type Align, type Column, type SortState, TableHead } from './DataTableHead';
import { useRowHeight } from './density';
import { ErrorState } from './ErrorState';
import { useListedKeys, useShortcut } from './shortcuts';

export type { Column } from './DataTableHead';

interface DataTableProps<Row> {
  /** Accessible name of the list. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** First load: skeleton rows are shown instead of rows. */
  loading?: boolean;
  error?: unknown;
  onRetry?: () => void;
  /** Shown when there is no row and nothing is under way. */
  empty: ReactNode;
  sort?: SortState | undefined;
  onSortChange?: (sort: SortState) => void;
  onOpen?: (row: Row) => void;
  /** Given while there is a further page. */
  onEndReached?: (() => void) | undefined;
  loadingMore?: boolean;
  /** Key of the row to begin at: the one that was open before. */
  startAt?: string | null;
  /** J and K also when the focus is elsewhere: for the one main list of a screen. */
  main?: boolean;
  /** Any CSS length; a main list takes what its screen leaves it, others grow with their rows. */
  maxHeight?: string;
  skeletonRows?: number;
}

/** The one list of the application: virtual rows, sticky head, sorting, keyboard, and its designed other states. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, loading = false, error, onOpen, onEndReached, loadingMore = false } = props;
  const { main = false, maxHeight, skeletonRows = 12 } = props;
  const { t } = useTranslation('ui');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const [activeKey, setActiveKey] = useState<string | null>(props.startAt ?? null);
  const active = activeKey === null ? -1 : rows.findIndex((row) => rowKey(row) === activeKey);
  const listedKeys = useRef([
    { keys: 'J', label: t('shortcuts.nextRow') },
    { keys: 'K', label: t('shortcuts.previousRow') },
    { keys: 'Enter', label: t('shortcuts.openRow') },
  ]);
  useListedKeys(listedKeys.current);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The sticky head covers the first row's height of the view.
    scrollPaddingStart: rowHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height means measuring again
  useEffect(() => virtual.measure(), [rowHeight]);

  const found = active >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the row to begin at is there
  useEffect(() => {
    if (props.startAt && found) virtual.scrollToIndex(active, { align: 'center' });
  }, [found]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEndReached && !loadingMore && rows.length > 0 && last >= rows.length - 15) onEndReached();
  }, [onEndReached, loadingMore, last, rows.length]);

  function moveTo(index: number) {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setActiveKey(rowKey(row));
    virtual.scrollToIndex(rows.indexOf(row), { align: 'auto' });
  }
  function openActive() {
    const row = rows[active];
    if (row && onOpen) onOpen(row);
  }
  // The focus comes along, so that Enter opens what J and K reached.
  const walk = (index: number) => {
    scroller.current?.focus({ preventScroll: true });
    moveTo(index);
  };
  useShortcut('J', t('shortcuts.nextRow'), () => walk(active + 1), { enabled: main });
  useShortcut('K', t('shortcuts.previousRow'), () => walk(active - 1), { enabled: main });

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const moves: Record<string, () => void> = {
      ArrowDown: () => moveTo(active + 1),
      ArrowUp: () => moveTo(active < 0 ? 0 : active - 1),
      PageDown: () => moveTo(active + page),
      PageUp: () => moveTo(active - page),
      Home: () => moveTo(0),
      End: () => moveTo(rows.length - 1),
      Enter: openActive,
    };
    const letter = { j: 'ArrowDown', k: 'ArrowUp' }[event.key.toLowerCase()];
    const move = moves[letter ?? event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  const style = {
    '--columns': columns.map(track).join(' '),
    '--table-width': `${columns.reduce((sum, column) => sum + (column.width ?? 120), 0) / 16}rem`,
    '--row-height': `${rowHeight}px`,
    ...(maxHeight ? { maxHeight } : {}),
  } as CSSProperties;

  if (error) return <ErrorState error={error} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />;
  if (!loading && rows.length === 0) return props.empty;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-busy={loading || loadingMore}
      aria-rowcount={onEndReached ? -1 : rows.length + 1}
      aria-colcount={columns.length}
      aria-describedby={`${id}-keys`}
      aria-activedescendant={items.some(({ index }) => index === active) ? `${id}-${active}` : undefined}
      tabIndex={0}
      data-main-list={main || undefined}
      className={classes.table}
      style={style}
      onKeyDown={onKeyDown}
      onFocus={(event) =>
        event.target === event.currentTarget && active < 0 && !loading && moveTo(items[0]?.index ?? 0)
      }
    >
      <span id={`${id}-keys`} hidden>
        {t('table.keys')}
      </span>
      <TableHead columns={columns} sort={props.sort} onSortChange={props.onSortChange} />
      {loading ? (
        <SkeletonRows columns={columns} rows={skeletonRows} />
      ) : (
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const key = rowKey(row);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the grid opens the active row
              <div
                key={key}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={key === activeKey}
                data-active={key === activeKey || undefined}
                data-opens={onOpen ? true : undefined}
                className={classes.row}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={(event) => {
                  // A menu or dialog of the row lives elsewhere in the document, yet its clicks come by here.
                  const target = event.target as Element;
                  if (!event.currentTarget.contains(target) || target.closest('a, button')) return;
                  setActiveKey(key);
                  // Marking text to copy it must not leave the list.
                  if (!window.getSelection()?.toString()) onOpen?.(row);
                }}
              >
                {columns.map((column) => (
                  <div key={column.key} role="gridcell" className={classes.cell} data-align={column.align}>
                    {column.render(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
      {loadingMore && (
        <div role="status" className={classes.more}>
          {t('table.loadingMore')}
        </div>
      )}
    </div>
  );
}

/** A column's grid track: its width in rem, so that it grows with the text, and its share of what is left. */
function track({ width = 120, grow = 0 }: { width?: number; grow?: number; align?: Align }): string {
  return grow > 0 ? `minmax(${width / 16}rem, ${grow}fr)` : `${width / 16}rem`;
}

function SkeletonRows<Row>({ columns, rows }: { columns: readonly Column<Row>[]; rows: number }) {
  return (
    <div role="rowgroup">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical lines without identity
        <div key={index} role="row" className={classes.skeleton}>
          {columns.map((column) => (
            <div key={column.key} role="gridcell" className={classes.cell}>
              <Skeleton h="0.75rem" w={`${50 + ((index * 17 + column.key.length * 11) % 45)}%`} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
