import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Slot } from '../../../shared/bridge';
import type { StartExportInput } from '../../../shared/contract/lists';
import type { ExportPort } from '../../ui/list/ExportMenu';
import { showError } from '../../ui/showError';
import { host } from '../host';
import { trpc } from '../trpc';

/** How often a running export is asked how far it is. */
const ASK_EVERY_MS = 300;

/** Exports a list as `question` describes it at the moment it is asked for. */
export function useExport(question: () => Omit<StartExportInput, 'format'>): ExportPort {
  const [exportId, setExportId] = useState<string | null>(null);
  /** The finished file, while the person has not taken it. */
  const [waiting, setWaiting] = useState<Slot | null>(null);
  const handled = useRef<string>(null);
  const start = useMutation(
    trpc.lists.startExport.mutationOptions({
      onSuccess: (started) => setExportId(started.exportId),
      onError: showError,
    }),
  );
  const progress = useQuery(
    trpc.lists.exportProgress.queryOptions(
      { exportId: exportId ?? '' },
      {
        enabled: exportId !== null,
        staleTime: 0,
        gcTime: 0,
        refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : ASK_EVERY_MS),
      },
    ),
  );
  const cancel = useMutation(
    trpc.lists.cancelExport.mutationOptions({ onSuccess: () => void progress.refetch(), onError: showError }),
  );
  const data = exportId === null ? undefined : progress.data;

  async function hand(slot: Slot): Promise<void> {
    try {
      setWaiting((await host.saveFile(slot)) ? null : slot);
    } catch (error) {
      showError(error);
    }
  }
  // The dialog for the file comes by itself, once.
  useEffect(() => {
    if (!data?.file || handled.current === exportId) return;
    handled.current = exportId;
    void hand(data.file);
  });
  const failed = progress.error;
  useEffect(() => {
    if (!failed) return;
    setExportId(null);
    showError(failed);
  }, [failed]);

  return {
    progress:
      exportId === null
        ? null
        : data
          ? { ...data, file: waiting }
          : { state: 'running', rows: 0, total: null, file: null, error: null },
    cancelling: cancel.isPending,
    start: (format) => start.mutate({ ...question(), format }),
    cancel: () => exportId && cancel.mutate({ exportId }),
    save: () => waiting && void hand(waiting),
    close: () => setExportId(null),
  };
}
