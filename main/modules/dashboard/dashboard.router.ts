import { charts, figures } from '../../../shared/contract/dashboard';
import { readProcedure, router } from '../../core/procedure';
import { getCharts, getFigures } from './dashboard.service';

export const dashboardRouter = router({
  figures: readProcedure('dashboard.figures', 'screen')
    .output(figures)
    .query(({ ctx }) => getFigures(ctx)),
  charts: readProcedure('dashboard.charts', 'report')
    .output(charts)
    .query(({ ctx }) => getCharts(ctx)),
});
