import { z } from 'zod';
import { cubicMetres, day, id, instant, line, requestId } from './values';

/** Why a search hit was found: shown beside it. */
export const hitReason = z.enum([
  'customerNo',
  'name',
  'address',
  'nameAddress',
  'similarName',
  'meterId',
  'factoryNo',
  'radioId',
  'phone',
  'email',
  'nip',
  'login',
]);

export const searchInput = z.strictObject({ text: line(100) });

/** One hit: what it is, its two lines on screen, and the reason. `title` and `subtitle` are data, not sentences. */
export const searchHit = z.object({
  kind: z.enum(['customer', 'premise', 'meter', 'account']),
  id,
  title: z.string(),
  subtitle: z.string(),
  reason: hitReason,
});
export type SearchHit = z.infer<typeof searchHit>;
export const searchResult = z.object({ hits: z.array(searchHit) });

export const customerKind = z.enum(['person', 'company']);

/** How the customer wishes to be reached. */
export const PREFERRED_CONTACTS = ['phone', 'email', 'letter', 'visit'] as const;
const preferredContact = z.enum(PREFERRED_CONTACTS);

export const customerRow = z.object({
  id,
  customerNo: z.string(),
  kind: customerKind,
  displayName: z.string(),
  address: z.string(),
  city: z.string(),
  postalCode: z.string(),
  pointCount: z.int(),
  /** Day of the first supply. */
  customerSince: day.nullable(),
  preferredContact: preferredContact.nullable(),
  officeNote: z.string().nullable(),
  vip: z.boolean(),
  deceased: z.boolean(),
});
export type CustomerRow = z.infer<typeof customerRow>;
export const customerPage = z.object({ rows: z.array(customerRow), nextCursor: z.string().nullable() });

/**
 * What the office itself keeps of a customer: contact data, the wished way of contact and a note for colleagues. The
 * keys are the columns of `ibok.customers` in camelCase. The last two also stand in the list and are edited there.
 */
export const CONTACT_FIELDS = [
  'phone',
  'phoneAlt',
  'email',
  'emailAlt',
  'postalStreet',
  'postalHouseNo',
  'postalFlatNo',
  'postalCode',
  'postalCity',
  'preferredContact',
  'officeNote',
] as const;
export const contactField = z.enum(CONTACT_FIELDS);
export type ContactField = z.infer<typeof contactField>;
const contact = z.record(contactField, z.string().nullable());
export type Contact = z.infer<typeof contact>;

/** Why a card is opened; goes into the read log (GDPR). */
export const cardPurpose = z.enum(['phone_call', 'visit', 'letter', 'email', 'ticket', 'check', 'other']);

export const cardInput = z.strictObject({ id, purpose: cardPurpose.default('phone_call') });

/** What one may do with this record, and the reason why not. */
const ability = z.object({ allowed: z.boolean(), reason: z.enum(['role']).nullable() });

export const customerCard = z.object({
  id,
  customerNo: z.string(),
  kind: customerKind,
  displayName: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  companyName: z.string(),
  nip: z.string().nullable(),
  regon: z.string().nullable(),
  peselMasked: z.string().nullable(),
  bankAccountMasked: z.string().nullable(),
  contact,
  deceasedOn: day.nullable(),
  vip: z.boolean(),
  legalHold: z.boolean(),
  sourceUpdatedAt: instant.nullable(),
  updatedAt: instant,
  abilities: z.object({ editContact: ability, reveal: ability }),
});
export type CustomerCard = z.infer<typeof customerCard>;

export const revealInput = z.strictObject({
  id,
  field: z.enum(['pesel', 'bank_account']),
  reason: line(200).refine((text) => text.length >= 5, { message: 'INVALID_INPUT' }),
});
export const revealed = z.object({ value: z.string() });

export const editContactInput = z.strictObject({
  id,
  requestId,
  /** Only the fields the person changed: the value the form started from, and the wanted one. */
  changes: z.partialRecord(contactField, z.strictObject({ from: line().nullable(), to: line().nullable() })),
});
export type EditContactInput = z.infer<typeof editContactInput>;

/** `conflict`: somebody else changed the same field meanwhile; nothing was stored. */
export const editContactResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved'), changed: z.array(contactField) }),
  z.object({
    status: z.literal('conflict'),
    fields: z.partialRecord(
      contactField,
      z.object({ mine: z.string().nullable(), theirs: z.string().nullable(), original: z.string().nullable() }),
    ),
  }),
]);
export type EditContactResult = z.infer<typeof editContactResult>;

/** A meter as built in at a point. */
export const installation = z.object({
  id,
  meterId: id,
  factoryNo: z.string(),
  radioId: z.string().nullable(),
  maker: z.string(),
  model: z.string(),
  dn: z.int(),
  q3: z.string(),
  role: z.enum(['main', 'sub', 'deduction']),
  installedOn: day,
  removedOn: day.nullable(),
  lastReadOn: day.nullable(),
  lastValue: cubicMetres.nullable(),
  /** Last day of the meter's legalization in force, null where none is known; and whether it is legal today. */
  legalUntil: day.nullable(),
  legal: z.boolean(),
});
export type Installation = z.infer<typeof installation>;

/** A supply point of a customer with everything ever built in there. */
export const supplyPoint = z.object({
  id,
  code: z.string(),
  place: z.string().nullable(),
  status: z.enum(['active', 'inactive']),
  premiseId: id,
  address: z.string(),
  postalCode: z.string(),
  route: z.string().nullable(),
  contractNo: z.string().nullable(),
  validFrom: day,
  validTo: day.nullable(),
  installations: z.array(installation),
});
export type SupplyPoint = z.infer<typeof supplyPoint>;
export const customerPoints = z.object({ points: z.array(supplyPoint) });

/** A premise with its points, who was supplied when, and the meters there now. */
export const premiseRecord = z.object({
  id,
  address: z.string(),
  postalCode: z.string(),
  district: z.string().nullable(),
  route: z.string().nullable(),
  points: z.array(
    z.object({
      id,
      code: z.string(),
      place: z.string().nullable(),
      status: z.enum(['active', 'inactive']),
      supplies: z.array(
        z.object({
          customerId: id,
          customerNo: z.string(),
          displayName: z.string(),
          validFrom: day,
          validTo: day.nullable(),
        }),
      ),
      installations: z.array(installation),
    }),
  ),
});
export type PremiseRecord = z.infer<typeof premiseRecord>;
export const byId = z.strictObject({ id });
