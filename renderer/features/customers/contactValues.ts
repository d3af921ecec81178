import { z } from 'zod';
import {
  CONTACT_FIELDS,
  type Contact,
  type ContactField,
  type EditContactInput,
  type EditContactResult,
  PREFERRED_CONTACTS,
} from '../../../shared/contract/customers';
import { line } from '../../../shared/contract/values';
import { PHONE_FORM } from '../../../shared/domain/phone';

/** What stands in the form's fields: text, empty for no value. */
export type ContactValues = Record<ContactField, string>;
export type ContactChanges = EditContactInput['changes'];
export type ContactConflict = Extract<EditContactResult, { status: 'conflict' }>['fields'];

const NOTHING_OR = (pattern: RegExp, code: string, max: number) =>
  line(max).refine((text) => text === '' || pattern.test(text), { message: code });

const phone = NOTHING_OR(PHONE_FORM, 'INVALID_PHONE', 24);
const email = NOTHING_OR(
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/,
  'INVALID_EMAIL',
  200,
);

/**
 * The form's rules: the contract's text rules and the forms of the database's domains (`ibok.phone`, `ibok.email`,
 * `ibok.postal_code`), so that a slip is shown in place. Messages are error codes. The database decides.
 */
export const contactForm = z.object({
  phone,
  phoneAlt: phone,
  email,
  emailAlt: email,
  postalStreet: line(),
  postalHouseNo: line(),
  postalFlatNo: line(),
  postalCode: NOTHING_OR(/^[0-9]{2}-[0-9]{3}$/, 'INVALID_POSTAL_CODE', 6),
  postalCity: line(),
  preferredContact: z.enum(['', ...PREFERRED_CONTACTS], { message: 'INVALID_INPUT' }),
  officeNote: line(),
} satisfies Record<ContactField, z.ZodType>);

/** The form's start: stored values, null shown as an empty field. */
export function toValues(contact: Contact): ContactValues {
  return fill((field) => contact[field] ?? '');
}

/** What the person changed: the value the form started from and the wanted one, as the contract sends it. */
export function changesOf(base: Contact, values: ContactValues): ContactChanges {
  const changes: ContactChanges = {};
  for (const field of CONTACT_FIELDS) {
    const to = stored(values[field]);
    if (to !== base[field]) changes[field] = { from: base[field], to };
  }
  return changes;
}

/** Whether the form still holds everything that `changes` asked for. */
export function stillWanted(changes: ContactChanges, values: ContactValues): boolean {
  return CONTACT_FIELDS.every((field) => !changes[field] || changes[field].to === stored(values[field]));
}

/** The form after somebody else saved: new base, new values, and the fields in which the other's value came in. */
export interface Merged {
  base: Contact;
  values: ContactValues;
  taken: ContactField[];
}

/**
 * Takes in what others stored meanwhile. Fields this person has not touched follow the record; touched ones keep
 * text and base, so that saving meets the other's value and asks.
 */
export function mergeFresh(base: Contact, values: ContactValues, fresh: Contact): Merged {
  const taken: ContactField[] = [];
  const nextBase = { ...base };
  const nextValues = { ...values };
  for (const field of CONTACT_FIELDS) {
    const mine = stored(values[field]);
    if (mine === fresh[field]) {
      nextBase[field] = fresh[field];
    } else if (mine === base[field]) {
      nextBase[field] = fresh[field];
      nextValues[field] = fresh[field] ?? '';
      taken.push(field);
    }
  }
  return { base: nextBase, values: nextValues, taken };
}

/** The form after the person chose between two values: every contested field now starts from the other's value. */
export function resolveConflict(
  base: Contact,
  values: ContactValues,
  conflict: ContactConflict,
  chosen: Partial<Record<ContactField, string | null>>,
): { base: Contact; values: ContactValues } {
  const nextBase = { ...base };
  const nextValues = { ...values };
  for (const field of CONTACT_FIELDS) {
    const sides = conflict[field];
    if (!sides) continue;
    nextBase[field] = sides.theirs;
    nextValues[field] = (field in chosen ? chosen[field] : sides.mine) ?? '';
  }
  return { base: nextBase, values: nextValues };
}

function stored(text: string): string | null {
  const clean = text.normalize('NFC').trim();
  return clean === '' ? null : clean;
}

function fill(value: (field: ContactField) => string): ContactValues {
  return Object.fromEntries(CONTACT_FIELDS.map((field) => [field, value(field)])) as ContactValues;
}
