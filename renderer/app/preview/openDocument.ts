import type { Slot } from '../../../shared/bridge';
import type { DocumentMime } from '../../../shared/contract/documents';
import { host } from '../host';
import { client } from '../trpc';

export interface OpenedBytes {
  bytes: Uint8Array<ArrayBuffer>;
  name: string;
  mime: DocumentMime;
}

/** Asks the core for a file; where it is personal, each call is written to the read log. */
export type FileSource = () => Promise<Slot & { mime: DocumentMime }>;

/** A version of a stored document. Rejects with FILE_DAMAGED, NOT_FOUND. */
export function storedVersion(versionId: string): FileSource {
  return () => client.documents.open.mutate({ versionId });
}

/** Offers bytes that this page holds already, as often as they are asked for. */
export function heldFile({ bytes, name, mime }: OpenedBytes): FileSource {
  return async () => ({ ...(await host.putFile(name, bytes)), mime });
}

/** Brings a file's bytes to this page. Rejects as its source does. */
export async function readFile(source: FileSource): Promise<OpenedBytes> {
  const slot = await source();
  return { bytes: await host.readFile(slot), name: slot.name, mime: slot.mime };
}

/** Hands a file to the person; false when that was cancelled. */
export async function saveFile(source: FileSource): Promise<boolean> {
  const { slot, name, size } = await source();
  return host.saveFile({ slot, name, size });
}
