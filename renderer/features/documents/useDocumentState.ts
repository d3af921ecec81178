import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentRecord } from '../../../shared/contract/documents';
import { trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

/** Withdraws a document or brings it back. The same wish sent again after a lost answer is the same act. */
export function useDocumentState(onDone: () => void = () => undefined) {
  const { t } = useTranslation('documents');
  const cache = useQueryClient();
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  const change = useMutation(
    trpc.documents.setState.mutationOptions({
      onSuccess: async () => {
        wish.current = null;
        await cache.invalidateQueries(trpc.documents.pathFilter());
        onDone();
      },
      onError: showError,
    }),
  );
  return {
    busy: change.isPending,
    mutate: ({ id, title }: DocumentRecord, state: DocumentRecord['state'], reason: string) => {
      const content = JSON.stringify([id, state, reason]);
      if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
      const said = t(state === 'withdrawn' ? 'withdraw.done' : 'withdraw.restored', { title });
      change.mutate(
        { id, state, reason, requestId: wish.current.requestId },
        { onSuccess: () => notifications.show({ message: said, color: 'green' }) },
      );
    },
  };
}
