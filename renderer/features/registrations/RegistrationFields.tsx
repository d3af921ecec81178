import { Checkbox, Group, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RELATIONS, type RegistrationField, type RegistrationForm } from '../../../shared/contract/registrations';
import { addWorkingDays } from '../../../shared/domain/working-days';
import type { Typed } from '../../ui/comparedForm';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { clauseKeys } from './registrationFields';

interface RegistrationFieldsProps {
  typed: Typed<RegistrationField>;
  set: (field: RegistrationField, value: string) => void;
  errors: Partial<Record<RegistrationField, string>>;
  form: RegistrationForm;
  /** Clauses of the day it was received, where that is not today. */
  clauses?: RegistrationForm['clauses'];
  /** When a web application came, the server knows. */
  dayFixed?: boolean;
  /** What stands before the first field. */
  before?: ReactNode;
}

/** Everything an application form holds; PESEL and NIP are no part of it, they are compared and forgotten. */
export function RegistrationFields({ typed, set, errors, form, clauses, dayFixed, before }: RegistrationFieldsProps) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const text = (
    field: RegistrationField,
    more: { required?: boolean; inputMode?: 'email' | 'tel' | 'decimal' } = {},
  ) => (
    <TextInput
      label={t(`form.${field as 'firstName'}`)}
      autoComplete="off"
      value={typed[field]}
      onChange={(event) => set(field, event.currentTarget.value)}
      error={errors[field]}
      {...more}
    />
  );
  const given = typed.clauses.split(' ').filter(Boolean);
  return (
    <Stack gap="lg">
      {!dayFixed && (
        <Stack gap="sm">
          {before}
          <DayField
            label={t('form.receivedOn')}
            required
            value={typed.receivedOn}
            onChange={(day) => set('receivedOn', day)}
            error={errors.receivedOn}
          />
          <Term receivedOn={typed.receivedOn} form={form} />
        </Stack>
      )}
      <Section title={t('form.applicant')}>
        <Group grow align="flex-start">
          {text('firstName', { required: true })}
          {text('lastName', { required: true })}
        </Group>
        <Group grow align="flex-start">
          {text('email', { inputMode: 'email' })}
          {text('phone', { inputMode: 'tel' })}
        </Group>
      </Section>
      <Section title={t('form.contract')}>
        <Group grow align="flex-start">
          <Select
            label={t('form.relation')}
            required
            allowDeselect={false}
            data={RELATIONS.map((value) => ({ value, label: t(`relation.${value}`) }))}
            value={typed.relation || null}
            onChange={(value) => value && set('relation', value)}
            error={errors.relation}
            comboboxProps={{ withinPortal: false }}
          />
          {text('customerNoGiven')}
        </Group>
        <Group grow align="flex-start">
          {text('invoiceNoGiven')}
          {text('invoiceGrossGiven', { inputMode: 'decimal' })}
        </Group>
      </Section>
      <Section title={t('form.declarations')}>
        <Checkbox.Group
          label={t('form.clauses')}
          value={given}
          onChange={(keys) => set('clauses', clauseKeys(keys))}
          error={errors.clauses}
        >
          <Stack gap="xs" mt="xs">
            {(clauses ?? form.clauses).map(({ key, title, mandatory }) => (
              <Checkbox key={key} value={key} label={mandatory ? title : `${title} (${t('check.optional')})`} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label={t('form.regulationVersionId')}
          data={form.versions.map(({ id, label, effectiveOn }) => ({
            value: id,
            label: t('form.regulationVersion', { label, day: format.date(effectiveOn) }),
          }))}
          value={typed.regulationVersionId || null}
          onChange={(id) => set('regulationVersionId', id ?? '')}
          error={errors.regulationVersionId}
          comboboxProps={{ withinPortal: false }}
        />
      </Section>
      <Section title={t('form.address')}>
        {text('street')}
        <Group grow align="flex-start">
          {text('houseNo')}
          {text('flatNo')}
        </Group>
        <Group grow align="flex-start">
          {text('postalCode')}
          {text('city')}
        </Group>
      </Section>
      <Section title={t('form.files')}>
        <TextInput
          label={t('form.originalPlace')}
          description={t('form.originalHint')}
          autoComplete="off"
          value={typed.originalPlace}
          onChange={(event) => set('originalPlace', event.currentTarget.value)}
          error={errors.originalPlace}
        />
        <Textarea
          label={t('form.note')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={1000}
          value={typed.note}
          onChange={(event) => set('note', event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
          error={errors.note}
        />
      </Section>
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" gap="sm">
      <Title order={3} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

/** The term by the office's calendar, before the server has counted it. */
function Term({ receivedOn, form }: { receivedOn: string; form: RegistrationForm }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(receivedOn)) return null;
  const daysOff = new Set(form.daysOff);
  const due = (days: number) => format.date(addWorkingDays(receivedOn, days, daysOff));
  return (
    <Text size="sm" c="dimmed" aria-live="polite">
      {t('form.term', { from: due(form.dueFromDays), to: due(form.dueToDays) })}
    </Text>
  );
}
