import {
  deletionAct,
  deletionId,
  deletionPage,
  deletionRecord,
  erasurePreview,
  forwardDeletionInput,
  previewInput,
  requestDeletionInput,
  withdrawDeletionInput,
} from '../../../shared/contract/deletions';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import { forwardDeletion, requestDeletion, withdrawDeletion } from './deletions.commands';
import { DELETION_LIST } from './deletions.list';
import { getDeletion, listDeletions, previewErasure } from './deletions.queries';

export const deletionsRouter = router({
  list: readProcedure('deletions.list', 'screen')
    .input(listInput)
    .output(deletionPage)
    .query(({ ctx, input }) => listDeletions(ctx, input)),
  count: readProcedure('deletions.count', 'screen')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, DELETION_LIST, input.question)),
  get: readProcedure('deletions.get')
    .input(deletionId)
    .output(deletionRecord)
    .query(({ ctx, input }) => getDeletion(ctx, input.id)),
  preview: readProcedure('deletions.preview')
    .input(previewInput)
    .output(erasurePreview)
    .query(({ ctx, input }) => previewErasure(ctx, input.accountId)),
  request: writeProcedure('deletions.request')
    .input(requestDeletionInput)
    .output(deletionAct)
    .mutation(({ ctx, input }) => requestDeletion(ctx, input)),
  forward: writeProcedure('deletions.forward')
    .input(forwardDeletionInput)
    .output(deletionAct)
    .mutation(({ ctx, input }) => forwardDeletion(ctx, input)),
  withdraw: writeProcedure('deletions.withdraw')
    .input(withdrawDeletionInput)
    .output(deletionAct)
    .mutation(({ ctx, input }) => withdrawDeletion(ctx, input)),
});
