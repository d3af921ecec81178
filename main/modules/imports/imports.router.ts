import {
  byImportKey,
  checkedImport,
  checkImportInput,
  errorRowsInput,
  fileSlot,
  importList,
  importProgress,
  runImportInput,
  startedImport,
} from '../../../shared/contract/imports';
import { longProcedure, readProcedure, router } from '../../core/procedure';
import * as service from './imports.service';

export const importsRouter = router({
  check: longProcedure('imports.check')
    .input(checkImportInput)
    .output(checkedImport)
    .mutation(({ ctx, input }) => service.checkImport(ctx, input)),
  run: longProcedure('imports.run')
    .input(runImportInput)
    .output(startedImport)
    .mutation(({ ctx, input }) => service.runImport(ctx, input)),
  progress: readProcedure('imports.progress')
    .input(byImportKey)
    .output(importProgress)
    .query(({ ctx, input }) => service.importProgress(ctx, input.importKey)),
  cancel: readProcedure('imports.cancel')
    .input(byImportKey)
    .output(importProgress)
    .mutation(({ ctx, input }) => service.cancelImport(ctx, input.importKey)),
  errorRows: readProcedure('imports.errorRows')
    .input(errorRowsInput)
    .output(fileSlot)
    .mutation(({ ctx, input }) => service.importErrorRows(ctx, input.importKey, input.language)),
  list: readProcedure('imports.list')
    .output(importList)
    .query(async ({ ctx }) => ({ imports: await service.listImports(ctx) })),
});
