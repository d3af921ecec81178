import {
  byImportKey,
  checkedImport,
  checkImportInput,
  errorRowsInput,
  fileSlot,
  importList,
  importProgress,
  mappingInput,
  mappingProposal,
  runImportInput,
  startedImport,
  undoImportInput,
  undoImportResult,
} from '../../../shared/contract/imports';
import { longProcedure, readProcedure, router, writeProcedure } from '../../core/procedure';
import * as service from './imports.service';
import { proposeMapping } from './mappings';
import * as runs from './run-import';

export const importsRouter = router({
  check: longProcedure('imports.check')
    .input(checkImportInput)
    .output(checkedImport)
    .mutation(({ ctx, input }) => service.checkImport(ctx, input)),
  run: longProcedure('imports.run')
    .input(runImportInput)
    .output(startedImport)
    .mutation(({ ctx, input }) => runs.runImport(ctx, input)),
  progress: readProcedure('imports.progress')
    .input(byImportKey)
    .output(importProgress)
    .query(({ ctx, input }) => runs.importProgress(ctx, input.importKey)),
  cancel: readProcedure('imports.cancel')
    .input(byImportKey)
    .output(importProgress)
    .mutation(({ ctx, input }) => runs.cancelImport(ctx, input.importKey)),
  errorRows: readProcedure('imports.errorRows')
    .input(errorRowsInput)
    .output(fileSlot)
    .mutation(({ ctx, input }) => service.importErrorRows(ctx, input.importKey, input.language)),
  mapping: longProcedure('imports.mapping')
    .input(mappingInput)
    .output(mappingProposal)
    .mutation(({ ctx, input }) => proposeMapping(ctx, input.importKey, input.kind)),
  undo: writeProcedure('imports.undo')
    .input(undoImportInput)
    .output(undoImportResult)
    .mutation(({ ctx, input }) => service.undoImport(ctx, input.importId, input.requestId)),
  list: readProcedure('imports.list')
    .output(importList)
    .query(async ({ ctx }) => ({ imports: await service.listImports(ctx) })),
});
