import { useTranslation } from 'react-i18next';
import type { UndoStep } from '../../../shared/contract/lists';
import { useFormat } from '../../ui/format';

/** An act in words: what was done, to which record, which fields or how many. */
export function useStepWords(): (step: UndoStep) => string {
  const { t } = useTranslation(['undo', 'customers']);
  const format = useFormat();
  return ({ kind, label, fields, count }) => {
    const named = fields.map((field) =>
      t(`customers:contact.field.${field}` as 'customers:contact.field.phone', { defaultValue: field }),
    );
    return t(`undo:step.${kind}`, { label, fields: named.join(', '), count, formatted: format.count(count) });
  };
}
