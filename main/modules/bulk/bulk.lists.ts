import type { BulkAct } from '../../../shared/contract/lists';
import { type Action, may } from '../../../shared/permissions';
import type { Actor } from '../../core/context';
import { AppError } from '../../core/errors';
import type { List } from '../../db/list-definition';
import { CUSTOMER_LIST } from '../customers/customers.list';
import { METER_LIST } from '../meters/meters.list';
import { ORDER_LIST } from '../orders/orders.list';

/** The lists whose rows can be changed many at once, and the act on one row whose right that asks for. */
const BULK_LISTS: Readonly<Record<BulkAct['list'], { list: List; action: Action }>> = {
  customers: { list: CUSTOMER_LIST, action: 'customers.editContact' },
  meters: { list: METER_LIST, action: 'orders.make' },
  orders: { list: ORDER_LIST, action: 'orders.assign' },
};

/** The list of this name, for somebody who may change its rows. Throws NOT_ALLOWED. */
export function bulkList({ group }: Actor, name: BulkAct['list']): List {
  const { list, action } = BULK_LISTS[name];
  if (!may(group, action)) throw new AppError('NOT_ALLOWED');
  return list;
}
