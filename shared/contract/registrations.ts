import { z } from 'zod';
import { day, id, instant, line, requestId } from './values';

export const CHANNELS = ['web', 'paper', 'post', 'email'] as const;
/** What a clerk records; the portal alone brings `web`. */
export const RECORDED_CHANNELS = ['paper', 'post', 'email'] as const;
export const RELATIONS = ['holder', 'manager', 'proxy'] as const;
export const REGISTRATION_STATES = ['new', 'incomplete', 'approved', 'rejected'] as const;
export const IDENTITY_METHODS = ['invoice', 'pesel', 'nip'] as const;
export const REJECTION_REASONS = [
  'not_a_customer',
  'identity_not_confirmed',
  'no_proxy_document',
  'missing_clauses',
  'duplicate',
  'withdrawn',
  'other',
] as const;

const state = z.enum(REGISTRATION_STATES);
const channel = z.enum(CHANNELS);
const relation = z.enum(RELATIONS);

/**
 * What an application lacks, as `ibok.registration_missing` names it: `clause:<key>`, `regulations`, `email`, `customer`,
 * `customer_deceased`, `identity`, `proxy_document`, `original`.
 */
const missing = z.array(z.string());

/** A row of the queue. `daysLeft` counts working days to `dueTo`, 0 on that day, negative behind it. */
export const registrationRow = z.object({
  id,
  number: z.string(),
  name: z.string(),
  channel,
  receivedOn: day,
  dueFrom: day,
  dueTo: day,
  daysLeft: z.int(),
  overdue: z.boolean(),
  status: state,
  relation,
  customerId: id.nullable(),
  customerNo: z.string().nullable(),
  customerName: z.string().nullable(),
  missing,
});
export type RegistrationRow = z.infer<typeof registrationRow>;
export const registrationPage = z.object({ rows: z.array(registrationRow), nextCursor: z.string().nullable() });

/** What stands on an application; an empty field is null. `invoiceGross` is grosze as text. */
const applicant = {
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  street: z.string().nullable(),
  houseNo: z.string().nullable(),
  flatNo: z.string().nullable(),
  postalCode: z.string().nullable(),
  city: z.string().nullable(),
  customerNoGiven: z.string().nullable(),
  invoiceNoGiven: z.string().nullable(),
  invoiceGrossGiven: z.string().nullable(),
  originalPlace: z.string().nullable(),
  note: z.string().nullable(),
};

const clause = z.object({ key: z.string(), title: z.string(), mandatory: z.boolean(), given: z.boolean() });

/** Another application or account that may be the same person's, and by what. */
const duplicate = z.object({
  kind: z.enum(['registration', 'account']),
  id,
  label: z.string(),
  status: z.string(),
  reasons: z.array(z.enum(['email', 'customer', 'name'])),
});
export type RegistrationDuplicate = z.infer<typeof duplicate>;

export const registrationRecord = z.object({
  id,
  number: z.string(),
  name: z.string(),
  channel,
  receivedOn: day,
  recordedAt: instant,
  recordedByName: z.string(),
  dueFrom: day,
  dueTo: day,
  daysLeft: z.int(),
  overdue: z.boolean(),
  status: state,
  relation,
  ...applicant,
  regulationVersionId: id.nullable(),
  regulationLabel: z.string().nullable(),
  /** Those of the day it was received, in their order. */
  clauses: z.array(clause),
  identity: z.object({ method: z.enum(IDENTITY_METHODS), by: z.string(), byName: z.string(), at: instant }).nullable(),
  proxyDocumentId: id.nullable(),
  decided: z.object({ byName: z.string(), at: instant }).nullable(),
  rejectionReason: z.enum(REJECTION_REASONS).nullable(),
  account: z.object({ id, login: z.string().nullable() }).nullable(),
  missing,
  /** The customer the applicant was found to mean; what identity can be checked by, as yes or no. */
  customer: z
    .object({
      id,
      customerNo: z.string(),
      kind: z.enum(['person', 'company']),
      name: z.string(),
      deceased: z.boolean(),
      hasPesel: z.boolean(),
      hasNip: z.boolean(),
      hasInvoices: z.boolean(),
    })
    .nullable(),
  duplicates: z.array(duplicate),
  /** The login an account would get. */
  login: z.string().nullable(),
});
export type RegistrationRecord = z.infer<typeof registrationRecord>;

