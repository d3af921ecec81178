import { z } from 'zod';
import { accountStatus } from './accounts';
import { APPROVAL_STATES, VOID_REASONS } from './approvals';
import { day, id, instant, line, requestId } from './values';

/** How a request came; the first three from the holder, the last two from what happened to holder or contract. */
export const ASKED_VIA = ['portal', 'letter', 'in_person', 'contract_end', 'death'] as const;
export type AskedVia = (typeof ASKED_VIA)[number];

/** The ways a clerk takes a request; the others come by themselves. */
export const TAKEN_VIA = ['letter', 'in_person'] as const;

export const IDENTITY_METHODS = [
  'portal',
  'signature',
  'identity_card',
  'pesel',
  'nip',
  'death_notice',
  'contract',
] as const;
export type IdentityMethod = (typeof IDENTITY_METHODS)[number];

/** How it may be made sure that the right person asks, by the way the request came; the database asks the same. */
export const IDENTITY_BY_WAY: Readonly<Record<AskedVia, readonly IdentityMethod[]>> = {
  portal: ['portal'],
  letter: ['signature', 'pesel', 'nip'],
  in_person: ['identity_card', 'pesel', 'nip'],
  contract_end: ['contract'],
  death: ['death_notice'],
};

export const DELETION_STATUSES = ['open', 'forwarded', 'approved', 'rejected', 'withdrawn', 'executed'] as const;
export const OPEN_DELETION = ['open', 'forwarded', 'approved'] as const;
export type DeletionStatus = (typeof DELETION_STATUSES)[number];

/** A request as a row of the list. The login is gone once the account is erased. */
export const deletionRow = z.object({
  id,
  /** As the person was told: U-000012. */
  number: z.string(),
  accountId: id,
  login: z.string().nullable(),
  /** Numbers of the customers whose data the account saw. */
  customers: z.array(z.string()),
  askedVia: z.enum(ASKED_VIA),
  askedOn: day,
  dueOn: day,
  /** Working days until the day it is due, negative past it; null once it is closed. */
  daysLeft: z.int().nullable(),
  overdue: z.boolean(),
  status: z.enum(DELETION_STATUSES),
  /** A legal hold of a customer stops it today. */
  held: z.boolean(),
  recordedByName: z.string(),
  forwardedByName: z.string().nullable(),
  closedAt: instant.nullable(),
});
export type DeletionRow = z.infer<typeof deletionRow>;
export const deletionPage = z.object({ rows: z.array(deletionRow), nextCursor: z.string().nullable() });

/**
 * One part of what an account consists of: what happens to it, how much there is, and what keeps it until when. A kept
 * part without a day is kept while the contract runs. `days` says it year by year where that differs.
 */
export const erasurePart = z.object({
  part: z.string(),
  action: z.enum(['delete', 'clear', 'keep']),
  basis: z.string().nullable(),
  count: z.int(),
  until: day.nullish(),
  days: z.array(z.object({ until: day, count: z.int() })).optional(),
});
export type ErasurePart = z.infer<typeof erasurePart>;

export const legalHold = z.object({
  customerId: id,
  customerNo: z.string(),
  reason: z.string(),
  from: day,
  to: day.nullable(),
});

/** What a deletion would touch now, what law keeps, and what stops it. */
export const erasurePreview = z.object({ parts: z.array(erasurePart), holds: z.array(legalHold), dueOn: day });
export type ErasurePreview = z.infer<typeof erasurePreview>;
export const previewInput = z.strictObject({ accountId: id });

/** Why an act cannot be done now: the person's role, or the state of the request. */
const obstacle = z.enum(['role', ...DELETION_STATUSES]).nullable();

export const deletionRecord = deletionRow.extend({
  accountStatus,
  recordedAt: instant,
  note: z.string().nullable(),
  identityMethod: z.enum(IDENTITY_METHODS).nullable(),
  identityCheckedByName: z.string().nullable(),
  identityCheckedAt: instant.nullable(),
  forwardedAt: instant.nullable(),
  /** The last approval asked for; of one that became void, why. */
  approval: z
    .object({
      id,
      state: z.enum(APPROVAL_STATES),
      voidReason: z.enum(VOID_REASONS).nullable(),
      requestedByName: z.string(),
      requestedAt: instant,
      decidedByName: z.string().nullable(),
      decidedAt: instant.nullable(),
      note: z.string().nullable(),
      /** Counts by part when approval was asked for. */
      impact: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  /** As planned now; of an executed deletion, as it was done. */
  parts: z.array(erasurePart),
  holds: z.array(legalHold),
  executedAt: instant.nullable(),
  /** Until when the record of an executed deletion itself is kept. */
  keptUntil: day.nullable(),
  /** The mails about this request, oldest first. */
  mails: z.array(
    z.object({
      template: z.enum(['deletion.received', 'deletion.rejected', 'deletion.done']),
      state: z.enum(['new', 'held', 'sending', 'sent', 'unsure', 'failed', 'cancelled']),
      at: instant,
    }),
  ),
  abilities: z.object({ forward: obstacle, withdraw: obstacle }),
});
export type DeletionRecord = z.infer<typeof deletionRecord>;
export const deletionId = z.strictObject({ id });

const note = line(1000).nullable();
export const requestDeletionInput = z.strictObject({
  requestId,
  accountId: id,
  askedVia: z.enum(TAKEN_VIA),
  /** The day it came. */
  askedOn: day,
  identityMethod: z.enum(IDENTITY_METHODS),
  note,
});
export const forwardDeletionInput = z.strictObject({ requestId, id, identityMethod: z.enum(IDENTITY_METHODS), note });
export const withdrawDeletionInput = z.strictObject({
  requestId,
  id,
  note: line(1000).refine((text) => text.length >= 5, { message: 'INVALID_INPUT' }),
});
/** The request; its approval where one was asked for. */
export const deletionAct = z.object({ id, approvalId: id.optional() });
