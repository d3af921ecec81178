import { z } from 'zod';
import { MARK_KINDS } from '../domain/legalization';
import { CASE_KINDS, CASE_STEPS, OBSTACLES } from '../domain/meter-cases';
import { cubicMetres, day, id, instant, line, requestId } from './values';

export const CASE_STATES = ['open', 'done', 'cancelled'] as const;
/** What a case waits for, or how it ended: as `ibok.meter_case_stage` says. */
export const CASE_STAGES = [...CASE_STEPS, 'done', 'cancelled'] as const;
export const SUB_METER_ROLES = ['sub', 'deduction'] as const;
export const EXPERTISE_RESULTS = ['meets', 'fails'] as const;
export const COST_SIDES = ['customer', 'utility'] as const;

/** A case as a row of the list. */
export const meterCaseRow = z.object({
  id,
  /** S-000012 */
  number: z.string(),
  kind: z.enum(CASE_KINDS),
  state: z.enum(CASE_STATES),
  stage: z.enum(CASE_STAGES),
  openedOn: day,
  customerId: id,
  customerNo: z.string(),
  customerName: z.string(),
  pointId: id,
  pointCode: z.string(),
  premiseId: id,
  address: z.string(),
  meterId: id.nullable(),
  factoryNo: z.string().nullable(),
  role: z.enum(SUB_METER_ROLES).nullable(),
  /** The open order the case waits for, with its day. */
  orderId: id.nullable(),
  orderDay: day.nullable(),
  /** Until when the customer is to be answered; working days left, negative past it, null once answered. */
  answerDueOn: day.nullable(),
  daysLeft: z.int().nullable(),
  overdue: z.boolean(),
});
export type MeterCaseRow = z.infer<typeof meterCaseRow>;
export const meterCasePage = z.object({ rows: z.array(meterCaseRow), nextCursor: z.string().nullable() });

const obstacle = z.enum(OBSTACLES).nullable();

/** A step of the case: `by` is who said so, `obstacle` why it cannot be done yet. */
export const caseStep = z.object({
  step: z.enum(CASE_STEPS),
  state: z.enum(['done', 'now', 'later']),
  on: day.nullable(),
  byName: z.string().nullable(),
  obstacle,
});
export type CaseStepRow = z.infer<typeof caseStep>;

export const meterCaseRecord = meterCaseRow.extend({
  recordedByName: z.string(),
  recordedAt: instant,
  closedByName: z.string().nullable(),
  closedAt: instant.nullable(),
  closingReason: z.string().nullable(),
  note: z.string().nullable(),
  steps: z.array(caseStep),
  /** Sub-meter. */
  place: z.string().nullable(),
  placeAgreedOn: day.nullable(),
  acceptedOn: day.nullable(),
  sealedOn: day.nullable(),
  /** The accepted sub-meter is built in now. */
  stands: z.boolean(),
  seals: z.array(z.string()),
  /** Grosze; `feeByRule` is what today's rule asks for. */
  feeAmount: z.int().nullable(),
  feeByRule: z.int(),
  feePaidOn: day.nullable(),
  annexNo: z.string().nullable(),
  annexOn: day.nullable(),
  activatedOn: day.nullable(),
  /** Expertise. */
  removalId: id.nullable(),
  removedOn: day.nullable(),
  office: z.string().nullable(),
  sentOn: day.nullable(),
  certificateNo: z.string().nullable(),
  certificateOn: day.nullable(),
  result: z.enum(EXPERTISE_RESULTS).nullable(),
  demandedBy: z.enum(COST_SIDES).nullable(),
  costSide: z.enum(COST_SIDES).nullable(),
  answeredOn: day.nullable(),
  orderAssigneeName: z.string().nullable(),
  /** Where the disputed meter is built in now; null once it is out. */
  disputedInstallationId: id.nullable(),
  documents: z.array(z.object({ id, title: z.string() })),
  today: day,
  /** What the person may do; null, or why not. */
  abilities: z.object({
    agreePlace: obstacle,
    order: obstacle,
    accept: obstacle,
    recordFee: obstacle,
    recordAnnex: obstacle,
    activate: obstacle,
    send: obstacle,
    recordCertificate: obstacle,
    answer: obstacle,
    cancel: obstacle,
    edit: obstacle,
  }),
});
export type MeterCaseRecord = z.infer<typeof meterCaseRecord>;
export type CaseAct = keyof MeterCaseRecord['abilities'];

