import { z } from 'zod';

export const CARD_TABS = ['data', 'accounts', 'points', 'readings', 'documents', 'history'] as const;
export type CardTab = (typeof CARD_TABS)[number];

/** What of an open card stands in the address: the part shown, and whether contact data are being edited. */
export const cardSearch = z.object({
  tab: z.enum(CARD_TABS).optional().catch(undefined),
  edit: z.literal(true).optional().catch(undefined),
});
export type CardSearch = z.infer<typeof cardSearch>;
