import { z } from 'zod';
import { id } from '../../../shared/contract/values';
import { PRESETS } from './exchangePresets';

/** An id in the address: the router reads a bare number as a number. */
const addressed = z
  .preprocess((given) => (typeof given === 'number' ? String(given) : given), id.optional())
  .catch(undefined);

/** What the address asks the list of acts to show: a preset, or a saved view by its id. */
export const exchangesSearch = z.object({ show: z.enum(PRESETS).optional().catch(undefined), view: addressed });
export type ExchangesSearch = z.infer<typeof exchangesSearch>;

export const EXCHANGE_TABS = ['act', 'photos', 'protocol', 'history'] as const;
export type ExchangeTab = (typeof EXCHANGE_TABS)[number];

/** What of an act stands in the address: the part shown. */
export const exchangeSearch = z.object({ tab: z.enum(EXCHANGE_TABS).optional().catch(undefined) });
export type ExchangeSearch = z.infer<typeof exchangeSearch>;

/**
 * What a new act begins from: one of a meter that hangs, a point, a meter, an order or a case; `kind` chooses the act.
 */
export const newExchangeSearch = z.object({
  installation: addressed,
  point: addressed,
  meter: addressed,
  order: addressed,
  case: addressed,
  kind: z.enum(['exchange', 'installation', 'removal']).optional().catch(undefined),
});
export type NewExchangeSearch = z.infer<typeof newExchangeSearch>;
