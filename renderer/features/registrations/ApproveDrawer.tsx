import { Alert, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approveRegistrationInput, type RegistrationRecord } from '../../../shared/contract/registrations';
import { trpc } from '../../app/trpc';
import { FormDrawer } from '../../ui/FormDrawer';
import { showError } from '../../ui/showError';

/** Makes the account after a last look at whose it will be and where the link goes. */
export function ApproveDrawer({ record, onClose }: { record: RegistrationRecord; onClose: () => void }) {
  const { t } = useTranslation('registrations');
  const queries = useQueryClient();
  const [login, setLogin] = useState(record.login ?? '');
  const [wrong, setWrong] = useState(false);
  // One wish, one request id: a second click is the same act.
  const wish = useRef({ login: '', requestId: '' });
  const approve = useMutation(
    trpc.registrations.approve.mutationOptions({
      onSuccess: (made) => {
        notifications.show({
          message: t('approve.done', { login: made.login ?? login.trim() }),
          icon: <IconCheck size={18} aria-hidden />,
          color: 'green',
        });
        void queries.invalidateQueries(trpc.registrations.pathFilter());
        onClose();
      },
      onError: showError,
    }),
  );
  const submit = () => {
    const typed = login.trim();
    const valid = approveRegistrationInput.shape.login.safeParse(typed).success;
    setWrong(!valid);
    if (!valid || approve.isPending) return;
    if (wish.current.login !== typed) wish.current = { login: typed, requestId: crypto.randomUUID() };
    approve.mutate({ id: record.id, login: typed, requestId: wish.current.requestId });
  };
  return (
    <FormDrawer
      opened
      title={t('approve.title')}
      saveLabel={t('approve.confirm')}
      dirty={false}
      saving={approve.isPending}
      onSubmit={submit}
      onClose={onClose}
      onDiscard={onClose}
    >
      <Alert icon={<IconUserPlus size={18} aria-hidden />} mb="md">
        {t('approve.text', {
          customer: `${record.customer?.customerNo ?? ''} ${record.customer?.name ?? ''}`,
          email: record.email ?? '',
        })}
      </Alert>
      <TextInput
        label={t('approve.login')}
        description={t('approve.loginHint')}
        autoComplete="off"
        maxLength={64}
        required
        data-autofocus
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        error={wrong && t('approve.loginWrong')}
      />
    </FormDrawer>
  );
}
