import {
  approval,
  approvalCounters,
  approvalInput,
  approvalPage,
  decided,
  decideInput,
  withdrawInput,
} from '../../../shared/contract/approvals';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import { APPROVAL_LIST } from './approvals.list';
import { countApprovals, decideApproval, getApproval, listApprovals, withdrawApproval } from './approvals.service';

export const approvalsRouter = router({
  list: readProcedure('approvals.list')
    .input(listInput)
    .output(approvalPage)
    .query(({ ctx, input }) => listApprovals(ctx, input)),
  count: readProcedure('approvals.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, APPROVAL_LIST, input.question)),
  get: readProcedure('approvals.get')
    .input(approvalInput)
    .output(approval)
    .query(({ ctx, input }) => getApproval(ctx, input.id)),
  counters: readProcedure('approvals.counters')
    .output(approvalCounters)
    .query(({ ctx }) => countApprovals(ctx)),
  decide: writeProcedure('approvals.decide')
    .input(decideInput)
    .output(decided)
    .mutation(({ ctx, input }) => decideApproval(ctx, input)),
  withdraw: writeProcedure('approvals.withdraw')
    .input(withdrawInput)
    .output(decided)
    .mutation(({ ctx, input }) => withdrawApproval(ctx, input)),
});
