import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format';

const KIB = 1024;

/** Bytes as a person reads them: 340 KB, 2,1 MB. */
export function useFileSize(): (bytes: number) => string {
  const { t } = useTranslation('documents');
  const format = useFormat();
  return (bytes) => {
    const kibibytes = bytes / KIB;
    if (kibibytes < KIB) return t('kibibytes', { value: format.count(Math.max(1, Math.round(kibibytes))) });
    return t('megabytes', { value: format.decimal((kibibytes / KIB).toFixed(1)) });
  };
}
