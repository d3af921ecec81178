import { Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REJECTION_REASONS, type RegistrationRecord } from '../../../shared/contract/registrations';
import { trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { FormDrawer } from '../../ui/FormDrawer';
import { showError } from '../../ui/showError';

type Reason = (typeof REJECTION_REASONS)[number];
const SHORTEST = 5;

/** Rejects with a reason of the list; the applicant reads it in a message, or in a letter where there is no address. */
export function RejectDrawer({ record, onClose }: { record: RegistrationRecord; onClose: () => void }) {
  const { t } = useTranslation('registrations');
  const queries = useQueryClient();
  const [typed, setTyped] = useState<{ reason: Reason | null; note: string }>({ reason: null, note: '' });
  const [asked, setAsked] = useState(false);
  const dirty = typed.reason !== null || typed.note !== '';
  const draft = useDraft(`registrations.reject.${record.id}`, typed, { dirty, onRestore: setTyped });
  const wish = useRef({ content: '', requestId: '' });
  const done = () => {
    void draft.discard();
    onClose();
  };
  const reject = useMutation(
    trpc.registrations.reject.mutationOptions({
      onSuccess: ({ notice }) => {
        notifications.show({
          message: t(`reject.done.${notice}`),
          icon: <IconCheck size={18} aria-hidden />,
          color: 'green',
        });
        void queries.invalidateQueries(trpc.registrations.pathFilter());
        done();
      },
      onError: showError,
    }),
  );
  const note = typed.note.trim();
  const short = typed.reason === 'other' && note.length < SHORTEST;
  const submit = () => {
    setAsked(true);
    if (typed.reason === null || short || reject.isPending) return;
    const content = JSON.stringify(typed);
    if (wish.current.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
    reject.mutate({ id: record.id, requestId: wish.current.requestId, reason: typed.reason, note: note || null });
  };
  if (!draft.ready) return null;
  return (
    <FormDrawer
      opened
      title={t('reject.title')}
      saveLabel={t('reject.confirm')}
      dirty={dirty}
      saving={reject.isPending}
      draftSavedAt={draft.savedAt}
      draftRestoredAt={draft.restoredAt}
      onSubmit={submit}
      onClose={onClose}
      onDiscard={done}
    >
      <Stack gap="md">
        <Select
          label={t('reject.reason')}
          required
          data-autofocus
          allowDeselect={false}
          data={REJECTION_REASONS.map((value) => ({ value, label: t(`reject.reasons.${value}`) }))}
          value={typed.reason}
          onChange={(reason) => setTyped((now) => ({ ...now, reason: reason as Reason | null }))}
          error={asked && typed.reason === null ? t('reject.reasonMissing') : null}
          comboboxProps={{ withinPortal: false }}
        />
        <Textarea
          label={t(typed.reason === 'other' ? 'reject.noteOther' : 'reject.note')}
          required={typed.reason === 'other'}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={500}
          value={typed.note}
          onChange={(event) => {
            const text = event.currentTarget.value.replace(/\s*\n\s*/g, ' ');
            setTyped((now) => ({ ...now, note: text }));
          }}
          error={asked && short ? t('reject.noteShort') : null}
        />
        <Text size="sm" c="dimmed">
          {record.email ? t('reject.mail', { email: record.email }) : t('reject.letter')}
        </Text>
      </Stack>
    </FormDrawer>
  );
}
