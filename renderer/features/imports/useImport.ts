import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CheckImportInput, ImportMode } from '../../../shared/contract/imports';
import { trpc } from '../../app/trpc';
import { errorShape } from '../../ui/errorShape';
import { showError } from '../../ui/showError';
import { useImportMemory } from './importMemory';

/** How often a running import is asked how far it is. */
const ASK_EVERY_MS = 400;

/** Checking a file, running it, following and stopping the run. */
export function useImport() {
  const queries = useQueryClient();
  const { checked, run, remember } = useImportMemory();
  const importKey = checked?.importKey ?? '';
  const progressOf = trpc.imports.progress.queryKey({ importKey });

  const check = useMutation(
    trpc.imports.check.mutationOptions({
      onSuccess: (found) => remember({ checked: found, run: null }),
      // A wrong header is told in place; the rest in a notification.
      onError: (error) => {
        if (errorShape(error).code !== 'IMPORT_WRONG_COLUMNS') showError(error);
      },
    }),
  );
  const progress = useQuery(
    trpc.imports.progress.queryOptions(
      { importKey },
      {
        enabled: run !== null,
        staleTime: 0,
        refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_EVERY_MS : false),
      },
    ),
  );
  const start = useMutation(
    trpc.imports.run.mutationOptions({
      onError: showError,
      onSettled: () => void queries.invalidateQueries({ queryKey: progressOf }),
    }),
  );
  const cancel = useMutation(
    trpc.imports.cancel.mutationOptions({
      onSuccess: (found) => queries.setQueryData(progressOf, found),
      onError: showError,
    }),
  );

  // The core forgets a file after an hour, and with its restart.
  const gone = progress.isError && errorShape(progress.error).code === 'FILE_GONE';
  useEffect(() => {
    if (gone) remember({ checked: null, run: null });
  });

  return {
    checked,
    run,
    progress: run ? progress.data : undefined,
    checking: check.isPending,
    checkError: check.error,
    starting: start.isPending,
    cancelling: cancel.isPending,
    check: (input: CheckImportInput) => check.mutate(input),
    /** A resumed import takes up its own number; a run asked for again is the same run. */
    start: (mode: ImportMode, resume?: string) => {
      const same = run?.mode === mode && run.resume === resume;
      const asked = same ? run : { mode, requestId: crypto.randomUUID(), ...(resume ? { resume } : {}) };
      start.mutate({ importKey, ...asked }, { onSuccess: () => remember({ run: asked }) });
    },
    cancel: () => cancel.mutate({ importKey }),
    reset: () => {
      check.reset();
      remember({ checked: null, run: null });
    },
  };
}
