import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { trpc } from '../../app/trpc';
import type { ContactChanges, ContactConflict } from './contactValues';

interface Outcome {
  onSaved: () => void;
  onConflict: (fields: ContactConflict) => void;
  onError: (error: unknown) => void;
}

/**
 * Saves contact data. One wish, one request id: the same content sent again after a lost answer is the same act and is
 * stored once; other content, or the same after it was answered, is a new act.
 */
export function useSaveContact(customerId: string, { onSaved, onConflict, onError }: Outcome) {
  const cache = useQueryClient();
  const wish = useRef<{ content: string; requestId: string; changes: ContactChanges } | null>(null);
  const mutation = useMutation(
    trpc.customers.editContact.mutationOptions({
      onSuccess: async (result) => {
        wish.current = null;
        await Promise.all([
          cache.invalidateQueries(trpc.customers.card.queryFilter({ id: customerId })),
          cache.invalidateQueries(trpc.audit.history.pathFilter()),
        ]);
        if (result.status === 'conflict') onConflict(result.fields);
        else onSaved();
      },
      onError,
    }),
  );
  const save = (changes: ContactChanges) => {
    if (mutation.isPending) return;
    const content = JSON.stringify(changes);
    if (wish.current?.content !== content) {
      wish.current = { content, requestId: crypto.randomUUID(), changes };
    }
    mutation.mutate({ id: customerId, requestId: wish.current.requestId, changes });
  };
  return { save, saving: mutation.isPending, unanswered: () => wish.current?.changes ?? null };
}
