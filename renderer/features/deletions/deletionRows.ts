import type { DeletionRow } from '../../../shared/contract/deletions';
import type { ListQuestion } from '../../../shared/contract/lists';
import { client, trpc } from '../../app/trpc';
import { PAGE_ROWS, type PageReader } from '../../ui/list/pages';

/** Where the pages of the list come from: list and open request share them. */
export function deletionReader(question: ListQuestion): PageReader<DeletionRow> {
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: JSON.stringify(question),
    key: (cursor) => trpc.deletions.list.queryKey(input(cursor)),
    read: (cursor, signal) => client.deletions.list.query(input(cursor), { signal }),
  };
}
