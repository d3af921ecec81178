import { z } from 'zod';

export const PREMISE_TABS = ['points', 'history'] as const;
export type PremiseTab = (typeof PREMISE_TABS)[number];

/** What of an open premise stands in the address: the part shown. */
export const premiseSearch = z.object({ tab: z.enum(PREMISE_TABS).optional().catch(undefined) });
export type PremiseSearch = z.infer<typeof premiseSearch>;
