import { z } from 'zod';
import { day, id, instant, line, requestId } from './values';

/** Who may set it: a deadline the administrator, a threshold also supervisors, retention also the data protection officer. */
export const RULE_KINDS = ['deadline', 'threshold', 'retention'] as const;
export const RULE_UNITS = [
  'working_days',
  'days',
  'hours',
  'months',
  'years',
  'count',
  'factor',
  'cubic_metres',
] as const;

/** A decimal number as text: no floats on the way. */
const decimal = z.string().regex(/^[0-9]{1,9}(\.[0-9]{1,3})?$/);

export const ruleValue = z.object({
  id,
  value: decimal,
  validFrom: day,
  validTo: day.nullable(),
  source: z.string(),
  approvedBy: z.string(),
  /** Name of the person; null for the value an office started with. */
  approvedByName: z.string().nullable(),
});
export type RuleValue = z.infer<typeof ruleValue>;

export const rule = z.object({
  key: z.string(),
  kind: z.enum(RULE_KINDS),
  unit: z.enum(RULE_UNITS),
  least: decimal,
  most: decimal,
  decimals: z.int(),
  /** Newest first: planned, present, past. */
  values: z.array(ruleValue),
  /** What holds today, by its id; null when nothing does. */
  presentId: id.nullable(),
  maySet: z.boolean(),
});
export type Rule = z.infer<typeof rule>;
export const ruleList = z.object({ today: day, rules: z.array(rule) });

const text = (max: number) => line(max).refine((value) => value.length > 0, { message: 'INVALID_INPUT' });

export const setRuleInput = z.strictObject({
  requestId,
  key: z.string().regex(/^[a-z][a-z_.]{2,60}$/),
  value: decimal,
  /** From today on; the day of the newest value corrects that one and needs a reason. */
  validFrom: day,
  source: text(200),
  reason: line(200).nullable(),
  /** Id of the newest value the person saw; null when there was none. */
  expected: id.nullable(),
});
export const ruleValueId = z.object({ id });
export const withdrawRuleInput = z.strictObject({ requestId, id, reason: text(200) });

export const holiday = z.object({
  id,
  day,
  name: z.string(),
  source: z.string(),
  statutory: z.boolean(),
  recordedByName: z.string().nullable(),
  recordedAt: instant,
});
export type Holiday = z.infer<typeof holiday>;
export const holidaysInput = z.strictObject({ year: z.int().min(2018).max(2100) });
export const holidayList = z.object({ today: day, holidays: z.array(holiday) });
export const addHolidayInput = z.strictObject({ requestId, day, name: text(100), source: text(200) });
export const removeHolidayInput = z.strictObject({ requestId, id, reason: text(200) });
