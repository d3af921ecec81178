import type { DeskOrder } from '../../../shared/contract/orders';

/** From so many signs on the end of a factory number is enough: that is what can be read on a dirty dial. */
const SHORTEST_END = 4;

const plain = (text: string | null): string => (text ?? '').toLowerCase().replace(/[^0-9a-z]/g, '');

export type Scanned = { order: DeskOrder } | 'none' | 'many';

/**
 * The order that a number read by a scanner, or typed, means: of a meter's own number, its factory or radio number, or the
 * end of its factory number. Open orders go before closed ones.
 */
export function findScanned(orders: readonly DeskOrder[], code: string): Scanned {
  const wanted = plain(code);
  if (wanted === '') return 'none';
  const whole = orders.filter(({ meterId, factoryNo, radioId }) =>
    [meterId, plain(factoryNo), plain(radioId)].includes(wanted),
  );
  const found =
    whole.length > 0 || wanted.length < SHORTEST_END
      ? whole
      : orders.filter(({ factoryNo }) => plain(factoryNo).endsWith(wanted));
  const open = found.filter(({ state }) => state === 'open');
  const meant = open.length > 0 ? open : found;
  const [first] = meant;
  if (!first) return 'none';
  return meant.every(({ meterId }) => meterId === first.meterId) ? { order: first } : 'many';
}
