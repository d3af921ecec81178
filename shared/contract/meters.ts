import { z } from 'zod';
import { MARK_KINDS } from '../domain/legalization';
import { cubicMetres, day, id, line, requestId } from './values';

export const OWNER_KINDS = ['utility', 'customer'] as const;
export const METER_STATUSES = ['in_stock', 'installed', 'removed', 'scrapped', 'lost'] as const;
export type MeterStatus = (typeof METER_STATUSES)[number];
const ownerKind = z.enum(OWNER_KINDS);
const status = z.enum(METER_STATUSES);
const role = z.enum(['main', 'sub', 'deduction']);
const markKind = z.enum(MARK_KINDS);

/** What one may do with a meter that is not built in, by where it is now; the database asks again. */
export const MOVES = {
  in_stock: ['scrapped', 'lost'],
  installed: [],
  removed: ['returned', 'scrapped', 'lost'],
  scrapped: ['returned'],
  lost: ['found', 'scrapped'],
} as const satisfies Record<MeterStatus, readonly ('scrapped' | 'lost' | 'found' | 'returned')[]>;
export const MOVE_KINDS = ['scrapped', 'lost', 'found', 'returned'] as const;
export type MoveKind = (typeof MOVE_KINDS)[number];

export const LOSS_REASONS = ['damage', 'mark', 'seal', 'out_of_requirements', 'repair'] as const;

/** Maker, model and size; `q3` in m³/h as decimal text. */
export const meterType = z.object({
  id,
  maker: z.string(),
  model: z.string(),
  dn: z.int(),
  q3: z.string(),
  r: z.int().nullable(),
  digits: z.int(),
});
export type MeterType = z.infer<typeof meterType>;

/** A mark as read, and until when it counts; `conflict`: mark and papers disagree and nobody has decided. */
export const legalization = z.object({
  id,
  markKind,
  rawMark: z.string(),
  readOn: day,
  ruleId: z.string(),
  computedUntil: day,
  statedUntil: day.nullable(),
  overrideUntil: day.nullable(),
  overrideReason: z.string().nullable(),
  overrideBy: z.string().nullable(),
  lostOn: day.nullable(),
  lostReason: z.enum(LOSS_REASONS).nullable(),
  lostNote: z.string().nullable(),
  validUntil: day,
  conflict: z.boolean(),
  source: z.enum(['staff', 'import']),
  recordedBy: z.string(),
  withdrawnBy: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
});
export type Legalization = z.infer<typeof legalization>;

const place = z.object({
  id,
  role,
  pointCode: z.string(),
  premiseId: id,
  address: z.string(),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  installedOn: day,
  removedOn: day.nullable(),
  openingValue: cubicMetres,
  finalValue: cubicMetres.nullable(),
  reason: z.string().nullable(),
  /** Where it hangs at the point. */
  place: z.string().nullable(),
  parentMeterId: id.nullable(),
  parentFactoryNo: z.string().nullable(),
  deductsFrom: day.nullable(),
  /** The installation was taken back: it lasted no day. */
  reversed: z.boolean(),
});

const seal = z.object({
  id,
  sealNo: z.string(),
  kind: z.enum(['plastic', 'lead', 'wire', 'sticker']),
  place: z.enum(['counter', 'coupling', 'module']),
  putOn: day,
  putBy: z.string(),
  removedOn: day.nullable(),
  removedReason: z.enum(['exchange', 'removal', 'damage', 'inspection', 'other']).nullable(),
});

/** A meter of the registry: what it is, every place it was ever built in, its marks and seals, newest first. */
export const meterRecord = meterType.omit({ id: true }).extend({
  id,
  typeId: id,
  factoryNo: z.string(),
  radioId: z.string().nullable(),
  ownerKind,
  status,
  acceptedOn: day.nullable(),
  producedYear: z.int().nullable(),
  stockPlace: z.string().nullable(),
  note: z.string().nullable(),
  today: day,
  /** A legalization that ends until this day is near its end (rule meters.notice_months). */
  soon: day,
  /** Other meters in stock or built in with the same factory number. */
  twins: z.array(z.object({ id, type: z.string(), status, place: z.string().nullable() })),
  legalizations: z.array(legalization),
  seals: z.array(seal),
  installations: z.array(place),
});
export type MeterRecord = z.infer<typeof meterRecord>;

/** Which kinds of events a meter's life is told in. */
export const METER_EVENTS = [
  'accepted',
  'scrapped',
  'lost',
  'found',
  'returned',
  'installed',
  'removed',
  'reversed',
  'marked',
  'markWithdrawn',
  'legalizationLost',
  'sealPut',
  'sealRemoved',
  'orderMade',
  'orderClosed',
  'caseOpened',
  'caseClosed',
  'letter',
] as const;

