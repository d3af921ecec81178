import {
  createStaffInput,
  firstPassword,
  staffEnded,
  staffList,
  staffLoginInput,
} from '../../../shared/contract/staff';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { createStaff, endStaff, listStaff, resetPassword } from './staff.service';

export const staffRouter = router({
  list: readProcedure('staff.list')
    .output(staffList)
    .query(async ({ ctx }) => ({ members: await listStaff(ctx) })),
  create: writeProcedure('staff.create')
    .input(createStaffInput)
    .output(firstPassword)
    .mutation(({ ctx, input }) => createStaff(ctx, input)),
  resetPassword: writeProcedure('staff.resetPassword')
    .input(staffLoginInput)
    .output(firstPassword)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
  end: writeProcedure('staff.end')
    .input(staffLoginInput)
    .output(staffEnded)
    .mutation(async ({ ctx, input }) => {
      await endStaff(ctx, input);
      return { login: input.login };
    }),
});
