import { z } from 'zod';
import { ERROR_CODES } from '../errors';
import { documentVersion } from './documents';
import { selection } from './lists';
import { day, id, instant, requestId } from './values';

/** The most meters one run may be about. */
export const MAX_LETTER_ROWS = 5_000;

/** On paper for all, or by mail to whoever has an address and on paper to the others. */
export const LETTER_CHANNELS = ['letter', 'mail_first'] as const;
const channel = z.enum(LETTER_CHANNELS);
export const LETTER_RUN_STATES = ['running', 'interrupted', 'done', 'cancelled', 'failed'] as const;
const state = z.enum(LETTER_RUN_STATES);

/** Why there is no letter about a meter. */
export const LETTER_REFUSALS = [
  'NOT_INSTALLED',
  'NOT_A_SUB_METER',
  'NOBODY_SUPPLIED',
  'CUSTOMER_DECEASED',
  'NO_LEGALIZATION',
  'ALREADY_NOTIFIED',
  'IN_OTHER_RUN',
  'NO_ADDRESS',
  'LETTER_CHARACTER',
] as const;
const refusal = z.enum(LETTER_REFUSALS);

/** `again`: also about those whose customer was told of the same end of legalization before. */
export const planRunInput = z.strictObject({ selection, channel, again: z.boolean() });
export type PlanRunInput = z.infer<typeof planRunInput>;
/** What a run would come to now; `refused` by reason. */
export const runPlan = z.object({
  letters: z.int(),
  mails: z.int(),
  refused: z.partialRecord(refusal, z.int()),
});
export type RunPlan = z.infer<typeof runPlan>;

export const startRunInput = planRunInput.extend({
  requestId,
  /** How many meters the person confirmed; another number now is refused with SELECTION_CHANGED. */
  confirmed: z.int().min(1).max(MAX_LETTER_ROWS),
});
export type StartRunInput = z.infer<typeof startRunInput>;

export const letterRunId = z.strictObject({ id });

/** A run in its list. `sentOn` is when its paper letters were posted, as somebody said. */
export const letterRunRow = z.object({
  id,
  channel,
  state,
  total: z.int(),
  made: z.int(),
  mailed: z.int(),
  refused: z.int(),
  startedAt: instant,
  login: z.string(),
  displayName: z.string().nullable(),
  sentOn: day.nullable(),
});
export type LetterRunRow = z.infer<typeof letterRunRow>;
export const letterRunPage = z.object({ rows: z.array(letterRunRow), nextCursor: z.string().nullable() });

/**
 * One run. `toDraw` counts the letters on paper it decided on; `drawn` how many of them this program has drawn, null where
 * another one is at work. An `interrupted` run has made and sent nothing: it can go on or be ended by who `mayAct`.
 */
export const letterRun = letterRunRow.extend({
  finishedAt: instant.nullable(),
  toDraw: z.int(),
  drawn: z.int().nullable(),
  sentByName: z.string().nullable(),
  document: z.object({ id, version: documentVersion }).nullable(),
  mayAct: z.boolean(),
  /** Why it stopped, in this program. */
  error: z.enum(ERROR_CODES).nullable(),
});
export type LetterRun = z.infer<typeof letterRun>;

const outcome = z.enum(['made', 'mailed', 'refused']);
export const runRowsInput = z.strictObject({
  id,
  outcome: outcome.optional(),
  cursor: z.string().max(20).nullish(),
  direction: z.literal('forward').optional(),
});
/** What became of each meter, in the order of the round; `outcome` is null while the run goes on, or when it was ended. */
export const runRow = z.object({
  place: z.int(),
  meterId: id,
  factoryNo: z.string(),
  address: z.string(),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  validUntil: day.nullable(),
  channel: z.enum(['letter', 'mail']).nullable(),
  outcome: outcome.nullable(),
  error: refusal.nullable(),
  /** Of the PDF, from 1. */
  page: z.int().nullable(),
});
export type RunRow = z.infer<typeof runRow>;
export const runRows = z.object({ rows: z.array(runRow), nextCursor: z.string().nullable() });

export const meterNoticesInput = z.strictObject({ meterId: id });
/** What was made and sent about a meter, newest first. `on` is when the message was queued, or the letter posted. */
export const meterNotice = z.object({
  runId: id,
  channel: z.enum(['letter', 'mail']),
  validUntil: day.nullable(),
  madeAt: instant,
  sentOn: day.nullable(),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  page: z.int().nullable(),
});
export type MeterNotice = z.infer<typeof meterNotice>;
export const meterNotices = z.object({ notices: z.array(meterNotice) });

export const markRunInput = z.strictObject({ id, sentOn: day.nullable() });
