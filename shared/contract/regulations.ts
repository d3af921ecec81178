import { z } from 'zod';
import { day, id, instant, line, requestId } from './values';

/** A version of the regulations with its PDF and how far the customers know and accept it; numbers of accounts in use. */
const regulationVersion = z.object({
  id,
  label: z.string(),
  effectiveOn: day,
  summary: z.string().nullable(),
  recordedAt: instant,
  recordedByName: z.string().nullable(),
  announcedAt: instant.nullable(),
  announcedByName: z.string().nullable(),
  file: z.object({ versionId: id, fileName: z.string(), size: z.int() }).nullable(),
  inForce: z.boolean(),
  /** Whether it takes effect on its day: announced, or the first. */
  binds: z.boolean(),
  accounts: z.int(),
  accepted: z.int(),
  /** Whose mail was sent, waits, or did not arrive; `left`: not told yet. */
  told: z.int(),
  waiting: z.int(),
  undelivered: z.int(),
  left: z.int(),
});
export type RegulationVersion = z.infer<typeof regulationVersion>;

/** Newest first. `earliest`: the first day that a version announced today may take effect on. */
export const regulationList = z.object({ today: day, earliest: day, versions: z.array(regulationVersion) });
export type RegulationList = z.infer<typeof regulationList>;

export const stageRegulationsInput = z.strictObject({ slot: z.string().min(1).max(100) });
export const stagedRegulations = z.object({ upload: z.uuid(), fileName: z.string(), size: z.int() });

const filled = (max: number) => line(max).refine((text) => text !== '', { message: 'INVALID_INPUT' });

export const addRegulationsInput = z.strictObject({
  label: filled(120),
  effectiveOn: day,
  /** What changes, as it stands in the mail to the customers; lines are kept. */
  summary: z
    .string()
    .max(4000)
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => text !== '', { message: 'INVALID_INPUT' }),
  upload: z.uuid(),
  requestId,
});
export const moveRegulationsInput = z.strictObject({ id, effectiveOn: day, requestId });
export const regulationsId = z.object({ id });

export const announceRegulationsInput = z.strictObject({ id });
/** Accounts told in this run. */
export const announcedRegulations = z.object({ done: z.int() });

export const regulationAccountsInput = z.strictObject({ id, which: z.enum(['undelivered', 'left', 'missing']) });
export type WhichAccounts = z.infer<typeof regulationAccountsInput>['which'];
/** At most 1,000 by name; `mailId` is what can be sent again. */
export const regulationAccounts = z.object({
  accounts: z.array(
    z.object({
      id,
      login: z.string(),
      name: z.string(),
      status: z.enum(['pending', 'active', 'blocked']),
      mailState: z.enum(['new', 'held', 'sending', 'sent', 'unsure', 'failed', 'cancelled']).nullable(),
      mailId: id.nullable(),
    }),
  ),
});
export type RegulationAccount = z.infer<typeof regulationAccounts>['accounts'][number];

export const openRegulationsInput = z.strictObject({ id });
