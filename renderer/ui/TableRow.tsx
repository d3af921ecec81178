// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not take
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid's keys do what clicks do
import { Skeleton } from '@mantine/core';
import { type MouseEvent, memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';
import type { Column } from './DataTableHead';
import type { EditEnd } from './editedCell';
import { swallowSecondClick } from './secondClick';

/** What a row does; one object for the life of the table, so that rows are not rendered for its sake. */
export interface RowActs<Row> {
  activate: (index: number, row: Row) => void;
  open: (index: number, row: Row) => void;
  /** `range`: from where the last one was chosen up to this one. */
  check: (index: number, on: boolean, range: boolean) => void;
  edit: (index: number, column: string) => void;
  /** From the edited cell back to the grid, or on to the next one that can be edited. */
  leave: (end?: EditEnd) => void;
}

/** The editor of a cell. */
export type RenderEditor<Row> = (row: Row, column: string, leave: RowActs<Row>['leave']) => ReactNode;

interface TableRowProps<Row> {
  id: string;
  index: number;
  /** px from the top of the block of rows it stands in. */
  top: number;
  row: Row;
  columns: readonly Column<Row>[];
  active: boolean;
  /** The cell the arrows went to. */
  activeColumn: string | null;
  /** null where rows cannot be chosen. */
  checked: boolean | null;
  /** The column edited in this row, and its editor. */
  editing: string | null;
  editor: RenderEditor<Row> | undefined;
  label: string;
  badge: ((row: Row) => ReactNode) | undefined;
  stickyFirst: boolean;
  opens: boolean;
  acts: RowActs<Row>;
}

function PlainTableRow<Row>(props: TableRowProps<Row>) {
  const { id, index, top, row, columns, active, activeColumn, checked, editing, editor, acts } = props;
  const { t } = useTranslation('ui');

  function onClick(event: MouseEvent<HTMLDivElement>) {
    // A menu or dialog of the row lives elsewhere in the document, yet its clicks come by here.
    const target = event.target as Element;
    if (!event.currentTarget.contains(target) || target.closest('a, button, input, textarea, [data-editor]')) return;
    acts.activate(index, row);
    if (checked !== null && (event.ctrlKey || event.metaKey)) return acts.check(index, !checked, false);
    if (checked !== null && event.shiftKey) {
      window.getSelection()?.removeAllRanges();
      return acts.check(index, true, true);
    }
    // A cell edited in place is chosen by a click and opened by a double one; marking text must not leave the list.
    if (target.closest('[data-editable]') || window.getSelection()?.toString()) return;
    if (props.opens) swallowSecondClick();
    acts.open(index, row);
  }
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={checked ?? active}
      data-active={active || undefined}
      data-checked={checked || undefined}
      data-opens={props.opens || undefined}
      className={classes.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onClick}
    >
      {checked !== null && (
        <div role="gridcell" className={classes.checkCell} data-sticky={props.stickyFirst || undefined}>
          <input
            type="checkbox"
            tabIndex={-1}
            className={classes.check}
            aria-label={t('table.select', { name: props.label })}
            checked={checked}
            onChange={() => undefined}
            onClick={(event) => acts.check(index, !checked, event.shiftKey)}
          />
        </div>
      )}
      {columns.map((column, place) => {
        const edited = editing === column.key && editor !== undefined;
        const editable = 'edit' in column && column.edit !== undefined && editor !== undefined;
        return (
          <div
            key={column.key}
            id={`${id}-${column.key}`}
            role="gridcell"
            className={classes.cell}
            data-align={column.align}
            data-sticky={(props.stickyFirst && place === 0) || undefined}
            data-active-cell={activeColumn === column.key || undefined}
            data-editable={editable || undefined}
            data-editor={edited || undefined}
            aria-readonly={editor ? !editable : undefined}
            onDoubleClick={editable && !edited ? () => acts.edit(index, column.key) : undefined}
          >
            {edited ? editor(row, column.key, acts.leave) : column.render(row)}
            {place === 0 && props.badge?.(row)}
          </div>
        );
      })}
    </div>
  );
}

/** A row; rendered anew only when something of its own changed. */
export const TableRow = memo(PlainTableRow) as typeof PlainTableRow;

interface SkeletonRowProps<Row> {
  columns: readonly Column<Row>[];
  index: number;
  /** Stands in its place among loaded rows; without it rows follow one another. */
  top?: number;
  checks: boolean;
}

/** A row that is on its way. */
export function SkeletonRow<Row>({ columns, index, top, checks }: SkeletonRowProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy
      className={top === undefined ? classes.skeleton : classes.row}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
    >
      {checks && <div role="gridcell" className={classes.checkCell} />}
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={classes.cell}>
          <Skeleton h="0.75rem" w={`${50 + ((index * 17 + column.key.length * 11) % 45)}%`} />
        </div>
      ))}
    </div>
  );
}
