import { IconGavel } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ASKED_VIA, DELETION_STATUSES, type DeletionRow } from '../../../shared/contract/deletions';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { Nothing } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { DeletionState, DueDay } from './DeletionState';

const wordsOf = (choices: readonly Choice[]): Record<string, string> =>
  Object.fromEntries(choices.map(({ value, label }) => [value, label]));

/** Columns of the list, as `main/modules/deletions/deletions.list.ts` serves them. */
export function useDeletionColumns(): readonly ListColumn<DeletionRow>[] {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  return useMemo(() => {
    const ways = ASKED_VIA.map((value) => ({ value, label: t(`via.${value}`) }));
    const states = DELETION_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }));
    const both = (['true', 'false'] as const).map((value) => ({ value, label: t(`answer.${value}`) }));
    const flag = (key: 'overdue' | 'held'): ListColumn<DeletionRow> => ({
      key,
      header: t(`column.${key}`),
      width: 120,
      hidden: true,
      filter: { by: 'values', choices: both },
      words: wordsOf(both),
      value: (row) => String(row[key]),
      print: (row) => t(`answer.${row[key] ? 'true' : 'false'}`),
      render: (row) => t(`answer.${row[key] ? 'true' : 'false'}`),
    });
    return [
      {
        key: 'number',
        header: t('column.number'),
        width: 104,
        fixed: true,
        searched: true,
        sortKey: 'number',
        filter: { by: 'text' },
        value: (row) => row.number,
        render: (row) => row.number,
      },
      {
        key: 'login',
        header: t('column.login'),
        width: 128,
        grow: 2,
        searched: true,
        filter: { by: 'text', nothing: true },
        value: (row) => row.login,
        render: (row) =>
          row.login ? (
            <AnchorLink to="/accounts/$id" params={{ id: row.accountId }}>
              {row.login}
            </AnchorLink>
          ) : (
            <Nothing>{t('erased')}</Nothing>
          ),
      },
      {
        key: 'customers',
        header: t('column.customers'),
        width: 92,
        grow: 1,
        filter: { by: 'text' },
        value: (row) => row.customers.join(', '),
        render: (row) => row.customers.join(', ') || '—',
      },
      {
        key: 'askedVia',
        header: t('column.askedVia'),
        width: 116,
        filter: { by: 'values', choices: ways },
        words: wordsOf(ways),
        value: (row) => row.askedVia,
        render: (row) => t(`via.${row.askedVia}`),
      },
      {
        key: 'askedOn',
        header: t('column.askedOn'),
        width: 112,
        filter: { by: 'dates' },
        value: (row) => row.askedOn,
        print: (row) => format.date(row.askedOn),
        render: (row) => format.date(row.askedOn),
      },
      {
        key: 'dueOn',
        header: t('column.dueOn'),
        width: 244,
        sortKey: 'dueOn',
        filter: { by: 'dates' },
        value: (row) => row.dueOn,
        print: (row) => format.date(row.dueOn),
        render: (row) => <DueDay row={row} />,
      },
      {
        key: 'status',
        header: t('column.status'),
        width: 200,
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: (row) => row.status,
        render: (row) =>
          // What stops it says more than how far it has come.
          row.held ? (
            <StateBadge tone="warn" icon={IconGavel} label={t('held')} />
          ) : (
            <DeletionState status={row.status} />
          ),
      },
      {
        key: 'forwardedByName',
        header: t('column.forwardedByName'),
        width: 140,
        grow: 1,
        filter: { by: 'text', nothing: true },
        value: (row) => row.forwardedByName,
        render: (row) => row.forwardedByName ?? '—',
      },
      {
        key: 'recordedByName',
        header: t('column.recordedByName'),
        width: 140,
        hidden: true,
        filter: { by: 'text' },
        value: (row) => row.recordedByName,
        render: (row) => row.recordedByName,
      },
      {
        key: 'closedAt',
        header: t('column.closedAt'),
        width: 150,
        hidden: true,
        filter: { by: 'dates', nothing: true },
        value: (row) => row.closedAt,
        print: (row) => (row.closedAt ? format.dateTime(row.closedAt) : ''),
        render: (row) => (row.closedAt ? format.dateTime(row.closedAt) : '—'),
      },
      flag('overdue'),
      flag('held'),
    ];
  }, [t, format]);
}
