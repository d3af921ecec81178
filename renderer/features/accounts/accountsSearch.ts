import { z } from 'zod';
import { ACCOUNT_STATUSES } from '../../../shared/contract/accounts';
import { id } from '../../../shared/contract/values';

const view = z
  .preprocess((given) => (typeof given === 'number' ? String(given) : given), id.optional())
  .catch(undefined);

/** What of the list of accounts stands in the address: a saved view by its id, or the state a figure leads to. */
export const accountsSearch = z.object({
  view,
  status: z.enum(ACCOUNT_STATUSES).optional().catch(undefined),
});
export type AccountsSearch = z.infer<typeof accountsSearch>;

/** What of the queue of data changes stands in the address. */
export const dataChangesSearch = z.object({ view });
export type DataChangesSearch = z.infer<typeof dataChangesSearch>;

export const ACCOUNT_TABS = ['data', 'declarations', 'signIns', 'changes', 'letters', 'history'] as const;
export type AccountTab = (typeof ACCOUNT_TABS)[number];

/** What of an open account stands in the address: the part shown. */
export const accountSearch = z.object({ tab: z.enum(ACCOUNT_TABS).optional().catch(undefined) });
export type AccountSearch = z.infer<typeof accountSearch>;
