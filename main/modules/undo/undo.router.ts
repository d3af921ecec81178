import { undoInput, undoResult, undoStack } from '../../../shared/contract/lists';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import * as service from './undo.service';

export const undoRouter = router({
  stack: readProcedure('undo.stack')
    .output(undoStack)
    .query(async ({ ctx }) => ({ steps: await service.undoStack(ctx) })),
  run: writeProcedure('undo.run')
    .input(undoInput)
    .output(undoResult)
    .mutation(({ ctx, input }) => service.undo(ctx, input.id, input.requestId)),
});
