import { z } from 'zod';
import {
  bulkCounted,
  bulkCountInput,
  bulkId,
  bulkReceipt,
  bulkReceiptInput,
  bulkRecord,
  startBulkInput,
} from '../../../shared/contract/lists';
import { longProcedure, readProcedure, router, writeProcedure } from '../../core/procedure';
import * as commands from './bulk.commands';
import * as queries from './bulk.queries';

export const bulkRouter = router({
  count: readProcedure('bulk.count')
    .input(bulkCountInput)
    .output(bulkCounted)
    .query(({ ctx, input }) => queries.countSelection(ctx, input)),
  start: longProcedure('bulk.start')
    .input(startBulkInput)
    .output(bulkRecord)
    .mutation(({ ctx, input }) => commands.startBulk(ctx, input)),
  resume: longProcedure('bulk.resume')
    .input(bulkId)
    .output(bulkRecord)
    .mutation(({ ctx, input }) => commands.resumeBulk(ctx, input.bulkId)),
  progress: readProcedure('bulk.progress')
    .input(bulkId)
    .output(bulkRecord)
    .query(({ ctx, input }) => queries.bulkRecord(ctx.db, input.bulkId)),
  cancel: writeProcedure('bulk.cancel')
    .input(bulkId)
    .output(bulkRecord)
    .mutation(({ ctx, input }) => commands.cancelBulk(ctx, input.bulkId)),
  receipt: readProcedure('bulk.receipt')
    .input(bulkReceiptInput)
    .output(bulkReceipt)
    .query(({ ctx, input }) => queries.readReceipt(ctx, input)),
  list: readProcedure('bulk.list')
    .output(z.object({ acts: z.array(bulkRecord) }))
    .query(async ({ ctx }) => ({ acts: await queries.listBulk(ctx) })),
});
