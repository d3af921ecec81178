import { z } from 'zod';
import { id, instant, line, requestId } from './values';

/** The kinds this release knows words for; another one is shown by its key. */
export const APPROVAL_KINDS = ['account.delete', 'staff.create', 'staff.reset_password', 'staff.change_group'] as const;
export const APPROVAL_STATES = ['open', 'approved', 'executed', 'rejected', 'void'] as const;
export const VOID_REASONS = ['changed', 'withdrawn', 'expired'] as const;
/** Why somebody may not decide; the first two mean: this person never, the others: not now. */
export const OBSTACLES = [
  'not_decider',
  'own_request',
  'own_subject',
  'decider_fresh',
  'requester_left',
  'requester_fresh',
] as const;

/** A request for an act that takes two persons, as a row of the inbox. */
export const approvalRow = z.object({
  id,
  kind: z.string(),
  /** `<table>:<id>`; of a person to be made, the number the row will bear. */
  subject: z.string(),
  /** What it is called; null where the person may not know, or once it has been erased. */
  label: z.string().nullable(),
  requestedBy: z.string(),
  requestedByName: z.string(),
  requestedAt: instant,
  reason: z.string(),
  expiresAt: instant,
  state: z.enum(APPROVAL_STATES),
  voidReason: z.enum(VOID_REASONS).nullable(),
  decidedBy: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: instant.nullable(),
  note: z.string().nullable(),
  executedAt: instant.nullable(),
  /** Open, and among those the person asking can decide. */
  waiting: z.boolean(),
});
export type ApprovalRow = z.infer<typeof approvalRow>;
export const approvalPage = z.object({ rows: z.array(approvalRow), nextCursor: z.string().nullable() });

/** Counts and words by the kind's own keys. */
const impact = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type Impact = z.infer<typeof impact>;
const obstacle = z.object({ why: z.enum(OBSTACLES), until: instant.optional() });
export type Obstacle = z.infer<typeof obstacle>;

/** One request with what it would touch: as it was when asked, and as it is now while it is open. */
export const approval = approvalRow.extend({
  impact,
  impactNow: impact.nullable(),
  /** The subject is another than it was when this was asked for: deciding makes it void. Null once settled. */
  changed: z.boolean().nullable(),
  cannotApprove: obstacle.nullable(),
  cannotReject: obstacle.nullable(),
});
export type Approval = z.infer<typeof approval>;
export const approvalInput = z.strictObject({ id });

export const decideInput = z
  .strictObject({ id, requestId, approve: z.boolean(), note: line(1000).nullable() })
  .refine(({ approve, note }) => approve || (note ?? '').length >= 5, { path: ['note'], message: 'INVALID_INPUT' });
export const withdrawInput = z.strictObject({ id, requestId });
/** `done` is false where somebody was quicker, or where the request had become void: what it is now stands beside. */
export const decided = z.object({
  done: z.boolean(),
  state: z.enum(APPROVAL_STATES),
  voidReason: z.enum(VOID_REASONS).nullable(),
  decidedBy: z.string().nullable(),
});
export type Decided = z.infer<typeof decided>;

/** What waits for the person asking, what this person asked for, and who was made or reset in the last seven days. */
export const approvalCounters = z.object({ waiting: z.int(), mine: z.int(), freshStaff: z.int().nullable() });
