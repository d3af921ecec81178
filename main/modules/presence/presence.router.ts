import { z } from 'zod';
import {
  leavePresenceInput,
  listPresenceInput,
  presenceList,
  touchPresenceInput,
} from '../../../shared/contract/presence';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { leavePresence, listPresence, touchPresence } from './presence.service';

export const presenceRouter = router({
  touch: writeProcedure('presence.touch')
    .input(touchPresenceInput)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await touchPresence(ctx, input.record, input.editing);
      return null;
    }),
  leave: writeProcedure('presence.leave')
    .input(leavePresenceInput)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await leavePresence(ctx, input.record);
      return null;
    }),
  list: readProcedure('presence.list')
    .input(listPresenceInput)
    .output(presenceList)
    .query(async ({ ctx, input }) => ({ present: await listPresence(ctx, input.record) })),
});
