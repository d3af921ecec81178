import { historyInput, historyPage } from '../../../shared/contract/audit';
import { readProcedure, router } from '../../core/procedure';
import { history } from './audit.service';

export const auditRouter = router({
  history: readProcedure('audit.history')
    .input(historyInput)
    .output(historyPage)
    .query(({ ctx, input }) => history(ctx, input)),
});