/** What the form for a new application is filled in by: texts and days of today. */
export const registrationForm = z.object({
  today: day,
  clauses: z.array(z.object({ key: z.string(), title: z.string(), mandatory: z.boolean() })),
  versions: z.array(z.object({ id, label: z.string(), effectiveOn: day })),
  /** Days off from a year ago to a month ahead, for the preview of the term. */
  daysOff: z.array(day),
  dueFromDays: z.int(),
  dueToDays: z.int(),
});
export type RegistrationForm = z.infer<typeof registrationForm>;

export const REGISTRATION_FIELDS = [
  'receivedOn',
  'firstName',
  'lastName',
  'email',
  'phone',
  'street',
  'houseNo',
  'flatNo',
  'postalCode',
  'city',
  'relation',
  'customerNoGiven',
  'invoiceNoGiven',
  'invoiceGrossGiven',
  'regulationVersionId',
  'clauses',
  'originalPlace',
  'note',
] as const;
export type RegistrationField = (typeof REGISTRATION_FIELDS)[number];

/** Fields as text, an empty one null; `clauses` are keys in order, parted by spaces. */
const field = line(1000).nullable();

export const createRegistrationInput = z.strictObject({
  requestId,
  channel: z.enum(RECORDED_CHANNELS),
  fields: z.partialRecord(z.enum(REGISTRATION_FIELDS), field),
});
export type CreateRegistrationInput = z.infer<typeof createRegistrationInput>;
export const createdRegistration = z.object({ id, number: z.string(), dueFrom: day, dueTo: day, missing });

export const editRegistrationInput = z.strictObject({
  id,
  requestId,
  changes: z.partialRecord(z.enum(REGISTRATION_FIELDS), z.strictObject({ from: field, to: field })),
});
export const editRegistrationResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved') }),
  z.object({
    status: z.literal('conflict'),
    fields: z.partialRecord(
      z.enum(REGISTRATION_FIELDS),
      z.object({ mine: z.string().nullable(), theirs: z.string().nullable(), original: z.string().nullable() }),
    ),
  }),
]);

/** PESEL and NIP are compared and forgotten: they are neither stored nor written to any log. */
export const checkIdentityInput = z.strictObject({
  id,
  requestId,
  customerNo: line(40).refine((text) => text.length > 0, { message: 'INVALID_INPUT' }),
  values: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('invoice'), invoiceNo: line(40), grossGrosze: z.int() }),
    z.strictObject({ method: z.literal('pesel'), pesel: line(20) }),
    z.strictObject({ method: z.literal('nip'), nip: line(20) }),
  ]),
});
export type CheckIdentityInput = z.infer<typeof checkIdentityInput>;
export const IDENTITY_OUTCOMES = ['confirmed', 'mismatch', 'data_missing', 'limited'] as const;
/** `taskId`: the task that `data_missing` made, null where one stands already. */
export const checkedIdentity = z.object({ outcome: z.enum(IDENTITY_OUTCOMES), taskId: id.nullable() });

export const registrationDocumentInput = z.strictObject({ id, documentId: id.nullable(), requestId });
export const approveRegistrationInput = z.strictObject({
  id,
  requestId,
  /** null takes the proposal. */
  login: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{2,62}[a-z0-9]$/, { message: 'INVALID_LOGIN' })
    .nullable(),
});
export const approvedRegistration = z.object({ accountId: id, login: z.string().nullable() });
export const rejectRegistrationInput = z.strictObject({
  id,
  requestId,
  reason: z.enum(REJECTION_REASONS),
  note: line(500).nullable(),
});
export const rejectedRegistration = z.object({ notice: z.enum(['mail', 'letter']) });
export const registrationInput = z.strictObject({ id });
export const registrationId = z.object({ id });

/** Applications not decided, by working days left; `soon` is within two, up to and with `soonTo`. */
export const registrationCounters = z.object({
  open: z.int(),
  overdue: z.int(),
  today: z.int(),
  soon: z.int(),
  later: z.int(),
  /** The office's day. */
  asOf: day,
  soonTo: day,
});
export type RegistrationCounters = z.infer<typeof registrationCounters>;
