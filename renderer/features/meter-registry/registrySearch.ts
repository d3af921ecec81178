import { z } from 'zod';
import { planMonth } from '../../../shared/contract/meter-registry';
import { id } from '../../../shared/contract/values';
import { SHORTCUTS } from './planQuestion';
import { PRESETS } from './registryPresets';

const view = z
  .preprocess((given) => (typeof given === 'number' ? String(given) : given), id.optional())
  .catch(undefined);

/** What the address asks the register to show: a preset or a saved view by its id. */
export const metersSearch = z.object({ show: z.enum(PRESETS).optional().catch(undefined), view });
export type MetersSearch = z.infer<typeof metersSearch>;

/** What the address asks the planner to show: what is past its day, soon to end or unknown, a month, or a saved view. */
export const planSearch = z.object({
  show: z.enum(SHORTCUTS).optional().catch(undefined),
  month: planMonth.optional().catch(undefined),
  view,
});
export type PlanSearch = z.infer<typeof planSearch>;
