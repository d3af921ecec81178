import type { DeskOrder } from '../../../shared/contract/orders';

/** A stretch of the round: orders of one part of the desk on one route, in their order, each with its number. */
export interface Stretch {
  part: DeskOrder['part'];
  route: string | null;
  orders: { order: DeskOrder; number: number }[];
}

export function stretchesOf(orders: readonly DeskOrder[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [at, order] of orders.entries()) {
    const last = stretches.at(-1);
    const one = { order, number: at + 1 };
    if (last && last.part === order.part && last.route === order.route) last.orders.push(one);
    else stretches.push({ part: order.part, route: order.route, orders: [one] });
  }
  return stretches;
}

/** The next open order behind this one, from the beginning again at the end; null where no other is open. */
export function nextOpen(orders: readonly DeskOrder[], id: string): DeskOrder | null {
  const at = orders.findIndex((order) => order.id === id);
  const round = [...orders.slice(at + 1), ...orders.slice(0, Math.max(at, 0))];
  return round.find((order) => order.state === 'open' && order.id !== id) ?? null;
}

/** The order some places before or behind, at the ends the last and first. */
export function beside(orders: readonly DeskOrder[], id: string | null, by: number): DeskOrder | null {
  const at = orders.findIndex((order) => order.id === id);
  return orders[Math.min(Math.max(at + by, 0), orders.length - 1)] ?? null;
}
