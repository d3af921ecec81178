import { z } from 'zod';
import { id, instant } from './values';

export const historyInput = z.strictObject({
  table: z.enum(['customers', 'premises', 'supply_points', 'supplies', 'contracts', 'meters', 'readings']),
  id,
  /** The smallest event id already shown. */
  before: id.nullish(),
});

/** Field → [before, after]; a redacted value is a `sha256:` digest. */
export const historyEvent = z.object({
  id,
  at: instant,
  login: z.string(),
  displayName: z.string().nullable(),
  table: z.string(),
  rowId: z.string(),
  op: z.enum(['insert', 'update', 'delete', 'bulk']),
  reason: z.string().nullable(),
  changes: z.record(z.string(), z.tuple([z.string().nullable(), z.string().nullable()])),
});
export type HistoryEvent = z.infer<typeof historyEvent>;
export const historyPage = z.object({ events: z.array(historyEvent), more: z.boolean() });
