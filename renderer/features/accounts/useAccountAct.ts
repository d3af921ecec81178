import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

interface AccountAct<Sent> {
  /** One wish, one request id: sent again after a lost answer it is the same act. */
  send: (input: Sent) => Promise<unknown>;
  done: string;
  onDone: () => void;
}

/** One act on an account: says that it is done and has everything about accounts read again. */
export function useAccountAct<Sent extends { requestId: string }>({ send, done, onDone }: AccountAct<Sent>) {
  const queries = useQueryClient();
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  const mutation = useMutation({
    mutationFn: (input: Omit<Sent, 'requestId'>) => {
      const content = JSON.stringify(input);
      if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
      return send({ ...input, requestId: wish.current.requestId } as Sent);
    },
    onSuccess: () => {
      wish.current = null;
      notifications.show({ message: done, color: 'green' });
      onDone();
    },
    onError: showError,
    onSettled: () => void queries.invalidateQueries(trpc.accounts.pathFilter()),
  });
  return { act: (input: Omit<Sent, 'requestId'>) => mutation.mutate(input), busy: mutation.isPending };
}
