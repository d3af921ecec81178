import type { DocumentCategory, DocumentOwner, StagedFile } from '../../../shared/contract/documents';

/** Where the files of one act go: to a record as documents of their own, or to a document as its newest version. */
export type UploadTarget = { owner: DocumentOwner; category: DocumentCategory } | { documentId: string };

export type UploadPhase = 'waiting' | 'sending' | 'checking' | 'saving';

/** One file on its way, and what became of it. `requestId` stays the same however often it is tried. */
export interface Upload {
  key: string;
  requestId: string;
  file: File;
  target: UploadTarget;
  state:
    | { at: UploadPhase }
    | { at: 'duplicate'; staged: StagedFile }
    | { at: 'done'; versionNo: number }
    | { at: 'skipped' }
    | { at: 'refused'; error: unknown; staged: StagedFile | null };
}

/** Out of a hundred: which steps are behind a file. */
export const PROGRESS: Record<UploadPhase, number> = { waiting: 0, sending: 20, checking: 50, saving: 90 };

export function newUpload(file: File, target: UploadTarget): Upload {
  return { key: crypto.randomUUID(), requestId: crypto.randomUUID(), file, target, state: { at: 'waiting' } };
}

/** The name a document starts with: the file's, without its extension. */
export function titleOf(fileName: string): string {
  return fileName.replace(/\.[^.]*$/, '').slice(0, 200) || fileName;
}
