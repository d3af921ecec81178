import { useTranslation } from 'react-i18next';
import { BulkDrawer, type BulkSubject, type Counted } from '../../app/bulk/BulkDrawer';
import { BulkFields } from './BulkFields';
import { type BulkDraft, type BulkKind, bulkActOf, EMPTY_BULK } from './bulkDraft';

interface BulkCustomersProps extends BulkSubject {
  kind: BulkKind;
  onClose: (ran: boolean) => void;
}

/** One act over many customers. */
export function BulkCustomers({ kind, ...rest }: BulkCustomersProps) {
  const { t } = useTranslation('lists');
  const { t: customers } = useTranslation('customers');
  function sentence(draft: BulkDraft, counted: Counted): string {
    const act = bulkActOf(kind, draft);
    if (act?.is === 'addTask') return t('bulk.confirmTask', { ...counted, title: act.title });
    const to = act?.is === 'setField' ? act.to : null;
    const value =
      to === null ? t('edit.nothing') : kind === 'preferredContact' ? customers(`list.contact.${to as 'phone'}`) : to;
    return t('bulk.confirmField', { ...counted, act: customers(`list.column.${kind as 'officeNote'}`), value });
  }
  return (
    <BulkDrawer
      {...rest}
      title={kind === 'addTask' ? t('bulk.addTask') : t(`bulk.setField.${kind}`)}
      list="customers"
      draftId={`customers.bulk.${kind}`}
      empty={EMPTY_BULK}
      fields={(draft, onDraft) => <BulkFields kind={kind} draft={draft} onDraft={onDraft} />}
      actOf={(draft) => bulkActOf(kind, draft)}
      sentence={sentence}
      hint={t('bulk.confirmHint')}
      confirm={(counted) => t('bulk.confirm', { ...counted })}
    />
  );
}
