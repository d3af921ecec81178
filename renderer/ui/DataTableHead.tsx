// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not take
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ColumnSizer } from './ColumnSizer';
import classes from './DataTable.module.css';

export type Align = 'left' | 'right' | 'center';

/** A column: `width` in px at the usual text size, `grow` its share of the room that is left. */
export interface Column<Row> {
  key: string;
  header: string;
  width?: number;
  grow?: number;
  align?: Align;
  render: (row: Row) => ReactNode;
  /** Present when the list can be sorted by it. */
  sortKey?: string;
}

export interface SortState {
  key: string;
  descending: boolean;
}

/** What the head of a list offers that can be arranged. */
export interface Arranging<Row> {
  /** Behind the button of a column's own: order, filter, place, width. */
  menu: (column: Column<Row>) => ReactNode;
  /** px at the usual text size. */
  onResize: (key: string, width: number) => void;
  onMove: (key: string, by: -1 | 1) => void;
  /** Dropped where another column stands. */
  onPlace: (key: string, at: string) => void;
}

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: SortState | undefined;
  onSortChange: ((sort: SortState) => void) | undefined;
  arranging: Arranging<Row> | undefined;
  /** While dragged; nothing is rendered anew until the mouse lets go. */
  onResizing: (key: string, width: number) => void;
  /** The checkbox of all rows. */
  check?: ReactNode;
  stickyFirst: boolean;
  ref?: Ref<HTMLDivElement>;
}

/** px a key press widens or narrows a column by. */
const SIZE_STEP = 16;

/** The sticky head: one stop for Tab, the arrows go from button to button. */
export function TableHead<Row>(props: TableHeadProps<Row>) {
  const { columns, sort, onSortChange, arranging, onResizing, check, stickyFirst, ref } = props;
  const [entry, setEntry] = useState(columns[0]?.key);
  const entered = columns.some(({ key }) => key === entry) ? entry : columns[0]?.key;

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const target = event.target as HTMLElement;
    // A column's menu lives elsewhere in the document, yet its keys come by here.
    if (!by || event.altKey || event.metaKey || !event.currentTarget.contains(target)) return;
    const key = target.closest<HTMLElement>('[data-column]')?.dataset.column;
    if (key && arranging && (event.shiftKey || event.ctrlKey)) {
      event.preventDefault();
      if (event.ctrlKey) return arranging.onMove(key, by as -1 | 1);
      const width = target.closest('[data-column]')?.getBoundingClientRect().width ?? 0;
      return arranging.onResize(key, usual(width) + by * SIZE_STEP);
    }
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button, input')];
    const next = buttons[buttons.indexOf(target) + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <div role="rowgroup" className={classes.head} ref={ref}>
      <div
        role="row"
        aria-rowindex={1}
        className={classes.headRow}
        onKeyDown={onKeyDown}
        onFocus={(event) =>
          setEntry((event.target as HTMLElement).closest<HTMLElement>('[data-column]')?.dataset.column)
        }
      >
        {check && (
          <div role="columnheader" className={classes.checkCell} data-sticky={stickyFirst || undefined}>
            {check}
          </div>
        )}
        {columns.map((column, index) => (
          <HeadCell
            key={column.key}
            column={column}
            sort={sort}
            onSortChange={onSortChange}
            arranging={arranging}
            onResizing={onResizing}
            tabStop={column.key === entered}
            sticky={stickyFirst && index === 0}
          />
        ))}
      </div>
    </div>
  );
}

interface HeadCellProps<Row> extends Pick<TableHeadProps<Row>, 'sort' | 'onSortChange' | 'arranging' | 'onResizing'> {
  column: Column<Row>;
  tabStop: boolean;
  sticky: boolean;
}

function HeadCell<Row>({ column, sort, onSortChange, arranging, onResizing, tabStop, sticky }: HeadCellProps<Row>) {
  const { t } = useTranslation('ui');
  const { key, header, align, sortKey } = column;
  const [over, setOver] = useState(false);
  const sorted = sortKey !== undefined && sort?.key === sortKey;
  const descend = sorted && !sort.descending;
  const IconOf = sorted ? (sort.descending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
  const drop = {
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(DRAGGED, key),
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      arranging?.onPlace(event.dataTransfer.getData(DRAGGED), key);
    },
  };
  return (
    <div
      role="columnheader"
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : sortKey ? 'none' : undefined}
      className={classes.headCell}
      data-align={align}
      data-column={key}
      data-sticky={sticky || undefined}
      data-over={over || undefined}
      draggable={arranging !== undefined}
      {...(arranging ? drop : {})}
    >
      {sortKey && onSortChange ? (
        <UnstyledButton
          className={classes.sort}
          data-sorted={sorted || undefined}
          tabIndex={tabStop ? 0 : -1}
          title={t(descend ? 'table.sortDescending' : 'table.sortAscending', { column: header })}
          onClick={() => onSortChange({ key: sortKey, descending: descend })}
        >
          <span className={classes.headWord}>{header}</span>
          <IconOf size="0.875rem" stroke={1.75} aria-hidden />
        </UnstyledButton>
      ) : (
        <span className={classes.headWord}>{header}</span>
      )}
      {arranging?.menu(column)}
      {arranging && (
        <ColumnSizer
          onResizing={(width) => onResizing(key, usual(width))}
          onResize={(width) => arranging.onResize(key, usual(width))}
        />
      )}
    </div>
  );
}

/** Own type, so that a column never lands in somebody's text and no file lands in the head. */
const DRAGGED = 'application/x-ibok-column';

/** Measured px as px at the usual text size. */
function usual(width: number): number {
  return (width * 16) / (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
}
