import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { APPROVAL_KINDS } from '../../../shared/contract/approvals';

/** Words for kinds and those who decide them; a kind without words stands under its own key. */
export function useApprovalWords() {
  const { t } = useTranslation('approvals');
  return useMemo(() => {
    const known: readonly string[] = APPROVAL_KINDS;
    return {
      kind: (kind: string) => (known.includes(kind) ? t(`kind.${kind as 'account.delete'}`) : kind),
      deciders: (kind: string) => {
        if (kind === 'account.delete') return t('deciders.account.delete');
        return kind.startsWith('staff.') ? t('deciders.staff') : t('deciders.other');
      },
    };
  }, [t]);
}
