import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const ITEMS = [
  'regulations',
  'email',
  'customer',
  'customer_deceased',
  'identity',
  'proxy_document',
  'original',
] as const;

/** What an application lacks, in words: from the codes of the database and the titles of its clauses. */
export function useMissingWords(): (
  codes: readonly string[],
  clauses?: readonly { key: string; title: string }[],
) => string[] {
  const { t } = useTranslation('registrations');
  return useCallback(
    (codes, clauses = []) =>
      codes.map((code) => {
        const key = code.startsWith('clause:') ? code.slice('clause:'.length) : null;
        if (key !== null) return t('missing.clause', { title: clauses.find((each) => each.key === key)?.title ?? key });
        const item = ITEMS.find((each) => each === code);
        return item ? t(`missing.${item}`) : code;
      }),
    [t],
  );
}
