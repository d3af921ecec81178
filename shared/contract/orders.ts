import { z } from 'zod';
import { cubicMetres, day, id, instant, line, requestId } from './values';

/** What a technician is sent out for. Acceptances and expertises come with their cases. */
export const ORDER_KINDS = ['exchange', 'control_reading', 'sub_meter_acceptance', 'expertise', 'other'] as const;
/** What people and the planner make. */
export const MADE_ORDER_KINDS = ['exchange', 'control_reading', 'other'] as const;
export const ORDER_STATES = ['open', 'done', 'failed', 'cancelled'] as const;
export const ORDER_RESULTS = ['done', 'no_access', 'refused', 'not_found', 'not_possible', 'other'] as const;

const kind = z.enum(ORDER_KINDS);
export type OrderKind = z.infer<typeof kind>;
const result = z.enum(ORDER_RESULTS);
export type OrderResult = z.infer<typeof result>;
/** A staff login. */
const login = line(40);
const note = line(1000);

/** A row of the list of orders. Days are the office's; `resultValue` is m³ read on the spot. */
export const orderRow = z.object({
  id,
  kind,
  state: z.enum(ORDER_STATES),
  result: result.nullable(),
  resultNote: z.string().nullable(),
  resultValue: cubicMetres.nullable(),
  note: z.string().nullable(),
  day: day.nullable(),
  dueOn: day.nullable(),
  /** Open, and its term has passed. */
  overdue: z.boolean(),
  assignee: z.string().nullable(),
  assigneeName: z.string().nullable(),
  meterId: id.nullable(),
  factoryNo: z.string().nullable(),
  pointId: id,
  pointCode: z.string(),
  premiseId: id,
  address: z.string(),
  route: z.string().nullable(),
  caseId: id.nullable(),
  exchangeId: id.nullable(),
  madeAt: instant,
  madeByName: z.string(),
  closedOn: day.nullable(),
  closedBy: z.string().nullable(),
  closedByName: z.string().nullable(),
});
export type OrderRow = z.infer<typeof orderRow>;
export const orderPage = z.object({ rows: z.array(orderRow), nextCursor: z.string().nullable() });

/** An order as one stands before it: with the place, the meter, and the reading before. */
export const orderRecord = orderRow.extend({
  city: z.string(),
  street: z.string().nullable(),
  houseNo: z.string(),
  flatNo: z.string().nullable(),
  /** Where the meter hangs: cellar, chamber, garden. */
  place: z.string().nullable(),
  radioId: z.string().nullable(),
  /** Black digits of the register. */
  digits: z.int().nullable(),
  dn: z.int().nullable(),
  /** The last reading that counts, with what the register showed when it was built in as the first. */
  previous: z.object({ value: cubicMetres, on: day }).nullable(),
});
export type OrderRecord = z.infer<typeof orderRecord>;
export const orderInput = z.strictObject({ id });

/** The orders of a meter, newest first. */
export const meterOrdersInput = z.strictObject({ meterId: id });
export const meterOrders = z.object({ orders: z.array(orderRow) });

/** Whose day; without `assignee` the person's own. */
export const deskInput = z.strictObject({ day: day.nullable(), assignee: login.nullable() });
/** Why an order stands on the desk of that day: planned for it, or open from a day before, or without a day. */
export const DESK_PARTS = ['day', 'late', 'unplanned'] as const;
export const deskOrder = orderRecord.extend({ part: z.enum(DESK_PARTS) });
export type DeskOrder = z.infer<typeof deskOrder>;
/** In the order of the round: by part, route, place, street and natural house number. `more`: there are more than travel. */
export const desk = z.object({
  today: day,
  day,
  assignee: z.string(),
  assigneeName: z.string().nullable(),
  orders: z.array(deskOrder),
  more: z.boolean(),
});
export type Desk = z.infer<typeof desk>;
/** The most orders a desk shows. */
export const DESK_MOST = 300;

export const makeOrderInput = z
  .strictObject({
    requestId,
    kind: z.enum(MADE_ORDER_KINDS),
    meterId: id.nullable(),
    pointId: id.nullable(),
    dueOn: day.nullable(),
    day: day.nullable(),
    assignee: login.nullable(),
    note: note.nullable(),
  })
  .refine(({ meterId, pointId }) => (meterId === null) !== (pointId === null), { message: 'INVALID_INPUT' });
/** `already`: an open order of this meter and kind was there, and stays as it is. */
export const madeOrder = z.object({ id, already: z.boolean() });

export const ORDER_FIELDS = ['assignee', 'day', 'dueOn', 'note'] as const;
export type OrderField = (typeof ORDER_FIELDS)[number];
export const assignOrderInput = z.strictObject({
  id,
  requestId,
  /** Only the fields the person changed: the value the form started from, and the wanted one. */
  changes: z.partialRecord(z.enum(ORDER_FIELDS), z.strictObject({ from: note.nullable(), to: note.nullable() })),
});
export const assignOrderResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved') }),
  z.object({
    status: z.literal('conflict'),
    fields: z.record(
      z.string(),
      z.object({ mine: z.string().nullable(), theirs: z.string().nullable(), original: z.string().nullable() }),
    ),
  }),
]);

export const closeOrderInput = z.strictObject({
  id,
  requestId,
  result,
  on: day,
  /** Whole m³, as many digits as the register has; a control reading needs it. */
  value: cubicMetres.nullable(),
  note: note.nullable(),
});
export const orderMoveInput = z.strictObject({ id, requestId });
export const cancelOrderInput = z.strictObject({
  id,
  requestId,
  reason: note.refine((text) => text.length > 0, { message: 'INVALID_INPUT' }),
});
export const movedOrder = z.object({ id, state: z.enum(ORDER_STATES) });
