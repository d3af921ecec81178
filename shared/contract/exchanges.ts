import { z } from 'zod';
import { MARK_KINDS } from '../domain/legalization';
import { cubicMetres, day, id, instant, line, requestId } from './values';

export const EXCHANGE_KINDS = ['exchange', 'installation', 'removal'] as const;
export type ExchangeKind = (typeof EXCHANGE_KINDS)[number];
export const EXCHANGE_REASONS = [
  'legalization',
  'damage',
  'frost',
  'expertise',
  'request',
  'theft',
  'new_point',
  'supply_ended',
  'other',
] as const;
export type ExchangeReason = (typeof EXCHANGE_REASONS)[number];
export const SEAL_KINDS = ['plastic', 'lead', 'wire', 'sticker'] as const;
export const SEAL_PLACES = ['counter', 'coupling', 'module'] as const;
const ROLES = ['main', 'sub', 'deduction'] as const;

/** m³ as a mechanical register shows them: black digits alone. How many it has, the database knows. */
const register = z.string().regex(/^[0-9]{1,9}$/);
const note = z.string().max(2000);

export const seal = z.strictObject({
  sealNo: line(40).pipe(z.string().min(1)),
  kind: z.enum(SEAL_KINDS),
  place: z.enum(SEAL_PLACES),
});
export type Seal = z.infer<typeof seal>;

const common = {
  requestId,
  pointId: id,
  doneOn: day,
  reason: z.enum(EXCHANGE_REASONS),
  note: note.nullable(),
  /** Login of the one whose hands did it. */
  doneBy: line(40),
  /** Staged uploads, pictures alone. */
  photos: z.array(z.uuid()).max(9),
  orderId: id.nullable(),
};
const out = { oldInstallationId: id, finalValue: register, finalRollover: z.boolean() };
const into = {
  newMeterId: id,
  openingValue: register,
  /** Its register was repaired or replaced since it last hung, so that it shows less; the note says why. */
  openingReset: z.boolean().optional(),
  place: line(120).nullable(),
  seals: z.array(seal).max(10),
  /** What stands on the new meter, where the registry does not know it yet. */
  mark: z.strictObject({ kind: z.enum(MARK_KINDS), raw: line(20) }).nullable(),
};

/** One act at a supply point. Role and parent are named by a first installation; an exchange has those of the old meter. */
export const recordExchangeInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exchange'), ...common, ...out, ...into }),
  z.strictObject({
    kind: z.literal('installation'),
    ...common,
    ...into,
    role: z.enum(ROLES),
    parentInstallationId: id.nullable(),
  }),
  z.strictObject({ kind: z.literal('removal'), ...common, ...out }),
]);
export type RecordExchangeInput = z.infer<typeof recordExchangeInput>;

/** `already`: a colleague was quicker, and this is what they did. `used`: m³ since the last reading of the old meter. */
export const recordedExchange = z.object({
  id,
  kind: z.enum(EXCHANGE_KINDS),
  already: z.boolean(),
  used: cubicMetres.nullable(),
});

export const reverseExchangeInput = z.strictObject({ id, reason: line(500).pipe(z.string().min(5)), requestId });

/** What the act begins from: a meter that hangs, a place, a meter, an order, or a case. */
export const startExchangeInput = z.strictObject({
  installation: id.optional(),
  point: id.optional(),
  meter: id.optional(),
  order: id.optional(),
  case: id.optional(),
  /** A meter chosen before its place. */
  fresh: id.optional(),
});

/** A meter that hangs at the place, with all that is checked of it. */
export const hungMeter = z.object({
  installationId: id,
  meterId: id,
  factoryNo: z.string(),
  radioId: z.string().nullable(),
  type: z.string(),
  dn: z.int(),
  digits: z.int(),
  role: z.enum(ROLES),
  place: z.string().nullable(),
  installedOn: day,
  validUntil: day.nullable(),
  last: z.object({ value: cubicMetres, readOn: day, kind: z.string() }),
  perDay: cubicMetres.nullable(),
  seals: z.array(z.object({ sealNo: z.string(), kind: z.enum(SEAL_KINDS), place: z.enum(SEAL_PLACES) })),
  /** Meters behind it, which will hang behind the new one. */
  children: z.int(),
});
export type HungMeter = z.infer<typeof hungMeter>;

