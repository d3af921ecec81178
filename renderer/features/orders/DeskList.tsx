import { type KeyboardEvent, type RefObject, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskOrder } from '../../../shared/contract/orders';
import classes from './desk.module.css';
import { beside, stretchesOf } from './deskRound';
import { OrderState } from './OrderState';

interface DeskListProps {
  orders: readonly DeskOrder[];
  selected: string | null;
  onSelect: (order: DeskOrder) => void;
  /** Enter, or a double click: to the result of the marked order. */
  onEnter: () => void;
  list: RefObject<HTMLDivElement | null>;
}

/** How far one press of a page key goes. */
const PAGE = 8;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The orders of a day in the order of the round, one of them marked. */
export function DeskList({ orders, selected, onSelect, onEnter, list }: DeskListProps) {
  const { t } = useTranslation('orders');
  const name = useId();
  const optionId = (id: string) => `${name}-${id}`;
  useEffect(() => {
    if (selected) document.getElementById(`${name}-${selected}`)?.scrollIntoView({ block: 'nearest' });
  }, [name, selected]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey || (step === undefined && event.key !== 'Enter')) return;
    event.preventDefault();
    if (step === undefined) return onEnter();
    const next = beside(orders, selected, step);
    if (next) onSelect(next);
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={t('desk.list')}
      aria-activedescendant={selected ? optionId(selected) : undefined}
      tabIndex={0}
      className={classes.list}
      onKeyDown={onKeyDown}
    >
      {stretchesOf(orders).map(({ part, route, orders: those }) => {
        const words = [
          ...(part === 'day' ? [] : [t(`desk.part.${part}`)]),
          route ? t('desk.route', { route }) : t('desk.noRoute'),
        ].join(' · ');
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; these are options
          <div key={`${part} ${route}`} role="group" aria-label={words}>
            <div className={classes.stretch} aria-hidden>
              {words}
            </div>
            {those.map(({ order, number }) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which one is marked
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list's keys do it
              <div
                key={order.id}
                id={optionId(order.id)}
                role="option"
                aria-selected={order.id === selected}
                className={classes.row}
                data-closed={order.state !== 'open' || undefined}
                onClick={() => onSelect(order)}
                onDoubleClick={onEnter}
              >
                <span className={classes.number}>{number}</span>
                <span style={{ minWidth: 0 }}>
                  <span className={classes.address} style={{ display: 'block' }} title={order.address}>
                    {order.address}
                  </span>
                  <span className={classes.meter} style={{ display: 'block' }}>
                    {[t(`kind.${order.kind}`), order.factoryNo, order.place].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <OrderState order={order} />
              </div>
            ))}
          </div>
        );
      })}
    </div>
  );
}
