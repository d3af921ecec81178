import { Button, Checkbox, Group, MultiSelect, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnFilter } from '../../../shared/contract/lists';
import { DayField } from '../DayField';
import type { Choice, ColumnFilterForm } from './columns';
import { draftOf, type FilterDraft, filterOf, waysOf } from './filterDraft';

/** Up to so many values are shown at once; more are searched. */
const FEW = 8;

interface FilterFormProps {
  /** The column's name. */
  label: string;
  form: ColumnFilterForm;
  filter: ColumnFilter | undefined;
  /** null takes the filter away. */
  onFilter: (filter: ColumnFilter | null) => void;
}

/** What a column is filtered by; Enter applies it. */
export function FilterForm({ label, form, filter, onFilter }: FilterFormProps) {
  const { t } = useTranslation('lists');
  const [draft, setDraft] = useState(() => draftOf(filter, form));
  const set = (part: Partial<FilterDraft>) => setDraft((now) => ({ ...now, ...part }));
  const ways = waysOf(form);
  const asked = filterOf(draft);
  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (asked !== 'wrong') onFilter(asked);
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        {ways.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('filter.how', { column: label })}
            value={draft.how}
            onChange={(event) => set({ how: event.currentTarget.value as FilterDraft['how'] })}
            data={ways.map((way) => ({ value: way, label: t(`filter.way.${way}`) }))}
          />
        )}
        <Fields label={label} form={form} draft={draft} set={set} wrong={asked === 'wrong'} />
        <Group justify="space-between" gap="xs">
          <Button size="xs" variant="default" disabled={!filter} onClick={() => onFilter(null)}>
            {t('filter.remove')}
          </Button>
          <Button size="xs" type="submit" disabled={asked === 'wrong'}>
            {t('filter.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  label: string;
  form: ColumnFilterForm;
  draft: FilterDraft;
  set: (part: Partial<FilterDraft>) => void;
  wrong: boolean;
}

function Fields({ label, form, draft, set, wrong }: FieldsProps) {
  const { t } = useTranslation('lists');
  const day = { size: 'xs', placeholder: t('filter.dayForm'), clearable: true, beside: true } as const;
  switch (draft.how) {
    case 'empty':
    case 'filled':
      return null;
    case 'oneOf':
      return form.by === 'values' ? (
        <Values label={label} choices={form.choices} values={draft.values} onValues={(values) => set({ values })} />
      ) : null;
    case 'between':
      return (
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            data-autofocus
            size="xs"
            inputMode="decimal"
            label={t('filter.from')}
            value={draft.from}
            error={wrong}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            inputMode="decimal"
            label={t('filter.to')}
            value={draft.to}
            error={wrong && t('filter.wrongRange')}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </Group>
      );
    case 'dates':
      return (
        <Stack gap="xs">
          <DayField
            {...day}
            label={t('filter.fromDay')}
            value={draft.from}
            onChange={(from) => set({ from })}
            data-autofocus
          />
          <DayField
            {...day}
            label={t('filter.toDay')}
            value={draft.to}
            onChange={(to) => set({ to })}
            error={wrong && t('filter.wrongDates')}
          />
        </Stack>
      );
    default:
      return (
        <TextInput
          data-autofocus
          size="xs"
          aria-label={label}
          placeholder={t('filter.text')}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          value={draft.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
      );
  }
}

interface ValuesProps {
  label: string;
  choices: readonly Choice[];
  values: readonly string[];
  onValues: (values: string[]) => void;
}

function Values({ label, choices, values, onValues }: ValuesProps) {
  const { t } = useTranslation('lists');
  const [opened, setOpened] = useState(false);
  if (choices.length <= FEW) {
    return (
      <Checkbox.Group aria-label={label} value={[...values]} onChange={onValues}>
        <Stack gap={6} py={4}>
          {choices.map(({ value, label: word }, index) => (
            <Checkbox key={value} size="xs" value={value} label={word} data-autofocus={index === 0 || undefined} />
          ))}
        </Stack>
      </Checkbox.Group>
    );
  }
  return (
    <MultiSelect
      data-autofocus
      size="xs"
      aria-label={label}
      placeholder={values.length > 0 ? undefined : t('filter.values')}
      data={[...choices]}
      value={[...values]}
      onChange={onValues}
      nothingFoundMessage={t('filter.noValue')}
      // Inside of the form: a click on it must not close what it stands in.
      comboboxProps={{ withinPortal: false }}
      // Closed by each choice: it lies over the button that applies the filter.
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      onOptionSubmit={() => setOpened(false)}
      limit={100}
      maxValues={200}
      searchable
      clearable
      hidePickedOptions
    />
  );
}
