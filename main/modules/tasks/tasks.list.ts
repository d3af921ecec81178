import type { List } from '../../db/list-definition';

/** Why a task is in front of the person asking: one's own, or of somebody absent whom one stands in for; else null. */
const MINE = `case when f.assignee = session_user then 'assigned'
  when s.login = session_user and s.active and a.absent_from <= ibok.today()
    and (a.absent_to is null or a.absent_to >= ibok.today()) then 'substitute' end`;
const OVERDUE = `(f.state = 'open' and f.due_on < ibok.today())`;

/**
 * Tasks of the staff, as far as they concern the person: the row policy of `ibok.follow_ups` decides. A task's record is
 * named by a function, since not everybody who sees the task may see the record.
 */
export const TASK_LIST: List = {
  action: 'tasks.list',
  select: `f.id, f.title, f.note, f.subject, api.subject_label(f.subject) as "subjectLabel", f.due_on::text as "dueOn",
           f.assignee, a.display_name as "assigneeName", f.created_by as "createdBy",
           coalesce(c.display_name, f.created_by) as "createdByName", f.created_at as "createdAt", f.state,
           f.closed_at as "closedAt", f.closed_by as "closedBy", ${OVERDUE} as overdue, ${MINE} as mine`,
  from: `ibok.follow_ups as f join ibok.staff_members as a on a.login = f.assignee
         left join ibok.staff_members as s on s.id = a.substitute_id
         left join ibok.staff_members as c on c.login = f.created_by`,
  key: 'f.id',
  words: 'ibok.search_words(f.title)',
  columns: {
    title: { sql: 'f.title', type: 'text', filters: ['text'] },
    subject: { sql: 'f.subject', type: 'text', filters: ['oneOf', 'empty', 'filled'] },
    dueOn: { sql: 'f.due_on', type: 'date', filters: ['dates'], sort: { column: 'f.due_on', type: 'date' } },
    assignee: { sql: 'f.assignee', type: 'text', filters: ['oneOf'] },
    createdBy: { sql: 'f.created_by', type: 'text', filters: ['oneOf'] },
    createdAt: { sql: 'f.created_at', type: 'instant', filters: ['dates'], sort: { column: 'f.id', type: 'bigint' } },
    state: { sql: 'f.state', type: 'text', filters: ['oneOf'], codes: ['open', 'done', 'cancelled'] },
    overdue: { sql: OVERDUE, type: 'boolean', filters: ['oneOf'], codes: ['true', 'false'] },
    mine: { sql: MINE, type: 'text', filters: ['oneOf', 'empty', 'filled'], codes: ['assigned', 'substitute'] },
  },
};
