import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval, Decided } from '../../../shared/contract/approvals';
import { trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

/**
 * Decides or withdraws a request and says what became of it. The same decision sent again, after a lost answer or a double
 * click, is the same act; another one is another.
 */
export function useDecision(approval: Pick<Approval, 'id'>, onDone: () => void) {
  const { t } = useTranslation('approvals');
  const queries = useQueryClient();
  const sent = useRef({ what: '', requestId: '' });
  const idOf = (what: string) => {
    if (sent.current.what !== what) sent.current = { what, requestId: crypto.randomUUID() };
    return sent.current.requestId;
  };
  const told = (answer: Decided) => {
    const { done, state, voidReason } = answer;
    if (done) {
      const word = state === 'void' ? 'withdrawn' : state === 'open' ? 'approved' : state;
      notifications.show({ message: t(`done.${word}`), color: 'green' });
      onDone();
    } else {
      notifications.show({
        message: voidReason ? t(`late.${voidReason}`) : t('late.decided', { state: t(`state.${state}`) }),
        color: 'yellow',
        autoClose: 10_000,
      });
    }
    void queries.invalidateQueries(trpc.approvals.pathFilter());
  };
  const failed = (error: unknown) => {
    showError(error);
    void queries.invalidateQueries(trpc.approvals.pathFilter());
  };
  const deciding = useMutation(trpc.approvals.decide.mutationOptions({ onSuccess: told, onError: failed }));
  const withdrawing = useMutation(trpc.approvals.withdraw.mutationOptions({ onSuccess: told, onError: failed }));
  const busy = deciding.isPending || withdrawing.isPending;
  return {
    busy,
    decide: (approve: boolean, note: string) => {
      if (busy) return;
      const content = { id: approval.id, approve, note: note.trim() || null };
      deciding.mutate({ ...content, requestId: idOf(JSON.stringify(content)) });
    },
    withdraw: () => {
      if (!busy) withdrawing.mutate({ id: approval.id, requestId: idOf('withdraw') });
    },
  };
}
