import { Alert, Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconLogout } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import i18next from 'i18next';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type ServerChoice, type SessionState, signInInput } from '../../../shared/contract/session';
import { trpc } from '../../app/trpc';
import { Frame } from './Frame';
import { PasswordField } from './PasswordField';
import { Refusal } from './Refusal';

interface SignInProps {
  servers: readonly ServerChoice[];
  /** The core ended the session before: said above the form. */
  ended: boolean;
  onState: (state: SessionState) => void;
}

/** Sign-in with the person's own database login. What was typed stays after a refusal. */
export function SignIn({ servers, ended, onState }: SignInProps) {
  const { t } = useTranslation('session');
  const password = useRef<HTMLInputElement>(null);
  const form = useForm({
    initialValues: { server: servers[0]?.id ?? '', login: '', password: '' },
    validate: {
      login: (login) => (signInInput.shape.login.safeParse(login).success ? null : t('signIn.loginForm')),
      password: (text) => {
        if (!text) return t('signIn.passwordMissing');
        return signInInput.shape.password.safeParse(text).success
          ? null
          : i18next.t('PASSWORD_TOO_LONG', { ns: 'errors' });
      },
    },
  });
  const signIn = useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: onState,
      // Mostly the password is wrong: it stays, marked, so that one keystroke replaces it.
      onError: () => password.current?.select(),
    }),
  );
  /** A refusal answers what was sent; it must not stand beside something else. */
  const forget = () => signIn.isError && signIn.reset();
  const server = servers.find(({ id }) => id === form.values.server);

  return (
    <Frame title={t('signIn.title')} intro={t('signIn.intro')}>
      <form noValidate onChange={forget} onSubmit={form.onSubmit((values) => signIn.mutate(values), forget)}>
        <Stack gap="md">
          {ended && (
            <Alert role="status" color="gray" icon={<IconLogout size={18} aria-hidden />} p="xs">
              {t('signIn.ended')}
            </Alert>
          )}
          {servers.length > 1 && (
            <Select
              label={t('signIn.server')}
              data={servers.map(({ id, name }) => ({ value: id, label: name }))}
              allowDeselect={false}
              {...form.getInputProps('server')}
              onChange={(id) => {
                forget();
                form.setFieldValue('server', id ?? '');
              }}
            />
          )}
          <TextInput
            label={t('signIn.login')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            placeholder="s_"
            {...form.getInputProps('login')}
          />
          <PasswordField
            ref={password}
            label={t('signIn.password')}
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Refusal error={signIn.error} />
          <Button type="submit" fullWidth loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
          {server?.embedded && (
            <Text size="xs" c="dimmed" ta="center">
              {t('signIn.demo')}
            </Text>
          )}
        </Stack>
      </form>
    </Frame>
  );
}
