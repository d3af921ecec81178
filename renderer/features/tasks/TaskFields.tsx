import { Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';

export const TASK_FIELDS = ['title', 'note', 'dueOn', 'assignee'] as const;
export type TaskField = (typeof TASK_FIELDS)[number];

interface TaskFieldsProps {
  typed: Readonly<Record<TaskField, string>>;
  set: (field: TaskField, value: string) => void;
  errors: Partial<Record<TaskField, string>>;
  /** The record it is about. */
  subject?: ReactNode;
}

/** What a task is made of: what, by when, by whom. */
export function TaskFields({ typed, set, errors, subject }: TaskFieldsProps) {
  const { t } = useTranslation('tasks');
  return (
    <Stack gap="md">
      <TextInput
        label={t('column.title')}
        autoComplete="off"
        maxLength={120}
        required
        data-autofocus
        value={typed.title}
        onChange={(event) => set('title', event.currentTarget.value)}
        error={errors.title}
      />
      {subject && (
        <div>
          <Text size="sm" fw={500}>
            {t('column.subject')}
          </Text>
          {subject}
        </div>
      )}
      <DayField
        label={t('column.dueOn')}
        required
        value={typed.dueOn}
        onChange={(day) => set('dueOn', day)}
        error={errors.dueOn}
      />
      <Assignee value={typed.assignee} onChange={(login) => set('assignee', login)} error={errors.assignee} />
      <Textarea
        label={t('note')}
        description={t('noteHint')}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={1000}
        value={typed.note}
        // One paragraph: the text also stands in one line of a list.
        onChange={(event) => set('note', event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
        error={errors.note}
      />
    </Stack>
  );
}

function Assignee({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (login: string) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const list = useQuery(trpc.staff.colleagues.queryOptions());
  const today = list.data?.today ?? '';
  const people = (list.data?.colleagues ?? []).filter(({ active, login }) => active || login === value);
  return (
    <Select
      label={t('column.assignee')}
      required
      searchable
      allowDeselect={false}
      data={people.map((person) => {
        const away = person.absentFrom && person.absentFrom <= today && (!person.absentTo || person.absentTo >= today);
        const until = person.absentTo ? t('awayUntil', { day: format.date(person.absentTo) }) : t('away');
        return { value: person.login, label: away ? `${person.displayName} (${until})` : person.displayName };
      })}
      value={value}
      onChange={(login) => login && onChange(login)}
      error={error}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
