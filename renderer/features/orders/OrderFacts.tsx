import { Anchor } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OrderRecord } from '../../../shared/contract/orders';
import { host } from '../../app/host';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { KeyValue, type KeyValueItem } from '../../ui/KeyValue';
import { mapAddress } from './mapAddress';

/** Opens the address in the system's browser. */
export function MapLink({ order }: { order: OrderRecord }) {
  const { t } = useTranslation('orders');
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      title={t('desk.mapHint')}
      onClick={() => void host.openExternal(mapAddress(order))}
      style={{ display: 'inline-flex', alignItems: 'center', gap: '0.25rem', whiteSpace: 'nowrap' }}
    >
      {t('desk.map')}
      <IconExternalLink size={14} stroke={1.75} aria-hidden />
    </Anchor>
  );
}

interface OrderFactsProps {
  order: OrderRecord;
  columns?: 1 | 2 | 3;
  /** Whose orders and of which day is said above already, and the reading before stands beside the field for the new one. */
  onDesk?: boolean;
}

/** What one has to know of an order on the spot; empty lines are left out. */
export function OrderFacts({ order, columns = 1, onDesk = false }: OrderFactsProps) {
  const { t } = useTranslation(['orders', 'meters']);
  const format = useFormat();
  const { meterId, factoryNo, dn, place, radioId, dueOn, day, assigneeName, note, previous, route } = order;
  const meter = meterId && (
    <AnchorLink to="/meters/$id" params={{ id: meterId }}>
      {[factoryNo, dn && t('meters:record.dnValue', { dn })].filter(Boolean).join(' · ')}
    </AnchorLink>
  );
  const items: KeyValueItem[] = [
    { label: t('column.meter'), value: meter || null },
    { label: t('record.place'), value: place },
    { label: t('record.radio'), value: radioId },
    { label: t('column.route'), value: onDesk ? null : route },
    {
      label: t('record.previous'),
      value:
        !onDesk && previous
          ? t('record.previousValue', { value: format.volume(previous.value), day: format.date(previous.on) })
          : null,
    },
    { label: t('column.assignee'), value: onDesk ? null : assigneeName },
    { label: t('column.day'), value: onDesk ? null : day && format.date(day) },
    { label: t('column.dueOn'), value: dueOn && format.date(dueOn) },
    { label: t('column.note'), value: note },
  ];
  return <KeyValue columns={columns} items={items.filter(({ value }) => value !== null && value !== '')} />;
}

/** What came of a closed order, and who said so. */
export function OrderOutcome({ order }: { order: OrderRecord }) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const { result, resultValue, resultNote, closedOn, closedByName, state } = order;
  const items: KeyValueItem[] = [
    { label: t('column.result'), value: result && t(`result.${result}`) },
    { label: t('column.resultValue'), value: resultValue && format.decimal(resultValue) },
    { label: t(state === 'cancelled' ? 'cancel.reason' : 'column.note'), value: resultNote },
    {
      label: t('column.closedOn'),
      value: closedOn && t('record.closedBy', { day: format.date(closedOn), name: closedByName ?? '' }),
    },
  ];
  return <KeyValue items={items.filter(({ value }) => value !== null && value !== '')} />;
}
