import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconClockExclamation } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskOrder } from '../../../shared/contract/orders';
import { useSession } from '../../app/session';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { ActButton } from './ActButton';
import classes from './desk.module.css';
import { MapLink, OrderFacts, OrderOutcome } from './OrderFacts';
import { OrderState } from './OrderState';
import { ResultForm } from './ResultForm';
import { closedByAct, type ResultDraft } from './resultDraft';
import { useOrderActs } from './useOrderActs';

interface DeskOrderPanelProps {
  order: DeskOrder;
  today: string;
  saving: boolean;
  /** Where the keyboard begins: the reading, or the exchange. */
  firstField: RefObject<HTMLElement | null>;
  /** Takes the focus there as soon as the form stands. */
  focus: boolean;
  onSave: (draft: ResultDraft) => Promise<unknown>;
  /** Back to the list. */
  onLeave: () => void;
  /** Before one leaves for the act that closes the order. */
  onGo: () => void;
}

/** The marked order: where, which meter, what to do there, and its result. */
export function DeskOrderPanel(props: DeskOrderPanelProps) {
  const { order, today, saving, firstField, focus, onSave, onLeave, onGo } = props;
  const { t } = useTranslation('orders');
  const format = useFormat();
  const open = order.state === 'open';
  return (
    <section
      className={classes.order}
      aria-labelledby="desk-order"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onLeave();
      }}
    >
      <Stack gap="sm">
        <div>
          <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
            <Title order={2} size="h3" id="desk-order">
              {order.address}
            </Title>
            <OrderState order={order} />
          </Group>
          <Group gap="md" mt={2}>
            <Text fw={600}>{t(`kind.${order.kind}`)}</Text>
            <MapLink order={order} />
          </Group>
        </div>
        {order.part === 'late' && order.day && (
          <Alert color="yellow" p="xs" icon={<IconClockExclamation size={18} aria-hidden />}>
            {t('desk.lateFrom', { day: format.date(order.day) })}
          </Alert>
        )}
        <OrderFacts order={order} columns={2} onDesk />
        {open && <ActButton order={order} button={firstField} focus={focus} onGo={onGo} />}
        {open ? (
          <ResultForm
            order={order}
            today={today}
            saving={saving}
            onSave={onSave}
            {...(!closedByAct(order) && { firstField, focus })}
          />
        ) : (
          <Closed order={order} />
        )}
      </Stack>
    </section>
  );
}

function Closed({ order }: { order: DeskOrder }) {
  const { t } = useTranslation('orders');
  const { user } = useSession();
  const { reopen } = useOrderActs();
  const own = order.closedBy === user.login || user.group === 'bok_supervisor';
  return (
    <>
      <OrderOutcome order={order} />
      {order.exchangeId && (
        <AnchorLink to="/exchanges/$id" params={{ id: order.exchangeId }}>
          {t('record.showExchange')}
        </AnchorLink>
      )}
      {own && !order.exchangeId && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            loading={reopen.isPending}
            onClick={() => reopen.mutate(order)}
          >
            {t('record.reopen')}
          </Button>
        </Group>
      )}
    </>
  );
}
