import { z } from 'zod';

export const METER_TABS = ['data', 'legalization', 'point', 'events', 'documents', 'history'] as const;
export type MeterTab = (typeof METER_TABS)[number];

/** What of an open meter stands in the address: the part shown. */
export const meterSearch = z.object({ tab: z.enum(METER_TABS).optional().catch(undefined) });
export type MeterSearch = z.infer<typeof meterSearch>;
