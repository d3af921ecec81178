import { Button, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountRecord, IDENTITY_CHECKS, type IdentityCheck } from '../../../shared/contract/accounts';
import { client } from '../../app/trpc';
import { FormDrawer } from '../../ui/FormDrawer';
import { useAccountAct } from './useAccountAct';

/** Another address for an account: it takes effect when its holder opens the link sent to it. */
export function EmailDrawer({ account, onClose }: { account: AccountRecord; onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const [email, setEmail] = useState('');
  const [identity, setIdentity] = useState<IdentityCheck | null>(null);
  const [tried, setTried] = useState(false);
  const { act, busy } = useAccountAct({
    send: client.accounts.changeEmail.mutate,
    done: t('email.done'),
    onDone: onClose,
  });
  const typed = email.trim();
  const wrong = typed === '' ? t('required') : typed === account.email ? t('email.same') : undefined;
  return (
    <FormDrawer
      opened
      title={t('email.title')}
      saveLabel={t('email.send')}
      dirty={email !== '' || identity !== null}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (!wrong && identity) act({ id: account.id, email: typed, identity });
      }}
    >
      <Stack gap="md">
        <Text>{t('email.text', { email: account.email })}</Text>
        <TextInput
          label={t('email.new')}
          type="email"
          required
          data-autofocus
          autoComplete="off"
          maxLength={200}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={tried ? wrong : undefined}
        />
        <Radio.Group
          label={t('email.identity')}
          description={t('email.identityHint')}
          required
          value={identity ?? ''}
          onChange={(value) => setIdentity(IDENTITY_CHECKS.find((each) => each === value) ?? null)}
          {...(tried && !identity && { error: t('required') })}
        >
          <Stack gap="xs" mt="xs">
            {IDENTITY_CHECKS.map((each) => (
              <Radio key={each} value={each} label={t(`email.check.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {account.newEmail && (
          <Stack gap={4} align="flex-start">
            <Text c="dimmed">{t('email.waits', { email: account.newEmail })}</Text>
            <Button
              variant="default"
              size="xs"
              loading={busy}
              onClick={() => {
                setTried(true);
                if (identity) act({ id: account.id, email: null, identity });
              }}
            >
              {t('email.drop')}
            </Button>
          </Stack>
        )}
      </Stack>
    </FormDrawer>
  );
}
