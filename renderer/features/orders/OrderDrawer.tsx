import { Button, Divider, Drawer, Group, Skeleton, Stack, Tabs, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconBan, IconUserEdit } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRecord } from '../../../shared/contract/orders';
import { useSession } from '../../app/session';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { useMay } from '../../ui/permissions';
import { ShortcutLayer } from '../../ui/shortcuts';
import { ActButton } from './ActButton';
import { AssignOrder } from './AssignOrder';
import { CancelOrder } from './CancelOrder';
import { MapLink, OrderFacts, OrderOutcome } from './OrderFacts';
import { OrderState } from './OrderState';
import { ResultForm } from './ResultForm';
import { useOrderActs } from './useOrderActs';

interface OrderDrawerProps {
  id: string;
  today: string;
  /** Another feature's part, put together in `app/routes.tsx`. */
  history: ReactNode;
  onClose: () => void;
}

/** One order beside the list: what it is, its result, and what can be done with it. */
export function OrderDrawer({ id, today, history, onClose }: OrderDrawerProps) {
  const { t } = useTranslation(['orders', 'ui']);
  const [assigning, setAssigning] = useState(false);
  const order = useQuery(trpc.orders.get.queryOptions({ id }));
  if (assigning && order.data) {
    return <AssignOrder order={order.data} today={today} onClose={() => setAssigning(false)} />;
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="32rem"
      title={t('record.title', { number: id })}
      styles={{ title: { fontWeight: 650 } }}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ShortcutLayer>
        {order.isError && <ErrorState error={order.error} onRetry={() => void order.refetch()} />}
        {order.isPending && <Skeleton height={240} />}
        {order.data && (
          <Tabs defaultValue="order" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="order">{t('record.tab.order')}</Tabs.Tab>
              <Tabs.Tab value="history">{t('record.tab.history')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="order">
              <Shown order={order.data} today={today} onAssign={() => setAssigning(true)} onClose={onClose} />
            </Tabs.Panel>
            <Tabs.Panel value="history">{history}</Tabs.Panel>
          </Tabs>
        )}
      </ShortcutLayer>
    </Drawer>
  );
}

interface ShownProps {
  order: OrderRecord;
  today: string;
  onAssign: () => void;
  onClose: () => void;
}

function Shown({ order, today, onAssign, onClose }: ShownProps) {
  const { t } = useTranslation('orders');
  const format = useFormat();
  const open = order.state === 'open';
  return (
    <Stack gap="md">
      <div>
        <Group gap="sm" justify="space-between" align="flex-start" wrap="nowrap">
          <Title order={2} size="h4">
            {t(`kind.${order.kind}`)}
          </Title>
          <OrderState order={order} />
        </Group>
        <Group gap="sm">
          <Text>{order.address}</Text>
          <MapLink order={order} />
        </Group>
      </div>
      <OrderFacts order={order} columns={2} />
      <KeyValue
        items={[
          {
            label: t('record.made'),
            value: t('record.madeBy', { at: format.dateTime(order.madeAt), name: order.madeByName }),
          },
        ]}
      />
      {!open && <OrderOutcome order={order} />}
      <Acts order={order} onAssign={onAssign} onClose={onClose} />
      {open && <Enter order={order} today={today} />}
    </Stack>
  );
}

function Acts({ order, onAssign, onClose }: Omit<ShownProps, 'today'>) {
  const { t } = useTranslation('orders');
  const [cancelling, setCancelling] = useState(false);
  const { reopen } = useOrderActs();
  const { user } = useSession();
  const mayWrite = useMay('orders.assign');
  const own = order.closedBy === user.login || user.group === 'bok_supervisor';
  return (
    <Group gap="xs">
      {order.exchangeId && (
        <AnchorLink to="/exchanges/$id" params={{ id: order.exchangeId }}>
          {t('record.showExchange')}
        </AnchorLink>
      )}
      {order.caseId && (
        <AnchorLink to="/meter-cases/$id" params={{ id: order.caseId }}>
          {t('record.case')}
        </AnchorLink>
      )}
      {order.state === 'open' && mayWrite && (
        <>
          <Button variant="default" leftSection={<IconUserEdit size={16} aria-hidden />} onClick={onAssign}>
            {t('record.assign')}
          </Button>
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconBan size={16} aria-hidden />}
            onClick={() => setCancelling(true)}
          >
            {t('record.cancel')}
          </Button>
        </>
      )}
      {order.state !== 'open' && mayWrite && own && !order.exchangeId && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          loading={reopen.isPending}
          onClick={() => reopen.mutate(order)}
        >
          {t(order.state === 'cancelled' ? 'record.restore' : 'record.reopen')}
        </Button>
      )}
      {cancelling && (
        <CancelOrder
          id={order.id}
          onClose={(cancelled) => {
            setCancelling(false);
            if (cancelled) onClose();
          }}
        />
      )}
    </Group>
  );
}

function Enter({ order, today }: { order: OrderRecord; today: string }) {
  const { t } = useTranslation('orders');
  const { close } = useOrderActs();
  if (!useMay('orders.close')) return null;
  return (
    <>
      <Divider label={t('enter.title')} labelPosition="left" />
      <ActButton order={order} />
      <ResultForm
        order={order}
        today={today}
        saving={close.isPending}
        onSave={async (draft) => {
          const saved = await close.mutateAsync({ id: order.id, draft }).catch(() => null);
          if (!saved || !draft.result) return null;
          const message = t('enter.saved', { address: order.address, result: t(`result.${draft.result}`) });
          notifications.show({ message, color: 'green' });
          return saved;
        }}
      />
    </>
  );
}
