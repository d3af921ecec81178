import type { AccountRow } from '../../../shared/contract/accounts';
import type { DataChangeRow } from '../../../shared/contract/data-changes';
import type { ListQuestion } from '../../../shared/contract/lists';
import { client, trpc } from '../../app/trpc';
import { PAGE_ROWS, type PageReader } from '../../ui/list/pages';

/** Where the pages of the list of accounts come from: list and open record share them. */
export function accountReader(question: ListQuestion): PageReader<AccountRow> {
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: JSON.stringify(question),
    key: (cursor) => trpc.accounts.list.queryKey(input(cursor)),
    read: (cursor, signal) => client.accounts.list.query(input(cursor), { signal }),
  };
}

/** Where the pages of the queue of data changes come from. */
export function dataChangeReader(question: ListQuestion): PageReader<DataChangeRow> {
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: JSON.stringify(question),
    key: (cursor) => trpc.dataChanges.list.queryKey(input(cursor)),
    read: (cursor, signal) => client.dataChanges.list.query(input(cursor), { signal }),
  };
}
