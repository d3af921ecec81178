import { IconFileAlert } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ACCOUNT_STATUSES, type AccountRow, BLOCK_REASONS } from '../../../shared/contract/accounts';
import type { ListQuestion } from '../../../shared/contract/lists';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { StateBadge } from '../../ui/StateBadge';
import { AccountState } from './AccountState';

/** The order before anybody chose one: the newest first. */
export const ACCOUNT_SORT: ListQuestion['sort'] = { key: 'createdAt', descending: true };

/** Surname and first name; a dash once they are erased. */
export function nameOf({ firstName, lastName }: Pick<AccountRow, 'firstName' | 'lastName'>): string {
  return [lastName, firstName].filter(Boolean).join(' ') || '—';
}

/** Columns of the list of accounts, as `main/modules/accounts/accounts.list.ts` serves them. */
export function useAccountColumns(): readonly ListColumn<AccountRow>[] {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  return useMemo(() => {
    const states: Choice[] = ACCOUNT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }));
    const reasons: Choice[] = BLOCK_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }));
    const moment = (key: 'createdAt' | 'activatedAt' | 'lastSignInAt', more: Partial<ListColumn<AccountRow>>) => ({
      key,
      header: t(`column.${key}`),
      width: 168,
      filter: { by: 'dates', nothing: key !== 'createdAt' } as const,
      value: (row: AccountRow) => row[key],
      print: (row: AccountRow) => (row[key] ? format.dateTime(row[key]) : ''),
      render: (row: AccountRow) => (row[key] ? format.dateTime(row[key]) : '—'),
      ...more,
    });
    return [
      {
        key: 'login',
        header: t('column.login'),
        width: 152,
        fixed: true,
        searched: true,
        sortKey: 'login',
        filter: { by: 'text', nothing: true },
        value: (row) => row.login,
        render: (row) => <span title={row.login ?? undefined}>{row.login ?? t('erased')}</span>,
      },
      {
        key: 'name',
        header: t('column.name'),
        width: 152,
        grow: 1,
        searched: true,
        sortKey: 'name',
        filter: { by: 'text', nothing: true },
        value: nameOf,
        render: (row) => <span title={nameOf(row)}>{nameOf(row)}</span>,
      },
      {
        key: 'email',
        header: t('column.email'),
        width: 208,
        grow: 1,
        searched: true,
        filter: { by: 'text', nothing: true },
        value: (row) => row.email,
        render: (row) => <span title={row.email ?? undefined}>{row.email ?? '—'}</span>,
      },
      {
        key: 'status',
        header: t('column.status'),
        width: 144,
        words: wordsOf(states),
        filter: { by: 'values', choices: states },
        value: (row) => row.status,
        render: (row) => <AccountState status={row.status} />,
      },
      {
        key: 'blockReason',
        header: t('column.blockReason'),
        width: 152,
        hidden: true,
        words: wordsOf(reasons),
        filter: { by: 'values', choices: reasons, nothing: true },
        value: (row) => row.blockReason,
        render: (row) => (row.blockReason ? t(`reason.${row.blockReason}`) : '—'),
      },
      {
        key: 'customers',
        header: t('column.customers'),
        width: 192,
        grow: 2,
        value: (row) => row.customers.join(', '),
        render: (row) => <span title={row.customers.join('\n')}>{row.customers.join(', ') || '—'}</span>,
      },
      moment('lastSignInAt', {}),
      {
        key: 'regulations',
        header: t('column.regulations'),
        width: 152,
        value: (row) => row.regulations,
        render: (row) =>
          row.mustAccept ? (
            <StateBadge tone="warn" icon={IconFileAlert} label={t('mustAccept')} />
          ) : (
            <span title={row.regulations ?? undefined}>{row.regulations ?? '—'}</span>
          ),
      },
      {
        key: 'mustAccept',
        header: t('column.mustAccept'),
        width: 144,
        hidden: true,
        words: { true: t('mustAccept'), false: '' },
        filter: {
          by: 'values',
          choices: [
            { value: 'true', label: t('mustAccept') },
            { value: 'false', label: t('accepted') },
          ],
        },
        value: (row) => row.mustAccept,
        render: (row) => (row.mustAccept ? t('mustAccept') : '—'),
      },
      moment('createdAt', { sortKey: 'createdAt' }),
      moment('activatedAt', { hidden: true }),
    ];
  }, [t, format]);
}

function wordsOf(choices: readonly Choice[]): Record<string, string> {
  return Object.fromEntries(choices.map(({ value, label }) => [value, label]));
}
