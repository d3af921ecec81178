import { Alert, Select, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { IconUsers } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { createStaffInput } from '../../../shared/contract/staff';
import { trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { errorShape } from '../../ui/errorShape';
import { FormDrawer } from '../../ui/FormDrawer';
import { errorSentence, showError } from '../../ui/showError';
import type { IssuedPassword } from './FirstPassword';

const EMPTY = {
  displayName: '',
  login: 's_',
  group: 'bok_clerk' as 'bok_clerk' | 'bok_technician',
  phone: '',
  email: '',
};

interface CreateStaffProps {
  onClose: () => void;
  onCreated: (password: IssuedPassword) => void;
}

/**
 * The form for a new clerk or technician. One request id per opened form: sent again after a lost answer it makes no
 * second account, but says ALREADY_DONE, since the password was in the lost answer.
 */
export function CreateStaff({ onClose, onCreated }: CreateStaffProps) {
  const { t } = useTranslation('staff');
  const queries = useQueryClient();
  const [requestId] = useState(() => crypto.randomUUID());
  const form = useForm({
    initialValues: EMPTY,
    validate: schemaResolver(formSchema(t('create.required'), t('create.loginForm')), { sync: true }),
  });
  const dirty = JSON.stringify(form.values) !== JSON.stringify(EMPTY);
  const draft = useDraft('staff.create', form.values, { dirty, onRestore: (values) => form.setValues(values) });
  const created = async () => {
    await draft.discard();
    void queries.invalidateQueries({ queryKey: trpc.staff.list.queryKey() });
  };
  const create = useMutation(
    trpc.staff.create.mutationOptions({
      onSuccess: async (password) => {
        await created();
        onCreated(password);
      },
      onError: async (error) => {
        const { code } = errorShape(error);
        if (code === 'LOGIN_TAKEN') return form.setFieldError('login', errorSentence(error));
        // Said in the form, which keeps what was typed.
        if (code === 'CONNECTION_LOST') return;
        showError(error);
        if (code !== 'ALREADY_DONE') return;
        await created();
        onClose();
      },
    }),
  );
  const connectionLost = create.isError && errorShape(create.error).code === 'CONNECTION_LOST';

  const submit = () =>
    form.onSubmit(({ phone, email, ...rest }) =>
      create.mutate({ ...rest, requestId, phone: phone.trim() || null, email: email.trim() || null }),
    )();
  if (!draft.ready) return null;
  return (
    <FormDrawer
      opened
      title={t('create.title')}
      onSubmit={submit}
      onClose={onClose}
      onDiscard={() => void draft.discard().then(onClose)}
      dirty={dirty}
      saving={create.isPending}
      connectionLost={connectionLost}
      saveLabel={t('create.submit')}
      draftSavedAt={draft.savedAt}
      draftRestoredAt={draft.restoredAt}
    >
      <Stack gap="md">
        <TextInput
          label={t('create.name')}
          autoComplete="off"
          maxLength={100}
          required
          data-autofocus
          {...form.getInputProps('displayName')}
        />
        <TextInput
          label={t('create.login')}
          description={t('create.loginHint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={32}
          required
          {...form.getInputProps('login')}
        />
        <Select
          label={t('create.group')}
          required
          allowDeselect={false}
          data={[
            { value: 'bok_clerk', label: t('group.bok_clerk') },
            { value: 'bok_technician', label: t('group.bok_technician') },
          ]}
          {...form.getInputProps('group')}
        />
        <Alert variant="light" color="gray" icon={<IconUsers size={18} aria-hidden />} p="xs">
          {t('create.hint')}
        </Alert>
        <TextInput
          label={`${t('create.phone')} (${t('create.optional')})`}
          type="tel"
          autoComplete="off"
          maxLength={24}
          {...form.getInputProps('phone')}
        />
        <TextInput
          label={`${t('create.email')} (${t('create.optional')})`}
          type="email"
          autoComplete="off"
          maxLength={200}
          {...form.getInputProps('email')}
        />
      </Stack>
    </FormDrawer>
  );
}

/** The contract's rules with sentences of this form; optional fields are empty here and null there. */
function formSchema(required: string, loginForm: string) {
  const { displayName, group } = createStaffInput.shape;
  return z.object({
    displayName: z
      .string()
      .refine((text) => text.trim().length > 0, { message: required })
      .pipe(displayName),
    login: z.string().refine((text) => createStaffInput.shape.login.safeParse(text).success, { message: loginForm }),
    group,
    phone: z.string(),
    email: z.string(),
  });
}
