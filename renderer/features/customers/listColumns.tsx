import { IconBuilding, IconCross, IconStar, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CustomerRow, customerKind, PREFERRED_CONTACTS } from '../../../shared/contract/customers';
import type { ListQuestion } from '../../../shared/contract/lists';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { StateBadge } from '../../ui/StateBadge';
import classes from './listColumns.module.css';

/** The order before anybody chose one. */
export const CUSTOMER_SORT: ListQuestion['sort'] = { key: 'name', descending: false };

/** Longest note, as the contract and the database have it. */
const NOTE_MAX = 200;

/** Columns of the customer list, as `main/modules/customers/customers.list.ts` serves them. */
export function useCustomerColumns(): readonly ListColumn<CustomerRow>[] {
  const { t } = useTranslation('customers');
  const { t: lists } = useTranslation('lists');
  const format = useFormat();
  const cities = useQuery(trpc.customers.cities.queryOptions(undefined, { staleTime: 300_000 })).data?.cities;
  return useMemo(() => {
    const kinds: Choice[] = customerKind.options.map((value) => ({ value, label: t(`kind.${value}`) }));
    const contacts: Choice[] = PREFERRED_CONTACTS.map((value) => ({ value, label: t(`list.contact.${value}`) }));
    const flag = (key: 'vip' | 'deceased'): ListColumn<CustomerRow> => {
      const yes = t(`list.flag.${key}.yes`);
      const no = t(`list.flag.${key}.no`);
      return {
        key,
        header: t(`list.column.${key}`),
        width: 96,
        hidden: true,
        value: (row) => row[key],
        words: { true: lists('print.yes'), false: '' },
        filter: {
          by: 'values',
          choices: [
            { value: 'true', label: yes },
            { value: 'false', label: no },
          ],
        },
        render: (row) =>
          row[key] ? <StateBadge tone="neutral" icon={key === 'vip' ? IconStar : IconCross} label={yes} /> : '',
      };
    };
    return [
      {
        key: 'customerNo',
        header: t('list.column.customerNo'),
        width: 128,
        fixed: true,
        searched: true,
        sortKey: 'customerNo',
        filter: { by: 'text' },
        value: (row) => row.customerNo,
        render: (row) => row.customerNo,
      },
      {
        key: 'name',
        header: t('list.column.name'),
        width: 224,
        grow: 2,
        searched: true,
        sortKey: 'name',
        filter: { by: 'text' },
        value: (row) => row.displayName,
        render: (row) => <Name row={row} />,
      },
      {
        key: 'kind',
        header: t('list.column.kind'),
        width: 96,
        hidden: true,
        words: Object.fromEntries(kinds.map(({ value, label }) => [value, label])),
        filter: { by: 'values', choices: kinds },
        value: (row) => row.kind,
        render: (row) => t(`kind.${row.kind}`),
      },
      {
        key: 'address',
        header: t('list.column.address'),
        width: 224,
        grow: 2,
        searched: true,
        sortKey: 'address',
        filter: { by: 'text', nothing: true },
        value: (row) => row.address,
        render: (row) => <span title={row.address}>{row.address || '—'}</span>,
      },
      {
        key: 'city',
        header: t('list.column.city'),
        width: 144,
        hidden: true,
        searched: true,
        filter: { by: 'values', choices: (cities ?? []).map((value) => ({ value, label: value })), nothing: true },
        value: (row) => row.city,
        render: (row) => row.city || '—',
      },
      {
        key: 'postalCode',
        header: t('list.column.postalCode'),
        width: 88,
        filter: { by: 'text', nothing: true },
        value: (row) => row.postalCode,
        render: (row) => <span className={classes.code}>{row.postalCode || '—'}</span>,
      },
      {
        key: 'points',
        header: t('list.column.points'),
        width: 112,
        align: 'right',
        sortKey: 'points',
        filter: { by: 'range' },
        value: (row) => row.pointCount,
        render: (row) => format.count(row.pointCount),
      },
      {
        key: 'customerSince',
        header: t('list.column.customerSince'),
        width: 128,
        hidden: true,
        sortKey: 'customerSince',
        filter: { by: 'dates', nothing: true },
        value: (row) => row.customerSince,
        print: (row) => (row.customerSince ? format.date(row.customerSince) : ''),
        render: (row) => (row.customerSince ? format.date(row.customerSince) : '—'),
      },
      {
        key: 'preferredContact',
        header: t('list.column.preferredContact'),
        width: 144,
        words: Object.fromEntries(contacts.map(({ value, label }) => [value, label])),
        filter: { by: 'values', choices: contacts, nothing: true },
        edit: { by: 'choice', choices: contacts },
        value: (row) => row.preferredContact,
        render: (row) => (row.preferredContact ? t(`list.contact.${row.preferredContact}`) : '—'),
      },
      {
        key: 'officeNote',
        header: t('list.column.officeNote'),
        width: 160,
        grow: 1,
        filter: { by: 'text', nothing: true },
        edit: { by: 'text', max: NOTE_MAX },
        value: (row) => row.officeNote,
        render: (row) => <span title={row.officeNote ?? undefined}>{row.officeNote ?? '—'}</span>,
      },
      flag('vip'),
      flag('deceased'),
    ];
  }, [t, lists, format, cities]);
}

function Name({ row }: { row: CustomerRow }) {
  const { t } = useTranslation('customers');
  const Kind = row.kind === 'company' ? IconBuilding : IconUser;
  return (
    <span className={classes.name}>
      <Kind size={16} stroke={1.5} role="img" aria-label={t(`kind.${row.kind}`)} className={classes.kind} />
      <span className={classes.text} title={row.displayName}>
        {row.displayName}
      </span>
      {row.deceased && <StateBadge tone="neutral" icon={IconCross} label={t('list.deceased')} />}
    </span>
  );
}
