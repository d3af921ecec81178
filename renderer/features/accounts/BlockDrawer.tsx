import { Alert, Radio, Stack, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountRecord, BLOCK_REASONS, type BlockReason } from '../../../shared/contract/accounts';
import { client } from '../../app/trpc';
import { FormDrawer } from '../../ui/FormDrawer';
import { useAccountAct } from './useAccountAct';

/** Blocks an account for a reason of the list; death and the end of the contract say that they open its deletion. */
export function BlockDrawer({ account, onClose }: { account: AccountRecord; onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const [reason, setReason] = useState<BlockReason | null>(null);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const { act, busy } = useAccountAct({ send: client.accounts.block.mutate, done: t('block.done'), onDone: onClose });
  return (
    <FormDrawer
      opened
      title={t('block.title', { name: account.displayName })}
      saveLabel={t('act.block')}
      dirty={reason !== null || note !== ''}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (reason) act({ id: account.id, reason, note: note.trim() || null });
      }}
    >
      <Stack gap="md">
        <Radio.Group
          label={t('block.reason')}
          description={t('block.hint')}
          required
          value={reason ?? ''}
          onChange={(value) => setReason(BLOCK_REASONS.find((each) => each === value) ?? null)}
          {...(tried && !reason && { error: t('required') })}
        >
          <Stack gap="xs" mt="xs">
            {BLOCK_REASONS.map((each, index) => (
              <Radio key={each} value={each} label={t(`reason.${each}`)} data-autofocus={index === 0 || undefined} />
            ))}
          </Stack>
        </Radio.Group>
        {(reason === 'death' || reason === 'contract_end') && (
          <Alert color="yellow" p="xs" icon={<IconTrash size={18} aria-hidden />}>
            {t('block.opensDeletion')}
          </Alert>
        )}
        <Textarea
          label={t('note')}
          description={t('block.noteHint')}
          autosize
          minRows={2}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Stack>
    </FormDrawer>
  );
}
