import { z } from 'zod';
import { day, id } from '../../../shared/contract/values';
import { PRESETS } from './orderPresets';

const key = z.preprocess((given) => (typeof given === 'number' ? String(given) : given), id.optional());

/** What the address asks the list to show: a preset, a saved view, or one order beside it. */
export const ordersSearch = z.object({
  show: z.enum(PRESETS).optional().catch(undefined),
  view: key.catch(undefined),
  order: key.catch(undefined),
});
export type OrdersSearch = z.infer<typeof ordersSearch>;

/** Which day, whose, and at which order the technician's desk stands. */
export const deskSearch = z.object({
  day: day.optional().catch(undefined),
  of: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/)
    .optional()
    .catch(undefined),
  order: key.catch(undefined),
});
export type DeskSearch = z.infer<typeof deskSearch>;