/** One event: `code` is what the kind's own list of words names (role, mark kind, reason…), `words` what a person wrote. */
export const meterEvent = z.object({
  key: z.string(),
  kind: z.enum(METER_EVENTS),
  day,
  by: z.string().nullable(),
  code: z.string().nullable(),
  words: z.string().nullable(),
  /** m³ of the register. */
  value: cubicMetres.nullable(),
  until: day.nullable(),
  address: z.string().nullable(),
  premiseId: id.nullable(),
  /** The exchange, order, case or run of letters behind it. */
  ref: id.nullable(),
});
export type MeterEvent = z.infer<typeof meterEvent>;
export const meterEvents = z.object({ events: z.array(meterEvent) });

/** Everything ever built in at the point where the meter is, or last was, and who was supplied there. */
export const pointLife = z.object({
  point: z.object({ id, code: z.string(), premiseId: id, address: z.string() }).nullable(),
  meters: z.array(
    z.object({
      installationId: id,
      meterId: id,
      factoryNo: z.string(),
      type: z.string(),
      role,
      place: z.string().nullable(),
      installedOn: day,
      removedOn: day.nullable(),
      openingValue: cubicMetres,
      finalValue: cubicMetres.nullable(),
      reversed: z.boolean(),
    }),
  ),
  supplies: z.array(z.object({ customerId: id, customerName: z.string(), validFrom: day, validTo: day.nullable() })),
});
export type PointLife = z.infer<typeof pointLife>;

/** What the forms of a meter choose from: types, and the dated rules that marks are read by. */
export const meterForm = z.object({
  today: day,
  types: z.array(meterType),
  rules: z.array(
    z.object({
      id: z.string(),
      markKind,
      marksFrom: day,
      marksTo: day.nullable(),
      months: z.int(),
      ends: z.enum(['november_end', 'year_end', 'month_end', 'same_day']),
      aheadMonths: z.int(),
      source: z.string(),
    }),
  ),
});
export type MeterForm = z.infer<typeof meterForm>;

/** A mark as it stands on the meter, and the day the papers say, where they say one. */
export const markInput = z.strictObject({
  kind: markKind,
  raw: line(16).pipe(z.string().min(1)),
  statedUntil: day.nullable(),
});
export type MarkInput = z.infer<typeof markInput>;

const newType = z.strictObject({
  maker: line(80).pipe(z.string().min(1)),
  model: line(80).pipe(z.string().min(1)),
  dn: z.int().min(10).max(500),
  q3: z.string().regex(/^[0-9]{1,4}(\.[0-9]{1,2})?$/),
  r: z.int().min(40).max(1000).nullable(),
  digits: z.int().min(3).max(9),
});

export const addMeterInput = z.strictObject({
  factoryNo: line(40).pipe(z.string().min(1)),
  type: z.union([id, newType]),
  ownerKind,
  acceptedOn: day,
  producedYear: z.int().min(1950).max(2100).nullable(),
  radioId: line(16).nullable(),
  stockPlace: line(100).nullable(),
  note: line(500).nullable(),
  mark: markInput.nullable(),
  requestId,
});
export type AddMeterInput = z.infer<typeof addMeterInput>;

const legalizationAnswer = z.object({ id, validUntil: day, conflict: z.boolean() });
export const addedMeter = z.object({
  id,
  twins: z.array(z.object({ id, factoryNo: z.string(), type: z.string(), status, acceptedOn: day.nullable() })),
  legalization: legalizationAnswer.nullable(),
});
export type AddedMeter = z.infer<typeof addedMeter>;

export const METER_FIELDS = [
  'factoryNo',
  'typeId',
  'ownerKind',
  'acceptedOn',
  'producedYear',
  'radioId',
  'stockPlace',
  'place',
  'note',
] as const;
export type MeterField = (typeof METER_FIELDS)[number];

const fieldText = line(500).nullable();
export const editMeterInput = z.strictObject({
  id,
  changes: z.partialRecord(z.enum(METER_FIELDS), z.strictObject({ from: fieldText, to: fieldText })),
  requestId,
});
const sides = z.object({ original: z.string().nullable(), theirs: z.string().nullable(), mine: z.string().nullable() });
export const editMeterResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved') }),
  z.object({ status: z.literal('conflict'), fields: z.partialRecord(z.enum(METER_FIELDS), sides) }),
]);

export const moveMeterInput = z.strictObject({
  id,
  kind: z.enum(MOVE_KINDS),
  on: day,
  reason: line(200).nullable(),
  place: line(100).nullable(),
  requestId,
});
export const movedMeter = z.object({ status });

export const addLegalizationInput = z.strictObject({ meterId: id, mark: markInput, readOn: day, requestId });
export const legalizationDone = legalizationAnswer;
export const overrideLegalizationInput = z.strictObject({ id, until: day.nullable(), reason: line(200), requestId });
export const legalizationLossInput = z.strictObject({
  id,
  lostOn: day.nullable(),
  why: z.enum(LOSS_REASONS).nullable(),
  note: line(200).nullable(),
  requestId,
});
export const withdrawLegalizationInput = z.strictObject({ id, reason: line(200), requestId });
export const withdrawnLegalization = z.object({ current: legalizationAnswer.nullable() });
