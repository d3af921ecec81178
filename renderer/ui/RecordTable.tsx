import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './RecordTable.module.css';

/** A column; `number` is right-aligned, `date` has figures of one width, and like `code` it never breaks. */
export interface RecordColumn<Row> {
  key: string;
  header: string;
  kind?: 'number' | 'date' | 'code';
  render: (row: Row) => ReactNode;
}

interface RecordTableProps<Row> {
  /** Accessible name. */
  label: string;
  columns: readonly RecordColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** px at the usual text size; narrower windows scroll the table sideways. */
  minWidth: number;
}

/** A short table inside a record: all rows at once, read with the eyes; lists that are worked in use DataTable. */
export function RecordTable<Row>({ label, columns, rows, rowKey, minWidth }: RecordTableProps<Row>) {
  return (
    <Table.ScrollContainer minWidth={`${minWidth / 16}rem`} type="native">
      <Table aria-label={label} className={classes.table} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, header, kind }) => (
              <Table.Th key={key} scope="col" data-kind={kind}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map(({ key, kind, render }) => (
                <Table.Td key={key} data-kind={kind}>
                  {render(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Said where a cell has nothing to say. */
export function Nothing({ children = '—' }: { children?: ReactNode }) {
  return <span className={classes.nothing}>{children}</span>;
}
