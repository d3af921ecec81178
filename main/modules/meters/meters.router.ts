import { byId } from '../../../shared/contract/customers';
import { meterRecord } from '../../../shared/contract/meters';
import { readProcedure, router } from '../../core/procedure';
import { getMeter } from './meters.service';

export const metersRouter = router({
  get: readProcedure('meters.get')
    .input(byId)
    .output(meterRecord)
    .query(({ ctx, input }) => getMeter(ctx, input.id)),
});
