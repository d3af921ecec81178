import { z } from 'zod';
import { id, instant, line, requestId } from './values';

export const DATA_CHANGE_STATUSES = ['open', 'accepted', 'partly', 'rejected'] as const;
export const dataChangeStatus = z.enum(DATA_CHANGE_STATUSES);
export type DataChangeStatus = z.infer<typeof dataChangeStatus>;

/** Contact data a customer may ask to have changed; the keys are columns of `ibok.customers` in camelCase. */
export const DATA_CHANGE_FIELDS = [
  'phone',
  'phoneAlt',
  'email',
  'emailAlt',
  'postalStreet',
  'postalHouseNo',
  'postalFlatNo',
  'postalCode',
  'postalCity',
] as const;
export const dataChangeField = z.enum(DATA_CHANGE_FIELDS);
export type DataChangeField = z.infer<typeof dataChangeField>;

/** A request as the list shows it: who asks for whom, and what became of it. The values stand in the request alone. */
export const dataChangeRow = z.object({
  id,
  accountId: id,
  /** Login of the account; null once it is deleted. */
  login: z.string().nullable(),
  customerId: id,
  customerNo: z.string(),
  customerName: z.string(),
  requestedAt: instant,
  status: dataChangeStatus,
  decidedAt: instant.nullable(),
  decidedByName: z.string().nullable(),
});
export type DataChangeRow = z.infer<typeof dataChangeRow>;
export const dataChangePage = z.object({ rows: z.array(dataChangeRow), nextCursor: z.string().nullable() });
export const dataChangesOfAccount = z.object({ requests: z.array(dataChangeRow) });

/** One field: as it was when the customer asked, as it is wanted, and as the record has it now. */
export const wantedField = z.object({
  field: dataChangeField,
  old: z.string().nullable(),
  new: z.string().nullable(),
  now: z.string().nullable(),
});
export type WantedField = z.infer<typeof wantedField>;

export const dataChange = dataChangeRow.extend({
  fields: z.array(wantedField),
  accepted: z.array(dataChangeField),
  note: z.string().nullable(),
});
export type DataChange = z.infer<typeof dataChange>;

export const dataChangeId = z.strictObject({ id });
export const decideDataChangeInput = z.strictObject({
  id,
  requestId,
  /** The fields that are taken, each with the value the clerk saw in the record; all others are refused. */
  accepted: z.partialRecord(dataChangeField, line(200).nullable()),
  /** Demanded when a field is refused: the customer reads it in the portal. */
  note: line(1000).nullable(),
});
/** `conflict`: the record changed since the clerk looked; nothing was stored. */
export const decidedDataChange = z.discriminatedUnion('status', [
  z.object({ status: z.literal('decided'), outcome: z.enum(['accepted', 'partly', 'rejected']) }),
  z.object({
    status: z.literal('conflict'),
    fields: z.partialRecord(
      dataChangeField,
      z.object({ original: z.string().nullable(), theirs: z.string().nullable(), mine: z.string().nullable() }),
    ),
  }),
]);
export type DecidedDataChange = z.infer<typeof decidedDataChange>;
