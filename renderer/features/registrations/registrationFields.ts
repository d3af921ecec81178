import type { RegistrationField } from '../../../shared/contract/registrations';
import { REGISTRATION_FIELDS, type RegistrationRecord } from '../../../shared/contract/registrations';
import type { FieldChanges, Stored, Typed } from '../../ui/comparedForm';
import { groszeOf, typedAmount } from './amount';

/** A new application before anything is typed. */
export function emptyFields(more: Partial<Stored<RegistrationField>>): Stored<RegistrationField> {
  const empty = Object.fromEntries(REGISTRATION_FIELDS.map((field) => [field, null])) as Record<
    RegistrationField,
    null
  >;
  return { ...empty, ...more };
}

/** A stored application as its form has it: clauses as keys in order, the amount as one types it. */
export function fieldsOf(record: RegistrationRecord): Stored<RegistrationField> {
  const given = record.clauses.filter((clause) => clause.given).map(({ key }) => key);
  return {
    receivedOn: record.receivedOn,
    firstName: record.firstName,
    lastName: record.lastName,
    email: record.email,
    phone: record.phone,
    street: record.street,
    houseNo: record.houseNo,
    flatNo: record.flatNo,
    postalCode: record.postalCode,
    city: record.city,
    relation: record.relation,
    customerNoGiven: record.customerNoGiven,
    invoiceNoGiven: record.invoiceNoGiven,
    invoiceGrossGiven: record.invoiceGrossGiven && typedAmount(record.invoiceGrossGiven),
    regulationVersionId: record.regulationVersionId,
    clauses: clauseKeys(given) || null,
    originalPlace: record.originalPlace,
    note: record.note,
  };
}

/** Keys as the database compares them: in order, parted by spaces. */
export function clauseKeys(keys: readonly string[]): string {
  return keys.toSorted().join(' ');
}

/** A field's value as it is sent. */
export function sentValue(field: RegistrationField, value: string | null): string | null {
  return field === 'invoiceGrossGiven' && value !== null ? groszeOf(value) : value;
}

export function sentChanges(changes: FieldChanges<RegistrationField>): FieldChanges<RegistrationField> {
  const sent: FieldChanges<RegistrationField> = {};
  for (const [field, change] of Object.entries(changes) as [
    RegistrationField,
    { from: string | null; to: string | null },
  ][]) {
    sent[field] = { from: sentValue(field, change.from), to: sentValue(field, change.to) };
  }
  return sent;
}

type Fault = 'missing' | 'wrongEmail' | 'wrongAmount';
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;

/** What is wrong with what was typed; the database has the last word. */
export function faultsOf(typed: Typed<RegistrationField>): Partial<Record<RegistrationField, Fault>> {
  const faults: Partial<Record<RegistrationField, Fault>> = {};
  for (const field of ['receivedOn', 'firstName', 'lastName', 'relation'] as const) {
    if (typed[field].trim() === '') faults[field] = 'missing';
  }
  if (typed.email.trim() !== '' && !EMAIL.test(typed.email.trim())) faults.email = 'wrongEmail';
  if (typed.invoiceGrossGiven.trim() !== '' && groszeOf(typed.invoiceGrossGiven) === null) {
    faults.invoiceGrossGiven = 'wrongAmount';
  }
  return faults;
}
