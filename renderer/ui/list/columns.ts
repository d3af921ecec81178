import type { ReactNode } from 'react';
import type { StartExportInput, ViewState } from '../../../shared/contract/lists';
import type { FilterColumn } from '../../../shared/domain/list-filter';
import type { Column } from '../DataTableHead';

/** A value of a closed or readable set, and its word on screen. */
export interface Choice {
  value: string;
  label: string;
}

/** How a column is filtered: the form that is offered. `nothing`: it may hold nothing, which can be asked for as well. */
export type ColumnFilterForm =
  | { by: 'text'; nothing?: boolean }
  | { by: 'values'; choices: readonly Choice[]; nothing?: boolean }
  | { by: 'range'; nothing?: boolean }
  | { by: 'dates'; nothing?: boolean };

/** How a cell is edited in place: as text or by choosing; both may be emptied. */
export type CellEdit = { by: 'text'; max: number } | { by: 'choice'; choices: readonly Choice[] };

/** A column of a working list. Its key is its name in filters, sort and saved views. */
export interface ListColumn<Row> extends Column<Row>, Pick<FilterColumn<Row>, 'value' | 'searched'> {
  filter?: ColumnFilterForm;
  /** Out of sight until somebody chooses it. */
  hidden?: boolean;
  /** Always there: what names the row. */
  fixed?: boolean;
  edit?: CellEdit;
  /** Acts of the row: nothing to print. */
  offPaper?: boolean;
  /** The word a coded value stands as, on paper and in files. */
  words?: Readonly<Record<string, string>>;
  /** The cell as text for paper; the value itself by default. */
  print?: (row: Row) => ReactNode;
}

/** A list's columns by key. */
export function columnOf<Row>(columns: readonly ListColumn<Row>[], key: string): ListColumn<Row> | undefined {
  return columns.find((column) => column.key === key);
}

/** The columns on screen as a file has them: their order, headings, and words for coded values. */
export function exportColumns<Row>(view: ViewState, columns: readonly ListColumn<Row>[]): StartExportInput['columns'] {
  return view.columns.flatMap(({ key, hidden }) => {
    const column = columnOf(columns, key);
    if (hidden || !column || column.offPaper) return [];
    return [{ key, heading: column.header, ...(column.words && { words: column.words }) }];
  });
}
