import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../../shared/contract/orders';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { Can } from '../../ui/Can';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { MakeOrder } from './MakeOrder';
import { OrderState } from './OrderState';

/** A meter's orders, newest first, and a new one while it is built in. */
export function MeterOrders({ meterId }: { meterId: string }) {
  const { t } = useTranslation('orders');
  const [making, setMaking] = useState(false);
  const orders = useQuery(trpc.orders.ofMeter.queryOptions({ meterId }));
  const meter = useQuery(trpc.meters.get.queryOptions({ id: meterId })).data;
  const today = useQuery(trpc.staff.colleagues.queryOptions()).data?.today;
  const present = meter?.installations.find(({ removedOn }) => removedOn === null);
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="meter-orders">
      <Group justify="space-between" mb="sm" mih="2.25rem">
        <Title order={2} size="h4" id="meter-orders">
          {t('meter.title')}
        </Title>
        {present && today && (
          <Can action="orders.make">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setMaking(true)}
            >
              {t('meter.make')}
            </Button>
          </Can>
        )}
      </Group>
      {orders.isError && <ErrorState error={orders.error} onRetry={() => void orders.refetch()} />}
      {orders.isPending && <Skeleton height={64} />}
      {orders.data && <Rows orders={orders.data.orders} />}
      {making && meter && today && (
        <MakeOrder
          about={{ meterId, label: [meter.factoryNo, present?.address].filter(Boolean).join(' · ') }}
          today={today}
          onClose={() => setMaking(false)}
        />
      )}
    </Paper>
  );
}

function Rows({ orders }: { orders: readonly OrderRow[] }) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  if (orders.length === 0) return <Text c="dimmed">{t('meter.empty')}</Text>;
  const columns: RecordColumn<OrderRow>[] = [
    {
      key: 'kind',
      header: t('column.kind'),
      render: ({ id, kind }) => (
        <AnchorLink to="/orders" search={{ order: id }}>
          {t(`kind.${kind}`)}
        </AnchorLink>
      ),
    },
    { key: 'state', header: t('column.state'), render: (order) => <OrderState order={order} /> },
    { key: 'assignee', header: t('column.assignee'), render: ({ assigneeName }) => assigneeName ?? <Nothing /> },
    { key: 'day', header: t('column.day'), kind: 'date', render: ({ day }) => (day ? format.date(day) : <Nothing />) },
    {
      key: 'dueOn',
      header: t('column.dueOn'),
      kind: 'date',
      render: ({ dueOn }) => (dueOn ? format.date(dueOn) : <Nothing />),
    },
    {
      key: 'value',
      header: t('column.resultValue'),
      kind: 'number',
      render: ({ resultValue }) => (resultValue ? format.decimal(resultValue) : <Nothing />),
    },
    {
      key: 'closedOn',
      header: t('column.closedOn'),
      kind: 'date',
      render: ({ closedOn }) => (closedOn ? format.date(closedOn) : <Nothing />),
    },
  ];
  return (
    <RecordTable label={t('meter.label')} columns={columns} rows={orders} rowKey={({ id }) => id} minWidth={720} />
  );
}
