import { describe, expect, it } from 'vitest';
import {
  changesOf,
  contactForm,
  mergeFresh,
  resolveConflict,
  toValues,
} from '../../renderer/features/customers/contactValues';
import { CONTACT_FIELDS, type Contact } from '../../shared/contract/customers';

const EMPTY = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, null])) as Contact;
const STORED: Contact = { ...EMPTY, phone: '600 100 100', email: 'a@example.com' };

describe('what a contact form sends', () => {
  it('is nothing when nothing was changed, also after typing and taking back', () => {
    expect(changesOf(STORED, toValues(STORED))).toEqual({});
    expect(changesOf(STORED, { ...toValues(STORED), phone: ' 600 100 100 ' })).toEqual({});
  });

  it('is only the changed fields, an emptied one as null', () => {
    const values = { ...toValues(STORED), phone: '600 200 200', email: '' };
    expect(changesOf(STORED, values)).toEqual({
      phone: { from: '600 100 100', to: '600 200 200' },
      email: { from: 'a@example.com', to: null },
    });
  });
});

describe('what others store while the form is open', () => {
  const typed = { ...toValues(STORED), phone: '600 200 200' };

  it('comes in where this person has not typed', () => {
    const merged = mergeFresh(STORED, typed, { ...STORED, email: 'b@example.com' });
    expect(merged.taken).toEqual(['email']);
    expect(merged.values).toMatchObject({ email: 'b@example.com', phone: '600 200 200' });
    expect(changesOf(merged.base, merged.values)).toEqual({ phone: { from: '600 100 100', to: '600 200 200' } });
  });

  it('does not touch a typed field, which keeps its base so that saving asks', () => {
    const merged = mergeFresh(STORED, typed, { ...STORED, phone: '600 300 300' });
    expect(merged.taken).toEqual([]);
    expect(changesOf(merged.base, merged.values)).toEqual({ phone: { from: '600 100 100', to: '600 200 200' } });
  });

  it('is no change of mine when both typed the same', () => {
    const merged = mergeFresh(STORED, typed, { ...STORED, phone: '600 200 200' });
    expect(changesOf(merged.base, merged.values)).toEqual({});
  });
});

describe('after a conflict', () => {
  const conflict = { phone: { mine: '600 200 200', theirs: '600 300 300', original: '600 100 100' } };
  const typed = { ...toValues(STORED), phone: '600 200 200', emailAlt: 'c@example.com' };

  it.each([
    ['mine', { phone: { from: '600 300 300', to: '600 200 200' }, emailAlt: { from: null, to: 'c@example.com' } }],
    ['theirs', { emailAlt: { from: null, to: 'c@example.com' } }],
    ['original', { phone: { from: '600 300 300', to: '600 100 100' }, emailAlt: { from: null, to: 'c@example.com' } }],
  ] as const)('%s is sent against what the other stored', (side, sent) => {
    const next = resolveConflict(STORED, typed, conflict, { phone: conflict.phone[side] });
    expect(changesOf(next.base, next.values)).toEqual(sent);
  });
});

it.each([
  ['phone', '58', 'INVALID_PHONE'],
  ['email', 'a@b', 'INVALID_EMAIL'],
  ['postalCode', '83300', 'INVALID_POSTAL_CODE'],
  ['postalCity', 'Kartuzy\u202e', 'INVALID_TEXT'],
])('the form says in place what is wrong with %s', (field, value, code) => {
  const { error } = contactForm.safeParse({ ...toValues(STORED), [field]: value });
  expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([[field, code]]);
});
