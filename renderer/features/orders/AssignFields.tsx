import { Select, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrderField } from '../../../shared/contract/orders';
import { DayField } from '../../ui/DayField';
import { useFieldWorkers } from './fieldWorkers';

interface AssignFieldsProps {
  typed: Readonly<Record<OrderField, string>>;
  set: (field: OrderField, value: string) => void;
  errors: Partial<Record<OrderField, string>>;
  today: string;
  /** The first field takes the focus. */
  first?: boolean;
}

/** Who goes, on which day, until when, and what they should know. */
export function AssignFields({ typed, set, errors, today, first = false }: AssignFieldsProps) {
  const { t } = useTranslation('orders');
  const workers = useFieldWorkers(typed.assignee);
  return (
    <Stack gap="md">
      <Select
        label={t('column.assignee')}
        placeholder={t('make.nobody')}
        data={workers}
        value={typed.assignee || null}
        onChange={(login) => set('assignee', login ?? '')}
        error={errors.assignee}
        searchable
        clearable
        comboboxProps={{ withinPortal: false }}
        {...(first && { 'data-autofocus': true })}
      />
      <DayField
        label={t('column.day')}
        placeholder={t('make.noDay')}
        clearable
        minDate={today}
        value={typed.day}
        onChange={(day) => set('day', day)}
        error={errors.day}
      />
      <DayField
        label={t('column.dueOn')}
        description={t('make.dueHint')}
        clearable
        value={typed.dueOn}
        onChange={(day) => set('dueOn', day)}
        error={errors.dueOn}
      />
      <Textarea
        label={t('column.note')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1000}
        value={typed.note}
        // One paragraph: the text also stands on the printed list.
        onChange={(event) => set('note', event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
        error={errors.note}
      />
    </Stack>
  );
}
