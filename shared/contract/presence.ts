import { z } from 'zod';
import { instant } from './values';

/** What somebody has open: a record (`customers:12`) as its table names it. */
export const presentRecord = z.string().regex(/^[a-z_]{1,40}:[1-9][0-9]{0,18}$/);

/** Who gives no sign of life for this long is no longer shown; a window says so again at least every third of it. */
export const PRESENCE_LIFE_SECONDS = 45;

export const touchPresenceInput = z.strictObject({ record: presentRecord, editing: z.boolean() });
export const leavePresenceInput = z.strictObject({ record: presentRecord });
/** Without a record: everything that is open anywhere, for marks in lists. */
export const listPresenceInput = z.strictObject({ record: presentRecord.optional() });

export const presence = z.object({
  record: presentRecord,
  login: z.string(),
  displayName: z.string().nullable(),
  editing: z.boolean(),
  seenAt: instant,
  /** Whether it is the person asking, at this or another window. */
  own: z.boolean(),
});
export type Presence = z.infer<typeof presence>;
export const presenceList = z.object({ present: z.array(presence) });
