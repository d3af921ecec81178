import { useTranslation } from 'react-i18next';
import type { FieldFault } from './exchangeForm';

/** The sentence that stands at a field. */
export function useFieldError(): (fault: FieldFault) => string | null {
  const { t } = useTranslation('exchanges');
  const errors = useTranslation('errors').t;
  return (fault) => (fault === null ? null : fault === 'missing' ? t('form.missing') : errors(fault));
}
