import { IconBuilding, IconCross, IconUser } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '../../../shared/contract/customers';
import type { Column } from '../../ui/DataTable';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';
import classes from './listColumns.module.css';

/** Columns of the customer list. */
export function useCustomerColumns(): readonly Column<CustomerRow>[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'customerNo',
        header: t('list.column.customerNo'),
        width: 128,
        sortKey: 'customerNo',
        render: (row) => row.customerNo,
      },
      {
        key: 'name',
        header: t('list.column.name'),
        width: 240,
        grow: 2,
        sortKey: 'name',
        render: (row) => <Name row={row} />,
      },
      {
        key: 'address',
        header: t('list.column.address'),
        width: 240,
        grow: 2,
        sortKey: 'address',
        render: (row) => <span title={row.address}>{row.address || '—'}</span>,
      },
      {
        key: 'postalCode',
        header: t('list.column.postalCode'),
        width: 88,
        render: (row) => <span className={classes.code}>{row.postalCode || '—'}</span>,
      },
      {
        key: 'points',
        header: t('list.column.points'),
        width: 96,
        align: 'right',
        sortKey: 'points',
        render: (row) => format.count(row.pointCount),
      },
    ],
    [t, format],
  );
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
