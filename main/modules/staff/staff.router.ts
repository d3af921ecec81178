import {
  changeAbsenceInput,
  changeStaffDetailsInput,
  changeStaffGroupInput,
  colleagueList,
  createStaffInput,
  endStaffInput,
  firstPassword,
  groupRequested,
  openTasks,
  openTasksInput,
  requestedPassword,
  requestGroupInput,
  requestResetInput,
  requestStaffInput,
  staffChanged,
  staffEnded,
  staffGroupChanged,
  staffList,
  staffLoginInput,
} from '../../../shared/contract/staff';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import {
  changeAbsence,
  changeGroup,
  changeStaffDetails,
  countOpenTasks,
  endStaff,
  listColleagues,
} from './staff.changes';
import { requestGroup, requestReset, requestStaff } from './staff.requests';
import { createStaff, listStaff, resetPassword } from './staff.service';

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
    .input(endStaffInput)
    .output(staffEnded)
    .mutation(({ ctx, input }) => endStaff(ctx, input)),
  openTasks: readProcedure('staff.openTasks')
    .input(openTasksInput)
    .output(openTasks)
    .query(({ ctx, input }) => countOpenTasks(ctx, input.login)),
  colleagues: readProcedure('staff.colleagues')
    .output(colleagueList)
    .query(({ ctx }) => listColleagues(ctx)),
  changeDetails: writeProcedure('staff.changeDetails')
    .input(changeStaffDetailsInput)
    .output(staffChanged)
    .mutation(({ ctx, input }) => changeStaffDetails(ctx, input)),
  changeGroup: writeProcedure('staff.changeGroup')
    .input(changeStaffGroupInput)
    .output(staffGroupChanged)
    .mutation(({ ctx, input }) => changeGroup(ctx, input)),
  requestCreate: writeProcedure('staff.requestCreate')
    .input(requestStaffInput)
    .output(requestedPassword)
    .mutation(({ ctx, input }) => requestStaff(ctx, input)),
  requestReset: writeProcedure('staff.requestReset')
    .input(requestResetInput)
    .output(requestedPassword)
    .mutation(({ ctx, input }) => requestReset(ctx, input)),
  requestGroup: writeProcedure('staff.requestGroup')
    .input(requestGroupInput)
    .output(groupRequested)
    .mutation(({ ctx, input }) => requestGroup(ctx, input)),
  changeAbsence: writeProcedure('staff.changeAbsence')
    .input(changeAbsenceInput)
    .output(staffChanged)
    .mutation(({ ctx, input }) => changeAbsence(ctx, input)),
});
