import { Alert } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconUsers } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CONTACT_FIELDS, type CustomerCard } from '../../../shared/contract/customers';
import { ConflictDialog, type ConflictSide } from '../../ui/ConflictDialog';
import { errorShape } from '../../ui/errorShape';
import { FormDrawer } from '../../ui/FormDrawer';
import { LeaveGuard } from '../../ui/LeaveGuard';
import { showError } from '../../ui/showError';
import { ContactFields } from './ContactFields';
import { type ContactConflict, changesOf, resolveConflict, stillWanted } from './contactValues';
import { useContactForm } from './useContactForm';
import { useSaveContact } from './useSaveContact';

interface ContactDrawerProps {
  card: CustomerCard;
  onClose: () => void;
}

/** Contact data being edited: saving compares field by field and asks only where two people changed the same one. */
export function ContactDrawer({ card, onClose }: ContactDrawerProps) {
  const { t } = useTranslation('customers');
  const { form, base, put, changes, dirty, draft, taken } = useContactForm(card.id, card.contact);
  const [conflict, setConflict] = useState<ContactConflict | null>(null);
  const [offline, setOffline] = useState(false);
  // Leaving on purpose (saved, discarded, draft kept) is not asked about again.
  const leaving = useRef(false);

  const leave = () => {
    leaving.current = true;
    onClose();
  };
  const done = () => {
    void draft.discard();
    notifications.show({ message: t('contact.saved'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
    leave();
  };
  const { save, saving, unanswered } = useSaveContact(card.id, {
    onSaved: done,
    onConflict: setConflict,
    onError: (error) => {
      if (errorShape(error).code === 'CONNECTION_LOST') setOffline(true);
      else showError(error);
    },
  });

  const submit = () => {
    const { hasErrors, errors } = form.validate();
    if (hasErrors) return form.getInputNode(Object.keys(errors)[0] ?? '')?.focus();
    setOffline(false);
    // The record may hold these values already because the save whose answer was lost did store them: asked once more,
    // the same act answers.
    const open = unanswered();
    if (!dirty && open && stillWanted(open, form.values)) return save(open);
    if (!dirty) return notifications.show({ id: 'nothing-to-save', message: t('contact.nothingToSave') });
    save(changes);
  };
  const discard = () => {
    void draft.discard();
    leave();
  };
  const resolve = (choice: Record<string, ConflictSide>) => {
    if (!conflict) return;
    const chosen = Object.fromEntries(
      Object.entries(conflict).map(([field, sides]) => [field, sides[choice[field] ?? 'mine']]),
    );
    const next = resolveConflict(base, form.values, conflict, chosen);
    put(next);
    setConflict(null);
    const left = changesOf(next.base, next.values);
    if (Object.keys(left).length > 0) return save(left);
    notifications.show({ message: t('contact.kept') });
    discard();
  };

  if (!draft.ready) return null;
  return (
    <>
      <FormDrawer
        opened
        title={t('contact.editTitle')}
        onSubmit={submit}
        onClose={leave}
        onDiscard={discard}
        dirty={dirty}
        saving={saving}
        connectionLost={offline}
        draftSavedAt={draft.savedAt}
        draftRestoredAt={draft.restoredAt}
      >
        {taken.length > 0 && (
          <Alert role="status" color="blue" icon={<IconUsers size={18} aria-hidden />} mb="md" p="xs">
            {t('contact.taken', { fields: taken.map((field) => t(`contact.field.${field}`)).join(', ') })}
          </Alert>
        )}
        <ContactFields form={form} />
      </FormDrawer>
      <Conflict conflict={conflict} saving={saving} onResolve={resolve} onCancel={() => setConflict(null)} />
      <LeaveGuard
        dirty={dirty}
        stays={({ pathname, search }) =>
          leaving.current || (pathname === `/customers/${card.id}` && (search as { edit?: true }).edit === true)
        }
      />
    </>
  );
}

interface ConflictProps {
  conflict: ContactConflict | null;
  saving: boolean;
  onResolve: (choice: Record<string, ConflictSide>) => void;
  onCancel: () => void;
}

function Conflict({ conflict, saving, onResolve, onCancel }: ConflictProps) {
  const { t } = useTranslation('customers');
  const conflicts = useMemo(
    () =>
      CONTACT_FIELDS.flatMap((field) => {
        const sides = conflict?.[field];
        if (!sides) return [];
        // A coded value is shown by its word, and chosen by its side.
        const word = (value: string | null) =>
          field === 'preferredContact' && value ? t(`list.contact.${value as 'phone'}`) : value;
        const { mine, theirs, original } = sides;
        return [
          {
            field,
            label: t(`contact.field.${field}`),
            mine: word(mine),
            theirs: word(theirs),
            original: word(original),
          },
        ];
      }),
    [conflict, t],
  );
  return (
    <ConflictDialog
      opened={conflict !== null}
      conflicts={conflicts}
      saving={saving}
      onResolve={onResolve}
      onCancel={onCancel}
    />
  );
}
