import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDanger } from '../../ui/ConfirmDanger';
import { useDraft } from '../../ui/drafts';

interface AskReasonProps {
  /** What is taken back: the reason typed for it is kept under this name. */
  draftId: string;
  title: string;
  text: string;
  confirmLabel: string;
  busy: boolean;
  onClose: () => void;
  /** Answers when it is taken back; throws when it was refused, which its own caller says. */
  onConfirm: (reason: string) => Promise<unknown>;
}

/** Asks before something is taken back, and why; the reason stands in the history. */
export function AskReason({ draftId, title, text, confirmLabel, busy, onClose, onConfirm }: AskReasonProps) {
  const { t } = useTranslation('rules');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const draft = useDraft(draftId, { reason }, { dirty: reason !== '', onRestore: (kept) => setReason(kept.reason) });
  const leave = () => void draft.discard().then(onClose);
  const confirm = () => {
    if (reason.trim().length < 5) return setMissing(true);
    void onConfirm(reason.trim()).then(draft.discard, () => undefined);
  };
  if (!draft.ready) return null;
  return (
    <ConfirmDanger opened title={title} confirmLabel={confirmLabel} busy={busy} onClose={leave} onConfirm={confirm}>
      {text}
      <TextInput
        mt="sm"
        label={t('form.reason')}
        required
        autoComplete="off"
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={missing && t('form.reasonMissing')}
      />
    </ConfirmDanger>
  );
}
