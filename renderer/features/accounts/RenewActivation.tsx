import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountRecord } from '../../../shared/contract/accounts';
import { client } from '../../app/trpc';
import { ShortcutLayer } from '../../ui/shortcuts';
import { useAccountAct } from './useAccountAct';

/** Asks once more before a new link is mailed; the clerk sees neither link nor password. */
export function RenewActivation({ account, onClose }: { account: AccountRecord; onClose: () => void }) {
  const { t } = useTranslation(['accounts', 'ui']);
  const { act, busy } = useAccountAct({
    send: client.accounts.renewActivation.mutate,
    done: t('renew.done'),
    onDone: onClose,
  });
  return (
    <Modal opened onClose={onClose} title={t('renew.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <ShortcutLayer>
        <Stack gap="lg">
          <Text>{t('renew.text', { email: account.email })}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui:cancel')}
            </Button>
            <Button data-autofocus loading={busy} onClick={() => act({ id: account.id })}>
              {t('renew.send')}
            </Button>
          </Group>
        </Stack>
      </ShortcutLayer>
    </Modal>
  );
}
