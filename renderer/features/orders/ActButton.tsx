import { Button, Stack, Text } from '@mantine/core';
import { IconArrowsExchange, IconClipboardCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../../shared/contract/orders';
import { useMay } from '../../ui/permissions';
import { closedByAct } from './resultDraft';

interface ActButtonProps {
  order: Pick<OrderRow, 'id' | 'kind' | 'caseId'>;
  /** Learns of the button, where the keyboard begins. */
  button?: RefObject<HTMLElement | null>;
  /** Takes the focus when it appears. */
  focus?: boolean;
  /** Before one leaves, so that the way back leads to this order. */
  onGo?: () => void;
}

/** Leads to the act that closes an open order by itself: the guided exchange, or the case it belongs to. */
export function ActButton({ order, button, focus = false, onGo }: ActButtonProps) {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const mayExchange = useMay('exchanges.record');
  const own = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (button) button.current = own.current;
    if (focus) own.current?.focus();
  }, [button, focus]);
  const { id, caseId } = order;
  const exchange = order.kind === 'exchange';
  if (!closedByAct(order) || !(exchange ? mayExchange : caseId)) return null;
  const IconOf = exchange ? IconArrowsExchange : IconClipboardCheck;
  const go = () => {
    onGo?.();
    if (exchange) void navigate({ to: '/exchange/new', search: { order: id } });
    else if (caseId) void navigate({ to: '/meter-cases/$id', params: { id: caseId } });
  };
  return (
    <Stack gap={4} align="flex-start">
      <Button ref={own} leftSection={<IconOf size={16} aria-hidden />} onClick={go}>
        {t(exchange ? 'record.exchange' : 'record.openCase')}
      </Button>
      <Text size="sm" c="dimmed">
        {t(exchange ? 'enter.exchangeHint' : 'enter.caseHint')}
      </Text>
    </Stack>
  );
}
