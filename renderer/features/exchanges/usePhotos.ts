import { useRef, useState } from 'react';
import { MAX_SLOT_BYTES } from '../../../shared/bridge';
import type { ErrorCode } from '../../../shared/errors';
import { host } from '../../app/host';
import { client } from '../../app/trpc';
import { errorShape } from '../../ui/errorShape';
import type { StagedPhoto } from './exchangeForm';

/** As many as an act takes. */
const MOST = 9;

/** A file that did not become a picture of the act, and why: a code of the core's or of this page. */
export interface RefusedPhoto {
  fileName: string;
  why: ErrorCode | 'tooMany';
}

/** A refusal of this page's own, in the shape of the core's. */
const refusal = (code: ErrorCode) => Object.assign(new Error(code), { data: { app: { code, details: {} } } });

async function stage(file: File): Promise<StagedPhoto> {
  if (file.size > MAX_SLOT_BYTES) throw refusal('FILE_TOO_LARGE');
  const { slot } = await host.putFile(file.name, new Uint8Array(await file.arrayBuffer()));
  const { upload, fileName, mime } = await client.documents.stage.mutate({ slot });
  if (!mime.startsWith('image/')) throw refusal('FILE_TYPE_REFUSED');
  return { upload, fileName };
}

/**
 * Pictures go to the database one after another as soon as they are chosen, and wait there until the act takes them; what is
 * too large or no picture is refused by name and keeps nobody from saving.
 */
export function usePhotos(photos: readonly StagedPhoto[], onStaged: (photo: StagedPhoto) => void) {
  const [sending, setSending] = useState(0);
  const [refused, setRefused] = useState<readonly RefusedPhoto[]>([]);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const add = (files: readonly File[]) => {
    setRefused([]);
    const taken = files.slice(0, Math.max(0, MOST - photos.length - sending));
    const tooMany = files.slice(taken.length).map((file) => ({ fileName: file.name, why: 'tooMany' as const }));
    if (tooMany.length > 0) setRefused(tooMany);
    setSending((count) => count + taken.length);
    for (const file of taken) {
      queue.current = queue.current
        .then(async () => onStaged(await stage(file)))
        .catch((error: unknown) => setRefused((all) => [...all, { fileName: file.name, why: errorShape(error).code }]))
        .finally(() => setSending((count) => count - 1));
    }
  };
  return { add, sending, refused };
}
