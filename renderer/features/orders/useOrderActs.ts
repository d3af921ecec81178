import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { OrderRow } from '../../../shared/contract/orders';
import { client, trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';
import type { ResultDraft } from './resultDraft';

/** Closes and reopens orders; the same wish sent again after a lost answer is the same act. */
export function useOrderActs() {
  const queries = useQueryClient();
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  const requestIdOf = (content: string) => {
    if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
    return wish.current.requestId;
  };
  const settled = () => queries.invalidateQueries(trpc.orders.pathFilter());
  const done = () => {
    wish.current = null;
    return settled();
  };
  const close = useMutation({
    mutationFn: ({ id, draft }: { id: string; draft: ResultDraft }) => {
      if (!draft.result) throw new Error('a result was not chosen');
      const input = {
        id,
        result: draft.result,
        on: draft.on,
        value: draft.value.trim().replace(/^0+(?=\d)/, '') || null,
        note: draft.note.trim() || null,
      };
      return client.orders.close.mutate({ ...input, requestId: requestIdOf(JSON.stringify(input)) });
    },
    onSuccess: done,
    onError: showError,
  });
  const reopen = useMutation({
    mutationFn: ({ id }: Pick<OrderRow, 'id'>) =>
      client.orders.reopen.mutate({ id, requestId: requestIdOf(`reopen ${id}`) }),
    onSuccess: done,
    onError: showError,
  });
  return { close, reopen };
}
