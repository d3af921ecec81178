import { z } from 'zod';
import { id } from '../../../shared/contract/values';

/** What the address asks the list to show: a saved view. */
export const letterRunsSearch = z.object({
  view: z.preprocess((given) => (typeof given === 'number' ? String(given) : given), id.optional()).catch(undefined),
});
export type LetterRunsSearch = z.infer<typeof letterRunsSearch>;
