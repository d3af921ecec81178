import type { z } from 'zod';
import type {
  approvedRegistration,
  approveRegistrationInput,
  CheckIdentityInput,
  CreateRegistrationInput,
  checkedIdentity,
  createdRegistration,
  editRegistrationInput,
  RegistrationField,
  registrationDocumentInput,
  rejectedRegistration,
  rejectRegistrationInput,
} from '../../../shared/contract/registrations';
import type { WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { type Compared, changesByColumn, comparedByField } from '../../db/compare';

const COLUMNS: Readonly<Record<RegistrationField, string>> = {
  receivedOn: 'received_on',
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  phone: 'phone',
  street: 'street',
  houseNo: 'house_no',
  flatNo: 'flat_no',
  postalCode: 'postal_code',
  city: 'city',
  relation: 'relation',
  customerNoGiven: 'customer_no_given',
  invoiceNoGiven: 'invoice_no_given',
  invoiceGrossGiven: 'invoice_gross_given',
  regulationVersionId: 'regulation_version_id',
  clauses: 'clauses',
  originalPlace: 'original_place',
  note: 'note',
};

async function answerOf<Answer>(ctx: WriteContext, sql: string, bind: unknown[]): Promise<Answer> {
  const [row] = await ctx.db.rows<{ answer: Answer }>(sql, bind);
  if (!row) throw new Error('the database gave no answer');
  return row.answer;
}

/**
 * Records an application from paper, post or e-mail; its term is the server's. Throws INVALID_INPUT, INVALID_EMAIL,
 * INVALID_PHONE, INVALID_POSTAL_CODE, INVALID_TEXT, RECEIVED_ON for a day in the future or over a year ago.
 */
export function createRegistration(ctx: WriteContext, { channel, fields, requestId }: CreateRegistrationInput) {
  const named = Object.entries(fields).map(([field, value]) => [COLUMNS[field as RegistrationField], value]);
  return answerOf<z.infer<typeof createdRegistration>>(
    ctx,
    'select api.create_registration($1::jsonb, $2::uuid) as answer',
    [JSON.stringify({ ...Object.fromEntries(named), channel }), requestId],
  );
}

/** Corrects or completes an open application field by field. Throws as `createRegistration`, NOT_FOUND, REGISTRATION_DECIDED. */
export async function editRegistration(ctx: WriteContext, input: z.infer<typeof editRegistrationInput>) {
  const changes = changesByColumn(COLUMNS, input.changes);
  if (!changes) throw new AppError('INVALID_INPUT', { field: 'changes' });
  const answer = await answerOf<Compared>(
    ctx,
    'select api.edit_registration($1::bigint, $2::jsonb, $3::uuid) as answer',
    [input.id, changes, input.requestId],
  );
  return comparedByField(COLUMNS, answer);
}

/**
 * Compares what the applicant stated with the base. A mismatch is an answer, not an error, and does not say what
 * differs. Throws INVALID_IDENTIFIER for a wrong check digit, NOT_FOUND, REGISTRATION_DECIDED.
 */
export function checkIdentity(ctx: WriteContext, { id, customerNo, values, requestId }: CheckIdentityInput) {
  const { method, ...stated } = values;
  return answerOf<z.infer<typeof checkedIdentity>>(
    ctx,
    'select api.check_identity($1::bigint, $2, $3, $4::jsonb, $5::uuid) as answer',
    [id, customerNo, method, JSON.stringify(stated), requestId],
  );
}

/** Names the document of a proxy or manager, one of the application's own. Throws NOT_FOUND, REGISTRATION_DECIDED. */
export function setRegistrationDocument(ctx: WriteContext, input: z.infer<typeof registrationDocumentInput>) {
  return answerOf<{ id: string }>(
    ctx,
    'select api.set_registration_document($1::bigint, $2::bigint, $3::uuid) as answer',
    [input.id, input.documentId, input.requestId],
  );
}

/**
 * Makes the account and queues the activation mail, in one act. Throws REGISTRATION_INCOMPLETE while something is
 * missing, REGISTRATION_DECIDED when somebody was first, LOGIN_TAKEN.
 */
export function approveRegistration(ctx: WriteContext, input: z.infer<typeof approveRegistrationInput>) {
  return answerOf<z.infer<typeof approvedRegistration>>(
    ctx,
    'select api.approve_registration($1::bigint, $2, $3::uuid) as answer',
    [input.id, input.login, input.requestId],
  );
}

/** Rejects with a reason; tells whether the applicant was written to. Throws INVALID_INPUT, REGISTRATION_DECIDED. */
export function rejectRegistration(ctx: WriteContext, input: z.infer<typeof rejectRegistrationInput>) {
  return answerOf<z.infer<typeof rejectedRegistration>>(
    ctx,
    'select api.reject_registration($1::bigint, $2, $3, $4::uuid) as answer',
    [input.id, input.reason, input.note, input.requestId],
  );
}
