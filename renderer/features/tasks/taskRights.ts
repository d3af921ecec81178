import type { SessionUser } from '../../../shared/contract/session';
import type { TaskRow } from '../../../shared/contract/tasks';

/** Whether the person may change a task: as its assignee, substitute or creator, or as supervisor. The database decides. */
export function mayChange(task: TaskRow, user: Pick<SessionUser, 'login' | 'group'>): boolean {
  return task.mine !== null || task.createdBy === user.login || user.group === 'bok_supervisor';
}
