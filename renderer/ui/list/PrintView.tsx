import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { ViewState } from '../../../shared/contract/lists';
import type { ListCell } from '../../../shared/domain/list-filter';
import { useFormat } from '../format';
import { columnOf, type ListColumn } from './columns';
import { filterWords } from './filterWords';
import './print.css';

interface PrintViewProps<Row> {
  title: string;
  columns: readonly ListColumn<Row>[];
  /** The columns on screen, in their order. */
  shown: readonly ListColumn<Row>[];
  view: ViewState;
  rows: readonly Row[];
  /** Opens the print dialog; answers when it is closed. */
  printer: () => Promise<unknown>;
  onDone: () => void;
}

/** The list on paper: what it is, when, by which filters, all of its rows. Opens the print dialog and goes away with it. */
export function PrintView<Row>({ title, columns, shown, view, rows, printer, onDone }: PrintViewProps<Row>) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.printing = 'list';
    // Fonts and layout first: what is printed is what stands in the document when the dialog opens.
    const timer = setTimeout(() => void printer().finally(onDone), 50);
    return () => {
      clearTimeout(timer);
      delete dataset.printing;
    };
  }, [printer, onDone]);

  const { words, filters } = view.question;
  const asked = [
    ...(words ? [t('print.words', { words })] : []),
    ...Object.entries(filters).flatMap(([key, filter]) => {
      const column = columnOf(columns, key);
      return column ? [`${column.header}: ${filterWords(filter, column.filter, t, format)}`] : [];
    }),
  ];
  return createPortal(
    <div className="ibok-print">
      <h1>{title}</h1>
      <p>
        {[
          t('print.made', { at: format.dateTime(new Date()) }),
          t('print.rows', { count: rows.length, formatted: format.count(rows.length) }),
          ...asked,
        ].join(' · ')}
      </p>
      <table>
        <thead>
          <tr>
            {shown.map(({ key, header, align }) => (
              <th key={key} data-align={align}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: printed once, never moved
            <tr key={index}>
              {shown.map((column) => (
                <td key={column.key} data-align={column.align}>
                  {onPaper(column, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>,
    document.body,
  );
}

/** A cell as text: colours and icons do not reach the paper. */
function onPaper<Row>({ print, words, value }: ListColumn<Row>, row: Row): ReactNode {
  if (print) return print(row);
  const cell: ListCell = value(row);
  return cell === null ? '' : (words?.[String(cell)] ?? String(cell));
}
