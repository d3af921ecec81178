import type { Slot } from '../../../shared/bridge';
import type { DocumentMime } from '../../../shared/contract/documents';
import { host } from '../../app/host';
import { client } from '../../app/trpc';

export interface OpenedBytes {
  bytes: Uint8Array<ArrayBuffer>;
  name: string;
  mime: DocumentMime;
}

/** Brings a version's bytes to this page; each call is written to the read log. Rejects with FILE_DAMAGED, NOT_FOUND. */
export async function readVersion(versionId: string): Promise<OpenedBytes> {
  const slot = await client.documents.open.mutate({ versionId });
  return { bytes: await host.readFile(slot), name: slot.name, mime: slot.mime };
}

/** Hands a version to the person as a file; false when that was cancelled. */
export async function saveVersion(versionId: string): Promise<boolean> {
  const slot: Slot = await client.documents.open.mutate({ versionId });
  return host.saveFile(slot);
}
