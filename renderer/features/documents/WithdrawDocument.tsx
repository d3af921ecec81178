import { Alert, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentRecord } from '../../../shared/contract/documents';
import { useDraft } from '../../ui/drafts';
import { FormDrawer } from '../../ui/FormDrawer';
import { useDocumentState } from './useDocumentState';

const SHORTEST = 5;

/** Takes a document that was added by mistake off the list, with the reason that stays in the history. */
export function WithdrawDocument({ document, onClose }: { document: DocumentRecord; onClose: () => void }) {
  const { t } = useTranslation('documents');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const draft = useDraft(
    `documents.withdraw.${document.id}`,
    { reason },
    { dirty: reason !== '', onRestore: (kept) => setReason(kept.reason) },
  );
  const done = () => {
    void draft.discard();
    onClose();
  };
  const { mutate, busy } = useDocumentState(done);
  const short = reason.trim().length < SHORTEST;
  if (!draft.ready) return null;
  return (
    <FormDrawer
      opened
      title={t('withdraw.title')}
      saveLabel={t('withdraw.confirm')}
      dirty={reason !== ''}
      saving={busy}
      draftSavedAt={draft.savedAt}
      draftRestoredAt={draft.restoredAt}
      onClose={onClose}
      onDiscard={done}
      onSubmit={() => {
        setAsked(true);
        if (!short) mutate(document, 'withdrawn', reason.trim());
      }}
    >
      <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} mb="md">
        {t('withdraw.text', { title: document.title })}
      </Alert>
      <Textarea
        label={t('withdraw.reason')}
        description={t('withdraw.reasonHint')}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value.replace(/\s*\n\s*/g, ' '))}
        error={asked && short ? t('withdraw.reasonShort') : null}
        maxLength={200}
        autosize
        minRows={2}
        data-autofocus
        required
      />
    </FormDrawer>
  );
}
