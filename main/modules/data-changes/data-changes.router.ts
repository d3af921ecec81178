import {
  dataChange,
  dataChangeId,
  dataChangePage,
  dataChangesOfAccount,
  decideDataChangeInput,
  decidedDataChange,
} from '../../../shared/contract/data-changes';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import { DATA_CHANGE_LIST } from './data-changes.list';
import { decideDataChange, listDataChanges, listDataChangesOfAccount, openDataChange } from './data-changes.service';

export const dataChangesRouter = router({
  list: readProcedure('dataChanges.list', 'screen')
    .input(listInput)
    .output(dataChangePage)
    .query(({ ctx, input }) => listDataChanges(ctx, input)),
  count: readProcedure('dataChanges.count', 'screen')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, DATA_CHANGE_LIST, input.question)),
  ofAccount: readProcedure('dataChanges.ofAccount')
    .input(dataChangeId)
    .output(dataChangesOfAccount)
    .query(async ({ ctx, input }) => ({ requests: await listDataChangesOfAccount(ctx, input.id) })),
  /** A mutation although it reads: each call is written to the read log and must not be repeated by a cache. */
  open: readProcedure('dataChanges.open')
    .input(dataChangeId)
    .output(dataChange)
    .mutation(({ ctx, input }) => openDataChange(ctx, input.id)),
  decide: writeProcedure('dataChanges.decide')
    .input(decideDataChangeInput)
    .output(decidedDataChange)
    .mutation(({ ctx, input }) => decideDataChange(ctx, input)),
});
