import { z } from 'zod';
import { byId } from '../../../shared/contract/customers';
import {
  addDocumentInput,
  addedVersion,
  addVersionInput,
  documentList,
  documentListInput,
  documentVersions,
  editDocumentInput,
  editDocumentResult,
  openDocumentInput,
  openedDocument,
  restoreVersionInput,
  setStateInput,
  stagedFile,
  stageInput,
} from '../../../shared/contract/documents';
import { longProcedure, readProcedure, router, writeProcedure } from '../../core/procedure';
import {
  addDocument,
  addVersion,
  editDocument,
  restoreVersion,
  setDocumentState,
  stageSlot,
} from './documents.commands';
import { listDocuments, listVersions, openVersion } from './documents.queries';

export const documentsRouter = router({
  list: readProcedure('documents.list')
    .input(documentListInput)
    .output(documentList)
    .query(({ ctx, input }) => listDocuments(ctx, input.owner)),
  versions: readProcedure('documents.versions')
    .input(byId)
    .output(documentVersions)
    .query(async ({ ctx, input }) => ({ versions: await listVersions(ctx, input.id) })),
  /** A mutation although it reads: each opening is written to the read log, and its slot can be read once. */
  open: readProcedure('documents.open')
    .input(openDocumentInput)
    .output(openedDocument)
    .mutation(({ ctx, input }) => openVersion(ctx, input.versionId)),
  stage: longProcedure('documents.stage')
    .input(stageInput)
    .output(stagedFile)
    .mutation(({ ctx, input }) => stageSlot(ctx, input.slot)),
  add: writeProcedure('documents.add')
    .input(addDocumentInput)
    .output(addedVersion)
    .mutation(({ ctx, input }) => addDocument(ctx, input)),
  addVersion: writeProcedure('documents.addVersion')
    .input(addVersionInput)
    .output(addedVersion)
    .mutation(({ ctx, input }) => addVersion(ctx, input)),
  restoreVersion: writeProcedure('documents.restoreVersion')
    .input(restoreVersionInput)
    .output(addedVersion)
    .mutation(({ ctx, input }) => restoreVersion(ctx, input)),
  edit: writeProcedure('documents.edit')
    .input(editDocumentInput)
    .output(editDocumentResult)
    .mutation(({ ctx, input }) => editDocument(ctx, input)),
  setState: writeProcedure('documents.setState')
    .input(setStateInput)
    .output(z.void())
    .mutation(({ ctx, input }) => setDocumentState(ctx, input)),
});