export const exchangePlace = z.object({
  pointId: id,
  pointCode: z.string(),
  premiseId: id,
  address: z.string(),
  route: z.string().nullable(),
  customerNo: z.string().nullable(),
  customerName: z.string().nullable(),
  hung: z.array(hungMeter),
});
export type ExchangePlace = z.infer<typeof exchangePlace>;

/** A meter to put in, as a scanner or the registry found it. */
export const newMeter = z.object({
  meterId: id,
  factoryNo: z.string(),
  radioId: z.string().nullable(),
  type: z.string(),
  dn: z.int(),
  digits: z.int(),
  ownerKind: z.enum(['utility', 'customer']),
  status: z.enum(['in_stock', 'installed', 'removed', 'scrapped', 'lost']),
  stockPlace: z.string().nullable(),
  validUntil: day.nullable(),
  lastFinal: cubicMetres.nullable(),
});
export type FoundMeter = z.infer<typeof newMeter>;

export const startedExchange = z.object({
  today: day,
  place: exchangePlace.nullable(),
  /** Which of the place's meters is meant; null where none is. */
  installationId: id.nullable(),
  /** A meter that is to be put in. */
  fresh: newMeter.nullable(),
  orderId: id.nullable(),
  /** Who can have done it. */
  technicians: z.array(z.object({ login: z.string(), name: z.string() })),
});
export type StartedExchange = z.infer<typeof startedExchange>;

export const findInput = z.strictObject({ text: line(80).pipe(z.string().min(1)) });
/** Places that fit the words, the likeliest first; `hint` is the meter found there. */
export const foundPlaces = z.object({
  places: z.array(
    z.object({
      pointId: id,
      pointCode: z.string(),
      address: z.string(),
      installationId: id.nullable(),
      meterId: id.nullable(),
      factoryNo: z.string().nullable(),
      role: z.enum(ROLES).nullable(),
    }),
  ),
});
export type FoundPlace = z.infer<typeof foundPlaces>['places'][number];
export const foundMeters = z.object({ meters: z.array(newMeter) });

/** A line of the list of acts. */
export const exchangeRow = z.object({
  id,
  kind: z.enum(EXCHANGE_KINDS),
  doneOn: day,
  pointCode: z.string(),
  premiseId: id,
  address: z.string(),
  route: z.string().nullable(),
  oldMeterId: id.nullable(),
  oldFactoryNo: z.string().nullable(),
  newMeterId: id.nullable(),
  newFactoryNo: z.string().nullable(),
  /** m³ since the last reading of the old meter. */
  used: cubicMetres.nullable(),
  reason: z.enum(EXCHANGE_REASONS),
  doneByName: z.string(),
  reversed: z.boolean(),
});
export type ExchangeRow = z.infer<typeof exchangeRow>;
export const exchangePage = z.object({ rows: z.array(exchangeRow), nextCursor: z.string().nullable() });

/** One side of an act as it is kept. */
const side = z.object({
  installationId: id,
  meterId: id,
  factoryNo: z.string(),
  type: z.string(),
  dn: z.int(),
  role: z.enum(ROLES),
  place: z.string().nullable(),
  installedOn: day,
  opening: cubicMetres,
  final: cubicMetres.nullable(),
  mark: z.string().nullable(),
  validUntil: day.nullable(),
});
export type ExchangeSide = z.infer<typeof side>;
const sealLine = z.object({ sealNo: z.string(), kind: z.enum(SEAL_KINDS), place: z.enum(SEAL_PLACES) });

export const exchangeRecord = exchangeRow.extend({
  note: z.string().nullable(),
  recordedAt: instant,
  recordedByName: z.string(),
  customerId: id.nullable(),
  customerNo: z.string().nullable(),
  customerName: z.string().nullable(),
  old: side.nullable(),
  new: side.nullable(),
  previous: z.object({ value: cubicMetres, readOn: day }).nullable(),
  sealsOff: z.array(sealLine),
  sealsOn: z.array(sealLine),
  orderId: id.nullable(),
  reversedAt: instant.nullable(),
  reversedByName: z.string().nullable(),
  reversalReason: z.string().nullable(),
  /** Why it cannot be taken back (any more), as `ibok.reversal_obstacle` names it; null when it can. */
  obstacle: z.enum(['reversed', 'fetched', 'later_act', 'old_gone', 'case']).nullable(),
});
export type ExchangeRecord = z.infer<typeof exchangeRecord>;
