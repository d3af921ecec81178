import { Alert, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { createStaffInput, requestStaffInput, takesOnePerson } from '../../../shared/contract/staff';
import { STAFF_GROUPS, type StaffGroup } from '../../../shared/permissions';
import { client, trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { errorShape } from '../../ui/errorShape';
import { FormDrawer } from '../../ui/FormDrawer';
import { errorSentence, showError } from '../../ui/showError';
import type { IssuedPassword } from './FirstPassword';

const EMPTY = {
  displayName: '',
  login: 's_',
  group: 'bok_clerk' as StaffGroup,
  phone: '',
  email: '',
  reason: '',
};

interface CreateStaffProps {
  onClose: () => void;
  onCreated: (password: IssuedPassword) => void;
}

/**
 * The form for a new member of the staff; one whose group takes two persons is asked for, with a reason. One request id per opened form: sent again after a lost answer it makes no
 * second account, but says ALREADY_DONE, since the password was in the lost answer.
 */
export function CreateStaff({ onClose, onCreated }: CreateStaffProps) {
  const { t } = useTranslation('staff');
  const queries = useQueryClient();
  const [requestId] = useState(() => crypto.randomUUID());
  const form = useForm({
    initialValues: EMPTY,
    validate: schemaResolver(formSchema(t('create.required'), t('create.loginForm'), t('second.reasonMissing')), {
      sync: true,
    }),
  });
  const dirty = JSON.stringify(form.values) !== JSON.stringify(EMPTY);
  const draft = useDraft('staff.create', form.values, { dirty, onRestore: (values) => form.setValues(values) });
  const created = async () => {
    await draft.discard();
    void queries.invalidateQueries({ queryKey: trpc.staff.list.queryKey() });
  };
  const create = useMutation({
    mutationFn: (values: typeof EMPTY): Promise<IssuedPassword> => send(values, requestId),
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
  });
  const connectionLost = create.isError && errorShape(create.error).code === 'CONNECTION_LOST';

  const submit = () => form.onSubmit((values) => create.mutate(values))();
  const alone = takesOnePerson(form.values.group);
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
      saveLabel={t(alone ? 'create.submit' : 'second.submit')}
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
          data={STAFF_GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
          {...form.getInputProps('group')}
        />
        {!alone && (
          <>
            <Alert variant="light" color="gray" icon={<IconUsersGroup size={18} aria-hidden />} p="xs">
              {t('create.second')}
            </Alert>
            <Textarea
              label={t('second.reason')}
              description={t('second.reasonHint')}
              autosize
              minRows={2}
              maxRows={5}
              maxLength={1000}
              required
              {...form.getInputProps('reason')}
            />
          </>
        )}
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

/** Makes the login, or asks a second person for it, as the group wants. */
async function send(values: typeof EMPTY, requestId: string): Promise<IssuedPassword> {
  const { login, displayName, reason } = values;
  const phone = values.phone.trim() || null;
  const email = values.email.trim() || null;
  const person = { requestId, login, displayName, phone, email };
  const alone = createStaffInput.shape.group.safeParse(values.group);
  if (alone.success) return client.staff.create.mutate({ ...person, group: alone.data });
  const group = requestStaffInput.shape.group.parse(values.group);
  return client.staff.requestCreate.mutate({ ...person, group, reason });
}

/** The contract's rules with sentences of this form; optional fields are empty here and null there. */
function formSchema(required: string, loginForm: string, reasonMissing: string) {
  return z
    .object({
      displayName: z
        .string()
        .refine((text) => text.trim().length > 0, { message: required })
        .pipe(createStaffInput.shape.displayName),
      login: z.string().refine((text) => createStaffInput.shape.login.safeParse(text).success, { message: loginForm }),
      group: z.enum(STAFF_GROUPS),
      phone: z.string(),
      email: z.string(),
      reason: z.string(),
    })
    .refine(({ group, reason }) => takesOnePerson(group) || reason.trim().length >= 5, {
      path: ['reason'],
      message: reasonMissing,
    });
}
