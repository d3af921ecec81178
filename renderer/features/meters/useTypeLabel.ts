import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterType } from '../../../shared/contract/meters';
import { useFormat } from '../../ui/format';

/** A type as one chooses it: maker, model, diameter, flow and range. */
export function useTypeLabel(): (type: MeterType) => string {
  const { t } = useTranslation('meters');
  const format = useFormat();
  return useCallback(
    ({ maker, model, dn, q3, r }: MeterType) =>
      [
        `${maker} ${model}`,
        t('record.dnValue', { dn }),
        `Q3 ${format.decimal(q3)}`,
        r !== null && t('record.rValue', { r }),
      ]
        .filter(Boolean)
        .join(', '),
    [t, format],
  );
}
