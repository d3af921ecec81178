import type { ListName } from '../../../shared/contract/lists';
import { may } from '../../../shared/permissions';
import type { Actor } from '../../core/context';
import { AppError } from '../../core/errors';
import type { List } from '../../db/list-definition';
import { ACCOUNT_LIST } from '../accounts/accounts.list';
import { APPROVAL_LIST } from '../approvals/approvals.list';
import { JOURNAL, READS } from '../audit/audit.lists';
import { CUSTOMER_LIST } from '../customers/customers.list';
import { DATA_CHANGE_LIST } from '../data-changes/data-changes.list';
import { DELETION_LIST } from '../deletions/deletions.list';
import { EXCHANGE_LIST } from '../exchanges/exchanges.list';
import { LETTER_RUN_LIST } from '../letter-runs/letter-runs.list';
import { MAIL_LIST } from '../mail/mail.list';
import { METER_CASE_LIST } from '../meter-cases/meter-cases.list';
import { METER_LIST } from '../meters/meters.list';
import { ORDER_LIST } from '../orders/orders.list';
import { REGISTRATION_LIST } from '../registrations/registrations.list';
import { TASK_LIST } from '../tasks/tasks.list';

/** The lists that views and exports know, by name. */
const LISTS: Readonly<Record<ListName, List>> = {
  customers: CUSTOMER_LIST,
  tasks: TASK_LIST,
  accounts: ACCOUNT_LIST,
  datachanges: DATA_CHANGE_LIST,
  registrations: REGISTRATION_LIST,
  approvals: APPROVAL_LIST,
  deletions: DELETION_LIST,
  outbox: MAIL_LIST,
  meters: METER_LIST,
  legalization: METER_LIST,
  metercases: METER_CASE_LIST,
  orders: ORDER_LIST,
  exchanges: EXCHANGE_LIST,
  letterruns: LETTER_RUN_LIST,
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
