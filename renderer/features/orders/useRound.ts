import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk, DeskOrder } from '../../../shared/contract/orders';
import { beside, nextOpen } from './deskRound';
import type { ResultDraft } from './resultDraft';
import { useOrderActs } from './useOrderActs';

/** How long it is said that a result was saved: the next one may come soon. */
const SAID_MS = 3_000;

interface Mark {
  /** The day and person it was set on: on another desk it marks nothing. */
  desk: string;
  id: string | null;
  /** The form of this order takes the focus when it stands. */
  focus: boolean;
}

/** Which order of a desk is marked, where the keyboard goes, and saving results one after the other. */
export function useRound(desk: Desk | undefined, start: string | null) {
  const { t } = useTranslation('orders');
  const { close } = useOrderActs();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLElement>(null);
  const scan = useRef<HTMLInputElement>(null);
  const name = desk ? `${desk.day} ${desk.assignee}` : '';
  const [kept, setMark] = useState<Mark>({ desk: '', id: start, focus: false });
  /** The marked one was found by scanner: the next one is scanned as well. */
  const scanned = useRef(false);
  const orders = desk?.orders ?? [];
  const mark = kept.desk === name || kept.desk === '' ? kept : { desk: name, id: null, focus: false };
  const current =
    orders.find(({ id }) => id === mark.id) ?? orders.find(({ state }) => state === 'open') ?? orders[0] ?? null;
  const enter = () => {
    if (field.current?.isConnected) return field.current.focus();
    // The form is still being made ready: it takes the focus when it stands.
    if (current) setMark({ desk: name, id: current.id, focus: true });
  };
  const select = (order: DeskOrder | null, focus = false) => {
    scanned.current = false;
    if (order) setMark({ desk: name, id: order.id, focus });
  };
  return {
    current,
    focus: mark.focus,
    saving: close.isPending,
    refs: { list, field, scan },
    select,
    step: (by: number) => select(beside(orders, current?.id ?? null, by)),
    enter,
    found: (order: DeskOrder) => {
      select(order, true);
      scanned.current = true;
      // The same order again: its form stands already.
      if (order.id === current?.id) enter();
    },
    /** Saves a result and goes on: to the next open order, or back to the scanner. Null when it was refused. */
    save: async (order: DeskOrder, draft: ResultDraft): Promise<unknown> => {
      const saved = await close.mutateAsync({ id: order.id, draft }).catch(() => null);
      if (!saved || !draft.result) return null;
      const message = t('enter.saved', { address: order.address, result: t(`result.${draft.result}`) });
      notifications.show({ message, color: 'green', autoClose: SAID_MS });
      const byScanner = scanned.current;
      const next = nextOpen(orders, order.id);
      if (next) setMark({ desk: name, id: next.id, focus: !byScanner });
      if (byScanner) scan.current?.focus();
      else if (!next) list.current?.focus();
      return saved;
    },
  };
}
