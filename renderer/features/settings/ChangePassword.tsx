import { Button, Group, PasswordInput, SimpleGrid } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { PASSWORD_MIN } from '../../../shared/contract/session';
import { useSession } from '../../app/session';
import { trpc } from '../../app/trpc';
import { errorShape } from '../../ui/errorShape';
import { errorSentence, showError } from '../../ui/showError';

const EMPTY = { current: '', next: '', repeat: '' };

/** A new password of one's own; the present one is asked for, and no draft is kept of either. */
export function ChangePassword() {
  const { t } = useTranslation('settings');
  const { user } = useSession();
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      current: (text) => (text ? null : t('password.missing')),
      // Characters as people count them, not code units.
      next: (text) => ([...text].length < PASSWORD_MIN ? t('password.short', { min: PASSWORD_MIN }) : null),
      repeat: (text, { next }) => (text === next ? null : t('password.different')),
    },
  });
  const change = useMutation(
    trpc.session.changePassword.mutationOptions({
      onSuccess: () => {
        form.reset();
        notifications.show({ message: t('password.done'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
      },
      onError: (error) => {
        const { code } = errorShape(error);
        if (code === 'SIGN_IN_WRONG_PASSWORD') form.setFieldError('current', t('password.wrong'));
        else if (code.startsWith('PASSWORD_')) form.setFieldError('next', errorSentence(error));
        else showError(error);
      },
    }),
  );
  const eye = { visibilityToggleButtonProps: { 'aria-label': t('password.show'), tabIndex: 0 } };
  return (
    <form noValidate onSubmit={form.onSubmit(({ current, next }) => change.mutate({ current, next }))}>
      {/* Lets a password manager know whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={user.login} readOnly hidden />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          {...eye}
          {...form.getInputProps('current')}
        />
        <PasswordInput
          label={t('password.next')}
          autoComplete="new-password"
          {...eye}
          {...form.getInputProps('next')}
        />
        <PasswordInput
          label={t('password.repeat')}
          autoComplete="new-password"
          {...eye}
          {...form.getInputProps('repeat')}
        />
      </SimpleGrid>
      <Group mt="md">
        <Button type="submit" variant="default" loading={change.isPending}>
          {t('password.submit')}
        </Button>
      </Group>
    </form>
  );
}
