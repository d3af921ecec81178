import type { ListQuestion } from '../../../shared/contract/lists';
import type { RegistrationRow } from '../../../shared/contract/registrations';
import { client, trpc } from '../../app/trpc';
import { PAGE_ROWS, type PageReader } from '../../ui/list/pages';

/** Where the pages of the queue come from: list and open application share them. */
export function registrationReader(question: ListQuestion): PageReader<RegistrationRow> {
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: JSON.stringify(question),
    key: (cursor) => trpc.registrations.list.queryKey(input(cursor)),
    read: (cursor, signal) => client.registrations.list.query(input(cursor), { signal }),
  };
}
