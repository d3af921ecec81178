import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PremiseRecord } from '../../../shared/contract/customers';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';

type Supply = PremiseRecord['points'][number]['supplies'][number];

/** Who is and was supplied at a point. */
export function Supplies({ supplies }: { supplies: readonly Supply[] }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  if (supplies.length === 0) return <Text c="dimmed">{t('premise.nobody')}</Text>;
  const columns: RecordColumn<Supply>[] = [
    {
      key: 'customer',
      header: t('premise.supplied'),
      render: ({ customerId, displayName }) => (
        <AnchorLink to="/customers/$id" params={{ id: customerId }}>
          {displayName}
        </AnchorLink>
      ),
    },
    { key: 'customerNo', header: t('list.column.customerNo'), kind: 'code', render: ({ customerNo }) => customerNo },
    { key: 'from', header: t('premise.from'), kind: 'date', render: ({ validFrom }) => format.date(validFrom) },
    {
      key: 'to',
      header: t('premise.to'),
      kind: 'date',
      render: ({ validTo }) => (validTo ? format.date(validTo) : t('premise.now')),
    },
  ];
  return (
    <RecordTable
      label={t('premise.supplied')}
      columns={columns}
      rows={supplies}
      rowKey={({ customerId, validFrom }) => `${customerId} ${validFrom}`}
      minWidth={560}
    />
  );
}
