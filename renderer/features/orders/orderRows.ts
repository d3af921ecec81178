import type { OrderRow } from '../../../shared/contract/orders';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** The list of service orders. */
export const ORDERS = serverList<OrderRow>('orders', trpc.orders, client.orders);
