import { z } from 'zod';
import { byId } from '../../../shared/contract/customers';
import { customerReadings, readingSeries } from '../../../shared/contract/readings';
import { readProcedure, router } from '../../core/procedure';
import { readingsOfCustomer, readingsOfMeter } from './readings.service';

export const readingsRouter = router({
  ofCustomer: readProcedure('readings.ofCustomer')
    .input(byId)
    .output(customerReadings)
    .query(({ ctx, input }) => readingsOfCustomer(ctx, input.id)),
  ofMeter: readProcedure('readings.ofMeter')
    .input(byId)
    .output(z.object({ series: z.array(readingSeries) }))
    .query(async ({ ctx, input }) => ({ series: await readingsOfMeter(ctx, input.id) })),
});
