import { z } from 'zod';

export const JOURNAL_TABS = ['events', 'reads', 'activity', 'seals'] as const;

/** What of the journal stands in the address: its tab; filters may name a person and stay in memory. */
export const journalSearch = z.object({ tab: z.enum(JOURNAL_TABS).optional().catch(undefined) });
export type JournalSearch = z.infer<typeof journalSearch>;
