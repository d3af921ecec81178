import { SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  RECORDED_CHANNELS,
  type RegistrationField,
  type RegistrationForm,
} from '../../../shared/contract/registrations';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { RegistrationFields } from './RegistrationFields';
import { emptyFields, sentValue } from './registrationFields';
import { useRegistrationLabels } from './useRegistrationLabels';

interface NewRegistrationProps {
  onClose: () => void;
  /** The stored application, to go on with. */
  onCreated: (id: string) => void;
}

/** The form for an application on paper, by post or by e-mail. */
export function NewRegistration(props: NewRegistrationProps) {
  const form = useQuery(trpc.registrations.form.queryOptions()).data;
  return form ? <Form {...props} form={form} /> : null;
}

function Form({ form, onClose, onCreated }: NewRegistrationProps & { form: RegistrationForm }) {
  const { t } = useTranslation('registrations');
  const queries = useQueryClient();
  const { labels, validate } = useRegistrationLabels();
  const made = useRef<string>(null);
  const [channel, setChannel] = useState<(typeof RECORDED_CHANNELS)[number]>('paper');
  // What the form begins with counts as typed only where it is changed.
  const empty = useMemo(
    () =>
      emptyFields({
        receivedOn: form.today,
        relation: 'holder',
        regulationVersionId: form.versions.find(({ effectiveOn }) => effectiveOn <= form.today)?.id ?? null,
      }),
    [form],
  );
  return (
    <ComparedDrawer
      title={t('new')}
      stored={empty}
      labels={labels}
      draftId="registrations.new"
      validate={validate}
      save={async (changes, requestId) => {
        const fields = { ...empty };
        for (const [field, change] of Object.entries(changes) as [RegistrationField, { to: string | null }][]) {
          fields[field] = sentValue(field, change.to);
        }
        const stored = await client.registrations.create.mutate({ requestId, channel, fields });
        notifications.show({
          message: t('form.created', { number: stored.number }),
          icon: <IconCheck size={18} aria-hidden />,
          color: 'green',
        });
        made.current = stored.id;
        return { status: 'saved' };
      }}
      onSaved={() => void queries.invalidateQueries(trpc.registrations.pathFilter())}
      onClose={() => {
        onClose();
        // Not before: a form that still holds what was typed asks whoever leaves it.
        if (made.current) onCreated(made.current);
      }}
    >
      {(fields) => (
        <RegistrationFields
          {...fields}
          form={form}
          before={
            <Stack gap={4}>
              <Text size="sm" fw={500} id="registration-channel">
                {t('form.channel')}
              </Text>
              <SegmentedControl
                aria-labelledby="registration-channel"
                data={RECORDED_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
                value={channel}
                onChange={setChannel}
              />
            </Stack>
          }
        />
      )}
    </ComparedDrawer>
  );
}
