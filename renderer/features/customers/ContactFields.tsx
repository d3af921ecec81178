import { Fieldset, Group, Select, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type ContactField, PREFERRED_CONTACTS } from '../../../shared/contract/customers';
import type { ErrorCode } from '../../../shared/errors';
import classes from './ContactFields.module.css';
import type { ContactValues } from './contactValues';

/** How each field is typed: keyboard of a touch screen, the longest text the contract takes. */
const INPUT: Partial<Record<ContactField, { type?: 'tel' | 'email'; inputMode?: 'numeric'; maxLength?: number }>> = {
  phone: { type: 'tel', maxLength: 24 },
  phoneAlt: { type: 'tel', maxLength: 24 },
  email: { type: 'email' },
  emailAlt: { type: 'email' },
  postalCode: { inputMode: 'numeric', maxLength: 6 },
};

/** The fields of the contact form in their groups. */
export function ContactFields({ form }: { form: UseFormReturnType<ContactValues> }) {
  const { t } = useTranslation(['customers', 'errors']);
  const field = (name: ContactField, className?: string) => {
    const { error, ...props } = form.getInputProps(name);
    return (
      <TextInput
        {...props}
        {...INPUT[name]}
        key={name}
        className={className}
        label={t(`contact.field.${name}`)}
        placeholder={name === 'phone' ? t('contact.hint.phone') : undefined}
        maxLength={INPUT[name]?.maxLength ?? 200}
        autoComplete="off"
        error={error && t(`errors:${error as ErrorCode}`, { defaultValue: t('errors:INVALID_INPUT') })}
        {...(name === 'phone' && { 'data-autofocus': true })}
      />
    );
  };
  return (
    <>
      <Fieldset variant="unstyled" legend={t('contact.groupDirect')} className={classes.group}>
        <Group grow align="flex-start" gap="sm">
          {field('phone')}
          {field('phoneAlt')}
        </Group>
        {field('email')}
        {field('emailAlt')}
      </Fieldset>
      <Fieldset variant="unstyled" legend={t('contact.groupOffice')} className={classes.group}>
        <Select
          {...form.getInputProps('preferredContact')}
          value={form.values.preferredContact || null}
          onChange={(wish) => form.setFieldValue('preferredContact', wish ?? '')}
          label={t('contact.field.preferredContact')}
          placeholder={t('contact.hint.noWish')}
          data={PREFERRED_CONTACTS.map((value) => ({ value, label: t(`list.contact.${value}`) }))}
          clearable
          clearButtonProps={{ 'aria-label': t('contact.hint.clearWish') }}
        />
        {field('officeNote')}
      </Fieldset>
      <Fieldset variant="unstyled" legend={t('contact.groupPostal')} className={classes.group}>
        <Text size="xs" c="dimmed">
          {t('contact.hint.postal')}
        </Text>
        <div className={classes.postal}>
          {field('postalStreet', classes.wide)}
          {field('postalHouseNo')}
          {field('postalFlatNo')}
          {field('postalCode')}
          {field('postalCity', classes.rest)}
        </div>
      </Fieldset>
    </>
  );
}
