import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderField, OrderRow } from '../../../shared/contract/orders';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { useFormat } from '../../ui/format';
import { AssignFields } from './AssignFields';
import { useFieldWorkers } from './fieldWorkers';

/** Gives an open order to somebody else, for another day, with another term or note. */
export function AssignOrder({ order, today, onClose }: { order: OrderRow; today: string; onClose: () => void }) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const queries = useQueryClient();
  const { assignee, day, dueOn, note } = order;
  const workers = useFieldWorkers(assignee);
  const stored = useMemo<Record<OrderField, string | null>>(
    () => ({ assignee, day, dueOn, note }),
    [assignee, day, dueOn, note],
  );
  const labels = useMemo(
    () => ({
      assignee: t('column.assignee'),
      day: t('column.day'),
      dueOn: t('column.dueOn'),
      note: t('column.note'),
    }),
    [t],
  );
  const shown = (field: OrderField, value: string) => {
    if (field === 'assignee') return workers.find((worker) => worker.value === value)?.label ?? value;
    return field === 'note' ? value : format.date(value);
  };
  return (
    <ComparedDrawer
      title={t('record.assign')}
      stored={stored}
      labels={labels}
      shown={shown}
      draftId={`orders.assign.${order.id}`}
      save={(changes, requestId) => client.orders.assign.mutate({ id: order.id, requestId, changes })}
      onSaved={() => void queries.invalidateQueries(trpc.orders.pathFilter())}
      onClose={onClose}
    >
      {(form) => <AssignFields {...form} today={today} first />}
    </ComparedDrawer>
  );
}
