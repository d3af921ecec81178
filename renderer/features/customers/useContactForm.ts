import { schemaResolver, useForm } from '@mantine/form';
import { useCallback, useEffect, useState } from 'react';
import type { Contact, ContactField } from '../../../shared/contract/customers';
import { useDraft } from '../../ui/drafts';
import { type ContactChanges, type ContactValues, changesOf, contactForm, mergeFresh, toValues } from './contactValues';

interface StoredForm {
  base: Contact;
  values: ContactValues;
}

/** Place of the contact form's draft on this workstation. */
export const contactDraftId = (customerId: string) => `customers.contact.${customerId}`;

/**
 * The contact form: its values, the stored values they started from, the draft that survives a crash, and the record
 * as others change it meanwhile (`stored`).
 */
export function useContactForm(customerId: string, stored: Contact) {
  const form = useForm<ContactValues>({
    initialValues: toValues(stored),
    validate: schemaResolver(contactForm, { sync: true }),
    validateInputOnBlur: true,
  });
  const [base, setBase] = useState(stored);
  const [taken, setTaken] = useState<ContactField[]>([]);
  const { values, setValues } = form;
  const changes: ContactChanges = changesOf(base, values);
  const dirty = Object.keys(changes).length > 0;

  const put = useCallback(
    (next: StoredForm) => {
      setBase(next.base);
      setValues(next.values);
    },
    [setValues],
  );
  const draft = useDraft<StoredForm>(
    contactDraftId(customerId),
    { base, values },
    {
      dirty,
      onRestore: (kept) => {
        const merged = mergeFresh(kept.base, kept.values, stored);
        put(merged);
        setTaken(merged.taken);
      },
    },
  );

  // What others store while this form is open comes in where this person has not typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new stored record is merged, not each key
  useEffect(() => {
    const merged = mergeFresh(base, values, stored);
    put(merged);
    if (merged.taken.length > 0) setTaken(merged.taken);
  }, [stored]);

  return { form, base, put, changes, dirty, draft, taken };
}
