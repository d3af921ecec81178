import { z } from 'zod';
import {
  exportId,
  exportProgress,
  pinViewInput,
  savedViewId,
  savedViews,
  saveViewInput,
  startExportInput,
  viewCounters,
  viewInput,
  viewsInput,
} from '../../../shared/contract/lists';
import { longProcedure, readProcedure, router, writeProcedure } from '../../core/procedure';
import { pinView, removeView, saveView } from './lists.commands';
import { countPinned, listViews } from './lists.queries';
import * as service from './lists.service';

export const listsRouter = router({
  views: readProcedure('lists.views')
    .input(viewsInput)
    .output(savedViews)
    .query(async ({ ctx, input }) => ({ views: await listViews(ctx, input.list) })),
  saveView: writeProcedure('lists.saveView')
    .input(saveViewInput)
    .output(savedViewId)
    .mutation(({ ctx, input }) => saveView(ctx, input)),
  removeView: writeProcedure('lists.removeView')
    .input(viewInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeView(ctx, input)),
  pinView: writeProcedure('lists.pinView')
    .input(pinViewInput)
    .output(z.void())
    .mutation(({ ctx, input }) => pinView(ctx, input)),
  counters: readProcedure('lists.counters')
    .output(viewCounters)
    .query(async ({ ctx }) => ({ pinned: await countPinned(ctx) })),
  startExport: longProcedure('lists.startExport')
    .input(startExportInput)
    .output(exportId)
    .mutation(({ ctx, input }) => service.startExport(ctx, input)),
  exportProgress: readProcedure('lists.exportProgress')
    .input(exportId)
    .output(exportProgress)
    .query(({ ctx, input }) => service.exportProgress(ctx, input.exportId)),
  cancelExport: readProcedure('lists.cancelExport')
    .input(exportId)
    .output(exportProgress)
    .mutation(({ ctx, input }) => service.cancelExport(ctx, input.exportId)),
});
