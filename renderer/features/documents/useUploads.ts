import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { MAX_SLOT_BYTES } from '../../../shared/bridge';
import { MAX_FILES_AT_ONCE, type StagedFile } from '../../../shared/contract/documents';
import { host } from '../../app/host';
import { client, trpc } from '../../app/trpc';
import { newUpload, titleOf, type Upload, type UploadTarget } from './uploads';

type State = Upload['state'];

/** Attaches a staged file; the same request id is the same act. */
function attach({ target, requestId }: Upload, { upload, fileName }: StagedFile): Promise<{ versionNo: number }> {
  if ('documentId' in target) {
    return client.documents.addVersion.mutate({ id: target.documentId, upload, requestId });
  }
  return client.documents.add.mutate({ ...target, title: titleOf(fileName), upload, requestId });
}

export type Uploads = ReturnType<typeof useUploads>;

/**
 * The files of this panel on their way in, one after another. A file whose very bytes are stored already waits for the
 * person's decision and holds nobody up.
 */
export function useUploads() {
  const cache = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const queue = useRef<Promise<void>>(Promise.resolve());

  const move = useCallback((key: string, state: State) => {
    setUploads((all) => all.map((each) => (each.key === key ? { ...each, state } : each)));
  }, []);

  const save = useCallback(
    async (upload: Upload, staged: StagedFile) => {
      move(upload.key, { at: 'saving' });
      try {
        const { versionNo } = await attach(upload, staged);
        move(upload.key, { at: 'done', versionNo });
      } catch (error) {
        // Its answer may have been lost only: tried again, it must be the same act with the same upload.
        return move(upload.key, { at: 'refused', error, staged });
      }
      await cache.invalidateQueries(trpc.documents.pathFilter());
    },
    [cache, move],
  );

  const enqueue = useCallback(
    (upload: Upload, work: () => Promise<void>) => {
      queue.current = queue.current
        .then(work)
        .catch((error: unknown) => move(upload.key, { at: 'refused', error, staged: null }));
    },
    [move],
  );

  const start = useCallback(
    (upload: Upload) =>
      enqueue(upload, async () => {
        move(upload.key, { at: 'sending' });
        if (upload.file.size > MAX_SLOT_BYTES) throw refusal('FILE_TOO_LARGE');
        const slot = await host.putFile(upload.file.name, new Uint8Array(await upload.file.arrayBuffer()));
        move(upload.key, { at: 'checking' });
        const staged = await client.documents.stage.mutate({ slot: slot.slot });
        if (staged.duplicates.length > 0) return move(upload.key, { at: 'duplicate', staged });
        await save(upload, staged);
      }),
    [enqueue, move, save],
  );

  const finish = (upload: Upload, staged: StagedFile) => {
    move(upload.key, { at: 'saving' });
    enqueue(upload, () => save(upload, staged));
  };

  /** Takes the first ten files; answers with the names of those that were too many. */
  const add = useCallback(
    (files: readonly File[], target: UploadTarget): string[] => {
      const taken = files.slice(0, MAX_FILES_AT_ONCE).map((file) => newUpload(file, target));
      setUploads((all) => [...all.filter(({ state }) => !isOver(state)), ...taken]);
      for (const upload of taken) start(upload);
      return files.slice(MAX_FILES_AT_ONCE).map(({ name }) => name);
    },
    [start],
  );

  return {
    uploads,
    add,
    again: (upload: Upload) => {
      const { state } = upload;
      if (state.at === 'refused' && state.staged) return finish(upload, state.staged);
      start(upload);
    },
    addAnyway: finish,
    skip: ({ key }: Upload) => move(key, { at: 'skipped' }),
    clear: () => setUploads((all) => all.filter(({ state }) => !isOver(state))),
  };
}

/** Nothing more will happen to it. */
export function isOver({ at }: State): boolean {
  return at === 'done' || at === 'skipped' || at === 'refused';
}

/** A refusal of this page's own, in the shape of the core's. */
function refusal(code: 'FILE_TOO_LARGE'): Error {
  return Object.assign(new Error(code), { data: { app: { code, details: {} } } });
}