export const meterCaseInput = z.strictObject({ id });
export const meterCaseId = z.object({ id });

export const casesOfMeterInput = z.strictObject({ meterId: id });
/** Cases of a meter, newest first; `place` is where an expertise of it would belong, null where nobody is supplied. */
export const casesOfMeter = z.object({
  cases: z.array(meterCaseRow),
  place: z
    .object({
      factoryNo: z.string(),
      pointId: id,
      pointCode: z.string(),
      customerId: id,
      customerNo: z.string(),
      customerName: z.string(),
    })
    .nullable(),
});
export type CasesOfMeter = z.infer<typeof casesOfMeter>;

const note = line(1000).nullable();
const filled = (max: number) => line(max).refine((text) => text.length > 0, { message: 'INVALID_INPUT' });

export const openSubMeterInput = z.strictObject({
  requestId,
  customerId: id,
  pointId: id,
  role: z.enum(SUB_METER_ROLES),
  openedOn: day,
  note,
});
export const openExpertiseInput = z.strictObject({
  requestId,
  customerId: id,
  pointId: id,
  meterId: id,
  openedOn: day,
  /** Bears the cost when the meter meets its requirements. */
  demandedBy: z.enum(COST_SIDES),
  note,
});
export const openedCase = z.object({ id, number: z.string() });

export const agreePlaceInput = z.strictObject({ id, requestId, place: filled(200), on: day });
/** Each may be left open; `assignee` is a login. */
export const orderCaseInput = z.strictObject({
  id,
  requestId,
  dueOn: day.nullable(),
  day: day.nullable(),
  assignee: line(40).nullable(),
  note,
});
export const orderedCase = z.object({ id, orderId: id, already: z.boolean() });

export const CASE_SEAL_KINDS = ['plastic', 'lead', 'wire', 'sticker'] as const;
export const CASE_SEAL_PLACES = ['counter', 'coupling', 'module'] as const;

/** The meter built in, with what the technician saw and put on; `mark` where the registry does not know one that is valid. */
export const acceptSubMeterInput = z.strictObject({
  id,
  requestId,
  meterId: id,
  openingValue: cubicMetres,
  doneOn: day,
  /** Login of the technician whose hands did it. */
  doneBy: line(40),
  seals: z
    .array(z.strictObject({ sealNo: filled(40), kind: z.enum(CASE_SEAL_KINDS), place: z.enum(CASE_SEAL_PLACES) }))
    .min(1)
    .max(6),
  mark: z.strictObject({ kind: z.enum(MARK_KINDS), raw: filled(16) }).nullable(),
});
export const acceptedSubMeter = z.object({ id, exchangeId: id, installationId: id });

/** Grosze; null is what the rule says. */
export const recordFeeInput = z.strictObject({
  id,
  requestId,
  amount: z.int().min(0).max(10_000_000).nullable(),
  paidOn: day,
});
export const recordAnnexInput = z.strictObject({ id, requestId, no: filled(40), on: day, documentId: id });
export const caseDayInput = z.strictObject({ id, requestId, on: day });
export const sendInput = z.strictObject({ id, requestId, office: filled(200), on: day });
export const recordCertificateInput = z.strictObject({
  id,
  requestId,
  no: filled(40),
  on: day,
  result: z.enum(EXPERTISE_RESULTS),
});
export const recordedCertificate = z.object({ id, costSide: z.enum(COST_SIDES), answerDueOn: day });
export const cancelCaseInput = z.strictObject({ id, requestId, reason: line(200) });

export const editCaseInput = z.strictObject({
  id,
  requestId,
  changes: z.partialRecord(z.enum(['note']), z.strictObject({ from: note, to: note })),
});
const sides = z.object({ mine: z.string().nullable(), theirs: z.string().nullable(), original: z.string().nullable() });
export const editedCase = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved') }),
  z.object({ status: z.literal('conflict'), fields: z.partialRecord(z.enum(['note']), sides) }),
]);
