import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { BulkAct, BulkRecord, Selection, UndoResult } from '../../../shared/contract/lists';
import { errorShape } from '../../ui/errorShape';
import { showError } from '../../ui/showError';
import { trpc } from '../trpc';

/** The queries that show the rows of each list, by their path. */
const SHOWN_IN: Readonly<Record<BulkAct['list'], readonly string[][]>> = {
  customers: [
    ['customers', 'list'],
    ['customers', 'count'],
  ],
  meters: [['meters'], ['legalization'], ['orders']],
  orders: [['orders'], ['meters']],
};

/** How often a running act is asked how far it is. */
const ASK_EVERY_MS = 300;

/** An act over many rows of a list: counted, run, followed, stopped, finished after a failure, undone. */
export function useBulk(list: BulkAct['list'], selection: Selection) {
  const cache = useQueryClient();
  const [bulkId, setBulkId] = useState<string | null>(null);
  /** The same wish sent again after a lost answer is the same act. */
  const wish = useRef<{ content: string; requestId: string }>(null);
  const counted = useQuery(
    trpc.bulk.count.queryOptions({ list, selection }, { staleTime: 0, gcTime: 0, enabled: bulkId === null }),
  );
  const progress = useQuery(
    trpc.bulk.progress.queryOptions(bulkId === null ? skipToken : { bulkId }, {
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_EVERY_MS : false),
    }),
  );
  const follow = (record: BulkRecord) => {
    cache.setQueryData(trpc.bulk.progress.queryKey({ bulkId: record.id }), record);
    setBulkId(record.id);
  };
  const start = useMutation(
    trpc.bulk.start.mutationOptions({
      onSuccess: follow,
      onError: (error) => {
        showError(error);
        // What was confirmed is no more: counted anew, confirmed anew.
        if (errorShape(error).code === 'SELECTION_CHANGED') void counted.refetch();
      },
    }),
  );
  const cancel = useMutation(trpc.bulk.cancel.mutationOptions({ onSuccess: follow, onError: showError }));
  const resume = useMutation(trpc.bulk.resume.mutationOptions({ onSuccess: follow, onError: showError }));
  const undo = useMutation(
    trpc.undo.run.mutationOptions({
      onSuccess: () => cache.invalidateQueries(),
      onError: showError,
    }),
  );
  const record = bulkId === null ? undefined : progress.data;
  return {
    count: counted.data?.count,
    countError: counted.error,
    record,
    starting: start.isPending,
    stopping: cancel.isPending,
    undoing: undo.isPending,
    undone: undo.data as UndoResult | undefined,
    start: (act: BulkAct, confirmed: number) => {
      const content = JSON.stringify([act, selection, confirmed]);
      if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
      start.mutate({ requestId: wish.current.requestId, selection, act, confirmed });
    },
    stop: () => bulkId && cancel.mutate({ bulkId }),
    resume: () => bulkId && resume.mutate({ bulkId }),
    undo: () => record?.undoId && undo.mutate({ id: record.undoId, requestId: crypto.randomUUID() }),
    /** What was changed is read anew. */
    settle: () => {
      for (const path of SHOWN_IN[list]) void cache.invalidateQueries({ queryKey: [path] });
      void cache.invalidateQueries(trpc.lists.counters.pathFilter());
    },
  };
}
