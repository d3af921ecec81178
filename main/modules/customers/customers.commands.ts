import {
  CONTACT_FIELDS,
  type ContactField,
  type EditContactInput,
  type EditContactResult,
} from '../../../shared/contract/customers';
import type { ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { planned } from '../../db/statements';

const COLUMN: Record<ContactField, string> = {
  phone: 'phone',
  phoneAlt: 'phone_alt',
  email: 'email',
  emailAlt: 'email_alt',
  postalStreet: 'postal_street',
  postalHouseNo: 'postal_house_no',
  postalFlatNo: 'postal_flat_no',
  postalCode: 'postal_code',
  postalCity: 'postal_city',
  preferredContact: 'preferred_contact',
  officeNote: 'office_note',
};
const FIELD = Object.fromEntries(CONTACT_FIELDS.map((field) => [COLUMN[field], field])) as Record<string, ContactField>;

const EDIT_CONTACT = planned('select api.edit_contact($1::bigint, $2::jsonb, $3::uuid) as answer');

interface Sides {
  mine: string | null;
  theirs: string | null;
  original: string | null;
}
type Answer = { status: 'saved'; changed: string[] } | { status: 'conflict'; fields: Record<string, Sides> };

/**
 * Edits contact data field by field: what only one side changed merges, the same field changed by both comes back as
 * a conflict and nothing is stored. The same request id is the same act, however often it is sent.
 * Throws NOT_FOUND, INVALID_PHONE, INVALID_EMAIL, INVALID_POSTAL_CODE, INVALID_TEXT, REQUEST_ID_REUSED.
 */
export async function editContact(ctx: WriteContext, input: EditContactInput): Promise<EditContactResult> {
  const changes = Object.fromEntries(
    CONTACT_FIELDS.flatMap((field) => {
      const change = input.changes[field];
      return change ? [[COLUMN[field], [change.from, change.to]]] : [];
    }),
  );
  if (Object.keys(changes).length === 0) throw new AppError('INVALID_INPUT', { field: 'changes' });
  const [row] = await ctx.db.rows<{ answer: Answer }>(EDIT_CONTACT, [
    input.id,
    JSON.stringify(changes),
    input.requestId,
  ]);
  if (!row) throw new AppError('NOT_FOUND');
  const { answer } = row;
  if (answer.status === 'saved') return { status: 'saved', changed: answer.changed.map(fieldOf) };
  return {
    status: 'conflict',
    fields: Object.fromEntries(Object.entries(answer.fields).map(([column, sides]) => [fieldOf(column), sides])),
  };
}

function fieldOf(column: string): ContactField {
  const field = FIELD[column];
  if (!field) throw new Error('the database answered with a column that is no contact field');
  return field;
}

/** Shows a PESEL or bank account in full; the reason goes into the read log. Throws NOT_FOUND. */
export async function revealField(
  ctx: ReadContext,
  input: { id: string; field: 'pesel' | 'bank_account'; reason: string },
): Promise<{ value: string }> {
  const [row] = await ctx.db.rows<{ value: string | null }>('select api.reveal($1::bigint, $2, $3) as value', [
    input.id,
    input.field,
    input.reason,
  ]);
  if (!row?.value) throw new AppError('NOT_FOUND');
  return { value: row.value };
}
