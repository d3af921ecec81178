import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import {
  changeTaskInput,
  changeTaskResult,
  createTaskInput,
  taskCounters,
  taskId,
  taskInput,
  taskPage,
} from '../../../shared/contract/tasks';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import { TASK_LIST } from './tasks.list';
import { changeTask, countTasks, createTask, listTasks, moveTask } from './tasks.service';

export const tasksRouter = router({
  list: readProcedure('tasks.list')
    .input(listInput)
    .output(taskPage)
    .query(({ ctx, input }) => listTasks(ctx, input)),
  count: readProcedure('tasks.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, TASK_LIST, input.question)),
  counters: readProcedure('tasks.counters')
    .output(taskCounters)
    .query(({ ctx }) => countTasks(ctx)),
  create: writeProcedure('tasks.create')
    .input(createTaskInput)
    .output(taskId)
    .mutation(({ ctx, input }) => createTask(ctx, input)),
  change: writeProcedure('tasks.change')
    .input(changeTaskInput)
    .output(changeTaskResult)
    .mutation(({ ctx, input }) => changeTask(ctx, input)),
  complete: writeProcedure('tasks.complete')
    .input(taskInput)
    .output(taskId)
    .mutation(({ ctx, input }) => moveTask(ctx, 'complete', input)),
  reopen: writeProcedure('tasks.reopen')
    .input(taskInput)
    .output(taskId)
    .mutation(({ ctx, input }) => moveTask(ctx, 'reopen', input)),
  cancel: writeProcedure('tasks.cancel')
    .input(taskInput)
    .output(taskId)
    .mutation(({ ctx, input }) => moveTask(ctx, 'cancel', input)),
  takeOver: writeProcedure('tasks.takeOver')
    .input(taskInput)
    .output(taskId)
    .mutation(({ ctx, input }) => moveTask(ctx, 'takeOver', input)),
});
