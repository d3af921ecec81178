import { Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRecord } from '../../../shared/contract/accounts';
import { client } from '../../app/trpc';
import { FormDrawer } from '../../ui/FormDrawer';
import { useAccountAct } from './useAccountAct';

const SHORTEST = 3;

/** Gives a blocked account back; why stands on its timeline. */
export function UnblockDrawer({ account, onClose }: { account: AccountRecord; onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const { act, busy } = useAccountAct({
    send: client.accounts.unblock.mutate,
    done: t('unblock.done'),
    onDone: onClose,
  });
  const long = note.trim().length >= SHORTEST;
  return (
    <FormDrawer
      opened
      title={t('unblock.title', { name: account.displayName })}
      saveLabel={t('act.unblock')}
      dirty={note !== ''}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (long) act({ id: account.id, note: note.trim() });
      }}
    >
      <Stack gap="md">
        <Text>{t(account.activatedAt ? 'unblock.text' : 'unblock.textPending')}</Text>
        <Textarea
          label={t('unblock.note')}
          required
          data-autofocus
          autosize
          minRows={2}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={tried && !long ? t('unblock.noteMissing') : undefined}
        />
      </Stack>
    </FormDrawer>
  );
}
