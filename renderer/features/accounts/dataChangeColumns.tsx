import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DATA_CHANGE_STATUSES, type DataChangeRow } from '../../../shared/contract/data-changes';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { DataChangeState } from './AccountState';

/** Columns of the queue, as `main/modules/data-changes/data-changes.list.ts` serves them. No wanted value stands there. */
export function useDataChangeColumns(): readonly ListColumn<DataChangeRow>[] {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const office = useQuery(trpc.staff.colleagues.queryOptions()).data;
  return useMemo(() => {
    const states: Choice[] = DATA_CHANGE_STATUSES.map((value) => ({ value, label: t(`change.status.${value}`) }));
    const people: Choice[] = (office?.colleagues ?? []).map(({ login, displayName }) => ({
      value: login,
      label: displayName,
    }));
    return [
      {
        key: 'requestedAt',
        header: t('change.column.requestedAt'),
        width: 168,
        fixed: true,
        sortKey: 'requestedAt',
        filter: { by: 'dates' },
        value: (row) => row.requestedAt,
        print: (row) => format.dateTime(row.requestedAt),
        render: (row) => format.dateTime(row.requestedAt),
      },
      {
        key: 'customerNo',
        header: t('change.column.customerNo'),
        width: 128,
        searched: true,
        filter: { by: 'text' },
        value: (row) => row.customerNo,
        render: (row) => row.customerNo,
      },
      {
        key: 'customer',
        header: t('change.column.customer'),
        width: 224,
        grow: 2,
        searched: true,
        filter: { by: 'text' },
        value: (row) => row.customerName,
        render: (row) => <span title={row.customerName}>{row.customerName}</span>,
      },
      {
        key: 'login',
        header: t('change.column.login'),
        width: 168,
        grow: 1,
        filter: { by: 'text', nothing: true },
        value: (row) => row.login,
        render: (row) => <span title={row.login ?? undefined}>{row.login ?? t('erased')}</span>,
      },
      {
        key: 'status',
        header: t('change.column.status'),
        width: 168,
        words: Object.fromEntries(states.map(({ value, label }) => [value, label])),
        filter: { by: 'values', choices: states },
        value: (row) => row.status,
        render: (row) => <DataChangeState status={row.status} />,
      },
      {
        key: 'decidedBy',
        header: t('change.column.decidedBy'),
        width: 160,
        grow: 1,
        filter: { by: 'values', choices: people, nothing: true },
        words: Object.fromEntries(people.map(({ value, label }) => [value, label])),
        value: (row) => row.decidedByName,
        render: (row) => row.decidedByName ?? '—',
      },
      {
        key: 'decidedAt',
        header: t('change.column.decidedAt'),
        width: 168,
        filter: { by: 'dates', nothing: true },
        value: (row) => row.decidedAt,
        print: (row) => (row.decidedAt ? format.dateTime(row.decidedAt) : ''),
        render: (row) => (row.decidedAt ? format.dateTime(row.decidedAt) : '—'),
      },
    ];
  }, [t, format, office]);
}
