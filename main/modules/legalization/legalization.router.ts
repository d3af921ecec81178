import { planChart, planProgress, planProgressInput, planScope } from '../../../shared/contract/meter-registry';
import { readProcedure, router } from '../../core/procedure';
import { getPlanChart, getPlanProgress } from './legalization.queries';

export const legalizationRouter = router({
  chart: readProcedure('legalization.chart')
    .input(planScope)
    .output(planChart)
    .query(({ ctx, input }) => getPlanChart(ctx, input)),
  progress: readProcedure('legalization.progress')
    .input(planProgressInput)
    .output(planProgress)
    .query(({ ctx, input }) => getPlanProgress(ctx, input)),
});
