import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterEvent } from '../../../shared/contract/meters';

/** An event in one line. */
export function useEventWords(): (event: MeterEvent) => string {
  const { t } = useTranslation('meters');
  return useCallback(
    ({ kind, code, words }: MeterEvent) => {
      if (kind === 'removed' && code === null) return t('event.removed');
      return t(kind === 'removed' ? 'event.removedBecause' : `event.${kind}`, { code: said(), words });

      /** The code in the words of its own list. */
      function said(): string {
        if (code === null) return '';
        if (kind === 'installed') return t(`role.${code as 'main'}`).toLowerCase();
        if (kind === 'legalizationLost') return t(`legal.lossReason.${code as 'seal'}`);
        if (kind === 'sealPut') return t(`sealPlace.${code as 'counter'}`);
        if (kind === 'sealRemoved') return t(`sealRemovedReason.${code as 'exchange'}`);
        return t(`event.code.${code as 'other'}`);
      }
    },
    [t],
  );
}
