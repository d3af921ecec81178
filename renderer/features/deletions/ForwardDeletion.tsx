import { Alert, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionRecord, IdentityMethod } from '../../../shared/contract/deletions';
import { client } from '../../app/trpc';
import { ActDrawer } from './ActDrawer';
import { IdentityField } from './IdentityField';
import { NoteField } from './NoteField';

interface ForwardDeletionProps {
  deletion: DeletionRecord;
  onClose: () => void;
}

/** Sends a checked request to the approvers; whoever does so counts as the one who asks. */
export function ForwardDeletion({ deletion, onClose }: ForwardDeletionProps) {
  const { t } = useTranslation('deletions');
  const [typed, setTyped] = useState<{ identityMethod: IdentityMethod | null; note: string }>({
    identityMethod: null,
    note: '',
  });
  const [checked, setChecked] = useState(false);
  const { identityMethod, note } = typed;
  return (
    <ActDrawer
      title={t('forward.title', { number: deletion.number })}
      saveLabel={t('forward.save')}
      draftId={`deletions.forward.${deletion.id}`}
      values={typed}
      onRestore={setTyped}
      dirty={identityMethod !== null || note !== ''}
      check={() => {
        setChecked(true);
        return identityMethod !== null;
      }}
      act={(requestId) =>
        client.deletions.forward.mutate({
          requestId,
          id: deletion.id,
          identityMethod: identityMethod ?? 'portal',
          note: note.trim() || null,
        })
      }
      onDone={() =>
        notifications.show({ message: t('forward.done'), icon: <IconCheck size={18} aria-hidden />, color: 'green' })
      }
      onClose={onClose}
    >
      <Stack gap="md">
        <IdentityField
          via={deletion.askedVia}
          value={identityMethod}
          onChange={(method) => setTyped((before) => ({ ...before, identityMethod: method }))}
          error={checked && !identityMethod ? t('form.identityMissing') : null}
        />
        <NoteField
          label={t('forward.note')}
          description={t('forward.noteHint')}
          value={note}
          onChange={(text) => setTyped((before) => ({ ...before, note: text }))}
        />
        <Alert variant="light" color="gray" icon={<IconUsersGroup size={18} aria-hidden />} p="xs">
          {t('forward.consequence')}
        </Alert>
      </Stack>
    </ActDrawer>
  );
}
