import type { CustomerRow } from '../../../shared/contract/customers';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** The customer list: list and open record share its pages. */
export const CUSTOMERS = serverList<CustomerRow>('customers', trpc.customers, client.customers);
