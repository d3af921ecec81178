import { IconAlertTriangle, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../../shared/contract/orders';
import { StateBadge, type Tone } from '../../ui/StateBadge';

const TONES: Record<OrderRow['state'], Tone> = { open: 'info', done: 'ok', failed: 'warn', cancelled: 'neutral' };

/** An order's state, by its result where there is one; an open one behind its term says so. */
export function OrderState({ order }: { order: Pick<OrderRow, 'state' | 'result' | 'overdue'> }) {
  const { t } = useTranslation('orders');
  if (order.state === 'open') {
    return order.overdue ? (
      <StateBadge tone="danger" icon={IconAlertTriangle} label={t('late')} />
    ) : (
      <StateBadge tone="info" icon={IconCircleDashed} label={t('state.open')} />
    );
  }
  const label = order.state === 'failed' && order.result ? t(`result.${order.result}`) : t(`state.${order.state}`);
  return <StateBadge tone={TONES[order.state]} label={label} />;
}
