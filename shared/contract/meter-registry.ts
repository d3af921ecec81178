import { z } from 'zod';
import { MARK_KINDS } from '../domain/legalization';
import { METER_STATUSES, OWNER_KINDS } from './meters';
import { day, id } from './values';

export const METER_ROLES = ['main', 'sub', 'deduction'] as const;
export type MeterRole = (typeof METER_ROLES)[number];
export type OwnerKind = (typeof OWNER_KINDS)[number];

/** A month of the plan, `YYYY-MM`. */
export const planMonth = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/);

/** One line of the register: a meter, its legalization in force, where it is built in now and what is under way for it. */
export const meterRow = z.object({
  id,
  factoryNo: z.string(),
  maker: z.string(),
  model: z.string(),
  dn: z.int(),
  /** m³/h as decimal text. */
  q3: z.string(),
  r: z.int().nullable(),
  digits: z.int(),
  ownerKind: z.enum(OWNER_KINDS),
  status: z.enum(METER_STATUSES),
  acceptedOn: day.nullable(),
  producedYear: z.int().nullable(),
  radioId: z.string().nullable(),
  stockPlace: z.string().nullable(),
  /** Another meter in stock or built in bears the same factory number. */
  twin: z.boolean(),
  /** Last day of the legalization in force; null where none is known. */
  validUntil: day.nullable(),
  /** That day is past. */
  expired: z.boolean(),
  markKind: z.enum(MARK_KINDS).nullable(),
  rawMark: z.string().nullable(),
  conflict: z.boolean(),
  lost: z.boolean(),
  builtIn: z.boolean(),
  role: z.enum(METER_ROLES).nullable(),
  parentMeterId: id.nullable(),
  installedOn: day.nullable(),
  place: z.string().nullable(),
  pointCode: z.string().nullable(),
  premiseId: id.nullable(),
  address: z.string().nullable(),
  city: z.string().nullable(),
  street: z.string().nullable(),
  district: z.string().nullable(),
  route: z.string().nullable(),
  sealNos: z.string().nullable(),
  /** The open order of an exchange, for which day and whom. */
  orderId: id.nullable(),
  orderDay: day.nullable(),
  orderFor: z.string().nullable(),
  /** When the last letter about this legalization was sent. */
  letterOn: day.nullable(),
});
export type MeterRow = z.infer<typeof meterRow>;
export const meterPage = z.object({ rows: z.array(meterRow), nextCursor: z.string().nullable() });

/** What the columns of the register are filtered by, where that is a set of the office's own words. */
export const meterChoices = z.object({
  /** In which a meter that is built in ends. */
  months: z.array(planMonth),
  makers: z.array(z.string()),
  models: z.array(z.string()),
  routes: z.array(z.string()),
  cities: z.array(z.string()),
  /** Streets of the places; null is a place without streets, or its part that has none. */
  streets: z.array(z.object({ city: z.string(), street: z.string().nullable() })),
});
export type MeterChoices = z.infer<typeof meterChoices>;

/** What narrows the plan; an empty list narrows nothing. */
export const planScope = z.strictObject({
  roles: z.array(z.enum(METER_ROLES)).max(3),
  owners: z.array(z.enum(OWNER_KINDS)).max(2),
  routes: z.array(z.string().max(200)).max(200),
  /** One street of one place. */
  street: z.strictObject({ city: z.string().max(200), street: z.string().max(200).nullable() }).nullable(),
});
export type PlanScope = z.infer<typeof planScope>;

/** Months that the chart looks ahead, the present one included. */
export const PLAN_MONTHS = 60;

/** How many meters that are built in end when: all of them stand in exactly one of these numbers. */
export const planChart = z.object({
  today: day,
  overdue: z.int(),
  /** From the present month on (what of it is past is overdue), without gaps. */
  months: z.array(z.object({ month: planMonth, count: z.int() })).length(PLAN_MONTHS),
  later: z.int(),
  unknown: z.int(),
  /** Those that end within the months set by the rule `meters.notice_months`. */
  soon: z.int(),
  noticeMonths: z.int(),
});
export type PlanChart = z.infer<typeof planChart>;

/** Which part of the plan is looked at: what is past its day, what has no day, or months from–to. */
export const planPeriod = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('overdue') }),
  z.strictObject({ is: z.literal('unknown') }),
  z.strictObject({ is: z.literal('months'), from: planMonth, to: planMonth }),
]);
export type PlanPeriod = z.infer<typeof planPeriod>;

export const planProgressInput = z.strictObject({ scope: planScope, period: planPeriod });
/** How far the work on a part of the plan has come. */
export const planProgress = z.object({
  /** Built in with a legalization that ends (or ended) then: with an open order of an exchange, and with a letter sent. */
  planned: z.int(),
  written: z.int(),
  /** Taken out within the last twelve months, with a legalization that ends (or ended) then. */
  done: z.int(),
});
export type PlanProgress = z.infer<typeof planProgress>;
