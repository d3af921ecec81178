import type { CustomerRow } from '../../../shared/contract/customers';
import type { ListQuestion } from '../../../shared/contract/lists';
import { client, trpc } from '../../app/trpc';
import { PAGE_ROWS, type PageReader } from '../../ui/list/pages';

/** Where the pages of the customer list come from: list and open record share them. */
export function customerReader(question: ListQuestion): PageReader<CustomerRow> {
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: JSON.stringify(question),
    key: (cursor) => trpc.customers.list.queryKey(input(cursor)),
    read: (cursor, signal) => client.customers.list.query(input(cursor), { signal }),
  };
}
