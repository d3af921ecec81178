import type { ListName } from '../../../shared/contract/lists';
import { may } from '../../../shared/permissions';
import type { Actor } from '../../core/context';
import { AppError } from '../../core/errors';
import type { List } from '../../db/list-definition';
import { JOURNAL, READS } from '../audit/audit.lists';
import { CUSTOMER_LIST } from '../customers/customers.list';
import { TASK_LIST } from '../tasks/tasks.list';

/** The lists that views and exports know, by name. */
const LISTS: Readonly<Record<ListName, List>> = {
  customers: CUSTOMER_LIST,
  tasks: TASK_LIST,
  journal: JOURNAL,
  reads: READS,
};

/** The list of this name, for somebody who may open it. Throws NOT_ALLOWED. */
export function listFor(actor: Actor, name: ListName): List {
  const list = LISTS[name];
  if (!may(actor.group, list.action)) throw new AppError('NOT_ALLOWED');
  return list;
}

/** Whether somebody may open the list of this name. */
export function mayOpen({ group }: Actor, name: ListName): boolean {
  return may(group, LISTS[name].action);
}
