import { Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  METER_FIELDS,
  type MeterField,
  type MeterForm,
  type MeterRecord,
  OWNER_KINDS,
} from '../../../shared/contract/meters';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import type { Stored, Typed } from '../../ui/comparedForm';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { useTypeLabel } from './useTypeLabel';

interface EditMeterProps {
  meter: MeterRecord;
  onClose: () => void;
}

/** Puts the data of a meter right, compared field by field with what others stored meanwhile. */
export function EditMeter(props: EditMeterProps) {
  const form = useQuery(trpc.meters.form.queryOptions()).data;
  return form ? <Form {...props} form={form} /> : null;
}

function Form({ meter, form, onClose }: EditMeterProps & { form: MeterForm }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const queries = useQueryClient();
  const typeLabel = useTypeLabel();
  const types = useMemo(
    () => form.types.map((type) => ({ value: type.id, label: typeLabel(type) })),
    [form, typeLabel],
  );
  const labels = useMemo(
    () => Object.fromEntries(METER_FIELDS.map((field) => [field, t(`edit.${field}`)])) as Record<MeterField, string>,
    [t],
  );
  const present = meter.installations.find(({ removedOn }) => removedOn === null);
  return (
    <ComparedDrawer
      title={t('edit.title', { factoryNo: meter.factoryNo })}
      stored={storedOf(meter)}
      labels={labels}
      shown={(field, value) => {
        if (field === 'typeId') return types.find((type) => type.value === value)?.label ?? value;
        if (field === 'ownerKind') return t(`ownerKind.${value as 'utility'}`);
        return field === 'acceptedOn' ? format.date(value) : value;
      }}
      draftId={`meters.edit.${meter.id}`}
      validate={(typed) => ({
        ...(!typed.factoryNo.trim() && { factoryNo: t('required') }),
        ...(typed.producedYear.trim() &&
          !/^(19[5-9]|20)\d+$/.test(typed.producedYear.trim()) && { producedYear: t('edit.yearWrong') }),
        ...(typed.radioId.trim() &&
          !/^[0-9A-Za-z]{4,16}$/.test(typed.radioId.trim()) && { radioId: t('edit.radioWrong') }),
      })}
      save={(changes, requestId) => client.meters.edit.mutate({ id: meter.id, changes, requestId })}
      onSaved={() => {
        notifications.show({ message: t('edit.saved'), color: 'green' });
        void queries.invalidateQueries(trpc.meters.pathFilter());
      }}
      onClose={onClose}
    >
      {(fields) => <Fields {...fields} types={types} installed={present !== undefined} today={meter.today} />}
    </ComparedDrawer>
  );
}

function storedOf(meter: MeterRecord): Stored<MeterField> {
  return {
    factoryNo: meter.factoryNo,
    typeId: meter.typeId,
    ownerKind: meter.ownerKind,
    acceptedOn: meter.acceptedOn,
    producedYear: meter.producedYear === null ? null : String(meter.producedYear),
    radioId: meter.radioId,
    stockPlace: meter.stockPlace,
    place: meter.installations.find(({ removedOn }) => removedOn === null)?.place ?? null,
    note: meter.note,
  };
}

interface FieldsProps {
  typed: Typed<MeterField>;
  set: (field: MeterField, value: string) => void;
  errors: Partial<Record<MeterField, string>>;
  types: { value: string; label: string }[];
  installed: boolean;
  today: string;
}

function Fields({ typed, set, errors, types, installed, today }: FieldsProps) {
  const { t } = useTranslation('meters');
  const text = (field: MeterField, more: { required?: boolean; 'data-autofocus'?: boolean } = {}) => (
    <TextInput
      label={t(`edit.${field}`)}
      value={typed[field]}
      onChange={(event) => set(field, event.currentTarget.value)}
      error={errors[field]}
      autoComplete="off"
      {...more}
    />
  );
  return (
    <Stack gap="md">
      {text('factoryNo', { required: true, 'data-autofocus': true })}
      <Select
        label={t('edit.typeId')}
        data={types}
        value={typed.typeId}
        onChange={(value) => value && set('typeId', value)}
        searchable
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      <Group grow align="flex-start">
        <Select
          label={t('edit.ownerKind')}
          data={OWNER_KINDS.map((value) => ({ value, label: t(`ownerKind.${value}`) }))}
          value={typed.ownerKind}
          onChange={(value) => value && set('ownerKind', value)}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
        />
        {text('radioId')}
      </Group>
      <Group grow align="flex-start">
        <DayField
          label={t('edit.acceptedOn')}
          clearable
          value={typed.acceptedOn}
          onChange={(day) => set('acceptedOn', day)}
          maxDate={today}
        />
        {text('producedYear')}
      </Group>
      {installed ? text('place') : text('stockPlace')}
      <Textarea
        label={t('edit.note')}
        autosize
        minRows={2}
        maxLength={500}
        value={typed.note}
        onChange={(event) => set('note', event.currentTarget.value)}
      />
    </Stack>
  );
}
