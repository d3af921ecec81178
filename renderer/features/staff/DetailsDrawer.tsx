import { Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffDetail, StaffMember } from '../../../shared/contract/staff';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';

/** Name, phone and e-mail of a member of staff. */
export function DetailsDrawer({ member, onClose }: { member: StaffMember; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const queries = useQueryClient();
  const { displayName, phone, email } = member;
  const stored = useMemo(() => ({ displayName, phone, email }), [displayName, phone, email]);
  const labels = { displayName: t('create.name'), phone: t('create.phone'), email: t('create.email') };
  return (
    <ComparedDrawer<StaffDetail>
      title={t('details.title', { name: member.displayName })}
      stored={stored}
      labels={labels}
      draftId={`staff.details.${member.login}`}
      validate={(typed) => (typed.displayName.trim() ? {} : { displayName: t('create.required') })}
      save={(changes, requestId) => client.staff.changeDetails.mutate({ login: member.login, requestId, changes })}
      onSaved={() => {
        notifications.show({ message: t('details.saved'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries(trpc.staff.pathFilter());
      }}
      onClose={onClose}
    >
      {({ typed, set, errors }) => (
        <Stack gap="md">
          <TextInput
            label={labels.displayName}
            required
            data-autofocus
            autoComplete="off"
            maxLength={100}
            value={typed.displayName}
            onChange={(event) => set('displayName', event.currentTarget.value)}
            error={errors.displayName}
          />
          <TextInput
            label={labels.phone}
            type="tel"
            autoComplete="off"
            maxLength={24}
            value={typed.phone}
            onChange={(event) => set('phone', event.currentTarget.value)}
          />
          <TextInput
            label={labels.email}
            type="email"
            autoComplete="off"
            maxLength={200}
            value={typed.email}
            onChange={(event) => set('email', event.currentTarget.value)}
          />
        </Stack>
      )}
    </ComparedDrawer>
  );
}
