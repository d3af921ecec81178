import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { PASSWORD_MIN, type SessionState } from '../../../shared/contract/session';
import { trpc } from '../../app/trpc';
import { Frame } from './Frame';
import { PasswordField } from './PasswordField';
import { Refusal } from './Refusal';

interface NewPasswordProps {
  login: string;
  displayName: string;
  onState: (state: SessionState) => void;
}

/** The first password must give way to one that only its owner knows. */
export function NewPassword({ login, displayName, onState }: NewPasswordProps) {
  const { t } = useTranslation(['session', 'errors']);
  const form = useForm({
    initialValues: { current: '', next: '', repeat: '' },
    validate: {
      current: (text) => (text ? null : t('signIn.passwordMissing')),
      // Characters as people count them, not code units.
      next: (text) => ([...text].length < PASSWORD_MIN ? t('errors:PASSWORD_TOO_SHORT') : null),
      repeat: (text, { next }) => (text === next ? null : t('newPassword.different')),
    },
  });
  const change = useMutation(trpc.session.changePassword.mutationOptions({ onSuccess: onState }));

  return (
    <Frame title={t('newPassword.title')} intro={t('newPassword.intro', { name: displayName })}>
      <form noValidate onSubmit={form.onSubmit(({ current, next }) => change.mutate({ current, next }))}>
        <Stack gap="md">
          {/* Lets a password manager know whose password this is. */}
          <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
          <PasswordField
            label={t('newPassword.current')}
            autoComplete="current-password"
            autoFocus
            {...form.getInputProps('current')}
          />
          <PasswordField
            label={t('newPassword.next')}
            description={t('newPassword.nextHint', { min: PASSWORD_MIN })}
            autoComplete="new-password"
            {...form.getInputProps('next')}
          />
          <PasswordField
            label={t('newPassword.repeat')}
            autoComplete="new-password"
            {...form.getInputProps('repeat')}
          />
          <Refusal error={change.error} />
          <Button type="submit" fullWidth loading={change.isPending}>
            {t('newPassword.submit')}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
