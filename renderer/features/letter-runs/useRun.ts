import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LetterRun } from '../../../shared/contract/letter-runs';
import { trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

/** How often a run under way is asked how far it is. */
const ASK_EVERY_MS = 400;

/** A run of letters: followed while it goes on, stopped, taken up again. */
export function useRun(id: string | null) {
  const cache = useQueryClient();
  const run = useQuery(
    trpc.letterRuns.get.queryOptions(id === null ? skipToken : { id }, {
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_EVERY_MS : false),
    }),
  );
  const keep = (next: LetterRun) => cache.setQueryData(trpc.letterRuns.get.queryKey({ id: next.id }), next);
  const resume = useMutation(trpc.letterRuns.resume.mutationOptions({ onSuccess: keep, onError: showError }));
  const cancel = useMutation(trpc.letterRuns.cancel.mutationOptions({ onSuccess: keep, onError: showError }));
  const state = run.data?.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the run comes to an end
  useEffect(() => {
    if (!state || state === 'running') return;
    // What became of each meter is read anew, here and where meters are listed.
    for (const filter of [trpc.letterRuns.rows.pathFilter(), trpc.letterRuns.list.pathFilter()]) {
      void cache.invalidateQueries(filter);
    }
    for (const filter of [trpc.meters.pathFilter(), trpc.legalization.pathFilter()])
      void cache.invalidateQueries(filter);
  }, [state]);
  return {
    run,
    keep,
    busy: resume.isPending || cancel.isPending,
    resume: () => id && resume.mutate({ id }),
    cancel: () => id && cancel.mutate({ id }),
  };
}
