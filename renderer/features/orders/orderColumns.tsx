import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ORDER_KINDS, ORDER_RESULTS, ORDER_STATES, type OrderRow } from '../../../shared/contract/orders';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { Nothing } from '../../ui/RecordTable';
import { useFieldWorkers } from './fieldWorkers';
import { OrderState } from './OrderState';

const wordsOf = (choices: readonly Choice[]): Record<string, string> =>
  Object.fromEntries(choices.map(({ value, label }) => [value, label]));

/** Columns of the list of orders, as `main/modules/orders/orders.list.ts` serves them. */
export function useOrderColumns(): readonly ListColumn<OrderRow>[] {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const workers = useFieldWorkers();
  const named = JSON.stringify(workers);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the people decide, not the array that names them
  return useMemo(() => {
    const kinds = ORDER_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
    const states = ORDER_STATES.map((value) => ({ value, label: t(`state.${value}`) }));
    const results = ORDER_RESULTS.map((value) => ({ value, label: t(`result.${value}`) }));
    const both = [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ];
    const text = (
      key: 'address' | 'route' | 'note',
      more: Pick<ListColumn<OrderRow>, 'width'> & Partial<ListColumn<OrderRow>>,
    ): ListColumn<OrderRow> => ({
      key,
      header: t(`column.${key}`),
      filter: { by: 'text', ...(key !== 'address' && { nothing: true }) },
      value: (row) => row[key] ?? '',
      render: (row) =>
        row[key] ? (
          <Text span inherit truncate title={row[key]}>
            {row[key]}
          </Text>
        ) : (
          <Nothing />
        ),
      ...more,
    });
    const day = (
      key: 'day' | 'dueOn' | 'closedOn',
      more: Partial<ListColumn<OrderRow>> = {},
    ): ListColumn<OrderRow> => ({
      key,
      header: t(`column.${key}`),
      width: 116,
      filter: { by: 'dates', nothing: true },
      value: (row) => row[key] ?? '',
      print: (row) => (row[key] ? format.date(row[key]) : ''),
      render: (row) => (row[key] ? format.date(row[key]) : <Nothing />),
      ...more,
    });
    return [
      {
        key: 'number',
        header: t('column.number'),
        width: 72,
        sortKey: 'number',
        value: (row) => Number(row.id),
        print: (row) => row.id,
        render: (row) => row.id,
      },
      {
        key: 'kind',
        header: t('column.kind'),
        width: 142,
        filter: { by: 'values', choices: kinds },
        words: wordsOf(kinds),
        value: (row) => row.kind,
        render: (row) => t(`kind.${row.kind}`),
      },
      text('address', { width: 190, grow: 3, fixed: true, searched: true }),
      text('route', { width: 88 }),
      {
        key: 'meter',
        header: t('column.meter'),
        width: 122,
        searched: true,
        filter: { by: 'text', nothing: true },
        value: (row) => row.factoryNo ?? '',
        render: (row) =>
          row.meterId ? (
            <AnchorLink to="/meters/$id" params={{ id: row.meterId }}>
              {row.factoryNo}
            </AnchorLink>
          ) : (
            <Nothing />
          ),
      },
      {
        key: 'assignee',
        header: t('column.assignee'),
        width: 140,
        grow: 1,
        filter: { by: 'values', choices: workers, nothing: true },
        words: wordsOf(workers),
        value: (row) => row.assignee ?? '',
        print: (row) => row.assigneeName ?? '',
        render: (row) => row.assigneeName ?? <Nothing>{t('make.nobody')}</Nothing>,
      },
      day('day', { sortKey: 'day' }),
      day('dueOn'),
      {
        key: 'state',
        header: t('column.state'),
        width: 138,
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: (row) => row.state,
        render: (row) => <OrderState order={row} />,
      },
      {
        key: 'result',
        header: t('column.result'),
        width: 120,
        hidden: true,
        filter: { by: 'values', choices: results, nothing: true },
        words: wordsOf(results),
        value: (row) => row.result ?? '',
        render: (row) => (row.result ? t(`result.${row.result}`) : <Nothing />),
      },
      {
        key: 'resultValue',
        header: t('column.resultValue'),
        width: 104,
        hidden: true,
        value: (row) => row.resultValue ?? '',
        print: (row) => (row.resultValue ? format.decimal(row.resultValue) : ''),
        render: (row) => (row.resultValue ? format.decimal(row.resultValue) : <Nothing />),
      },
      day('closedOn', { hidden: true }),
      text('note', { width: 160, grow: 1, hidden: true }),
      {
        key: 'overdue',
        header: t('column.overdue'),
        width: 100,
        hidden: true,
        filter: { by: 'values', choices: both },
        words: wordsOf(both),
        value: (row) => String(row.overdue),
        render: (row) => t(row.overdue ? 'yes' : 'no'),
      },
    ];
  }, [t, format, named]);
}
