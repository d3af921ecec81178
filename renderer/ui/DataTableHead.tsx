// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not take
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
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

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: SortState | undefined;
  onSortChange: ((sort: SortState) => void) | undefined;
}

/** The sticky head with its sort buttons. */
export function TableHead<Row>({ columns, sort, onSortChange }: TableHeadProps<Row>) {
  const { t } = useTranslation('ui');
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {columns.map(({ key, header, align, sortKey }) => {
          const sorted = sortKey !== undefined && sort?.key === sortKey;
          const descend = sorted && !sort.descending;
          const IconOf = sorted ? (sort.descending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
          return (
            <div
              key={key}
              role="columnheader"
              aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : sortKey ? 'none' : undefined}
              className={classes.headCell}
              data-align={align}
            >
              {sortKey && onSortChange ? (
                <UnstyledButton
                  className={classes.sort}
                  data-sorted={sorted || undefined}
                  title={t(descend ? 'table.sortDescending' : 'table.sortAscending', { column: header })}
                  onClick={() => onSortChange({ key: sortKey, descending: descend })}
                >
                  <span className={classes.headWord}>{header}</span>
                  <IconOf size="0.875rem" stroke={1.75} aria-hidden />
                </UnstyledButton>
              ) : (
                <span className={classes.headWord}>{header}</span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
