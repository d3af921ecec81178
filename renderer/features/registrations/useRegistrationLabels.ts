import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { REGISTRATION_FIELDS, type RegistrationField } from '../../../shared/contract/registrations';
import type { Typed } from '../../ui/comparedForm';
import { faultsOf } from './registrationFields';

/** Names of an application's fields, and what is wrong with what was typed, in words. */
export function useRegistrationLabels() {
  const { t } = useTranslation('registrations');
  const labels = useMemo(
    () =>
      Object.fromEntries(REGISTRATION_FIELDS.map((field) => [field, t(`form.${field}`)])) as Record<
        RegistrationField,
        string
      >,
    [t],
  );
  const validate = useCallback(
    (typed: Typed<RegistrationField>) =>
      Object.fromEntries(
        Object.entries(faultsOf(typed)).map(([field, fault]) => [field, t(`form.${fault}`)]),
      ) as Partial<Record<RegistrationField, string>>,
    [t],
  );
  return { labels, validate };
}
