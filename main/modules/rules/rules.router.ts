import {
  addHolidayInput,
  holidayList,
  holidaysInput,
  removeHolidayInput,
  ruleList,
  ruleValueId,
  setRuleInput,
  withdrawRuleInput,
} from '../../../shared/contract/rules';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { addHoliday, listHolidays, listRules, removeHoliday, setRule, withdrawRule } from './rules.service';

/** Dated values of deadlines, thresholds and retention. */
export const rulesRouter = router({
  list: readProcedure('rules.list')
    .output(ruleList)
    .query(({ ctx }) => listRules(ctx)),
  set: writeProcedure('rules.set')
    .input(setRuleInput)
    .output(ruleValueId)
    .mutation(({ ctx, input }) => setRule(ctx, input)),
  withdraw: writeProcedure('rules.withdraw')
    .input(withdrawRuleInput)
    .output(ruleValueId)
    .mutation(({ ctx, input }) => withdrawRule(ctx, input)),
});

/** Days off, which deadlines in working days leave out. */
export const holidaysRouter = router({
  list: readProcedure('holidays.list')
    .input(holidaysInput)
    .output(holidayList)
    .query(({ ctx, input }) => listHolidays(ctx, input.year)),
  add: writeProcedure('holidays.add')
    .input(addHolidayInput)
    .output(ruleValueId)
    .mutation(({ ctx, input }) => addHoliday(ctx, input)),
  remove: writeProcedure('holidays.remove')
    .input(removeHolidayInput)
    .output(ruleValueId)
    .mutation(({ ctx, input }) => removeHoliday(ctx, input)),
});
