import { Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { DayField } from '../../ui/DayField';

type Field = 'day' | 'name' | 'source';
const EMPTY: Record<Field, null> = { day: null, name: null, source: null };

/** A day off beside those by law; deadlines in working days leave it out from then on. */
export function AddHoliday({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('rules');
  const queries = useQueryClient();
  const labels = { day: t('holidays.day'), name: t('holidays.name'), source: t('column.source') };
  return (
    <ComparedDrawer<Field>
      title={t('holidays.add')}
      stored={EMPTY}
      labels={labels}
      draftId="holidays.add"
      validate={(typed) => ({
        ...(typed.day ? {} : { day: t('holidays.dayMissing') }),
        ...(typed.name.trim() ? {} : { name: t('holidays.nameMissing') }),
        ...(typed.source.trim() ? {} : { source: t('form.sourceMissing') }),
      })}
      save={async (changes, requestId) => {
        const [day, name, source] = [changes.day?.to ?? '', changes.name?.to ?? '', changes.source?.to ?? ''];
        await client.holidays.add.mutate({ requestId, day, name, source });
        return { status: 'saved' };
      }}
      onSaved={() => {
        notifications.show({ message: t('holidays.added'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
        void queries.invalidateQueries(trpc.holidays.pathFilter());
      }}
      onClose={onClose}
    >
      {({ typed, set, errors }) => (
        <Stack gap="md">
          <DayField
            label={labels.day}
            required
            value={typed.day}
            onChange={(day) => set('day', day)}
            error={errors.day}
          />
          <TextInput
            label={labels.name}
            required
            autoComplete="off"
            maxLength={100}
            value={typed.name}
            onChange={(event) => set('name', event.currentTarget.value)}
            error={errors.name}
          />
          <TextInput
            label={labels.source}
            description={t('holidays.sourceHint')}
            required
            autoComplete="off"
            maxLength={200}
            value={typed.source}
            onChange={(event) => set('source', event.currentTarget.value)}
            error={errors.source}
          />
        </Stack>
      )}
    </ComparedDrawer>
  );
}
