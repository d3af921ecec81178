import { Alert, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionRecord } from '../../../shared/contract/deletions';
import { client } from '../../app/trpc';
import { ActDrawer } from './ActDrawer';
import { NoteField } from './NoteField';

const SHORTEST = 5;

/** Ends a request because nobody wants it any more: the account is back as it was. */
export function WithdrawDeletion({ deletion, onClose }: { deletion: DeletionRecord; onClose: () => void }) {
  const { t } = useTranslation('deletions');
  const [note, setNote] = useState('');
  const [checked, setChecked] = useState(false);
  const short = note.trim().length < SHORTEST;
  return (
    <ActDrawer
      title={t('withdraw.title', { number: deletion.number })}
      saveLabel={t('withdraw.save')}
      draftId={`deletions.withdraw.${deletion.id}`}
      values={{ note }}
      onRestore={(kept) => setNote(kept.note)}
      dirty={note !== ''}
      check={() => {
        setChecked(true);
        return !short;
      }}
      act={(requestId) => client.deletions.withdraw.mutate({ requestId, id: deletion.id, note: note.trim() })}
      onDone={() =>
        notifications.show({ message: t('withdraw.done'), icon: <IconCheck size={18} aria-hidden />, color: 'green' })
      }
      onClose={onClose}
    >
      <Stack gap="md">
        <Alert variant="light" color="yellow" icon={<IconArrowBackUp size={18} aria-hidden />} p="xs">
          {t('withdraw.consequence')}
        </Alert>
        <NoteField
          label={t('withdraw.note')}
          description={t('withdraw.noteHint')}
          value={note}
          onChange={setNote}
          error={checked && short ? t('withdraw.noteShort') : null}
          required
        />
      </Stack>
    </ActDrawer>
  );
}
