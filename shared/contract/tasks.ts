import { z } from 'zod';
import { day, id, instant, line, requestId } from './values';

/** The record a task is about, or null. */
export const taskSubject = z
  .string()
  .regex(
    /^(customer|premise|meter|document|import|registration|account|deletion_request|meter_case|service_order):[1-9][0-9]{0,17}$/,
  );

/** Columns of the list of tasks, as a row. `mine` says why it is in front of the person asking. */
export const taskRow = z.object({
  id,
  title: z.string(),
  note: z.string().nullable(),
  subject: taskSubject.nullable(),
  /** The record's name as the list shows it; null where the person may not see it. */
  subjectLabel: z.string().nullable(),
  dueOn: day,
  assignee: z.string(),
  assigneeName: z.string(),
  createdBy: z.string(),
  createdByName: z.string(),
  createdAt: instant,
  state: z.enum(['open', 'done', 'cancelled']),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  overdue: z.boolean(),
  /** `assigned`: to me; `substitute`: its assignee is absent and I stand in; null: somebody else's. */
  mine: z.enum(['assigned', 'substitute']).nullable(),
});
export type TaskRow = z.infer<typeof taskRow>;
export const taskPage = z.object({ rows: z.array(taskRow), nextCursor: z.string().nullable() });

export const createTaskInput = z.strictObject({
  requestId,
  title: line(120).refine((text) => text.length > 0, { message: 'INVALID_INPUT' }),
  note: line(1000).nullable(),
  subject: taskSubject.nullable(),
  dueOn: day,
  /** Login; null is the person asking. */
  assignee: line(40).nullable(),
});
export const taskInput = z.strictObject({ id, requestId });
export const changeTaskInput = z.strictObject({
  id,
  requestId,
  /** Only the fields the person changed: the value the form started from, and the wanted one. */
  changes: z.partialRecord(
    z.enum(['title', 'note', 'dueOn', 'assignee']),
    z.strictObject({ from: line(1000).nullable(), to: line(1000).nullable() }),
  ),
});
export const changeTaskResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved') }),
  z.object({
    status: z.literal('conflict'),
    fields: z.record(
      z.string(),
      z.object({ mine: z.string().nullable(), theirs: z.string().nullable(), original: z.string().nullable() }),
    ),
  }),
]);
export const taskId = z.object({ id });
export const taskCounters = z.object({ open: z.int(), overdue: z.int(), substituted: z.int() });
