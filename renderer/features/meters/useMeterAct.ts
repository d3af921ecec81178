import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

interface MeterAct<Sent, Answer> {
  /** One wish, one request id: sent again after a lost answer it is the same act. */
  send: (input: Sent) => Promise<Answer>;
  done: (answer: Answer) => string;
  onDone: () => void;
}

/** One act on a meter: says that it is done and has everything about meters read again. */
export function useMeterAct<Sent extends { requestId: string }, Answer>(act: MeterAct<Sent, Answer>) {
  const queries = useQueryClient();
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  const mutation = useMutation({
    mutationFn: (input: Omit<Sent, 'requestId'>) => {
      const content = JSON.stringify(input);
      if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
      return act.send({ ...input, requestId: wish.current.requestId } as Sent);
    },
    onSuccess: (answer) => {
      wish.current = null;
      notifications.show({ message: act.done(answer), color: 'green' });
      act.onDone();
    },
    onError: showError,
    onSettled: () => void queries.invalidateQueries(trpc.meters.pathFilter()),
  });
  return { act: (input: Omit<Sent, 'requestId'>) => mutation.mutate(input), busy: mutation.isPending };
}
