import { z } from 'zod';
import { customerKind } from '../../../shared/contract/customers';
import { id } from '../../../shared/contract/values';

/**
 * What of the customer list stands in the address: a saved view by its id, or the kind that a figure of the Pulpit
 * leads to. Words and values of filters may name a person, so they stay in memory (`app/lists/listMemory.ts`). A value
 * that does not fit is dropped.
 */
export const customersSearch = z.object({
  view: z.preprocess((given) => (typeof given === 'number' ? String(given) : given), id.optional()).catch(undefined),
  kind: customerKind.optional().catch(undefined),
});
export type CustomersSearch = z.infer<typeof customersSearch>;
