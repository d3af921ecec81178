import { z } from 'zod';
import { day, id, instant } from './values';

export const historyInput = z.strictObject({
  table: z.enum([
    'customers',
    'premises',
    'supply_points',
    'supplies',
    'contracts',
    'meters',
    'readings',
    'follow_ups',
    'registrations',
    'accounts',
    'deletion_requests',
    'meter_cases',
    'exchanges',
    'service_orders',
    'rule_values',
    'regulation_versions',
    'holidays',
    'approvals',
  ]),
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

/** One act in the journal: who did what to which record. The values stand apart, for the data protection officer. */
export const journalRow = z.object({
  id,
  at: instant,
  login: z.string(),
  displayName: z.string().nullable(),
  application: z.string(),
  table: z.string(),
  rowId: z.string(),
  op: z.enum(['insert', 'update', 'delete', 'bulk']),
  reason: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
});
export type JournalRow = z.infer<typeof journalRow>;
export const journalPage = z.object({ rows: z.array(journalRow), nextCursor: z.string().nullable() });

/** What one act changed; null where this person may not see values. */
export const journalValues = z.object({
  subject: z.string().nullable(),
  changes: historyEvent.shape.changes.nullable(),
});

/** One look at personal data. */
export const readRow = z.object({
  id,
  at: instant,
  login: z.string(),
  displayName: z.string().nullable(),
  application: z.string(),
  customerId: id.nullable(),
  customerNo: z.string().nullable(),
  purpose: z.string(),
  fields: z.string(),
  /** Rows of an export; null for everything else. */
  rowCount: z.int().nullable(),
});
export type ReadRow = z.infer<typeof readRow>;
export const readPage = z.object({ rows: z.array(readRow), nextCursor: z.string().nullable() });

/** Acts per person and day: for an overview, not for measuring people (security.md, P3). */
export const activityInput = z.strictObject({ from: day, to: day });
export const activity = z.object({
  days: z.array(z.object({ day, login: z.string(), displayName: z.string().nullable(), acts: z.int() })),
});

/** What the seals say. `firstBad` names the first fault; values of erased persons cannot be checked any more. */
export const verifiedChain = z.object({
  ok: z.boolean(),
  seals: z.int(),
  events: z.int(),
  unsealed: z.int(),
  head: z.string().nullable(),
  firstBad: z
    .object({
      problem: z.enum([
        'chain_broken',
        'event_missing',
        'event_added',
        'event_changed',
        'values_missing',
        'values_changed',
      ]),
      event: id.nullable(),
      firstEvent: id.nullable(),
      lastEvent: id.nullable(),
    })
    .nullable(),
  seconds: z.number(),
});
export type VerifiedChain = z.infer<typeof verifiedChain>;

export const anchor = z.object({
  day,
  lastEvent: id,
  events: z.int(),
  head: z.string(),
  anchoredAt: instant,
  storedAt: instant.nullable(),
  mailedAt: instant.nullable(),
});
export const anchorList = z.object({ anchors: z.array(anchor) });

/** An anchor as it was kept outside: the two values that its file and its mail carry. */
export const checkAnchorInput = z.strictObject({ lastEvent: id, head: z.string().regex(/^[0-9a-f]{64}$/) });
export const checkedAnchor = z.object({
  problem: z.enum(['unknown_event', 'head_differs']).nullable(),
  day: day.nullable(),
});
