import { health } from '../../../shared/contract/health';
import { readProcedure, router } from '../../core/procedure';
import { getHealth } from './health.service';

export const healthRouter = router({
  get: readProcedure('health.get')
    .output(health)
    .query(({ ctx }) => getHealth(ctx, ctx.sessions.hostsInUse(ctx.caller))),
});
