import {
  letterRun,
  letterRunId,
  letterRunPage,
  markRunInput,
  meterNotices,
  meterNoticesInput,
  planRunInput,
  runPlan,
  runRows,
  runRowsInput,
  startRunInput,
} from '../../../shared/contract/letter-runs';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { longProcedure, readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import { cancelRun, markRun, planRun, resumeRun, startRun } from './letter-runs.commands';
import { LETTER_RUN_LIST } from './letter-runs.list';
import { getRun, listRunRows, listRuns, noticesOfMeter } from './letter-runs.queries';

/** Letters to many at once about the end of a legalization: one PDF, or a message each. */
export const letterRunsRouter = router({
  list: readProcedure('letterRuns.list')
    .input(listInput)
    .output(letterRunPage)
    .query(({ ctx, input }) => listRuns(ctx, input)),
  count: readProcedure('letterRuns.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, LETTER_RUN_LIST, input.question)),
  get: readProcedure('letterRuns.get')
    .input(letterRunId)
    .output(letterRun)
    .query(({ ctx, input }) => getRun(ctx.db, input.id)),
  rows: readProcedure('letterRuns.rows')
    .input(runRowsInput)
    .output(runRows)
    .query(({ ctx, input }) => listRunRows(ctx, input)),
  ofMeter: readProcedure('letterRuns.ofMeter')
    .input(meterNoticesInput)
    .output(meterNotices)
    .query(({ ctx, input }) => noticesOfMeter(ctx, input.meterId)),
  plan: readProcedure('letterRuns.plan')
    .input(planRunInput)
    .output(runPlan)
    .query(({ ctx, input }) => planRun(ctx, input)),
  start: longProcedure('letterRuns.start')
    .input(startRunInput)
    .output(letterRun)
    .mutation(({ ctx, input }) => startRun(ctx, input)),
  resume: longProcedure('letterRuns.resume')
    .input(letterRunId)
    .output(letterRun)
    .mutation(({ ctx, input }) => resumeRun(ctx, input.id)),
  cancel: writeProcedure('letterRuns.cancel')
    .input(letterRunId)
    .output(letterRun)
    .mutation(({ ctx, input }) => cancelRun(ctx, input.id)),
  mark: writeProcedure('letterRuns.mark')
    .input(markRunInput)
    .output(letterRun)
    .mutation(({ ctx, input }) => markRun(ctx, input)),
});
