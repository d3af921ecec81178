import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { PREFERRED_CONTACTS } from '../../../shared/contract/customers';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import { typedDay } from '../../ui/list/filterDraft';
import type { BulkDraft, BulkKind } from './bulkDraft';

interface BulkFieldsProps {
  kind: BulkKind;
  draft: BulkDraft;
  onDraft: (draft: BulkDraft) => void;
}

/** What an act over many customers needs to know. */
export function BulkFields({ kind, draft, onDraft }: BulkFieldsProps) {
  const { t } = useTranslation('lists');
  const { t: customers } = useTranslation('customers');
  const set = (part: Partial<BulkDraft>) => onDraft({ ...draft, ...part });
  if (kind === 'addTask') return <TaskFields draft={draft} set={set} />;
  if (kind === 'preferredContact') {
    return (
      <NativeSelect
        data-autofocus
        label={t('bulk.value.preferredContact')}
        value={draft.value}
        onChange={(event) => set({ value: event.currentTarget.value })}
        data={[
          { value: '', label: t('edit.nothing') },
          ...PREFERRED_CONTACTS.map((value) => ({ value, label: customers(`list.contact.${value}`) })),
        ]}
      />
    );
  }
  return (
    <TextInput
      data-autofocus
      label={t('bulk.value.officeNote')}
      description={t('bulk.emptied')}
      maxLength={200}
      autoComplete="off"
      value={draft.value}
      onChange={(event) => set({ value: event.currentTarget.value })}
    />
  );
}

function TaskFields({ draft, set }: { draft: BulkDraft; set: (part: Partial<BulkDraft>) => void }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const colleagues = useQuery(trpc.staff.colleagues.queryOptions(undefined, { staleTime: 300_000 }));
  return (
    <Stack gap="sm">
      <TextInput
        data-autofocus
        label={t('bulk.taskTitle')}
        maxLength={120}
        autoComplete="off"
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <DateInput
        label={t('bulk.taskDue')}
        placeholder={t('filter.dayForm')}
        value={draft.dueOn || null}
        onChange={(dueOn) => set({ dueOn: dueOn ?? '' })}
        valueFormat={(day) => format.date(day)}
        dateParser={typedDay}
        {...(colleagues.data && { minDate: colleagues.data.today })}
      />
      <NativeSelect
        label={t('bulk.taskAssignee')}
        value={draft.assignee}
        onChange={(event) => set({ assignee: event.currentTarget.value })}
        data={[
          { value: '', label: t('bulk.taskMine') },
          ...(colleagues.data?.colleagues ?? []).map(({ login, displayName }) => ({
            value: login,
            label: displayName,
          })),
        ]}
      />
    </Stack>
  );
}
