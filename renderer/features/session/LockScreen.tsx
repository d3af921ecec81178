import { Avatar, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../../shared/contract/session';
import { trpc } from '../../app/trpc';
import { Frame } from './Frame';
import { PasswordField } from './PasswordField';
import { Refusal } from './Refusal';

interface LockScreenProps {
  login: string;
  displayName: string;
  onState: (state: SessionState) => void;
}

/** The locked workstation: the same person unlocks and is back at the same place. */
export function LockScreen({ login, displayName, onState }: LockScreenProps) {
  const { t } = useTranslation('session');
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const unlock = useMutation(
    trpc.session.unlock.mutationOptions({ onSuccess: onState, onError: () => field.current?.select() }),
  );
  const signOut = useMutation(trpc.session.signOut.mutationOptions({ onSuccess: onState }));

  return (
    <Frame title={t('lock.title')} intro={t('lock.intro')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (password) unlock.mutate({ password });
        }}
      >
        <Stack gap="md">
          <Group gap="sm" wrap="nowrap">
            <Avatar name={displayName} color="ibok" variant="light" aria-hidden />
            <div>
              <Text fw={600}>{displayName}</Text>
              <Text size="xs" c="dimmed">
                {login}
              </Text>
            </div>
          </Group>
          <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
          <PasswordField
            ref={field}
            label={t('signIn.password')}
            autoComplete="current-password"
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Refusal error={unlock.error ?? signOut.error} />
          <Button type="submit" fullWidth loading={unlock.isPending}>
            {t('lock.submit')}
          </Button>
          <Button variant="subtle" fullWidth onClick={() => signOut.mutate()} loading={signOut.isPending}>
            {t('lock.other')}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
